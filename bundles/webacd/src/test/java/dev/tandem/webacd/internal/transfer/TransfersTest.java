package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.platform.AgentId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.engine.Hours;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.FakePlans;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** Sessions handed over by the router's own work, over a real journal. */
public class TransfersTest extends TransferFixture {
    @Test
    public void W34_exactlyOneQueueOrAgents() {
        assertTrue(refused(Optional.empty(), List.of(), "").startsWith("400 target-needed"));
        assertTrue(refused(Optional.of(printers), List.of(ben), "").startsWith("400 target-both"));
        assertTrue(refused(Optional.of(new QueueId(UUID.randomUUID())), List.of(), "")
                .startsWith("404 unknown"));
        assertTrue(refused(Optional.empty(), List.of(new AgentId("nobody")), "").startsWith("404 unknown-agent"));
        assertTrue(refused(Optional.empty(), List.of(anna.agent().id()), "").startsWith("400 invalid"));
        var many = java.util.stream.IntStream.rangeClosed(0, Transfers.MOST_AGENTS)
                .mapToObj(i -> rig.plans.agent("many" + i, 1))
                .toList();
        assertTrue(refused(Optional.empty(), many, "").startsWith("400 invalid At most 20"));
        assertTrue(refused(Optional.of(printers), List.of(), "a\u0007b").startsWith("400 invalid"));
    }

    @Test
    public void W36_345CodePointsAndNotOneMore() {
        // A family is seven code points for one picture; an accent may be one of its own.
        var family = "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";
        var mixed = family.repeat(40) + "e\u0301".repeat(32);
        assertEquals(344, mixed.codePointCount(0, mixed.length()));
        assertTrue(refused(Optional.of(printers), List.of(), mixed + "ab")
                .startsWith("400 reason-too-long The message has 346 characters"));
        var item = transfer(Optional.of(printers), List.of(), mixed + "a");
        assertEquals(
                mixed + "a",
                rig.desk.find(Rig.SITE, item).orElseThrow().request().reason());
    }

    @Test
    public void W32_onlyAgentsOfWebacdHandOver() {
        rig.plans.agents.remove(anna.agent().id());
        assertTrue(refused(Optional.of(printers), List.of(), "").startsWith("403 not-webacd-agent"));
    }

    @Test
    public void onlyWhoIsInControlHandsOverAndOnlyWithACustomer() {
        session.pass(session.join(Cast.agent("dora")).id());
        assertTrue(refused(Optional.of(printers), List.of(), "").startsWith("403 not-controller"));
        var mine = session.now().participants().get(0).id();
        session.pass(mine);
        session.leave(session.now().participants().get(1).id());
        assertTrue(refused(Optional.of(printers), List.of(), "").startsWith("409 no-customer"));
    }

    @Test
    public void aClosedOrFullQueueIsRefused() {
        rig.plans.change(printers, was -> FakePlans.largest(was, 1, Optional.empty()));
        rig.presences.put(ben, new dev.tandem.platform.Presence.Offline());
        rig.presences.put(anna.agent().id(), new dev.tandem.platform.Presence.Offline());
        var first = rig.submit(printers);
        assertEquals(
                "queue-full",
                assertThrows(ProblemException.class, () -> transfer(Optional.of(printers), List.of(), ""))
                        .problem()
                        .code());
        rig.desk.abandon(Rig.SITE, first, UUID.randomUUID());
        rig.plans.change(
                printers,
                was -> FakePlans.open(was, new Hours() {
                    @Override
                    public boolean openAt(java.time.Instant time) {
                        return false;
                    }

                    @Override
                    public Optional<java.time.Instant> nextChange(java.time.Instant after) {
                        return Optional.empty();
                    }
                }));
        assertTrue(refused(Optional.of(printers), List.of(), "").startsWith("409 queue-closed"));
    }

    @Test
    public void W37_theSessionWaitsAndGoesToWhoAccepts() {
        var item = transfer(Optional.of(printers), List.of(), "The printer smokes");
        assertEquals(SupportSession.State.TRANSFERRING, session.now().state());
        rig.settle();
        assertEquals(
                "Marie Dupont",
                rig.desk.find(Rig.SITE, item).orElseThrow().request().name());
        assertEquals("not who has just handed it over", List.of("ben"), rig.asked(item));
        rig.accept(item, "ben");
        assertEquals(SupportSession.State.ACTIVE, session.now().state());
        assertEquals(ben, controller());
    }

    @Test
    public void W35_theFirstOfSeveralAgentsTakesItAndTheOthersAreFreed() {
        var item = transfer(Optional.empty(), List.of(ben, carla), "");
        rig.settle();
        assertEquals(Set.of("ben", "carla"), Set.copyOf(rig.asked(item)));
        rig.accept(item, "carla");
        assertEquals(carla, controller());
        assertEquals(List.of(), rig.asked(item));
        assertEquals(
                "offer-gone",
                ((Answer.Refused<?>) rig.accept(item, "ben")).refusal().code());
    }

    @Test
    public void W35_ifNobodyTakesItItGoesToTheFallbackQueueAndTheCustomerIsTold() {
        var item = transfer(Optional.empty(), List.of(ben), "");
        rig.settle();
        rig.decline(item, "ben");
        rig.settle();
        assertEquals(rig.plans.fallback.map(QueueId::value), rig.state(item).queue());
        assertEquals(
                List.of("No one who was asked could take over. You are now waiting in the queue “fallback”."), told);
        rig.accept(item, "carla");
        assertEquals(carla, controller());
    }

    @Test
    public void W35_withoutAFallbackQueueTheyAreAskedAgainTheCustomerIsToldOnceAndItEndsOneDay() {
        rig.plans.fallback = Optional.empty();
        rig.plans.named = new Plans.NamedPlan(
                Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(100));
        var item = transfer(Optional.empty(), List.of(ben), "");
        rig.settle();
        var until = rig.state(item).offers().get(0).until();
        assertEquals("as the site has set", Duration.ofSeconds(7), Duration.between(rig.clock.instant(), until));
        rig.decline(item, "ben");
        rig.settle();
        var words = "No one who was asked could take over yet. They will be asked again; please stay on this page.";
        assertEquals(List.of(words), told);
        rig.pass(Duration.ofSeconds(31));
        assertEquals("again", List.of("ben"), rig.asked(item));
        rig.decline(item, "ben");
        rig.settle();
        assertEquals("not every time", List.of(words), told);
        rig.presence(ben, new dev.tandem.platform.Presence.Offline());
        rig.pass(Duration.ofSeconds(70));
        assertEquals(Phase.EXPIRED, rig.state(item).phase());
        assertEquals(SupportSession.State.ENDED, session.now().state());
    }

    @Test
    public void whoWasAskedByNameHasTheWrapUpOfTheSite() throws Exception {
        rig.plans.named = new Plans.NamedPlan(
                Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(100));
        var item = transfer(Optional.empty(), List.of(ben), "");
        rig.settle();
        rig.accept(item, "ben");
        end();
        assertEquals(Phase.WRAP_UP, rig.state(item).phase());
        rig.pass(Duration.ofSeconds(6));
        assertEquals(Phase.DONE, rig.state(item).phase());
    }

    @Test
    public void theItemGoesWithControlToAnAgentOfWebacdAndIsDoneOtherwise() throws Exception {
        var item = transfer(Optional.of(printers), List.of(), "");
        rig.settle();
        rig.accept(item, rig.asked(item).get(0));
        assertEquals(Optional.of("ben"), rig.state(item).agent());
        var busy = rig.submit(printers);
        rig.presence(anna.agent().id(), new dev.tandem.platform.Presence.Offline());
        assertEquals("ben has one already, and may have no more", List.of(), rig.asked(busy));

        control("carla");
        assertEquals(Phase.ASSIGNED, rig.state(item).phase());
        assertEquals(Optional.of("carla"), rig.state(item).agent());
        assertEquals(1, rig.book.table().loads(Rig.SITE).get("carla").all());
        assertEquals("ben is free for the next", List.of("ben"), rig.asked(busy));
        control("dora");
        assertEquals("dora is none of WebACD", Phase.WRAP_UP, rig.state(item).phase());
        assertEquals(Optional.of("carla"), rig.state(item).agent());
    }

    @Test
    public void whoWaitsAndLeavesIsWaitedForNoMore() throws Exception {
        var item = transfer(Optional.of(printers), List.of(), "");
        rig.settle();
        assertEquals(Phase.OFFERED, rig.state(item).phase());
        end();
        assertEquals(Phase.ABANDONED, rig.state(item).phase());
        assertEquals(List.of(), rig.asked(item));
    }

    @Test
    public void whenTheSessionEndsTheWrapUpBegins() throws Exception {
        var item = transfer(Optional.of(printers), List.of(), "");
        rig.settle();
        rig.accept(item, rig.asked(item).get(0));
        end();
        assertEquals(Phase.WRAP_UP, rig.state(item).phase());
    }

    @Test
    public void whoTookItHandsItOnAndHasWrapUpForTheFirst() {
        var item = transfer(Optional.empty(), List.of(ben), "");
        rig.settle();
        rig.accept(item, "ben");
        var bens = Cast.agent(Rig.SITE, "ben", "Ben Cole");
        var next = transfers.transfer(
                bens, session.id().value(), Optional.empty(), List.of(carla), "", Locale.ENGLISH, UUID.randomUUID());
        rig.settle();
        assertEquals(
                "without a queue there is no wrap-up",
                Phase.DONE,
                rig.state(item).phase());
        rig.accept(next, "carla");
        assertEquals(carla, controller());
    }

    @Test
    public void W39_whatTheCustomerHasToldGoesAlong() {
        var asked = new dev.tandem.webacd.WorkRequest(
                Rig.SITE,
                SessionSource.KIND,
                session.id().toString(),
                new Target.Agents(Set.of(anna.agent().id())),
                "Marie Dupont",
                "Acme",
                "fr",
                java.util.Map.of("os", "Linux"),
                2,
                java.util.Map.of(),
                "",
                java.util.Map.of("problem", "It smokes"),
                Optional.empty());
        var first = ((Answer.Accepted<WorkItemId>) rig.desk.submit(asked, UUID.randomUUID())).value();
        rig.settle();
        rig.accept(first, "anna");
        var item = transfer(Optional.of(printers), List.of(), "Please bring a new one");
        var request = rig.desk.find(Rig.SITE, item).orElseThrow().request();
        assertEquals("Acme", request.company());
        assertEquals("fr", request.language());
        assertEquals(java.util.Map.of("os", "Linux"), request.attributes());
        assertEquals(2, request.priority());
        assertEquals(java.util.Map.of("problem", "It smokes"), request.answers());
        assertEquals("Please bring a new one", request.reason());
    }

    @Test
    public void WX3_whoWaitsIsToldThePlaceAndTheWaitButNotAllTheTime() {
        rig.presences.put(anna.agent().id(), new dev.tandem.platform.Presence.Away("lunch"));
        rig.presences.put(ben, new dev.tandem.platform.Presence.Away("lunch"));
        var before = rig.submit(printers);
        var item = transfer(Optional.of(printers), List.of(), "");
        rig.presences.put(ben, new dev.tandem.platform.Presence.Available());
        var teller = new Teller(
                rig.routers,
                rig.plans,
                rig.book,
                new Waits(rig.book, rig.plans, rig.directory(), rig.others, rig.clock),
                rig.journal.ids(),
                rig.clock,
                (delay, what) -> {});
        for (int times = 0; times < 3; times++) {
            teller.look();
            rig.settle();
        }
        // Ben has a place free: whoever is before goes to him at once.
        assertEquals(List.of("Your place in the queue: 2. Estimated wait: about 5 minutes."), told);
        rig.desk.abandon(Rig.SITE, before, UUID.randomUUID());
        rig.presences.put(ben, new dev.tandem.platform.Presence.Away("lunch"));
        rig.pass(Duration.ofSeconds(46));
        teller.look();
        rig.settle();
        assertEquals(List.of("Your place in the queue: 1."), told.subList(1, told.size()));
        assertEquals(Phase.WAITING, rig.state(item).phase());
    }
}
