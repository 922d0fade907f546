package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.session.Participant;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.internal.Views.AgentView;

/** Pages that come and go. */
public class PresenceTest {
    private World world = new World();

    @After
    public void close() {
        world.close();
    }

    @Test
    public void BX1_customerDropsOutAndComesBackAsTheSameParticipant() {
        var view = world.start();
        world.annasPage(view);
        var customer = world.join(view);
        var page = world.pageOf(customer);
        page.drop();
        world.passSeconds(10);
        assertEquals(State.INTERRUPTED, world.now(view).state());
        assertEquals(Participant.State.DISCONNECTED, last(view).state());
        assertEquals(
                "the grace counts from the loss",
                Optional.of(world.clock.instant().plusSeconds(20)),
                world.now(view).graceUntil());
        page.open();
        assertEquals(State.ACTIVE, world.now(view).state());
        assertEquals(2, world.now(view).participants().size());
        world.passSeconds(60);
        assertEquals(State.ACTIVE, world.now(view).state());
        assertEquals(Optional.of(customer.customer()), world.tokens.recognise(customer.token()));
    }

    @Test
    public void whoeverComesInAndWhosePageNeverComesIsLostHoweverTheyCame() {
        var view = world.start();
        var customer = world.join(view);
        var ben = world.control
                .assist(World.BEN, view.number(), UUID.randomUUID())
                .orElseThrow();
        world.annasPage(view);
        world.passSeconds(7);
        assertEquals(
                "pages take their time", Participant.State.JOINED, last(view).state());
        world.passSeconds(10);
        assertEquals(
                List.of(Participant.State.JOINED, Participant.State.DISCONNECTED, Participant.State.DISCONNECTED),
                world.now(view).participants().stream()
                        .map(Views.PersonView::state)
                        .toList());
        world.pageOf(customer);
        assertEquals(State.ACTIVE, world.now(view).state());
        world.passSeconds(40);
        assertEquals(
                "and has left in the end", Participant.State.LEFT, last(view).state());
        // Back by a request, without a page.
        world.agents.comeBack(World.BEN, view.id(), UUID.randomUUID());
        world.passSeconds(17);
        assertEquals(Participant.State.DISCONNECTED, last(view).state());
        assertEquals(ben.me(), last(view).id());
    }

    @Test
    public void aStartWhosePageNeverComesEndsByItselfAlsoIfTheNodeDies() {
        var view = world.start();
        world = world.crashed();
        world.passSeconds(60);
        assertEquals(Optional.of(EndReason.GRACE_EXPIRED), world.now(view).endReason());
    }

    @Test
    public void whoComesBackWhileThePageIsThereIsThere() {
        var view = world.start();
        world.annasPage(view);
        world.pageOf(world.join(view));
        world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        world.passSeconds(5);
        world.agents.comeBack(World.ANNA, view.id(), UUID.randomUUID());
        world.passSeconds(120);
        assertEquals(State.ACTIVE, world.now(view).state());
    }

    @Test
    public void BX1_customerPastTheGraceHasLeftAndMayComeAgain() {
        var view = world.start();
        world.annasPage(view);
        var customer = world.join(view);
        world.pageOf(customer).drop();
        world.passSeconds(30);
        assertEquals(Participant.State.LEFT, last(view).state());
        assertEquals(State.WAITING, world.now(view).state());
        assertTrue(world.tokens.recognise(customer.token()).isEmpty());
        assertTrue(world.tryJoin(world.pin(view)).isPresent());
    }

    @Test
    public void BX1_agentDropsOutAndComesBack() {
        var view = world.start();
        var page = world.annasPage(view);
        world.pageOf(world.join(view));
        page.drop();
        world.passSeconds(29);
        assertEquals(State.INTERRUPTED, world.now(view).state());
        world.annasPage(view);
        assertEquals(State.ACTIVE, world.now(view).state());
        world.passSeconds(60);
        assertEquals(State.ACTIVE, world.now(view).state());
    }

    @Test
    public void BX1_agentPastTheGraceEndsTheSession() {
        var view = world.start();
        world.annasPage(view).drop();
        world.passSeconds(29);
        assertEquals(State.INTERRUPTED, world.now(view).state());
        world.passSeconds(1);
        assertEquals(Optional.of(EndReason.GRACE_EXPIRED), world.now(view).endReason());
    }

    @Test
    public void graceOfALossBetweenTwoMillisecondsExpiresAsWell() {
        var view = world.start();
        var page = world.annasPage(view);
        world.clock.advance(Duration.ofNanos(499_999));
        page.drop();
        world.passSeconds(2);
        world.clock.set(world.now(view).graceUntil().orElseThrow());
        world.runtime.fireDue();
        assertEquals(Optional.of(EndReason.GRACE_EXPIRED), world.now(view).endReason());
    }

    @Test
    public void flappingLineLeavesNoTrace() {
        var view = world.start();
        var page = world.annasPage(view);
        long version = world.now(view).version();
        for (int i = 0; i < 50; i++) {
            page.drop();
            world.pass(Duration.ofMillis(1500));
            page.open();
        }
        world.passSeconds(60);
        assertEquals(version, world.now(view).version());
    }

    @Test
    public void newSocketBeforeTheOldOneIsKnownToBeDead() {
        var view = world.start();
        var page = world.annasPage(view);
        page.open();
        page.drop();
        world.passSeconds(60);
        assertEquals(State.WAITING, world.now(view).state());
        page.drop();
        world.passSeconds(60);
        assertEquals(State.ENDED, world.now(view).state());
    }

    @Test
    public void W3_closingTheControllersPageEndsTheSessionFiveSecondsLater() {
        var view = world.start();
        var page = world.annasPage(view);
        world.join(view);
        page.close();
        world.pass(Duration.ofMillis(4500));
        assertFalse(world.now(view).state() == State.ENDED);
        world.pass(Duration.ofMillis(500));
        assertEquals(Optional.of(EndReason.PAGE_CLOSED), world.now(view).endReason());
    }

    @Test
    public void W3_reloadComesBackAsTheSamePage() {
        var view = world.start();
        var page = world.annasPage(view);
        for (int i = 0; i < 3; i++) {
            page.close();
            world.passSeconds(4);
            page.open();
        }
        world.passSeconds(60);
        assertEquals(State.WAITING, world.now(view).state());
    }

    @Test
    public void W3_anotherPageIsNoReload() {
        var view = world.start();
        world.annasPage(view).close();
        world.passSeconds(1);
        world.annasPage(view);
        world.passSeconds(4);
        assertEquals(Optional.of(EndReason.PAGE_CLOSED), world.now(view).endReason());
    }

    @Test
    public void W3_closingOneOfTwoPagesEndsNothingClosingBothDoes() {
        var view = world.start();
        var one = world.annasPage(view);
        var other = world.annasPage(view);
        one.close();
        world.passSeconds(60);
        assertEquals(State.WAITING, world.now(view).state());
        one.open();
        // A window with both tabs is closed: both say so before a socket is gone.
        one.sayClosing();
        other.sayClosing();
        one.drop();
        other.drop();
        world.passSeconds(5);
        assertEquals(Optional.of(EndReason.PAGE_CLOSED), world.now(view).endReason());
    }

    @Test
    public void W3_aSecondPageThatHasJustLostItsLineCounts() {
        var view = world.start();
        var one = world.annasPage(view);
        var other = world.annasPage(view);
        other.drop();
        one.close();
        other.open();
        world.passSeconds(60);
        assertEquals(State.WAITING, world.now(view).state());
    }

    @Test
    public void W3_neverBecauseALineWasLost() {
        var view = world.start();
        world.annasPage(view).drop();
        world.passSeconds(20);
        assertEquals(State.INTERRUPTED, world.now(view).state());
    }

    @Test
    public void closingThenLeavingIsLeaving() {
        var view = world.start();
        var page = world.annasPage(view);
        page.sayClosing();
        world.agents.leave(World.ANNA, view.id(), UUID.randomUUID());
        world.passSeconds(10);
        assertEquals(State.INTERRUPTED, world.now(view).state());
        world.passSeconds(20);
        assertEquals(Optional.of(EndReason.BY_AGENT), world.now(view).endReason());
    }

    @Test
    public void customersClosingJustMeansDisconnected() {
        var view = world.start();
        world.annasPage(view);
        var page = world.pageOf(world.join(view));
        page.sayClosing();
        world.passSeconds(10);
        assertEquals(
                "even if its socket lingers",
                Participant.State.DISCONNECTED,
                last(view).state());
        page.open();
        assertEquals(Participant.State.JOINED, last(view).state());
        page.drop();
        world.passSeconds(60);
        assertEquals(
                "the lingering socket was the old one",
                Participant.State.JOINED,
                last(view).state());
    }

    @Test
    public void afterACrashWhoCountsAsConnectedGetsTheGrace() {
        var view = world.start();
        world.annasPage(view);
        var customer = world.join(view);
        var page = world.pageOf(customer);
        world = world.crashed();
        world.passSeconds(10);
        assertEquals(State.INTERRUPTED, world.now(view).state());
        assertEquals(
                Optional.of(world.clock.instant().plusSeconds(20)),
                world.now(view).graceUntil());
        world.annasPage(view);
        assertEquals(Optional.of(customer.customer()), world.tokens.recognise(customer.token()));
        world.new Page(customer.customer(), view.id(), page.id).open();
        assertEquals(State.ACTIVE, world.now(view).state());
        world.passSeconds(60);
        assertEquals(State.ACTIVE, world.now(view).state());
        assertEquals("the PIN can still be shown", world.pin(view), world.pin(world.now(view)));
    }

    @Test
    public void afterACrashWithPagesThatAreBackAtOnceNothingHasHappened() {
        var view = world.start();
        var page = world.annasPage(view);
        long version = world.now(view).version();
        world = world.crashed();
        world.new Page(new dev.tandem.web.Caller.OfAgent(World.ANNA), view.id(), page.id).open();
        world.passSeconds(60);
        assertEquals(version, world.now(view).version());
    }

    @Test
    public void aLossThatWasPendingInTheCrashIsNotForgotten() {
        var view = world.start();
        world.annasPage(view).drop();
        world = world.crashed();
        world.passSeconds(30);
        assertEquals(Optional.of(EndReason.GRACE_EXPIRED), world.now(view).endReason());
    }

    private Views.PersonView last(AgentView view) {
        var people = world.now(view).participants();
        return people.get(people.size() - 1);
    }
}
