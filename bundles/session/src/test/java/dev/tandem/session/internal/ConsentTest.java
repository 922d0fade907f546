package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Consent;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.internal.CustomerDesk.Admitted;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** Consents: asked, answered, over, and what stops with them. */
public class ConsentTest {
    private static final Caller.OfAgent ANNA = new Caller.OfAgent(World.ANNA);
    private static final Caller.OfAgent BEN = new Caller.OfAgent(World.BEN);
    private static final Caller.OfAgent AUDITOR = new Caller.OfAgent(
            new Agent(World.SITE, new AgentId("su.pervisor"), "Su", Set.of(Agent.Role.AGENT, Agent.Role.SUPERVISOR)));

    private final World world = new World();
    private final AgentView view = world.start();
    private final Admitted marie = world.join(view);
    private final ParticipantId anna = new ParticipantId(view.me());
    private final ParticipantId customer = new ParticipantId(marie.customer().participant());

    @Before
    public void pages() {
        world.annasPage(view);
        world.pageOf(marie);
    }

    @After
    public void close() {
        world.close();
    }

    @Test
    public void aQuestionIsForTheAssistedCustomerAndIsAnsweredForTheSession() {
        var asked = ask("screen");
        assertEquals(Consent.State.ASKED, asked.state());
        assertEquals(customer.value(), asked.of());
        assertEquals(Optional.of(world.clock.instant().plus(Duration.ofMinutes(2))), asked.until());
        assertEquals("asked again while it waits", asked, ask("screen"));
        assertFalse(granted("screen"));

        answer(asked.id(), true, Optional.empty());
        assertTrue(granted("screen"));
        answer(asked.id(), true, Optional.empty());
        assertEquals("allowed already", asked.id(), ask("screen").id());
        world.pass(Duration.ofMinutes(5));
        assertTrue("for the session", granted("screen"));
        problem(409, "consent-over", () -> answer(asked.id(), false, Optional.empty()));
        problem(404, "unknown", () -> answer(UUID.randomUUID(), true, Optional.empty()));
        problem(
                404,
                "unknown",
                () -> world.consents.answer(ANNA, view.id(), asked.id(), true, Optional.empty(), UUID.randomUUID()));
    }

    @Test
    public void nobodyAnswers() {
        var asked = ask("screen");
        world.pass(Duration.ofSeconds(121));
        assertEquals(Consent.State.EXPIRED, now("screen").state());
        problem(409, "consent-over", () -> answer(asked.id(), true, Optional.empty()));
        assertFalse(granted("screen"));
        var again = ask("screen");
        assertFalse("a new question", asked.id().equals(again.id()));
        answer(again.id(), false, Optional.empty());
        assertEquals(Consent.State.DENIED, now("screen").state());
    }

    @Test
    public void aQuestionGoesWithTheAgentWhoAskedAndDoesNotComeBack() {
        var asked = ask("screen");
        world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(Consent.State.ENDED, now("screen").state());
        problem(409, "consent-over", () -> answer(asked.id(), true, Optional.empty()));
        world.agents.comeBack(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(Consent.State.ENDED, now("screen").state());
        var again = ask("screen");
        world.agents.closing(World.ANNA, view.id(), UUID.randomUUID(), UUID.randomUUID());
        assertEquals("a reload is no going", again, now("screen"));
        var ben = world.control
                .assist(World.BEN, view.number(), UUID.randomUUID())
                .orElseThrow();
        world.control.pass(World.ANNA, view.id(), ben.me(), ben.epoch(), UUID.randomUUID());
        assertEquals(Consent.State.ENDED, now("screen").state());
    }

    @Test
    public void aConsentForMinutesEndsByItselfAndWhatDependsOnItStops() {
        answer(ask("screen").id(), true, Optional.of(Duration.ofMinutes(3)));
        start("screen", customer, Scope.CUSTOMER);
        world.pass(Duration.ofSeconds(179));
        assertEquals(1, world.now(view).activities().size());
        world.pass(Duration.ofSeconds(2));
        assertEquals(List.of(), world.now(view).activities());
        assertEquals(Consent.State.EXPIRED, now("screen").state());
        assertEquals(List.of(view.id().toString()), world.stopped);
    }

    @Test
    public void oneButtonTakesAllBackInOneDecision() {
        start("screen", customer, Scope.CUSTOMER);
        answer(ask("recording").id(), true, Optional.empty());
        start("recording", anna, Scope.CONTROL);
        var waiting = ask("system-information");
        var before = world.now(view).version();
        world.consents.revokeAll(marie.customer(), view.id(), UUID.randomUUID());
        var after = world.now(view);
        assertEquals(List.of(), after.activities());
        assertEquals("two consents and two activities", before + 4, after.version());
        assertEquals(Consent.State.REVOKED, now("screen").state());
        assertEquals(Consent.State.REVOKED, now("recording").state());
        assertEquals(waiting, now("system-information"));
    }

    @Test
    public void takingOneBackLeavesTheOthers() {
        start("screen", customer, Scope.CUSTOMER);
        answer(ask("recording").id(), true, Optional.empty());
        start("recording", anna, Scope.CONTROL);
        world.consents.revoke(marie.customer(), view.id(), now("recording").id(), UUID.randomUUID());
        assertEquals(
                List.of("screen"),
                world.now(view).activities().stream().map(a -> a.name()).toList());
        world.consents.revoke(marie.customer(), view.id(), now("recording").id(), UUID.randomUUID());
        var chat = ask("chat").id();
        answer(chat, true, Optional.empty());
        problem(409, "consent-over", () -> world.consents.revoke(ANNA, view.id(), chat, UUID.randomUUID()));
    }

    @Test
    public void anAgentsOwnShareIsNotTheCustomersToStop() {
        answer(ask("screen").id(), true, Optional.empty());
        start("screen", anna, Scope.CUSTOMER);
        world.consents.revokeAll(marie.customer(), view.id(), UUID.randomUUID());
        assertEquals(1, world.now(view).activities().size());
    }

    @Test
    public void whoAsksCanTakeTheQuestionBack() {
        var asked = ask("screen");
        problem(404, "unknown", () -> world.consents.revoke(BEN, view.id(), asked.id(), UUID.randomUUID()));
        world.consents.revoke(ANNA, view.id(), asked.id(), UUID.randomUUID());
        assertEquals(Consent.State.ENDED, now("screen").state());
    }

    @Test
    public void whatAFormerControllerHasAskedIsNotForTheNewOneToHave() {
        var screen = ask("screen");
        var information = ask("system-information");
        answer(screen.id(), true, Optional.empty());
        var ben = world.control
                .assist(World.BEN, view.number(), UUID.randomUUID())
                .orElseThrow();
        world.control.pass(World.ANNA, view.id(), ben.me(), ben.epoch(), UUID.randomUUID());
        assertEquals(Consent.State.ENDED, now("system-information").state());
        assertEquals(
                "what was allowed is allowed",
                Consent.State.GRANTED,
                now("screen").state());
        problem(409, "consent-over", () -> answer(information.id(), true, Optional.empty()));
    }

    @Test
    public void theCustomersOwnStartIsConsentByActAndItsStopEndsIt() {
        start("screen", customer, Scope.CUSTOMER);
        var act = now("screen");
        assertEquals(Consent.State.GRANTED, act.state());
        assertTrue(granted("screen"));
        world.sessions.stop(World.SITE, new SessionId(view.id()), "screen", "test", UUID.randomUUID());
        assertEquals(Consent.State.ENDED, now("screen").state());

        var asked = ask("screen");
        start("screen", customer, Scope.CUSTOMER);
        assertEquals("the act answers the question", asked.id(), now("screen").id());
        assertEquals(Consent.State.GRANTED, now("screen").state());
        world.pass(Duration.ofMinutes(3));
        assertEquals(
                "nobody waits any more", Consent.State.GRANTED, now("screen").state());
    }

    @Test
    public void W19_W30_actsEndWithTheTurnAndWithControlAndWhatWasGivenForTheSessionStays() {
        var seats = world.seats.more(World.ANNA, view.id(), UUID.randomUUID()).seats();
        var paul = world.tryJoin(seats.get(1).pin()).orElseThrow().customer().participant();
        answer(ask("recording").id(), true, Optional.empty());
        start("screen", customer, Scope.CUSTOMER);
        world.control.select(World.ANNA, view.id(), paul, UUID.randomUUID());
        assertEquals(List.of(), world.now(view).activities());
        assertEquals(Consent.State.ENDED, now("screen").state());
        assertTrue(granted("recording"));

        start("screen", new ParticipantId(paul), Scope.CUSTOMER);
        var ben = world.control
                .assist(World.BEN, view.number(), UUID.randomUUID())
                .orElseThrow();
        world.control.pass(World.ANNA, view.id(), ben.me(), view.epoch(), UUID.randomUUID());
        assertEquals(Consent.State.ENDED, now("screen").state());
        assertTrue(granted("recording"));
        problem(403, "not-controller", () -> ask("system-information"));
    }

    @Test
    public void noConsentOutlivesItsParticipantOrTheSession() {
        answer(ask("recording").id(), true, Optional.of(Duration.ofMinutes(5)));
        world.customers.leave(marie.customer(), view.id(), UUID.randomUUID());
        assertEquals(Consent.State.ENDED, now("recording").state());
        problem(404, "unknown", () -> ask("screen"));

        var second = world.join(view);
        var question = ask("recording");
        assertEquals(second.customer().participant(), question.of());
        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        var ledger = world.consents.ledger(ANNA, view.id()).consents();
        assertEquals(
                List.of(Consent.State.ENDED, Consent.State.ENDED),
                ledger.stream().map(ConsentDesk.Entry::state).toList());
        world.pass(Duration.ofMinutes(10));
        assertEquals(ledger, world.consents.ledger(ANNA, view.id()).consents());
    }

    @Test
    public void onlyTheControllerAsksAndOnlyWhoIsThere() {
        problem(
                404,
                "unknown",
                () -> world.consents.ask(BEN, view.id(), "screen", Optional.empty(), UUID.randomUUID()));
        problem(
                404,
                "unknown",
                () -> world.consents.ask(ANNA, view.id(), "screen", Optional.of(UUID.randomUUID()), UUID.randomUUID()));
        var own = world.sessions.ask(World.SITE, new SessionId(view.id()), "recording", anna, anna, UUID.randomUUID());
        assertTrue(own instanceof Answer.Accepted<None>);
        var session = world.sessions.find(World.SITE, new SessionId(view.id())).orElseThrow();
        assertTrue(
                "who asks for what they want themselves allows it",
                session.granted(anna, "recording", world.clock.instant()));
        var byCustomer = world.sessions.ask(
                World.SITE, new SessionId(view.id()), "recording", anna, customer, UUID.randomUUID());
        assertTrue(byCustomer instanceof Answer.Refused<None>);
    }

    @Test
    public void theLedgerKeepsEverythingAndTellsWhoMayKnow() {
        start("screen", customer, Scope.CUSTOMER);
        answer(ask("recording").id(), true, Optional.of(Duration.ofMinutes(5)));
        world.consents.revokeAll(marie.customer(), view.id(), UUID.randomUUID());
        start("screen", customer, Scope.CUSTOMER);
        var ledger = world.consents.ledger(marie.customer(), view.id()).consents();
        assertEquals(
                List.of("screen", "recording", "screen"),
                ledger.stream().map(ConsentDesk.Entry::capability).toList());
        assertEquals(
                List.of(Consent.State.ASKED, Consent.State.GRANTED, Consent.State.REVOKED),
                ledger.get(1).steps().stream().map(ConsentDesk.Step::state).toList());
        assertEquals("Marie Dupont", ledger.get(0).name());
        assertEquals(Optional.empty(), ledger.get(0).by());
        assertEquals("as it stands", 2, world.now(view).consents().size());

        assertEquals(ledger, world.consents.ledger(ANNA, view.id()).consents());
        assertEquals(ledger, world.consents.ledger(AUDITOR, view.id()).consents());
        problem(404, "unknown", () -> world.consents.ledger(BEN, view.id()));
        problem(404, "unknown", () -> world.consents.ledger(AUDITOR, UUID.randomUUID()));
        var foreign = new Caller.OfAgent(new Agent(
                new SiteId("acme"), new AgentId("eve"), "Eve", Set.of(Agent.Role.AGENT, Agent.Role.ADMINISTRATOR)));
        problem(404, "unknown", () -> world.consents.ledger(foreign, view.id()));
        world.customers.leave(marie.customer(), view.id(), UUID.randomUUID());
        problem(404, "unknown", () -> world.consents.ledger(marie.customer(), view.id()));

        world.runtime.journal().erase(World.SITE, "customer:" + customer);
        assertEquals(
                "", world.consents.ledger(ANNA, view.id()).consents().get(0).name());
    }

    private ConsentView ask(String capability) {
        world.consents.ask(ANNA, view.id(), capability, Optional.empty(), UUID.randomUUID());
        return now(capability);
    }

    private void answer(UUID consent, boolean allow, Optional<Duration> lasting) {
        world.consents.answer(marie.customer(), view.id(), consent, allow, lasting, UUID.randomUUID());
    }

    private void start(String activity, ParticipantId by, Scope scope) {
        var answer = world.sessions.start(World.SITE, new SessionId(view.id()), activity, by, scope, UUID.randomUUID());
        assertTrue(answer.toString(), answer instanceof Answer.Accepted<None>);
        world.settle();
    }

    /** The last of that capability. */
    private ConsentView now(String capability) {
        return world.now(view).consents().stream()
                .filter(c -> c.capability().equals(capability))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private boolean granted(String capability) {
        return world.sessions
                .find(World.SITE, new SessionId(view.id()))
                .orElseThrow()
                .granted(customer, capability, world.clock.instant());
    }

    private static void problem(int status, String code, ThrowingRunnable what) {
        var problem = assertThrows(ProblemException.class, what).problem();
        assertEquals(code, problem.code());
        assertEquals(status, problem.status());
    }
}
