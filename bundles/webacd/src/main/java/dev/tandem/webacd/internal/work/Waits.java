package dev.tandem.webacd.internal.work;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkItems.Place;
import dev.tandem.webacd.internal.work.Plans.AgentPlan;
import dev.tandem.webacd.internal.work.WorkTable.Load;

/** Who waits at which place, and about how long. See {@link #estimate}. */
@Component(service = Waits.class)
public final class Waits {
    /** How many finished items the handling time is the mean of. */
    public static final int LATEST = 50;
    /** How long an item takes where none has been finished yet. */
    public static final Duration UNKNOWN = Duration.ofMinutes(5);
    /** How long what was counted holds; places are always counted. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final WorkBook book;
    private final Plans plans;
    private final AgentDirectory agents;
    private final OtherWorks others;
    private final Clock clock;
    private final ConcurrentMap<Key, Counted> counted = new ConcurrentHashMap<>();

    private record Key(SiteId site, UUID queue) {}

    private record Counted(java.time.Instant at, Duration handling, int places, int free) {}

    @Activate
    public Waits(
            @Reference WorkBook book,
            @Reference Plans plans,
            @Reference AgentDirectory agents,
            @Reference OtherWorks others,
            @Reference Clock clock) {
        this.book = book;
        this.plans = plans;
        this.agents = agents;
        this.others = others;
        this.clock = clock;
    }

    /** Empty unless it waits in a queue. */
    public Optional<Place> place(SiteId site, WorkItemId item) {
        var state = book.load(site, item).state();
        if (!state.phase().waits() || state.queue().isEmpty()) {
            return Optional.empty();
        }
        var queue = state.queue().get();
        var ahead = book.table().ahead(site, queue, state.key(), item.value());
        // Who is just offered stands before the others still, should nobody answer; but somebody is free for them.
        return Optional.of(new Place(1 + ahead.all(), estimate(site, queue, 1 + ahead.waiting())));
    }

    /** What was counted of a queue holds no longer. */
    public void forget(SiteId site, UUID queue) {
        counted.remove(new Key(site, queue));
    }

    /**
     * Of whoever would come now. Empty if nobody works for the queue.
     *
     * @param number the place in the line, from 1
     */
    public Optional<Duration> estimate(SiteId site, UUID queue, int number) {
        var key = new Key(site, queue);
        var now = clock.instant();
        var known = counted.get(key);
        if (known == null || known.at().plus(FRESH).isBefore(now)) {
            known = count(key);
            counted.put(key, known);
        }
        return estimate(number, known.handling(), known.places(), known.free());
    }

    /**
     * The estimate: as many as there are places free are served at once. Then one of {@code places} places becomes free every
     * {@code handling / places} on the average, and whoever stands n-th behind those has n such times to wait.
     *
     * @param handling the mean time from taking an item to having finished it, wrap-up included, over the latest
     *     {@value #LATEST} of the queue; five minutes as long as there is none
     * @param places what the queue's agents who are available and want work can have at once, all together. An agent of
     *     several queues counts in each of them, so the estimate is too low while the other queues are busy
     * @param free how many of these places are free
     */
    public static Optional<Duration> estimate(int number, Duration handling, int places, int free) {
        return places == 0
                ? Optional.empty()
                : Optional.of(handling.multipliedBy(Math.max(0, number - free)).dividedBy(places));
    }

    private Counted count(Key key) {
        var took = book.table().handled(key.site(), key.queue(), LATEST);
        var handling = took.isEmpty()
                ? UNKNOWN
                : Duration.ofMillis(
                        (long) took.stream().mapToLong(one -> one).average().orElse(0));
        var known = plans.agents(key.site());
        Set<AgentId> members = plans.queue(key.site(), new QueueId(key.queue()))
                .map(queue -> queue.members().keySet())
                .orElse(Set.of());
        var there = members.stream()
                .map(known::get)
                .filter(one -> one != null && one.inbound())
                .filter(one -> agents.presence(key.site(), one.id()) instanceof Presence.Available)
                .toList();
        var loads = book.table().loads(key.site());
        var more = others.of(key.site());
        int free = there.stream()
                .mapToInt(one -> one.capacity()
                        - (int) loads.getOrDefault(one.id().value(), Load.NONE).all()
                        - more.getOrDefault(one.id(), 0))
                .map(places -> Math.max(0, places))
                .sum();
        return new Counted(
                clock.instant(),
                handling,
                there.stream().mapToInt(AgentPlan::capacity).sum(),
                free);
    }
}
