package dev.tandem.webacd.internal.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.metrics.Report.Row;
import dev.tandem.webacd.internal.metrics.Report.Series;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Plans.QueuePlan;

/** What happened, by interval and queue. What the numbers mean stands at {@link Measures}. */
@Component(service = Metrics.class)
public final class Metrics {
    /** So much is read at once. */
    private static final Duration CHUNK = Duration.ofDays(1);

    private final Kept kept;
    private final Plans plans;
    private final Thresholds thresholds;
    private final Clock clock;

    @Activate
    public Metrics(
            @Reference Kept kept, @Reference Plans plans, @Reference Thresholds thresholds, @Reference Clock clock) {
        this.kept = kept;
        this.plans = plans;
        this.thresholds = thresholds;
        this.clock = clock;
    }

    /**
     * The whole site and each of its queues. An agent's time counts in every queue that the agent works for now; the site's
     * numbers also hold what was for agents by name, and queues that have been deleted.
     *
     * @param from the report begins with the interval in which it lies
     * @param to the report ends with the interval before it
     */
    public Report report(SiteId site, Instant from, Instant to, Interval interval, ZoneId zone) {
        var edges = interval.edges(from, to, zone);
        var threshold = thresholds.inTime(site);
        var whole = new Buckets(edges, threshold);
        var queues = new LinkedHashMap<UUID, Buckets>();
        var names = new LinkedHashMap<UUID, QueuePlan>();
        for (var queue : plans.queues(site)) {
            queues.put(queue.id().value(), new Buckets(edges, threshold));
            names.put(queue.id().value(), queue);
        }
        collect(site, edges, whole, queues, names);
        return new Report(
                threshold,
                series(Optional.empty(), whole),
                queues.entrySet().stream()
                        .map(one -> series(Optional.of(names.get(one.getKey())), one.getValue()))
                        .toList());
    }

    private void collect(
            SiteId site, List<Instant> edges, Buckets whole, Map<UUID, Buckets> queues, Map<UUID, QueuePlan> plansOf) {
        var worksFor = new LinkedHashMap<String, List<Buckets>>();
        plansOf.forEach((queue, plan) -> plan.members().keySet().forEach(agent -> worksFor.computeIfAbsent(
                        agent.value(), one -> new ArrayList<>(List.of(whole)))
                .add(queues.get(queue))));
        var end = edges.get(edges.size() - 1);
        for (var from = edges.get(0); from.isBefore(end); from = from.plus(CHUNK)) {
            var to = from.plus(CHUNK).isBefore(end) ? from.plus(CHUNK) : end;
            var what = new VisitTable.What(
                    to(whole, queues, Buckets::entered),
                    to(whole, queues, Buckets::left),
                    to(whole, queues, Buckets::handled),
                    worked(worksFor, List.of(whole), new Time(from, to)));
            kept.visits().between(site, from, to, what);
            available(site, worksFor, new Time(from, to));
            whole.occupied();
            queues.values().forEach(Buckets::occupied);
        }
    }

    private record Time(Instant from, Instant to) {
        Instant cut(Instant time) {
            return time.isBefore(from) ? from : time.isAfter(to) ? to : time;
        }
    }

    private Consumer<Visit> worked(Map<String, List<Buckets>> worksFor, List<Buckets> otherwise, Time within) {
        var now = clock.instant();
        return visit -> visit.agent().ifPresent(agent -> {
            var from = visit.leftAt().orElseThrow();
            var last = from.plus(VisitTable.LONGEST_HANDLING);
            var until =
                    visit.endedAt().orElse(now).isBefore(last) ? visit.endedAt().orElse(now) : last;
            worksFor.getOrDefault(agent, otherwise)
                    .forEach(one -> one.busy(agent, within.cut(from), within.cut(until)));
        });
    }

    private void available(SiteId site, Map<String, List<Buckets>> worksFor, Time within) {
        for (var span : kept.there().available(site, within.from(), within.to())) {
            worksFor.getOrDefault(span.agent(), List.of())
                    .forEach(one -> one.available(span.agent(), within.cut(span.from()), within.cut(span.to())));
        }
    }

    private static Consumer<Visit> to(Buckets whole, Map<UUID, Buckets> queues, BiConsumer<Buckets, Visit> how) {
        return visit -> {
            how.accept(whole, visit);
            visit.queue().map(queues::get).ifPresent(one -> how.accept(one, visit));
        };
    }

    private static Series series(Optional<QueuePlan> queue, Buckets buckets) {
        var rows = buckets.intervals().stream().map(Row::of).toList();
        return new Series(
                queue.map(one -> one.id().value()), queue.map(QueuePlan::name), Row.of(buckets.total()), rows);
    }

    /** Today's so far of each queue, by the clock of that zone. */
    public Map<UUID, Row> today(SiteId site, ZoneId zone) {
        var now = clock.instant();
        return report(site, now, now.plus(Duration.ofMillis(1)), Interval.DAY, zone).queues().stream()
                .collect(Collectors.toMap(one -> one.queue().orElseThrow(), Series::total));
    }

    /** Who is there, of these. */
    public Map<String, Instant> since(SiteId site, Set<AgentId> agents) {
        var all = kept.since(site);
        all.keySet().removeIf(one -> !agents.contains(new AgentId(one)));
        return all;
    }
}
