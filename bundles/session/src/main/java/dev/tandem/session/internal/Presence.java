package dev.tandem.session.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.None;
import dev.tandem.journal.StorageException;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;

/**
 * Who has a page open, at whatever node, and what follows from it for the session (BX1, W3). A line that flaps, or moves to
 * another node, leaves no trace: a participant counts as lost after {@link #MOMENT} without a page, the grace counts from
 * the loss.
 *
 * <p>Which pages are there stands in a table, written when a page comes or goes. Whoever changes it judges it afterwards, by
 * reading pages first and session second, and again after each command; so of two nodes that act at once the later one sees
 * what the other has done. Who comes in, by whatever way, has a row from that event on which says that a page is expected.
 * Every node looks every {@link #LOOK} for what nobody has judged: pages of nodes that have died,
 * and what was pending there. All of it may be done by two nodes at once, or twice.
 */
@Component(service = Presence.class)
public final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    static final Duration MOMENT = Duration.ofSeconds(2);
    static final Duration LOOK = Duration.ofSeconds(5);
    /** How long the page of who has just come in may take to come, before it counts as one that has gone. */
    static final Duration ARRIVAL = Duration.ofSeconds(8);

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A loss that is noted later than this has happened while nobody could have come back: the grace is not shortened. */
    private static final Duration LATE = MOMENT.multipliedBy(4);

    /** While a release is rolled out pages may hang on a node that notes none. */
    static final Duration UPGRADE = Duration.ofMinutes(10);

    private static final int ROUNDS = 5;

    private final SessionStreams streams;
    private final PageTable table;
    private final Nodes nodes;
    private final Settings settings;
    private final Clock clock;
    private final Ids ids;
    private final Later later;
    private final PagesHere here = new PagesHere();
    private volatile boolean open = true;

    /** A participant. */
    record Key(SiteId site, UUID session, UUID participant) {}

    @Activate
    public Presence(
            @Reference SessionStreams streams,
            @Reference Nodes nodes,
            @Reference Settings settings,
            @Reference Clock clock,
            @Reference Ids ids,
            @Reference Later later) {
        this.streams = streams;
        this.table = streams.pages();
        this.nodes = nodes;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.later = later;
        retrying(this::missPageless);
        keepLooking();
    }

    /** What is not noted here stands in the table, and another node, or this one's next life, goes on with it. */
    @Deactivate
    void close() {
        open = false;
    }

    void attached(PagesHere.Visit visit) {
        here.attached(visit);
        later.run(Duration.ZERO, () -> retrying(this::note));
    }

    void detached(PagesHere.Visit visit) {
        here.detached(visit, clock.instant());
        later.run(Duration.ZERO, () -> retrying(this::note));
    }

    /**
     * A page, at whatever node, says that it is about to close.
     *
     * @return whether it was the participant's last
     */
    boolean closing(Key key, UUID page) {
        var now = clock.instant();
        var before = table.closing(key, page, nodes.self().id(), now);
        judgeLater(key, MOMENT);
        return !before.anyBut(page, now, MOMENT);
    }

    /** A node has gone, or this one was taken for gone. */
    void lookSoon() {
        later.run(Duration.ZERO, () -> retrying(this::look));
    }

    private void keepLooking() {
        try {
            if (open) {
                look();
            }
        } catch (RuntimeException e) {
            StorageException.log(LOG, "Who is there could not be looked at", e);
        }
        if (open) {
            later.run(LOOK, this::keepLooking);
        }
    }

    /** After a start: who counts as connected and has no page anywhere is looked for, if none comes soon. */
    private boolean missPageless() {
        var now = clock.instant();
        var at = table.isEmpty() ? now.plus(UPGRADE) : now;
        for (var living : streams.tables().living()) {
            streams.load(living.site(), living.session()).state().people().stream()
                    .filter(p -> p.state() == Participant.State.JOINED)
                    .map(p -> new Key(living.site(), living.session(), p.id()))
                    .filter(key -> table.of(key).rows().isEmpty())
                    .forEach(key -> {
                        table.miss(key, nodes.self().id(), at);
                        judgeLater(key, MOMENT);
                    });
        }
        return true;
    }

    /** Writes what has come and gone here, all of it at once, and judges what follows. */
    private boolean note() {
        var node = nodes.self().id();
        var news = here.take(node);
        var changes = new ArrayList<PageTable.Change>();
        try {
            for (var one : news) {
                key(one.visit())
                        .map(key -> new PageTable.Page(key, one.visit().page()))
                        .ifPresent(page -> changes.add(new PageTable.Change(
                                page, one.fresh(), one.goneAt(), one.notedAs().orElse(node))));
            }
            if (!changes.isEmpty()) {
                table.write(node, changes);
            }
        } catch (RuntimeException e) {
            here.again(news);
            throw e;
        }
        var come = new LinkedHashSet<Key>();
        for (var change : changes) {
            if (change.goneAt().isPresent()) {
                judgeLater(change.page().key(), MOMENT);
            } else {
                come.add(change.page().key());
            }
        }
        come.forEach(key -> retrying(() -> judge(key)));
        return true;
    }

    private Optional<Key> key(PagesHere.Visit visit) {
        return visit.participant()
                .or(() -> visit.agent().flatMap(agent -> streams.load(visit.site(), visit.session())
                        .state()
                        .agent(agent)
                        .map(SessionState.Person::id)))
                .map(participant -> new Key(visit.site(), visit.session(), participant));
    }

    /** Looks for what nobody else may have seen. Idempotent, on every node. */
    private boolean look() {
        var now = clock.instant();
        // First who has pages, then who lives: a node is registered before its first page.
        var withPages = table.nodes();
        var me = nodes.self().id();
        var living = nodes.all().stream().map(Node::id).collect(Collectors.toSet());
        for (var node : withPages) {
            if (!node.equals(me) && !living.contains(node)) {
                var gone = new HashSet<>(table.gone(node, now));
                LOG.info("Node {} is no more, and with it the pages of {} participants", node, gone.size());
                gone.forEach(key -> judgeLater(key, MOMENT));
            }
        }
        compare(me, now);
        // What was to be judged a while ago, by a node that has died, or late by one that is busy.
        table.goneBefore(now.minus(MOMENT.multipliedBy(2))).forEach(key -> retrying(() -> judge(key)));
        return true;
    }

    /** What stands in the table of this node, and what is here. They differ after a start, and once we were expelled. */
    private void compare(UUID me, Instant now) {
        var known = table.at(me);
        var there = here.there();
        var left = known.stream()
                .filter(page -> !there.contains(new PagesHere.Place(page.key().session(), page.page())))
                .map(page -> new PageTable.Change(page, false, Optional.of(now), me))
                .toList();
        if (!left.isEmpty()) {
            table.write(me, left);
            left.stream().map(change -> change.page().key()).distinct().forEach(key -> judgeLater(key, MOMENT));
        }
        if (here.renote(me)) {
            later.run(Duration.ZERO, () -> retrying(this::note));
        }
    }

    private void judgeLater(Key key, Duration delay) {
        later.run(delay, () -> retrying(() -> judge(key)));
    }

    /**
     * Brings what the session thinks of a participant in line with the pages.
     *
     * @return false to be asked again
     */
    private boolean judge(Key key) {
        for (int round = 0; round < ROUNDS; round++) {
            // In this order: what changes afterwards is judged by who changes it.
            var pages = table.of(key);
            var state = streams.load(key.site(), key.session()).state();
            var step = step(key, pages, state, clock.instant());
            if (step.isEmpty()) {
                return true;
            }
            if (!command(key, step.get())) {
                return false;
            }
        }
        return false;
    }

    private Optional<Streams.Decider<SessionState, Fact, None>> step(
            Key key, Pages pages, SessionState state, Instant now) {
        var who = key.participant();
        var person = state.person(who).filter(p -> state.living());
        var reopened = state.closing()
                .filter(c -> state.living() && c.participant().equals(who) && pages.isThere(c.page()))
                .map(SessionState.Closing::page);
        if (reopened.isPresent()) {
            return Optional.of((s, at) -> SessionRules.reopened(s, who, reopened.get()));
        }
        if (pages.anyThere() && is(person, Participant.State.DISCONNECTED)) {
            return Optional.of((s, at) -> SessionRules.back(s, who));
        }
        var since = pages.goneSince();
        if (since.isPresent() && is(person, Participant.State.JOINED)) {
            var until = since.get().plus(MOMENT);
            if (now.isBefore(until)) {
                judgeLater(key, Duration.between(now, until));
                return Optional.empty();
            }
            var lostAt = now.isAfter(since.get().plus(LATE)) ? now.minus(MOMENT) : since.get();
            var grace = patience(key.site(), pages, state, person.get());
            return Optional.of((s, at) -> SessionRules.lose(s, who, lostAt, grace));
        }
        if (pages.anyGoneSince(now.minus(MOMENT))) {
            table.forget(key, now.minus(MOMENT));
        }
        return Optional.empty();
    }

    /** An agent who closes the page while others stay has left as soon as it is no reload (W3). */
    private Duration patience(SiteId site, Pages pages, SessionState state, SessionState.Person person) {
        boolean leaves = pages.deliberately()
                && person.role() == Participant.Role.AGENT
                && state.othersPresent(person)
                && state.controller().filter(person.id()::equals).isEmpty();
        return leaves ? settings.closing(site) : settings.grace(site);
    }

    private static boolean is(Optional<SessionState.Person> person, Participant.State state) {
        return person.filter(p -> p.state() == state).isPresent();
    }

    private boolean command(Key key, Streams.Decider<SessionState, Fact, None> decider) {
        var command = new Command<>(key.site(), key.session(), ids.next(), "system", None.class);
        return !(streams.execute(command, decider) instanceof Answer.Refused<None>);
    }

    /** Again after a while as long as it cannot be done. */
    private void retrying(BooleanSupplier what) {
        if (!open) {
            return;
        }
        boolean done = false;
        try {
            done = what.getAsBoolean();
        } catch (RuntimeException e) {
            if (open) {
                StorageException.log(LOG, "Presence could not be noted", e);
            }
        }
        if (!done) {
            later.run(RETRY, () -> retrying(what));
        }
    }
}
