package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.session.Participant;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.ProblemException;

/** Starting, joining, leaving and ending. */
public class SessionLifeTest {
    private final World world = new World();

    @After
    public void close() {
        world.close();
    }

    @Test
    public void W1_agentStartsAndCustomerJoins() {
        var view = world.start();
        assertEquals(State.WAITING, view.state());
        assertEquals(Optional.of(view.me()), view.controller());
        assertEquals(1, view.epoch());
        assertEquals(
                List.of("Anna Bell"),
                view.participants().stream().map(p -> p.name()).toList());
        assertTrue(view.number(), view.number().matches("[1-9]\\d{5,6}"));

        var customer = world.join(view);
        var now = world.now(view);
        assertEquals(State.ACTIVE, now.state());
        assertEquals(
                Optional.of(customer.customer().participant()),
                now.seats().get(0).participant());
        assertEquals("Marie Dupont", now.participants().get(1).name());
        assertTrue(now.version() > view.version());
    }

    @Test
    public void B3_B4_B7_B18_pinAndUrlStayAndThePinIsInTheUrl() {
        var before = world.start();
        var pin = world.pin(before);
        assertTrue(pin, pin.matches("[1-9]\\d{8}"));
        assertEquals(World.URL + pin, before.seats().get(0).url().toString());
        world.join(before);
        assertEquals(
                before.seats().get(0).url(), world.now(before).seats().get(0).url());
        assertEquals(pin, world.pin(world.now(before)));
    }

    @Test
    public void B6_pinMayBeTypedInGroups() {
        var view = world.start();
        var pin = world.pin(view);
        var grouped = pin.substring(0, 3) + " " + pin.substring(3, 6) + "-" + pin.substring(6);
        assertTrue(world.tryJoin(grouped).isPresent());
    }

    @Test
    public void onlyTheAgentOfAnActiveInteractionMayStart() {
        assertProblem(404, "unknown", () -> world.agents.open(World.BEN, World.CALL, World.URL, UUID.randomUUID()));
        assertProblem(404, "unknown", () -> world.start(new InteractionId("nowhere")));
        var ringing = new InteractionId("ringing");
        world.platform.put(ringing, Interaction.Kind.CALL, Interaction.State.RINGING, Optional.empty());
        assertProblem(404, "unknown", () -> world.start(ringing));
        world.platform.put(ringing, Interaction.Kind.CALL, Interaction.State.ENDED, Optional.of(World.ANNA.id()));
        assertProblem(409, "interaction-not-active", () -> world.start(ringing));
    }

    @Test
    public void oneLivingSessionOfAnInteraction() {
        var first = world.agents.open(World.ANNA, World.CALL, World.URL, UUID.randomUUID());
        var again = world.agents.open(World.ANNA, World.CALL, World.URL, UUID.randomUUID());
        assertTrue(first.fresh());
        assertFalse(again.fresh());
        assertEquals(first.view().id(), again.view().id());
        assertEquals(1, world.agents.living(World.ANNA, World.CALL).size());
        assertEquals(List.of(), world.agents.living(World.BEN, World.CALL));
        assertNotEquals(first.view().id(), world.start(World.CHAT).id());
    }

    @Test
    public void theRowOfALivingSessionIsTheJudgeBetweenTwoTabs() {
        // Both saw no living session; the second insert must fail in a way that is understood as "somebody was first".
        var view = world.start();
        var failure = assertThrows(RuntimeException.class, () -> world.runtime
                .database()
                .write(sql -> sql.update(
                        "INSERT INTO session_session (site, session, command, interaction, number, agent, living, started_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, 1, 0)",
                        World.SITE,
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        World.CALL,
                        "1" + view.number(),
                        World.ANNA.id())));
        assertTrue(Taken.is(failure));
    }

    @Test
    public void repeatedStartGetsTheFirstAnswer() {
        var start = UUID.randomUUID();
        var view = world.agents.open(World.ANNA, World.CALL, World.URL, start).view();
        assertEquals(
                view.id(),
                world.agents
                        .open(World.ANNA, World.CALL, World.URL, start)
                        .view()
                        .id());
        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(
                "even when it is over",
                view.id(),
                world.agents
                        .open(World.ANNA, World.CALL, World.URL, start)
                        .view()
                        .id());
    }

    @Test
    public void repeatedJoinGetsTheFirstAnswer() {
        var view = world.start();
        var join = UUID.randomUUID();
        var first = world.customers.join(World.SITE, world.pin(view), join).orElseThrow();
        var again = world.customers.join(World.SITE, world.pin(view), join).orElseThrow();
        assertEquals(first, again);
        assertEquals(2, world.now(view).participants().size());
    }

    @Test
    public void B10_B22_lastAgentLeavesAndThePinDiesThirtySecondsLater() {
        var view = world.start();
        var customer = world.join(view);
        var left = world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(State.INTERRUPTED, left.state());
        assertEquals(Optional.of(world.clock.instant().plusSeconds(30)), left.graceUntil());
        assertEquals(
                Interaction.State.ACTIVE, world.platform.known.get(World.CALL).state());
        assertEquals(State.INTERRUPTED, world.seenBy(customer).state());

        world.passSeconds(29);
        assertTrue("the PIN lives", world.tryJoin(world.pin(view)).isPresent());
        world.passSeconds(1);
        assertEquals(State.ENDED, world.now(view).state());
        assertEquals(Optional.of(EndReason.BY_AGENT), world.now(view).endReason());
        assertTrue("the PIN is dead", world.tryJoin(world.pin(view)).isEmpty());
    }

    @Test
    public void BX1_agentReturnsAsTheSameParticipant() {
        var view = world.start();
        world.annasPage(view);
        world.pageOf(world.join(view));
        world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        world.passSeconds(20);
        var back = world.agents.comeBack(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(State.ACTIVE, back.state());
        assertEquals(view.me(), back.me());
        world.passSeconds(60);
        assertEquals(State.ACTIVE, world.now(view).state());

        world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals("starting again returns", view.id(), world.start().id());
        assertEquals(State.ACTIVE, world.now(view).state());
    }

    @Test
    public void agentWhoLeftIsAStrangerUntilTheEnd() {
        var view = world.start();
        world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        var anna = new dev.tandem.web.Caller.OfAgent(World.ANNA);
        assertProblem(404, "unknown", () -> world.views.of(anna, view.id()));
        assertProblem(404, "unknown", () -> world.agents.leave(World.ANNA, view.id(), UUID.randomUUID()));
        var found = world.agents.living(World.ANNA, World.CALL).get(0);
        assertEquals(
                "but where to return to",
                Participant.State.LEFT,
                found.participants().get(0).state());
        world.passSeconds(30);
        assertEquals(List.of(), world.agents.living(World.ANNA, World.CALL));
        assertEquals(State.ENDED, world.views.of(anna, view.id()).state());
        world.clock.advance(Views.LOOK_BACK);
        assertProblem(404, "unknown", () -> world.views.of(anna, view.id()));
    }

    @Test
    public void endingIsForTheControllerAndKillsPinAndTokens() {
        var view = world.start();
        var customer = world.join(view);
        assertProblem(404, "unknown", () -> world.agents.end(World.BEN, view.id(), UUID.randomUUID()));
        var ended = world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(State.ENDED, ended.state());
        assertEquals(Optional.of(EndReason.BY_AGENT), ended.endReason());
        assertEquals(Optional.empty(), ended.controller());
        assertTrue(world.tryJoin(world.pin(view)).isEmpty());
        assertTrue(world.tokens.recognise(customer.token()).isEmpty());
        assertProblem(409, "session-ended", () -> world.agents.end(World.ANNA, view.id(), UUID.randomUUID()));
        assertProblem(409, "session-ended", () -> world.agents.leave(World.ANNA, view.id(), UUID.randomUUID()));
        assertProblem(409, "session-ended", () -> world.agents.comeBack(World.ANNA, view.id(), UUID.randomUUID()));
        assertProblem(
                409, "session-ended", () -> world.agents.renew(World.ANNA, view.id(), World.URL, UUID.randomUUID()));
        assertNotEquals("a fresh one can start", view.id(), world.start().id());
    }

    @Test
    public void BX2_secondDeviceTakesTheSeatOver() {
        var view = world.start();
        world.annasPage(view);
        var first = world.join(view);
        var page = world.pageOf(first);
        var second = world.join(view);
        world.pageOf(second);
        assertNotEquals(first.customer().participant(), second.customer().participant());
        assertTrue(world.tokens.recognise(first.token()).isEmpty());
        assertEquals(Optional.of(second.customer()), world.tokens.recognise(second.token()));
        assertProblem(409, "seat-taken-over", () -> page.after(0));
        var now = world.now(view);
        assertEquals(State.ACTIVE, now.state());
        assertEquals(stateOf(now, first), Participant.State.REMOVED);
        assertEquals(stateOf(now, second), Participant.State.JOINED);
        page.drop();
        world.passSeconds(60);
        assertEquals(
                "the first device's going does no harm",
                State.ACTIVE,
                world.now(view).state());
    }

    @Test
    public void BX2_startNewGivesFreshPinAndUrl() {
        var old = world.start();
        var customer = world.join(old);
        var command = UUID.randomUUID();
        var fresh = world.agents.renew(World.ANNA, old.id(), World.URL, command);
        assertNotEquals(old.id(), fresh.id());
        assertNotEquals(world.pin(old), world.pin(fresh));
        assertEquals(World.CALL.value(), fresh.interaction().orElseThrow().id());
        assertEquals(Optional.of(EndReason.RENEWED), world.now(old).endReason());
        assertTrue(world.tryJoin(world.pin(old)).isEmpty());
        assertTrue(world.tryJoin(world.pin(fresh)).isPresent());
        assertTrue(world.tokens.recognise(customer.token()).isEmpty());
        assertEquals(
                "a repeat gets the first answer",
                fresh.id(),
                world.agents.renew(World.ANNA, old.id(), World.URL, command).id());
        world.agents.end(World.ANNA, fresh.id(), UUID.randomUUID());
        assertEquals(
                fresh.id(),
                world.agents.renew(World.ANNA, old.id(), World.URL, command).id());
    }

    @Test
    public void startNewNeedsAnActiveInteractionAndElseTheOldSessionStays() {
        var view = world.start();
        world.platform.put(World.CALL, Interaction.Kind.CALL, Interaction.State.ENDED, Optional.of(World.ANNA.id()));
        assertProblem(
                409,
                "interaction-not-active",
                () -> world.agents.renew(World.ANNA, view.id(), World.URL, UUID.randomUUID()));
        assertEquals(State.WAITING, world.now(view).state());
        assertEquals(
                "the end of the call ends nothing", view.id(), world.start().id());
    }

    @Test
    public void customerLeavesAndMayComeAgain() {
        var view = world.start();
        var customer = world.join(view);
        world.customers.leave(customer.customer(), view.id(), UUID.randomUUID());
        assertEquals(State.WAITING, world.now(view).state());
        assertTrue(world.tokens.recognise(customer.token()).isEmpty());
        assertProblem(404, "unknown", () -> world.views.of(customer.customer(), view.id()));
        world.join(view);
        assertEquals(State.ACTIVE, world.now(view).state());
    }

    @Test
    public void sessionThatNobodyJoinsEnds() {
        var used = world.start(World.CHAT);
        world.customers.leave(world.join(used).customer(), used.id(), UUID.randomUUID());
        var view = world.start();
        world.clock.advance(java.time.Duration.ofMinutes(59));
        world.runtime.fireDue();
        assertEquals(State.WAITING, world.now(view).state());
        world.clock.advance(java.time.Duration.ofMinutes(1));
        world.runtime.fireDue();
        assertEquals(Optional.of(EndReason.NOBODY_CAME), world.now(view).endReason());
        assertEquals(State.WAITING, world.now(used).state());
    }

    @Test
    public void linkGoesIntoTheChatOnceForACommandInTheAgentsLanguage() {
        var view = world.start(World.CHAT);
        assertTrue(view.interaction().orElseThrow().chat());
        var command = UUID.randomUUID();
        world.agents.sendLink(World.ANNA, view.id(), java.util.Locale.FRENCH, command);
        world.agents.sendLink(World.ANNA, view.id(), java.util.Locale.FRENCH, command);
        assertEquals(1, world.platform.sent.size());
        assertTrue(world.platform.sent.get(0).contains(view.seats().get(0).url().toString()));
        assertTrue(world.platform.sent.get(0).startsWith("Pour"));
        var call = world.start();
        assertFalse(call.interaction().orElseThrow().chat());
        assertProblem(
                409,
                "not-a-chat",
                () -> world.agents.sendLink(World.ANNA, call.id(), java.util.Locale.ENGLISH, UUID.randomUUID()));
        assertProblem(
                404,
                "unknown",
                () -> world.agents.sendLink(World.BEN, view.id(), java.util.Locale.ENGLISH, UUID.randomUUID()));
    }

    @Test
    public void namesArePersonalAndCanBeErased() {
        var view = world.start();
        var customer = world.join(view);
        world.customers.rename(customer.customer(), view.id(), "Élodie 🦊", Locale.FRENCH, UUID.randomUUID());
        assertEquals("Élodie 🦊", world.now(view).participants().get(1).name());
        var stored = world.runtime
                .database()
                .read(sql -> sql.all(
                        "SELECT payload FROM journal_event WHERE kind = 'session'", row -> row.getString("payload")));
        assertFalse(String.join("\n", stored).matches("(?s).*(Marie|Dupont|lodie|Anna Bell).*"));
        assertFalse("nor PIN or token", String.join("\n", stored).contains(world.pin(view)));
        assertFalse(String.join("\n", stored).contains(customer.token()));

        world.runtime
                .journal()
                .erase(World.SITE, "customer:" + customer.customer().participant());
        assertEquals("", world.now(view).participants().get(1).name());
        assertTrue(world.runtime.journal().verify(World.SITE).ok());
    }

    @Test
    public void seatKeepsItsCustomersNameOnAnotherDevice() {
        var view = world.start();
        var first = world.join(view);
        world.customers.rename(first.customer(), view.id(), "Marie", Locale.ITALIAN, UUID.randomUUID());
        world.join(view);
        assertEquals("Marie", world.now(view).participants().get(2).name());
    }

    @Test
    public void settingsTakeEffectForWhatComes() {
        world.runtime
                .settings()
                .set(World.SITE, "session.grace", Optional.of("7"), UUID.randomUUID(), "agent:anna.bell");
        var view = world.start();
        var left = world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(Optional.of(world.clock.instant().plusSeconds(7)), left.graceUntil());
        world.agents.comeBack(World.ANNA, view.id(), UUID.randomUUID());
        world.runtime
                .settings()
                .set(World.SITE, "session.grace", Optional.empty(), UUID.randomUUID(), "agent:anna.bell");
        world.settings.modified(new World.Seeds(12, 5, 3600));
        var again = world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(Optional.of(world.clock.instant().plusSeconds(12)), again.graceUntil());
    }

    private static Participant.State stateOf(AgentView view, CustomerDesk.Admitted who) {
        return view.participants().stream()
                .filter(p -> p.id().equals(who.customer().participant()))
                .findFirst()
                .orElseThrow()
                .state();
    }

    static void assertProblem(int status, String code, org.junit.function.ThrowingRunnable what) {
        var problem = assertThrows(ProblemException.class, what).problem();
        assertEquals(status + " " + code, problem.status() + " " + problem.code());
    }
}
