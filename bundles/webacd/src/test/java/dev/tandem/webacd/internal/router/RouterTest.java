package dev.tandem.webacd.internal.router;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.internal.engine.Hours;
import dev.tandem.webacd.internal.work.FakePlans;
import dev.tandem.webacd.internal.work.Plans.AgentPlan;
import dev.tandem.webacd.internal.work.WorkEnds;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** One router over a real journal. */
public class RouterTest extends OnBothDatabases {
    private Rig rig;
    private AgentId anna;
    private AgentId ben;
    private QueueId printers;

    @Before
    public void open() {
        rig = new Rig(fresh(), 1);
        anna = rig.plans.agent("anna", 1);
        ben = rig.plans.agent("ben", 1);
        printers = rig.plans.queue("printers", anna, ben);
        rig.plans.changed();
        rig.settle();
    }

    @After
    public void close() {
        rig.close();
    }

    @Test
    public void WX5_everybodyTheFirstToAcceptHasItAndTheOthersHearThatItIsGone() {
        rig.plans.change(printers, was -> FakePlans.by(was, RoutingStrategy.BROADCAST));
        var item = rig.submit(printers);
        rig.settle();
        assertEquals(Set.of("anna", "ben"), Set.copyOf(rig.asked(item)));
        assertTrue(rig.accept(item, "ben") instanceof Answer.Accepted);
        assertEquals(Optional.of("ben"), rig.state(item).agent());
        var late = rig.accept(item, "anna");
        assertEquals("offer-gone", ((Answer.Refused<?>) late).refusal().code());
        assertTrue("a repeat by the winner is no failure", rig.accept(item, "ben") instanceof Answer.Accepted);
    }

    @Test
    public void WX5_whoComesWhileEverybodyIsAskedJoinsTheRoundAndMayComeBackToIt() {
        rig.plans.change(printers, was -> FakePlans.by(was, RoutingStrategy.BROADCAST));
        rig.presence(ben, new Presence.Away("lunch"));
        var item = rig.submit(printers);
        rig.settle();
        assertEquals(List.of("anna"), rig.asked(item));
        var round = rig.offer(item);
        var until = rig.state(item).until(round);
        rig.pass(Duration.ofSeconds(5));
        rig.presence(ben, new Presence.Available());
        assertEquals(List.of("anna", "ben"), rig.asked(item));
        rig.presence(anna, new Presence.Away("lunch"));
        assertEquals(List.of("ben"), rig.asked(item));
        assertEquals(List.of(), rig.book.table().offeredTo(Rig.SITE, "anna"));
        rig.presence(anna, new Presence.Available());
        assertEquals(List.of("ben", "anna"), rig.asked(item));
        assertEquals(List.of(item.value()), rig.book.table().offeredTo(Rig.SITE, "anna"));
        assertEquals("it is the same offer", round, rig.offer(item));
        assertEquals(until, rig.state(item).until(round));
        rig.presence(ben, new Presence.Away("lunch"));
        rig.pass(Duration.ofSeconds(14));
        rig.presence(ben, new Presence.Available());
        assertEquals("nobody is asked in the last moment", List.of("anna"), rig.asked(item));
        rig.pass(Duration.ofSeconds(2));
        assertEquals("of several nobody is to blame", Map.of(), rig.absences.of(Rig.SITE));
        assertEquals(Set.of("anna", "ben"), Set.copyOf(rig.asked(item)));
        assertTrue(rig.accept(item, "ben") instanceof Answer.Accepted);
    }

    @Test
    public void aDeclinedOfferGoesToTheNextWithItsFirstWaitingTime() {
        var item = rig.submit(printers);
        var since = rig.state(item).since();
        rig.settle();
        var first = rig.asked(item).get(0);
        rig.pass(Duration.ofSeconds(3));
        rig.decline(item, first);
        var second = rig.asked(item);
        assertEquals(1, second.size());
        assertFalse(second.contains(first));
        assertEquals(since, rig.state(item).since());
    }

    @Test
    public void whoDoesNotAnswerIsAwayUntilTheAgentSaysSoAndTheNextIsAsked() {
        var item = rig.submit(printers);
        rig.settle();
        var silent = rig.asked(item).get(0);
        rig.pass(Duration.ofSeconds(21));
        assertEquals(Map.of(silent, "no-answer"), rig.absences.of(Rig.SITE));
        assertEquals(1, rig.asked(item).size());
        assertFalse("the next one is asked", rig.asked(item).contains(silent));
        rig.accept(item, rig.asked(item).get(0));
        var another = rig.submit(printers);
        rig.pass(Duration.ofSeconds(60));
        assertEquals("nobody is there", Phase.WAITING, rig.state(another).phase());
        rig.absences.back(Rig.SITE, new AgentId(silent));
        rig.pass(Duration.ofSeconds(16));
        assertEquals(List.of(silent), rig.asked(another));
    }

    @Test
    public void aQueueIsDrainedWhenCapacityGetsFree() {
        var first = rig.submit(printers);
        var second = rig.submit(printers);
        var third = rig.submit(printers);
        rig.settle();
        rig.accept(first, rig.asked(first).get(0));
        rig.accept(second, rig.asked(second).get(0));
        assertEquals(Phase.WAITING, rig.state(third).phase());
        rig.desk.finish(Rig.SITE, first, UUID.randomUUID());
        rig.settle();
        assertEquals("the wrap-up still counts", Phase.WAITING, rig.state(third).phase());
        rig.pass(Duration.ofSeconds(31));
        assertEquals(Phase.DONE, rig.state(first).phase());
        assertEquals(List.of(rig.state(first).agent().orElseThrow()), rig.asked(third));
    }

    @Test
    public void aQueueIsDrainedWhenItOpens() {
        var open = new AtomicReference<>(false);
        var opens = rig.clock.instant().plusSeconds(90);
        rig.plans.change(
                printers,
                was -> FakePlans.open(was, new Hours() {
                    @Override
                    public boolean openAt(Instant time) {
                        return open.get() || !time.isBefore(opens);
                    }

                    @Override
                    public Optional<Instant> nextChange(Instant after) {
                        return after.isBefore(opens) ? Optional.of(opens) : Optional.empty();
                    }
                }));
        rig.settle();
        var refused = rig.desk.submit(rig.request(new Target.Queue(printers), 0), UUID.randomUUID());
        assertEquals("queue-closed", ((Answer.Refused<?>) refused).refusal().code());
        open.set(true);
        var item = rig.submit(printers);
        open.set(false);
        rig.pass(Duration.ofSeconds(80));
        assertEquals(
                "nobody is asked outside hours", Phase.WAITING, rig.state(item).phase());
        rig.pass(Duration.ofSeconds(12));
        assertEquals(Phase.OFFERED, rig.state(item).phase());
    }

    @Test
    public void aQueueIsDrainedWhenASettingChanges() {
        rig.plans.agents.put(anna, new AgentPlan(anna, 1, false, Map.of()));
        rig.plans.agents.put(ben, new AgentPlan(ben, 1, false, Map.of()));
        rig.plans.changed();
        var item = rig.submit(printers);
        rig.pass(Duration.ofSeconds(1));
        assertEquals(Phase.WAITING, rig.state(item).phase());
        rig.plans.agents.put(ben, new AgentPlan(ben, 1, true, Map.of()));
        rig.plans.changed();
        rig.settle();
        assertEquals(List.of("ben"), rig.asked(item));
    }

    @Test
    public void W35_whenNobodyNamedAcceptsItGoesToTheFallbackQueue() {
        var carla = rig.plans.agent("carla", 1);
        rig.plans.fallback = Optional.of(rig.plans.queue("fallback", carla));
        rig.plans.changed();
        rig.settle();
        var item = rig.submit(new Target.Agents(Set.of(anna, ben)), 0);
        rig.settle();
        assertEquals(Set.of("anna", "ben"), Set.copyOf(rig.asked(item)));
        rig.decline(item, "anna");
        assertEquals(List.of("ben"), rig.asked(item));
        rig.decline(item, "ben");
        assertEquals(rig.plans.fallback.map(QueueId::value), rig.state(item).queue());
        assertEquals(List.of("carla"), rig.asked(item));
    }

    @Test
    public void WX5_anAgentPicksWhatWaitsIfThereIsRoom() {
        rig.presence(anna, new Presence.Away("lunch"));
        rig.presence(ben, new Presence.Away("lunch"));
        var item = rig.submit(printers);
        var other = rig.submit(printers);
        rig.settle();
        WorkEnds.askToPick(rig.book, Rig.SITE, other, new UUID(8, 1), "anna", UUID.randomUUID());
        rig.settle();
        assertEquals(Optional.of("anna"), rig.state(other).agent());
        WorkEnds.askToPick(rig.book, Rig.SITE, item, new UUID(8, 2), "anna", UUID.randomUUID());
        rig.settle();
        assertEquals("she is full", Phase.WAITING, rig.state(item).phase());
        assertTrue(rig.state(item).pick().isEmpty());
        var refused = rig.book.history(Rig.SITE, item, Set.of(WorkFact.PickRefused.class));
        assertEquals("pick-full", ((WorkFact.PickRefused) refused.get(0).event()).why());
    }

    @Test
    public void aPickIsAnsweredThoughNoRouterLives() {
        rig.presence(anna, new Presence.Away("lunch"));
        rig.presence(ben, new Presence.Away("lunch"));
        var item = rig.submit(printers);
        rig.settle();
        rig.routers.close();
        WorkEnds.askToPick(rig.book, Rig.SITE, item, new UUID(8, 1), "anna", UUID.randomUUID());
        rig.pass(Duration.ofSeconds(6));
        assertTrue(rig.state(item).pick().isEmpty());
        assertEquals(Phase.WAITING, rig.state(item).phase());
    }

    @Test
    public void anOfferIsTakenBackFromWhoGoesAway() {
        var item = rig.submit(printers);
        rig.settle();
        var first = new AgentId(rig.asked(item).get(0));
        rig.presence(first, new Presence.Offline());
        assertEquals(List.of(first.equals(anna) ? "ben" : "anna"), rig.asked(item));
        assertTrue("that is nobody's fault", rig.absences.of(Rig.SITE).isEmpty());
    }

    @Test
    public void itSaysWhyForEachOffer() {
        rig.presence(ben, new Presence.Away("lunch"));
        var item = rig.submit(printers);
        rig.settle();
        var offered = (WorkFact.Offered) rig.book
                .history(Rig.SITE, item, Set.of(WorkFact.Offered.class))
                .get(0)
                .event();
        var reasons = offered.why().considered().stream()
                .collect(java.util.stream.Collectors.toMap(WorkFact.Considered::agent, WorkFact.Considered::reason));
        assertEquals(Map.of("anna", "CHOSEN", "ben", "AWAY"), reasons);
    }

    @Test
    public void offersExpireThoughTheRouterHasDied() {
        var item = rig.submit(printers);
        rig.settle();
        assertEquals(Phase.OFFERED, rig.state(item).phase());
        rig.crash();
        assertEquals("as it was", Phase.OFFERED, rig.state(item).phase());
        rig.pass(Duration.ofSeconds(21));
        assertEquals(
                "asked anew, of the other one", Phase.OFFERED, rig.state(item).phase());
        assertEquals(1, rig.absences.of(Rig.SITE).size());
        assertFalse(rig.absences.of(Rig.SITE).containsKey(rig.asked(item).get(0)));
    }

    @Test
    public void aFullQueueTakesNoMore() {
        rig.plans.change(printers, was -> FakePlans.largest(was, 3, Optional.empty()));
        for (int i = 0; i < 3; i++) {
            rig.submit(printers);
        }
        var refused = rig.desk.submit(rig.request(new Target.Queue(printers), 0), UUID.randomUUID());
        assertEquals("queue-full", ((Answer.Refused<?>) refused).refusal().code());
    }

    @Test
    public void whatHasWaitedLongEnoughExpires() {
        rig.presence(anna, new Presence.Offline());
        rig.presence(ben, new Presence.Offline());
        rig.plans.change(printers, was -> FakePlans.largest(was, 0, Optional.of(Duration.ofSeconds(60))));
        rig.settle();
        var item = rig.submit(printers);
        rig.pass(Duration.ofSeconds(59));
        assertEquals(Phase.WAITING, rig.state(item).phase());
        rig.pass(Duration.ofSeconds(3));
        assertEquals(Phase.EXPIRED, rig.state(item).phase());
    }
}
