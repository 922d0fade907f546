package dev.tandem.webacd.internal.desk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics.Delivery;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.metrics.Kept;
import dev.tandem.webacd.internal.metrics.Metrics;
import dev.tandem.webacd.internal.metrics.Thresholds;
import dev.tandem.webacd.internal.metrics.ThresholdsOf;
import dev.tandem.webacd.internal.metrics.Visits;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.Waits;

/** What a supervisor sees of queues, agents and offers, and when. */
public class MonitorTest extends OnBothDatabases {
    private final List<String> rung = new ArrayList<>();
    private Rig rig;
    private Monitor monitor;
    private Attendance attendance;
    private MyTopics topics;
    private AgentId anna;
    private AgentId ben;
    private QueueId printers;

    @Before
    public void open() {
        rig = new Rig(fresh(), 1);
        anna = rig.plans.agent("anna", 1);
        ben = rig.plans.agent("ben", 2);
        printers = rig.plans.queue("printers", anna, ben);
        rig.plans.changed();
        rig.presence(ben, new Presence.Away("lunch"));
        var line = rig.threads.line();
        Later later = (delay, what) -> line.later(delay, what);
        var kept = new Kept(rig.journal.database(), rig.clock);
        rig.journal.subscribe(new Visits(kept, rig.book));
        rig.journal.listen(new AbsenceEcho(rig.absences));
        Thresholds thresholds = ThresholdsOf.seconds(rig.journal.settings(), 20);
        attendance = new Attendance(kept, rig.plans, rig.directory(), rig.absences, later);
        monitor = new Monitor(
                rig.book,
                rig.plans,
                new Waits(rig.book, rig.plans, rig.directory(), rig.others, rig.clock),
                rig.absences,
                rig.others,
                rig.directory(),
                new Metrics(kept, rig.plans, thresholds, rig.clock),
                thresholds,
                (site, topic) -> rung.add(topic),
                later,
                rig.clock);
        topics = new MyTopics(null, null, null, monitor, null, null);
        rig.settle();
    }

    @After
    public void close() {
        monitor.close();
        attendance.close();
        rig.close();
    }

    private static Caller caller(Agent.Role... roles) {
        return new Caller.OfAgent(new Agent(Rig.SITE, new AgentId("zoe"), "Zoe", Set.of(roles)));
    }

    private MonitorView.QueueNow queue() {
        return monitor.view(Rig.SITE).queues().get(0);
    }

    private MonitorView.AgentNow agent(AgentId id) {
        return monitor.view(Rig.SITE).agents().stream()
                .filter(one -> one.id().equals(id.value()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void aCustomerIsFollowedFromTheQueueToTheAgent() {
        var start = rig.clock.instant();
        var first = rig.submit(printers);
        rig.settle();
        var second = rig.submit(printers);
        rig.pass(Duration.ofSeconds(10));
        assertEquals(1, queue().waiting());
        assertEquals(1, queue().offered());
        assertEquals(Optional.of(start), queue().oldest());
        assertEquals("a third would wait 3 x 5 minutes", Optional.of(900L), queue().estimateSeconds());
        var offer = monitor.view(Rig.SITE).offers().get(0);
        assertEquals("PENDING", offer.state());
        assertEquals("anna", offer.agent());
        assertEquals(start.plusSeconds(20), offer.until());
        assertEquals(1, agent(anna).offered());
        rig.accept(first, "anna");
        rig.pass(Duration.ofSeconds(6));
        assertEquals(1, queue().assigned());
        assertEquals(1, queue().today().answered());
        assertEquals(Optional.of(1.0), queue().today().serviceLevel());
        assertEquals(first.value(), agent(anna).work().get(0).item());
        assertEquals("ACCEPTED", monitor.view(Rig.SITE).offers().get(0).state());
        rig.desk.abandon(Rig.SITE, second, rig.journal.ids().next());
        rig.pass(Duration.ofSeconds(6));
        assertEquals(Optional.of(0.5), queue().today().serviceLevel());
        assertEquals(Optional.empty(), queue().oldest());
    }

    @Test
    public void agentsShowWhetherAndSinceWhenTheyAreThere() {
        assertEquals("AVAILABLE", agent(anna).presence());
        assertEquals(Optional.of(rig.clock.instant()), agent(anna).since());
        assertEquals("AWAY", agent(ben).presence());
        assertEquals("lunch", agent(ben).reason());
        rig.submit(printers);
        rig.pass(Duration.ofSeconds(25));
        assertEquals(Optional.of("no-answer"), agent(anna).absent());
        assertEquals("EXPIRED", monitor.view(Rig.SITE).offers().get(0).state());
        rig.presence(ben, new Presence.Offline());
        attendance.presenceChanged(Rig.SITE, ben, new Presence.Offline());
        rig.pass(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), agent(ben).since());
    }

    @Test
    public void theTopicIsForSupervisorsAndRingsOnceASecondAtMost() {
        rig.pass(Duration.ofSeconds(2));
        rung.clear();
        for (int i = 0; i < 20; i++) {
            rig.submit(printers);
        }
        rig.pass(Duration.ofSeconds(3));
        assertTrue(rung.toString(), !rung.isEmpty() && rung.size() <= 3);
        assertEquals("webacd/monitor", rung.get(0));
        var seen = ((Delivery.Snapshot) topics.after(caller(Agent.Role.SUPERVISOR), "monitor", 0)).state();
        assertEquals("webacd.monitor", seen.type());
        assertFalse(topics.after(caller(Agent.Role.SUPERVISOR), "monitor", seen.number()) instanceof Delivery.Snapshot);
        assertThrows(ProblemException.class, () -> topics.after(caller(Agent.Role.AGENT), "monitor", 0));
    }
}
