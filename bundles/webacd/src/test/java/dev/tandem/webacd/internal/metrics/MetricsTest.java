package dev.tandem.webacd.internal.metrics;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.metrics.Report.Row;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.WorkFact;

/** From work items in a real journal to the numbers. */
public class MetricsTest extends OnBothDatabases {
    private final ArrayList<EventSubscriber.Published> heard = new ArrayList<>();
    private Rig rig;
    private Kept kept;
    private Visits visits;
    private Metrics metrics;
    private AgentId anna;
    private QueueId printers;
    private QueueId everything;
    private Instant start;

    @Before
    public void open() {
        rig = new Rig(fresh(), 1);
        rig.clock.set(Instant.parse("2026-03-02T09:00:00Z"));
        start = rig.clock.instant();
        anna = rig.plans.agent("anna", 1);
        printers = rig.plans.queue("printers", anna);
        everything = rig.plans.queue("everything");
        rig.plans.changed();
        rig.settle();
        kept = new Kept(rig.journal.database(), rig.clock);
        visits = new Visits(kept, rig.book);
        rig.journal.subscribe(new EventSubscriber() {
            @Override
            public String name() {
                return visits.name();
            }

            @Override
            public void on(Published event) {
                heard.add(event);
                visits.on(event);
            }
        });
        metrics = new Metrics(kept, rig.plans, ThresholdsOf.seconds(rig.journal.settings(), 20), rig.clock);
    }

    @After
    public void close() {
        rig.close();
    }

    private Row of(Optional<QueueId> queue) {
        var report = metrics.report(Rig.SITE, start, rig.clock.instant().plusMillis(1), Interval.DAY, ZoneOffset.UTC);
        return queue.map(id -> report.queues().stream()
                        .filter(one -> one.queue().equals(Optional.of(id.value())))
                        .findFirst()
                        .orElseThrow()
                        .total())
                .orElse(report.site().total());
    }

    /**
     * One is answered after 10 s and takes 90 s and 30 s of wrap-up; the next waits meanwhile, 110 s, and is not finished; a third
     * goes after 60 s; a fourth goes on to another queue after 5 s.
     */
    private void morning() {
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        var first = rig.submit(printers);
        rig.pass(Duration.ofSeconds(10));
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        rig.accept(first, "anna");
        var second = rig.submit(printers);
        var third = rig.submit(printers);
        var fourth = rig.submit(printers);
        rig.pass(Duration.ofSeconds(5));
        rig.desk.move(Rig.SITE, fourth, everything, "moved", "test", UUID.randomUUID());
        rig.pass(Duration.ofSeconds(55));
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        rig.desk.abandon(Rig.SITE, third, UUID.randomUUID());
        rig.pass(Duration.ofSeconds(30));
        rig.desk.finish(Rig.SITE, first, UUID.randomUUID());
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        rig.pass(Duration.ofSeconds(30));
        rig.accept(second, "anna");
        rig.pass(Duration.ofSeconds(20));
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        rig.journal.settle();
    }

    @Test
    public void theNumbersOfAQueueAreThoseWorkedOutByHand() {
        morning();
        var row = of(Optional.of(printers));
        assertEquals(4, row.entered());
        assertEquals(2, row.answered());
        assertEquals(1, row.abandoned());
        assertEquals(1, row.moved());
        assertEquals(1 / 3.0, row.serviceLevel().orElseThrow(), 1e-9);
        assertEquals((10 + 120) / 2.0, row.speedOfAnswer().orElseThrow(), 1e-9);
        assertEquals(1, row.handled());
        assertEquals("90 of work and 30 of wrap-up", 120.0, row.handleTime().orElseThrow(), 1e-9);
        assertEquals(1 / 3.0, row.abandonRate().orElseThrow(), 1e-9);
        assertEquals(
                "all of 150 s but the first 10", 140 / 150.0, row.occupancy().orElseThrow(), 1e-9);
        assertEquals(0, row.transfers());
        var other = of(Optional.of(everything));
        assertEquals(1, other.entered());
        assertEquals("nobody works for it", Optional.empty(), other.occupancy());
        assertEquals("the site's are both", 5, of(Optional.empty()).entered());
    }

    @Test
    public void whatWasNeverHandedOverCountsNowhere() throws Exception {
        morning();
        var before = of(Optional.empty());
        for (var why : WorkFact.NEVER_CAME_ABOUT) {
            var item = rig.submit(everything);
            rig.pass(Duration.ofSeconds(1));
            rig.desk.abandon(Rig.SITE, item, why, UUID.randomUUID());
        }
        rig.journal.settle();
        var after = of(Optional.empty());
        assertEquals(before.entered(), after.entered());
        assertEquals(before.abandoned(), after.abandoned());
        assertEquals(before.abandonRate(), after.abandonRate());
        assertEquals(before.serviceLevel(), after.serviceLevel());
        for (var event : heard) {
            visits.on(event);
        }
        assertEquals(
                "also if heard again", after.entered(), of(Optional.empty()).entered());
    }

    @Test
    public void whatIsHeardTwiceCountsOnce() throws Exception {
        morning();
        var before = of(Optional.empty());
        for (int from = heard.size() - 1; from >= 0; from -= 2) {
            for (var event : heard.subList(from, heard.size())) {
                visits.on(event);
            }
        }
        assertEquals(before, of(Optional.empty()));
    }

    @Test
    public void theThresholdIsTheSites() {
        morning();
        rig.journal.declare(ThresholdsOf.seconds(rig.journal.settings(), 20));
        rig.journal.settings().set(Rig.SITE, "webacd.in-time", Optional.of("5"), UUID.randomUUID(), "agent:anna");
        assertEquals(Optional.of(0.0), of(Optional.of(printers)).serviceLevel());
        rig.journal.settings().set(Rig.SITE, "webacd.in-time", Optional.of("120"), UUID.randomUUID(), "agent:anna");
        assertEquals(2 / 3.0, of(Optional.of(printers)).serviceLevel().orElseThrow(), 1e-9);
    }

    @Test
    public void aCrashedNodeLeavesNobodyAvailableForLongerThanAMinute() {
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        rig.clock.advance(Duration.ofSeconds(20));
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        rig.clock.advance(Duration.ofHours(2));
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        rig.clock.advance(Duration.ofSeconds(20));
        kept.there(Rig.SITE, Map.of("anna", "AWAY"));
        rig.clock.advance(Duration.ofSeconds(20));
        kept.there(Rig.SITE, Map.of());
        var spans = kept.there().available(Rig.SITE, start, rig.clock.instant());
        assertEquals(2, spans.size());
        spans.forEach(one -> assertEquals(Duration.ofSeconds(20), Duration.between(one.from(), one.to())));
        assertEquals(Map.of(), kept.since(Rig.SITE));
    }

    @Test
    public void whatAnErasedAgentHasDoneStaysAndThatItWasThisOneDoesNot() {
        morning();
        var before = of(Optional.of(printers));
        rig.journal.journal().erase(Rig.SITE, "agent:somebody");
        assertEquals(before, of(Optional.of(printers)));
        rig.journal.journal().erase(Rig.SITE, "agent:anna");
        withoutAgents(before);
    }

    @Test
    public void whoWasThereIsForgottenAfterATime() {
        morning();
        var before = of(Optional.of(printers));
        kept.forget(Rig.SITE, start);
        assertEquals("not yet", before, of(Optional.of(printers)));
        kept.forget(Rig.SITE, rig.clock.instant().plusMillis(1));
        withoutAgents(before);
    }

    private void withoutAgents(Row before) {
        var after = of(Optional.of(printers));
        assertEquals("nobody was there", Optional.empty(), after.occupancy());
        assertEquals(before.answered(), after.answered());
        assertEquals(before.handleTime(), after.handleTime());
        assertEquals(before.serviceLevel(), after.serviceLevel());
        assertEquals(List.of(), kept.available(Rig.SITE, start, rig.clock.instant()));
        var agents = rig.journal
                .database()
                .read(sql -> sql.all(
                        "SELECT agent FROM webacd_visit_v1 WHERE agent IS NOT NULL", row -> row.getString("agent")));
        assertEquals(List.of(), agents);
    }
}
