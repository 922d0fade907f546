package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.screen.FrameHeader;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.ProblemException;

/** Who may come in, and what may pass. */
public class RelayDoorTest extends RelayScene {
    @Test
    public void badFramesCloseTheSocketAndPassToNobody() {
        for (var bad : List.of(
                ByteBuffer.allocate(3),
                key(5).put(0, (byte) 9),
                frame(true, 5, FrameHeader.LARGEST_FRAME),
                delta(6),
                delta(4),
                key(4),
                key(3))) {
            var peer = new FakePeer();
            start();
            var sender = open(Cast.MARIE, "sender", peer);
            sender.text(CONFIG);
            var anna = new FakePeer();
            var viewer = watch(anna);
            sender.binary(key(3));
            sender.binary(key(4));
            var refused = relay.counters().refused();
            sender.binary(bad);
            sender.binary(key(100));
            assertEquals(Optional.of("4403 bad-frame"), peer.closed);
            assertEquals(refused + 1, relay.counters().refused());
            assertEquals(List.of(3L, 4L), anna.sequences());
            viewer.closed();
        }
    }

    @Test
    public void theFirstFrameMustBeAKeyFrameAndNotComeBeforeItsConfiguration() {
        start();
        open(Cast.MARIE, "sender", marie).binary(key(0));
        assertEquals(Optional.of("4403 bad-frame"), marie.closed);
        var again = new FakePeer();
        var sender = open(Cast.MARIE, "sender", again);
        sender.text(CONFIG);
        sender.binary(delta(0));
        assertEquals(Optional.of("4403 bad-frame"), again.closed);
    }

    @Test
    public void wordsThatAreNoneCloseTheSocket() {
        share().text("{\"op\":");
        assertEquals(Optional.of("4403 bad-message"), marie.closed);
        var anna = new FakePeer();
        watch(anna).binary(key(0));
        assertEquals(Optional.of("4403 bad-message"), anna.closed);
    }

    @Test
    public void whoSendsFasterThanAnyScreenIsCutOff() {
        var sender = share();
        var anna = new FakePeer();
        var viewer = watch(anna);
        int most = RelayConfig.Limits.USUAL.perSecond();
        for (int i = 0; i < most; i++) {
            sender.binary(i == 0 ? key(0) : delta(i));
            ack(viewer, i);
        }
        assertEquals(Optional.empty(), marie.closed);
        var more = delta(most).asReadOnlyBuffer();
        for (int i = 0; i < 1_000_000; i++) {
            sender.binary(more);
        }
        assertEquals(Optional.of("4403 too-fast"), marie.closed);
        assertEquals(most, relay.counters().received());
        assertEquals("counted once: it is out", 1, relay.counters().refused());
        assertEquals(most, anna.frames.size());
        assertEquals(Optional.empty(), anna.closed);
        var back = open(Cast.MARIE, "sender", new FakePeer());
        back.text(CONFIG);
        back.binary(key(0));
        assertEquals("the session goes on", most + 1, anna.frames.size());
    }

    @Test
    public void whoDoesNotWaitForAcknowledgementsIsCutOff() {
        var sender = share();
        watch(new FakePeer());
        sender.binary(key(0));
        clock.advance(Duration.ofSeconds(1)); // from now on the viewer is behind
        int most = RelayConfig.Limits.USUAL.senderWindow();
        for (int i = 1; i <= most; i++) {
            sender.binary(delta(i));
        }
        assertEquals(Optional.empty(), marie.closed);
        sender.binary(delta(most + 1));
        assertEquals(Optional.of("4403 too-fast"), marie.closed);
    }

    @Test
    public void whoFloodsWithTextsIsCutOffAndAViewerHurtsNobodyElse() {
        var sender = share();
        var anna = new FakePeer();
        var ben = new FakePeer();
        var flooding = watch(anna);
        open(Cast.BEN, "viewer", ben);
        for (int i = 0; i < 1_000; i++) {
            flooding.text(KEY);
        }
        assertEquals(Optional.of("4403 too-fast"), anna.closed);
        sender.binary(key(0));
        assertEquals(List.of(0L), ben.sequences());
        for (int i = 0; i < 1_000; i++) {
            sender.text(CONFIG);
        }
        assertEquals(Optional.of("4403 too-fast"), marie.closed);
        assertTrue("what others were sent of it is bounded", ben.texts("config").size() <= 241);
    }

    @Test
    public void aFrameOfAnotherSessionsSenderDoesNotPass() {
        share();
        var stranger = new FakePeer();
        assertThrows(ProblemException.class, () -> open(Cast.PAUL, "sender", stranger));
        assertEquals(0, relay.counters().received());
    }

    @Test
    public void onlyWhoSharesMaySendAndEverybodyElseMayWatch() {
        start();
        for (var caller : List.of(Cast.ANNA, Cast.PAUL, Cast.EVA, Cast.STRANGER)) {
            assertThrows(ProblemException.class, () -> open(caller, "sender", new FakePeer()));
        }
        for (var caller : List.of(Cast.MARIE, Cast.STRANGER)) {
            assertThrows(ProblemException.class, () -> open(caller, "viewer", new FakePeer()));
        }
        for (var caller : List.of(Cast.ANNA, Cast.BEN, Cast.PAUL, Cast.EVA)) {
            open(caller, "viewer", new FakePeer());
        }
        assertEquals(4, shared().viewers());
        assertThrows(ProblemException.class, () -> open(Cast.MARIE, "boss", new FakePeer()));
        assertThrows(ProblemException.class, () -> relay.open(Cast.MARIE, new UUID(9, 9), "sender", new FakePeer()));
    }

    @Test
    public void nobodyComesInWhileNothingIsShared() {
        assertThrows(ProblemException.class, () -> open(Cast.MARIE, "sender", marie));
        assertThrows(ProblemException.class, () -> watch(new FakePeer()));
        assertEquals(Optional.empty(), relay.shared(Cast.SITE, Cast.SESSION));
        assertTrue(relay.streams().isEmpty());
    }

    @Test
    public void nothingPassesAfterTheStopAndAllAreTold() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        sessions.stop(Cast.SITE, Cast.SESSION, "screen", "anna", UUID.randomUUID());
        relay.stopped(Cast.SITE, Cast.SESSION);
        sender.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
        assertEquals(Optional.of("4403 screen-stopped"), anna.closed);
        assertEquals(Optional.of("4403 screen-stopped"), marie.closed);
        assertEquals(1, anna.texts("stopped").size());
        assertTrue(relay.streams().isEmpty());
    }

    /** Nobody may have hastened us, and the look every half a second may hang. */
    @Test
    public void nothingPassesAfterTheStopEvenIfNobodyTellsUs() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        sessions.stop(Cast.SITE, Cast.SESSION, "screen", "anna", UUID.randomUUID());
        clock.advance(ScreenStream.TRUST.plusMillis(1));
        sender.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
        assertEquals(Optional.of("4403 screen-stopped"), marie.closed);
        relay.tick();
        assertTrue(relay.streams().isEmpty());
    }

    @Test
    public void theSessionIsAskedEveryHalfSecondAndNotAtEveryFrame() {
        var sender = share();
        watch(new FakePeer());
        relay.tick();
        var asked = sessions.found;
        for (int i = 0; i < 30; i++) {
            sender.binary(i == 0 ? key(0) : delta(i));
        }
        assertEquals(asked, sessions.found);
        pass(ScreenStream.RECHECK.plusMillis(1));
        assertEquals(asked + 1, sessions.found);
    }

    @Test
    public void whileNobodyCanSayWhetherItMayPassNothingPasses() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        sessions.broken = true;
        clock.advance(ScreenStream.TRUST.plusMillis(1));
        sender.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
        assertEquals("the page comes back by itself", Optional.of("1013 later"), marie.closed);
        sessions.broken = false;
    }

    @Test
    public void anAgentWhoHasLeftGetsNoFrameMore() {
        var sender = share();
        var anna = new FakePeer();
        var ben = new FakePeer();
        watch(anna);
        open(Cast.BEN, "viewer", ben);
        sender.binary(key(0));
        session.leave(Cast.BEN_ID);
        new SessionWatch(relay)
                .on(new Published(
                        Cast.SITE,
                        1,
                        new UUID(7, 7),
                        Cast.SESSION.value(),
                        clock.instant(),
                        new SessionEvent.Left(Cast.SITE, Cast.SESSION, new ParticipantId(new UUID(3, 2)))));
        sender.binary(delta(1));
        assertEquals(List.of(0L), ben.sequences());
        assertEquals(Optional.of("4403 not-in-session"), ben.closed);
        assertEquals(List.of(0L, 1L), anna.sequences());
        assertEquals(1, shared().viewers());
    }

    @Test
    public void aCustomerWhoHasLeftSendsNothingMore() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        session.leave(Cast.MARIE_ID);
        pass(ScreenStream.RECHECK.plusMillis(1));
        sender.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
        assertEquals(Optional.of("4403 not-in-session"), marie.closed);
    }

    @Test
    public void stoppingTheBundleEndsWhatIsSharedAndSaysThatItIsGone() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        relay.close();
        assertFalse(session.running());
        assertEquals(Optional.of("4410 gone"), anna.closed);
        assertEquals(Optional.of("4410 gone"), marie.closed);
    }

    /** No node takes a session on for them. */
    @Test
    public void whoIsNotInTheSessionGetsNoTicket() {
        var refused = assertThrows(ProblemException.class, () -> relay.ask(Cast.STRANGER, Cast.SESSION.value()));
        assertEquals(404, refused.problem().status());
        relay.ask(Cast.ANNA, Cast.SESSION.value());
        relay.ask(Cast.MARIE, Cast.SESSION.value());
    }
}
