package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Consent;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.SupportSessions.Entered;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.session.internal.Views.CustomerView;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** Sessions handed over, opened without an agent, taken and given up. */
public class TransferTest {
    private static final URI PUBLIC = URI.create("https://help.example.org");

    private final World world = new World();

    @After
    public void close() {
        world.close();
    }

    @Test
    public void W37_theSenderLeavesByItselfAndTheCustomerStays() {
        var view = world.start();
        var customer = world.join(view);
        start(view, "screen", customer.customer().participant(), Scope.CUSTOMER);
        accepted(handOver(view));

        var seen = world.seenBy(customer);
        assertEquals(State.TRANSFERRING, seen.state());
        assertEquals(Optional.empty(), seen.controller());
        assertEquals(List.of(), seen.activities());
        assertEquals(Participant.State.LEFT, person(view, World.ANNA).state());
        assertEquals(
                "not hers any more", 409, problem(() -> world.views.of(new Caller.OfAgent(World.ANNA), view.id())));
        assertEquals(409, problem(() -> world.agents.comeBack(World.ANNA, view.id(), UUID.randomUUID())));
        world.settle();
        assertTrue("the slice was told", world.stopped.contains(view.id().toString()));
    }

    @Test
    public void W38_theVoiceCallEndsThoughItIsForTheWholeSession() {
        var view = world.start();
        var customer = world.join(view);
        start(view, "call", customer.customer().participant(), Scope.SESSION);
        accepted(handOver(view));
        assertEquals(List.of(), session(view).activities());
        var by = new ParticipantId(customer.customer().participant());
        refused("no-agent", world.sessions.start(World.SITE, id(view), "call", by, Scope.SESSION, UUID.randomUUID()));
    }

    @Test
    public void whatWasAllowedIsSoNoMore() {
        var view = world.start();
        var customer = world.join(view);
        var of = new ParticipantId(customer.customer().participant());
        accepted(world.sessions.ask(
                World.SITE, id(view), "control", of, new ParticipantId(view.me()), UUID.randomUUID()));
        var asked = world.seenBy(customer).consents().get(0);
        world.consents.answer(customer.customer(), view.id(), asked.id(), true, Optional.empty(), UUID.randomUUID());
        assertTrue(session(view).granted(of, "control", world.clock.instant()));
        accepted(handOver(view));
        assertEquals(
                List.of(Consent.State.ENDED),
                session(view).consents().stream().map(Consent::state).toList());
    }

    @Test
    public void W37_theClockOfTheAgentsStandsStillAndThatOfTheCustomerDoesNot() {
        var view = world.start();
        var customer = world.join(view);
        var page = world.pageOf(customer);
        world.annasPage(view).drop();
        accepted(handOver(view));
        world.passSeconds(3600);
        assertEquals(State.TRANSFERRING, session(view).state());
        assertEquals(Optional.empty(), world.seenBy(customer).graceUntil());

        page.drop();
        world.passSeconds(20);
        assertEquals("within the grace", State.TRANSFERRING, session(view).state());
        page.open();
        world.passSeconds(60);
        assertEquals(Optional.empty(), world.seenBy(customer).graceUntil());
        page.drop();
        world.passSeconds(40);
        assertEquals(Optional.of(EndReason.GRACE_EXPIRED), session(view).ended());
    }

    @Test
    public void theLastCustomerTakesTheEndAlong() {
        var view = world.start();
        var customer = world.join(view);
        accepted(handOver(view));
        world.customers.leave(customer.customer(), view.id(), UUID.randomUUID());
        assertEquals(Optional.of(EndReason.CUSTOMER_LEFT), session(view).ended());
    }

    @Test
    public void onlyTheControllerHandsOverAndOnlyWithACustomer() {
        var view = world.start();
        refused("no-customer", handOver(view));
        var customer = world.join(view);
        world.control.assist(World.BEN, view.number(), UUID.randomUUID()).orElseThrow();
        refused("not-controller", handOver(view, person(view, World.BEN).id()));
        refused(
                "not-controller",
                handOver(view, new ParticipantId(customer.customer().participant())));
        accepted(handOver(view));
        refused("unknown", handOver(view));
        refused("no-agent", handOver(view, person(view, World.BEN).id()));
        assertEquals(
                "an assistant stays, without control",
                Participant.State.JOINED,
                person(view, World.BEN).state());
        assertEquals(Optional.empty(), session(view).offered());
    }

    @Test
    public void W31_theCallStaysWithTheSenderWhoMayStartAnother() {
        var view = world.start();
        world.join(view);
        accepted(handOver(view));
        assertEquals(Optional.empty(), session(view).interaction());
        assertEquals(List.of(), world.agents.living(World.ANNA, World.CALL));
        var next = world.start();
        assertNotEquals(view.id(), next.id());
        accepted(take(view, World.BEN));
        var bens = world.views.after(World.BEN, view.id());
        assertEquals(Optional.empty(), bens.interaction());
        assertEquals(409, problem(() -> world.agents.renew(World.BEN, view.id(), World.URL, UUID.randomUUID())));
    }

    @Test
    public void W37_whoTakesItIsInControlWithAnEpochOfItsOwn() {
        var view = world.start();
        var customer = world.join(view);
        accepted(handOver(view));
        var command = UUID.randomUUID();
        accepted(take(view, World.BEN, command));
        accepted("the same again", take(view, World.BEN, command));
        accepted("as good as the same", take(view, World.BEN));
        refused("not-waiting", take(view, World.ANNA));

        assertEquals(
                List.of(view.id()),
                world.control.mine(World.BEN).stream().map(AgentView::id).toList());
        var now = world.control.mine(World.BEN).get(0);
        assertEquals(State.ACTIVE, now.state());
        assertEquals(Optional.of(now.me()), now.controller());
        assertEquals(view.epoch() + 1, now.epoch());
        assertEquals(now.epoch(), now.firstEpoch());
        var seen = world.seenBy(customer);
        assertTrue(seen.participants().stream().anyMatch(p -> p.name().equals("Ben Cole")));
        start(now, "screen", now.me(), Scope.CUSTOMER);
    }

    @Test
    public void theSenderMayTakeItBackByTheQueueAndIsTheSameParticipant() {
        var view = world.start();
        world.join(view);
        accepted(handOver(view));
        accepted(take(view, World.ANNA));
        assertEquals(Optional.of(new ParticipantId(view.me())), session(view).controller());
        assertEquals(
                1,
                session(view).participants().stream()
                        .filter(p -> p.role() == Participant.Role.AGENT)
                        .count());
    }

    @Test
    public void whoTakesItAndOpensNoPageCountsAsLost() {
        var view = world.start();
        var customer = world.join(view);
        world.pageOf(customer);
        accepted(handOver(view));
        accepted(take(view, World.BEN));
        world.passSeconds(17);
        assertEquals(Participant.State.DISCONNECTED, person(view, World.BEN).state());
    }

    @Test
    public void giveUpTellsTheCustomerAndNobodyElseIsGivenUp() {
        var view = world.start();
        var customer = world.join(view);
        refused("not-waiting", giveUp(view));
        accepted(handOver(view));
        accepted(giveUp(view));
        assertEquals(Optional.of(EndReason.NO_AGENT), world.seenBy(customer).endReason());
        refused("session-ended", giveUp(view));
        refused("session-ended", take(view, World.BEN));
        refused("unknown", world.sessions.giveUp(World.SITE, new SessionId(UUID.randomUUID()), UUID.randomUUID()));
    }

    @Test
    public void whatNobodyTakesEndsByItself() {
        var view = world.start();
        world.pageOf(world.join(view));
        accepted(handOver(view));
        world.clock.advance(TransferRules.LONGEST.plusSeconds(1));
        world.passSeconds(1);
        assertEquals(Optional.of(EndReason.NO_AGENT), session(view).ended());
    }

    @Test
    public void aSessionIsOpenedWithoutAgentAndCall() {
        var command = UUID.randomUUID();
        var entered = open("Marie Dupont", command);
        var again = open("Marie Dupont", command);
        assertEquals("a repeat gets the same place", entered, again);
        var caller = world.tokens.recognise(entered.token()).orElseThrow();
        world.new Page(caller, caller.session(), UUID.randomUUID()).open();
        var seen = (CustomerView) world.views.of(caller, caller.session());
        assertEquals(State.TRANSFERRING, seen.state());
        assertEquals("Marie Dupont", seen.participants().get(0).name());
        assertEquals(0, seen.epoch());

        accepted(world.sessions.take(World.SITE, entered.session(), World.BEN.id(), "Ben Cole", UUID.randomUUID()));
        var bens = world.control.mine(World.BEN).get(0);
        assertEquals(State.ACTIVE, bens.state());
        assertEquals(Optional.empty(), bens.interaction());
        assertEquals(1, bens.epoch());
        var seat = bens.seats().get(0);
        assertEquals(PUBLIC + "/j/main/" + seat.pin(), seat.url().toString());
        world.agents.end(World.BEN, bens.id(), UUID.randomUUID());
        assertEquals(
                Optional.of(EndReason.BY_AGENT),
                world.sessions.find(World.SITE, entered.session()).orElseThrow().ended());
    }

    @Test
    public void anOpeningWhoseAnswerWasLostIsAnsweredAsTheFirstAlsoWhenAllIsOver() {
        var command = UUID.randomUUID();
        var entered = open("Marie", command);
        accepted(world.sessions.take(World.SITE, entered.session(), World.BEN.id(), "Ben Cole", UUID.randomUUID()));
        world.agents.end(World.BEN, entered.session().value(), UUID.randomUUID());

        assertEquals(entered, open("Marie", command));
        assertEquals("the token is worth nothing", Optional.empty(), world.tokens.recognise(entered.token()));
    }

    @Test
    public void twoSessionsWithoutACallLiveAtOnceAndMayBeHandedOnAgain() {
        var first = open("Marie", UUID.randomUUID());
        var second = open("Paul", UUID.randomUUID());
        assertNotEquals(first.session(), second.session());
        for (var one : List.of(first, second)) {
            accepted(world.sessions.take(World.SITE, one.session(), World.BEN.id(), "Ben Cole", UUID.randomUUID()));
        }
        assertEquals(2, world.control.mine(World.BEN).size());
        var ben = world.sessions
                .find(World.SITE, first.session())
                .orElseThrow()
                .controller()
                .orElseThrow();
        accepted(world.sessions.handOver(World.SITE, first.session(), ben, UUID.randomUUID()));
        assertEquals(1, world.control.mine(World.BEN).size());
    }

    @Test
    public void whoOpensASessionAndShowsNoPageIsNotWaitedForLong() {
        var entered = open("Marie", UUID.randomUUID());
        world.passSeconds(40);
        var now = world.sessions.find(World.SITE, entered.session()).orElseThrow();
        assertEquals(Optional.of(EndReason.GRACE_EXPIRED), now.ended());
        assertTrue(world.tokens.recognise(entered.token()).isEmpty());
    }

    @Test
    public void otherSlicesHearOfIt() {
        var heard = new ArrayList<SessionEvent>();
        var subscriber = new EventSubscriber() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void on(Published published) {
                if (published.event() instanceof SessionEvent event) {
                    heard.add(event);
                }
            }
        };
        try (var open = world.runtime.subscribe(subscriber)) {
            var view = world.start();
            world.join(view);
            accepted(handOver(view));
            accepted(take(view, World.BEN));
            world.settle();
            var anna = new ParticipantId(view.me());
            var ben = person(view, World.BEN).id();
            assertEquals(
                    List.of(
                            new SessionEvent.Transferring(World.SITE, id(view), Optional.of(anna)),
                            new SessionEvent.Left(World.SITE, id(view), anna),
                            new SessionEvent.Joined(World.SITE, id(view), ben),
                            new SessionEvent.Taken(World.SITE, id(view), ben, 2),
                            new SessionEvent.ControlPassed(World.SITE, id(view), Optional.empty(), ben, 2)),
                    heard.subList(heard.size() - 5, heard.size()));
            assertFalse(heard.contains(new SessionEvent.Ended(World.SITE, id(view), EndReason.NO_AGENT)));
        }
    }

    private Entered open(String name, UUID command) {
        return world.sessions
                .open(World.SITE, Optional.of(name), PUBLIC, command)
                .orElseThrow(r -> new IllegalStateException(r.code()));
    }

    private Answer<?> handOver(AgentView view) {
        return handOver(view, new ParticipantId(view.me()));
    }

    private Answer<?> handOver(AgentView view, ParticipantId by) {
        return world.sessions.handOver(World.SITE, id(view), by, UUID.randomUUID());
    }

    private Answer<?> take(AgentView view, Agent agent) {
        return take(view, agent, UUID.randomUUID());
    }

    private Answer<?> take(AgentView view, Agent agent, UUID command) {
        return world.sessions.take(World.SITE, id(view), agent.id(), agent.name(), command);
    }

    private Answer<?> giveUp(AgentView view) {
        return world.sessions.giveUp(World.SITE, id(view), UUID.randomUUID());
    }

    private void start(AgentView view, String activity, UUID by, Scope scope) {
        accepted(world.sessions.start(World.SITE, id(view), activity, new ParticipantId(by), scope, UUID.randomUUID()));
    }

    private SupportSession session(AgentView view) {
        return world.sessions.find(new SiteId("main"), id(view)).orElseThrow();
    }

    private Participant person(AgentView view, Agent agent) {
        return session(view).participants().stream()
                .filter(p -> p.agent().equals(Optional.of(agent.id())))
                .findFirst()
                .orElseThrow();
    }

    private static SessionId id(AgentView view) {
        return new SessionId(view.id());
    }

    private static int problem(org.junit.function.ThrowingRunnable what) {
        return assertThrows(ProblemException.class, what).problem().status();
    }

    private static void accepted(Answer<?> answer) {
        accepted("", answer);
    }

    private static void accepted(String why, Answer<?> answer) {
        assertTrue(why + " " + answer, answer instanceof Answer.Accepted<?>);
    }

    private static void refused(String code, Answer<?> answer) {
        assertTrue(
                answer.toString(),
                answer instanceof Answer.Refused<?> r && r.refusal().code().equals(code));
    }
}
