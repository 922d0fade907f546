package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.journal.EventSubscriber.Reach;
import dev.tandem.screen.ScreenSharing.Line;
import dev.tandem.screen.ScreenSharing.Shared;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.ProblemException;

/** What the relay of one node does while others are there. */
public class RelayAcrossNodesTest extends RelayScene {

    private void stopInSession() {
        sessions.stop(Cast.SITE, Cast.SESSION, "screen", "anna", UUID.randomUUID());
    }

    @Test
    public void aNodeThatOnlyAnsweredTheStartEndsNothingThatIsRelayedElsewhere() {
        start();
        relay.expectSender(Cast.SITE, Cast.SESSION);
        media.elsewhere = true;
        for (int i = 0; i < 60; i++) {
            pass(ScreenStream.BEAT);
        }
        assertTrue(session.running());
        assertEquals(new Shared(Cast.MARIE_ID, Line.WAITING, 0, 0, 0), shared());
        assertEquals(Optional.empty(), relay.traffic(Cast.SITE, Cast.SESSION));
    }

    @Test
    public void whenTheNodeThatRelayedHasDiedTheSenderHasTimeToComeHere() {
        start();
        relay.expectSender(Cast.SITE, Cast.SESSION);
        media.elsewhere = true;
        pass(ScreenStream.SENDER_GRACE);
        media.elsewhere = false;
        media.epoch = 2;
        pass(Expected.ASKED);
        pass(ScreenStream.COMING_BACK.minusSeconds(1));
        assertTrue(session.running());
        var sender = share();
        sender.binary(key(0));
        for (int i = 0; i < 60; i++) {
            pass(ScreenStream.BEAT);
        }
        assertTrue(session.running());
    }

    @Test
    public void aSenderThatComesNowhereAfterADeathIsGivenUp() {
        start();
        relay.expectSender(Cast.SITE, Cast.SESSION);
        media.elsewhere = true;
        pass(ScreenStream.SENDER_GRACE);
        media.elsewhere = false;
        pass(Expected.ASKED);
        pass(ScreenStream.COMING_BACK);
        assertFalse(session.running());
    }

    @Test
    public void aViewerWhoIsBackFirstDoesNotEndWhatTheSenderIsAboutToBringBack() {
        start();
        watch(new FakePeer());
        pass(ScreenStream.COMING_BACK.minusSeconds(1));
        assertTrue(session.running());
        open(Cast.MARIE, "sender", marie);
        pass(ScreenStream.COMING_BACK);
        assertTrue(session.running());
    }

    @Test
    public void aNodeThatWasSuspendedDoesNotEndWhatGoesOnElsewhere() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        media.elsewhere = true;
        sender.closed();
        pass(ScreenStream.SENDER_GRACE);
        assertTrue(session.running());
        assertTrue("the stream is over here", relay.streams().isEmpty());
        assertEquals(Optional.of("4410 gone"), anna.closed);
    }

    @Test
    public void aSocketThatComesToANodeWithoutTheLeaseIsRefused() {
        start();
        media.believes = false;
        var refused = assertThrows(ProblemException.class, () -> open(Cast.MARIE, "sender", marie));
        assertEquals("elsewhere", refused.problem().code());
        assertTrue(relay.streams().isEmpty());
    }

    @Test
    public void afterALaterLeaseNothingOfTheEarlierOnePasses() {
        var old = share();
        var anna = new FakePeer();
        watch(anna);
        old.binary(key(0));
        media.epoch = 3;
        var sender = open(Cast.MARIE, "sender", new FakePeer());
        old.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
        sender.text(CONFIG);
        sender.closed();
        pass(ScreenStream.SENDER_GRACE);
        assertFalse("the new one stops under the new lease", session.running());
    }

    @Test
    public void aStopThatIsToldLateDoesNotEndTheNextShare() {
        share();
        stopInSession();
        var sender = share();
        relay.stopped(Cast.SITE, Cast.SESSION);
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        assertEquals(List.of(0L), anna.sequences());
        assertTrue(session.running());
    }

    @Test
    public void everyNodeHearsOfAStopThatAnotherHasAnswered() {
        var watch = new SessionWatch(relay);
        assertEquals(Reach.EVERY_NODE, watch.reach());
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        sessions.stopped = session -> {}; // told at the other node, where nothing is relayed
        stopInSession();
        watch.on(new Published(
                Cast.SITE,
                1,
                new UUID(7, 7),
                Cast.SESSION.value(),
                clock.instant(),
                new SessionEvent.ActivityStopped(Cast.SITE, Cast.SESSION, "screen")));
        sender.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
        assertEquals(Optional.of("4403 screen-stopped"), marie.closed);
    }

    @Test
    public void aNodeThatIsStoppedLeavesItsSharesToTheOthers() {
        media.othersGoOn = true;
        start();
        relay.open(Cast.MARIE, Cast.SESSION.value(), "sender", marie);
        relay.close();
        assertTrue(session.running());
        assertEquals(Optional.of("4410 gone"), marie.closed);
    }
}
