package dev.tandem.webacd.internal.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.metrics.Kept;

/** What was recorded of work items and of agents' presence. */
@Component(service = Recorded.class)
public final class Recorded {
    private static final int PAGE = 1_000;

    private final Kept kept;
    private final Facts facts;
    private final Clock clock;

    @Activate
    public Recorded(@Reference Kept kept, @Reference Facts facts, @Reference Clock clock) {
        this.kept = kept;
        this.facts = facts;
        this.clock = clock;
    }

    /** How many came in that time. */
    public long count(SiteId site, Instant from, Instant to) {
        return kept.count(site, from, to);
    }

    /** Each who came in that time, in order, until told to stop. */
    void each(SiteId site, Instant from, Instant to, BooleanSupplier goOn, Consumer<Kept.Came> what) {
        Optional<Kept.Came> last = Optional.empty();
        while (goOn.getAsBoolean()) {
            var page = kept.came(site, from, to, last, PAGE);
            page.forEach(what);
            if (page.size() < PAGE) {
                return;
            }
            last = Optional.of(page.get(page.size() - 1));
        }
    }

    /** @throws Run.TooMany */
    Recording traffic(SiteId site, Request.Traffic asked, List<Scene> scenes, BooleanSupplier goOn) {
        long count = count(site, asked.from(), asked.to());
        if (count > Judge.MOST_ITEMS) {
            throw new Run.TooMany(count);
        }
        var recording = new Recording(asked.seed().orElse(1L), scenes, clock.instant());
        boolean byRules = scenes.stream().anyMatch(scene -> scene.rules().isPresent());
        each(site, asked.from(), asked.to(), goOn, came -> facts.submitted(site, new WorkItemId(came.item()))
                .ifPresent(submitted -> recording.add(
                        came, submitted, byRules ? facts.known(site, submitted) : new Facts.Known.Fixed())));
        return recording.complete();
    }

    /** When agents were there; one who was there a minute ago at the latest stays. */
    Map<AgentId, List<Setup.Shift>> shifts(SiteId site, Instant from, Instant to) {
        var spans = new HashMap<AgentId, List<Setup.Shift>>();
        for (var one : kept.available(site, from, to)) {
            spans.computeIfAbsent(new AgentId(one.agent()), agent -> new ArrayList<>())
                    .add(new Setup.Shift(one.from(), one.to()));
        }
        spans.replaceAll((agent, all) -> Calendar.merged(all));
        return spans;
    }

    /** What came in a time. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Summary(long items, List<OfQueue> queues, Optional<Instant> first, Optional<Instant> last) {}

    /**
     * What came to a queue, in the words of made-up traffic.
     *
     * @param perHour for each hour of that time in which the queue, as it is set now, is open
     * @param handlingSeconds the mean time of an agent for one, wrap-up included; empty if nobody was finished
     * @param patienceSeconds the mean patience of people who go at the same rate at any time: all the time that was waited,
     *     for each who went; empty if nobody did
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record OfQueue(
            UUID queue,
            String name,
            long items,
            Optional<Double> perHour,
            Optional<Double> handlingSeconds,
            Optional<Double> patienceSeconds) {}

    private static final class Sums {
        long items;
        long handled;
        long handling;
        long went;
        long waited;
    }

    /** Of the queues that there are. */
    public Summary summary(SiteId site, Routing routing, Instant from, Instant to) {
        var now = clock.instant();
        var all = new Sums();
        var edges = new ArrayList<Instant>();
        var byQueue = new HashMap<UUID, Sums>();
        each(site, from, to, () -> true, came -> {
            if (edges.isEmpty()) {
                edges.add(came.at());
                edges.add(came.at());
            }
            edges.set(1, came.at());
            all.items++;
            came.queue().ifPresent(queue -> add(byQueue.computeIfAbsent(queue, one -> new Sums()), came, now));
        });
        var queues = routing.queues().stream()
                .map(queue -> of(routing, queue, byQueue.getOrDefault(queue.id().value(), new Sums()), from, to))
                .toList();
        return new Summary(
                all.items,
                queues,
                edges.stream().findFirst(),
                edges.isEmpty() ? Optional.empty() : Optional.of(edges.get(1)));
    }

    private static void add(Sums sums, Kept.Came came, Instant now) {
        sums.items++;
        sums.waited += came.waited(now).toMillis();
        sums.went += came.abandoned() ? 1 : 0;
        if (came.answered() && came.endedAt().isPresent()) {
            sums.handled++;
            sums.handling += Duration.between(
                            came.leftAt().orElseThrow(), came.endedAt().get())
                    .toMillis();
        }
    }

    private OfQueue of(Routing routing, Routing.Queue queue, Sums sums, Instant from, Instant to) {
        var until = to.isAfter(clock.instant()) ? clock.instant() : to;
        long open = Calendar.open(routing, new QueueId(queue.id().value()), from, until).stream()
                .mapToLong(span -> Duration.between(span.from(), span.to()).toMillis())
                .sum();
        return new OfQueue(
                queue.id().value(),
                queue.config().name(),
                sums.items,
                part(sums.items * 3_600_000.0, open),
                part(sums.handling / 1e3, sums.handled),
                part(sums.waited / 1e3, sums.went));
    }

    private static Optional<Double> part(double some, long all) {
        return all <= 0 ? Optional.empty() : Optional.of(some / all);
    }
}
