package dev.tandem.webacd.internal.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.web.LiveChannel;
import dev.tandem.webacd.internal.desk.MonitorView.AgentNow;
import dev.tandem.webacd.internal.desk.MonitorView.HasNow;
import dev.tandem.webacd.internal.desk.MonitorView.OfferNow;
import dev.tandem.webacd.internal.desk.MonitorView.QueueNow;
import dev.tandem.webacd.internal.desk.MonitorView.Today;
import dev.tandem.webacd.internal.metrics.Metrics;
import dev.tandem.webacd.internal.metrics.Report.Row;
import dev.tandem.webacd.internal.metrics.Thresholds;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Plans.QueuePlan;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkTable.Load;
import dev.tandem.webacd.internal.work.WorkTable.QueueRow;

/** Queues, agents and offers of this moment, and the bell of the topic that shows them. It rings once a second at most. */
@Component(service = Monitor.class)
public final class Monitor {
    /** The part of the topic behind the kind. */
    public static final String ID = "monitor";

    private static final Duration PACE = Duration.ofSeconds(1);
    /** How long what was added up of today holds. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final int MOST_OFFERS = 50;
    private static final int MOST_WORK = 5000;

    private final WorkBook book;
    private final Plans plans;
    private final Waits waits;
    private final Absences absences;
    private final OtherWorks others;
    private final AgentDirectory directory;
    private final Metrics metrics;
    private final Thresholds thresholds;
    private final LiveChannel live;
    private final Later later;
    private final Clock clock;
    private final Map<SiteId, Long> numbers = new ConcurrentHashMap<>();
    private final Set<SiteId> ringing = ConcurrentHashMap.newKeySet();
    private final Map<SiteId, Added> added = new ConcurrentHashMap<>();
    private final List<Runnable> deaf;

    private record Added(Instant at, Map<UUID, Row> today) {}

    @Activate
    public Monitor(
            @Reference WorkBook book,
            @Reference Plans plans,
            @Reference Waits waits,
            @Reference Absences absences,
            @Reference OtherWorks others,
            @Reference AgentDirectory directory,
            @Reference Metrics metrics,
            @Reference Thresholds thresholds,
            @Reference LiveChannel live,
            @Reference Later later,
            @Reference Clock clock) {
        this.book = book;
        this.plans = plans;
        this.waits = waits;
        this.absences = absences;
        this.others = others;
        this.directory = directory;
        this.metrics = metrics;
        this.thresholds = thresholds;
        this.live = live;
        this.later = later;
        this.clock = clock;
        this.deaf = List.of(
                book.listen((event, after) -> changed(event.site())),
                absences.listen(this::changed),
                others.listen(this::changed),
                plans.listen(this::changed));
    }

    @Deactivate
    void close() {
        deaf.forEach(Runnable::run);
    }

    /** Something is another way now. Returns at once. */
    void changed(SiteId site) {
        if (ringing.add(site)) {
            later.run(PACE, () -> {
                ringing.remove(site);
                numbers.merge(site, clock.millis(), (before, now) -> Math.max(before + 1, now));
                live.ring(site, MyBell.KIND + "/" + ID);
            });
        }
    }

    /** The number of the state now; past {@code seen}, if that was from a clock ahead of ours. */
    long number(SiteId site, long seen) {
        long now = numbers.computeIfAbsent(site, unseen -> clock.millis());
        return now < seen ? numbers.merge(site, seen + 1, Math::max) : now;
    }

    /** For supervisors. */
    public MonitorView view(SiteId site) {
        var now = clock.instant();
        var inTime = thresholds.inTime(site);
        return new MonitorView(
                now, plans.zone(site).getId(), inTime.toSeconds(), queues(site, now), agents(site), offers(site));
    }

    private List<QueueNow> queues(SiteId site, Instant now) {
        var rows = book.table().queues(site).stream().collect(Collectors.toMap(QueueRow::queue, Function.identity()));
        var known = today(site, now);
        return plans.queues(site).stream()
                .map(queue -> queue(site, queue, rows, known, now))
                .toList();
    }

    private QueueNow queue(SiteId site, QueuePlan queue, Map<UUID, QueueRow> rows, Map<UUID, Row> known, Instant now) {
        var id = queue.id().value();
        var row = Optional.ofNullable(rows.get(id));
        long waiting = row.map(QueueRow::waiting).orElse(0L);
        long offered = row.map(QueueRow::offered).orElse(0L);
        return new QueueNow(
                id,
                queue.slug(),
                queue.name(),
                queue.open(now),
                queue.facts().hours().nextChange(now),
                waiting,
                offered,
                row.map(QueueRow::assigned).orElse(0L),
                row.flatMap(QueueRow::oldest),
                waits.estimate(site, id, (int) (waiting + offered + 1)).map(Duration::toSeconds),
                Optional.ofNullable(known.get(id))
                        .map(day -> new Today(day.answered(), day.abandoned(), day.expired(), day.serviceLevel()))
                        .orElse(new Today(0, 0, 0, Optional.empty())));
    }

    private Map<UUID, Row> today(SiteId site, Instant now) {
        return added.compute(
                        site,
                        (key, known) -> known != null && known.at().plus(FRESH).isAfter(now)
                                ? known
                                : new Added(now, metrics.today(site, plans.zone(site))))
                .today();
    }

    private List<AgentNow> agents(SiteId site) {
        var loads = book.table().loads(site);
        var besides = others.of(site);
        var absent = absences.of(site);
        var known = plans.agents(site);
        var since = metrics.since(site, known.keySet());
        var work = book.table().work(site, MOST_WORK).stream()
                .collect(Collectors.groupingBy(one -> one.agent(), Collectors.toList()));
        return known.values().stream()
                .map(plan -> {
                    var id = plan.id().value();
                    var presence = directory.presence(site, plan.id());
                    var load = loads.getOrDefault(id, Load.NONE);
                    return new AgentNow(
                            id,
                            name(site, id),
                            word(presence),
                            presence instanceof Presence.Away away ? away.reason() : "",
                            Optional.ofNullable(absent.get(id)),
                            Optional.ofNullable(since.get(id)),
                            plan.inbound(),
                            plan.capacity(),
                            load.offered(),
                            load.assigned(),
                            load.wrapUp(),
                            besides.getOrDefault(plan.id(), 0),
                            work.getOrDefault(id, List.of()).stream()
                                    .map(one -> new HasNow(one.item(), one.state(), one.queue(), one.since()))
                                    .toList());
                })
                .sorted(java.util.Comparator.comparing(AgentNow::name).thenComparing(AgentNow::id))
                .toList();
    }

    private static String word(Presence presence) {
        return presence instanceof Presence.Available
                ? "AVAILABLE"
                : presence instanceof Presence.Away ? "AWAY" : "OFFLINE";
    }

    private List<OfferNow> offers(SiteId site) {
        return book.table().latestOffers(site, MOST_OFFERS).stream()
                .map(one -> new OfferNow(
                        one.offer(),
                        one.item(),
                        one.agent(),
                        name(site, one.agent()),
                        one.queue(),
                        one.state(),
                        one.since(),
                        one.made(),
                        one.until()))
                .toList();
    }

    private String name(SiteId site, String agent) {
        return directory.find(site, new AgentId(agent)).map(Agent::name).orElse(agent);
    }
}
