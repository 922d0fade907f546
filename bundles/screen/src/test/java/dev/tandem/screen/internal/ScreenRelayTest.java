package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.ScreenSharing.Counters;
import dev.tandem.screen.ScreenSharing.Line;
import dev.tandem.screen.ScreenSharing.Shared;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel.Receiver;
import dev.tandem.web.ProblemException;

public class ScreenRelayTest {
    private static final String CONFIG = "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":640,\"height\":480}";
    private static final String KEY = "{\"op\":\"key\"}";

    private final FakeSessions sessions = new FakeSessions();
    private final TestClock clock = new TestClock();
    private final ScreenRelay relay = new ScreenRelay(sessions, UUID::randomUUID, clock, new AtOnce());
    private final FakePeer marie = new FakePeer();

    @After
    public void close() {
        relay.close();
    }

    private static ByteBuffer frame(boolean key, long sequence, int size) {
        var buffer = ByteBuffer.allocate(FrameHeader.LENGTH + size);
        new FrameHeader(key, 640, 480, 1, sequence).write(buffer);
        return buffer.rewind();
    }

    private static ByteBuffer key(long sequence) {
        return frame(true, sequence, 1000);
    }

    private static ByteBuffer delta(long sequence) {
        return frame(false, sequence, 100);
    }

    private static void ack(Receiver viewer, long sequence) {
        viewer.text("{\"op\":\"ack\",\"sequence\":" + sequence + "}");
    }

    private void start() {
        sessions.start(FakeSessions.SITE, FakeSessions.SESSION, "screen", FakeSessions.MARIE_ID, UUID.randomUUID());
    }

    private Receiver open(Caller caller, String role, FakePeer peer) {
        return relay.open(caller, FakeSessions.SESSION.value(), role, peer);
    }

    private Receiver share() {
        start();
        var sender = open(FakeSessions.MARIE, "sender", marie);
        sender.text(CONFIG);
        return sender;
    }

    private Receiver watch(FakePeer peer) {
        return open(FakeSessions.ANNA, "viewer", peer);
    }

    private void pass(Duration time) {
        clock.pass(time);
        relay.tick();
    }

    private Shared shared() {
        return relay.shared(FakeSessions.SITE, FakeSessions.SESSION).orElseThrow();
    }

    @Test
    public void everyAgentGetsTheOneEncoding() {
        var sender = share();
        var anna = new FakePeer();
        var ben = new FakePeer();
        watch(anna);
        open(FakeSessions.BEN, "viewer", ben);
        sender.binary(key(0));
        sender.binary(delta(1));
        assertEquals(List.of(0L, 1L), anna.sequences());
        assertEquals(List.of(0L, 1L), ben.sequences());
        assertTrue(anna.texts.contains("{\"op\":\"state\",\"state\":\"live\"}"));
        assertTrue(anna.texts.contains(CONFIG));
        assertEquals(new Shared(FakeSessions.MARIE_ID, Line.LIVE, 640, 480, 2), shared());
        assertEquals(new Counters(2, 1000 + 100 + 2 * FrameHeader.LENGTH, 0, 4, 0, 0), relay.counters());
    }

    @Test
    public void whatTheSocketLentIsCopiedOnceAndNobodyCanChangeIt() {
        var sender = share();
        var anna = new FakePeer();
        var ben = new FakePeer();
        watch(anna);
        open(FakeSessions.BEN, "viewer", ben);
        var lent = key(0);
        sender.binary(lent);
        lent.putInt(FrameHeader.LENGTH, 0xBADBAD);
        var his = ben.frames.get(0);
        var hers = anna.frames.get(0);
        assertEquals(0, hers.getInt(FrameHeader.LENGTH));
        assertTrue(hers.isReadOnly());
        hers.position(hers.limit());
        assertEquals("Peers read at their own pace", 0, his.position());
    }

    @Test
    public void theSenderIsToldToPauseWhileNobodyWatches() {
        share();
        assertEquals(List.of("{\"op\":\"viewers\",\"count\":0}"), marie.texts("viewers"));
        var viewer = watch(new FakePeer());
        viewer.closed();
        assertEquals(
                List.of(
                        "{\"op\":\"viewers\",\"count\":0}",
                        "{\"op\":\"viewers\",\"count\":1}",
                        "{\"op\":\"viewers\",\"count\":0}"),
                marie.texts("viewers"));
    }

    @Test
    public void aLateViewerHasThePictureAtOnceAndWithoutDisturbingTheSender() {
        var sender = share();
        var anna = watch(new FakePeer());
        sender.binary(key(0));
        sender.binary(delta(1));
        ack(anna, 1);
        var asked = marie.texts("key").size();
        var late = new FakePeer();
        open(FakeSessions.BEN, "viewer", late);
        assertEquals(List.of(0L, 1L), late.sequences());
        sender.binary(delta(2));
        assertEquals(List.of(0L, 1L, 2L), late.sequences());
        assertEquals(asked, marie.texts("key").size());
    }

    @Test
    public void aLateViewerGetsAFreshKeyFrameWhenTooMuchHasFollowedTheLastOne() {
        var sender = share();
        var anna = watch(new FakePeer());
        sender.binary(key(0));
        for (long i = 1; i <= LatestPicture.MOST_FRAMES; i++) {
            sender.binary(delta(i));
            ack(anna, i);
        }
        clock.pass(KeyRequests.SPACING);
        marie.texts.clear();
        var late = new FakePeer();
        open(FakeSessions.BEN, "viewer", late);
        assertEquals(List.of(), late.sequences());
        assertEquals(List.of(KEY), marie.texts("key"));
        sender.binary(delta(31));
        sender.binary(key(32));
        sender.binary(delta(33));
        assertEquals(List.of(32L, 33L), late.sequences());
    }

    @Test
    public void keyFramesAreAskedForAtMostTwiceASecondAndAgainUntilOneComes() {
        var sender = share();
        var anna = watch(new FakePeer());
        pass(KeyRequests.SPACING);
        assertEquals("the first is one anyway", List.of(), marie.texts("key"));
        sender.binary(key(0));
        anna.text(KEY);
        anna.text(KEY);
        assertEquals(List.of(KEY), marie.texts("key"));
        pass(KeyRequests.SPACING.minusMillis(1));
        assertEquals(1, marie.texts("key").size());
        pass(Duration.ofMillis(1));
        assertEquals("no answer came", 2, marie.texts("key").size());
        sender.binary(key(1));
        pass(KeyRequests.SPACING);
        assertEquals(2, marie.texts("key").size());
    }

    @Test
    public void aViewerWhoseQueueIsFullMissesFramesUntilTheNextKeyFrameAndTheOthersDoNot() {
        var sender = share();
        var slow = new FakePeer();
        var fast = new FakePeer();
        watch(slow);
        var ben = open(FakeSessions.BEN, "viewer", fast);
        sender.binary(key(0));
        slow.full = true;
        sender.binary(delta(1));
        slow.full = false;
        marie.texts.clear();
        clock.pass(KeyRequests.SPACING);
        sender.binary(delta(2));
        assertEquals("asked for as soon as it has caught up", List.of(KEY), marie.texts("key"));
        sender.binary(key(3));
        sender.binary(delta(4));
        ack(ben, 4);
        assertEquals(List.of(0L, 3L, 4L), slow.sequences());
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), fast.sequences());
        assertEquals(2, relay.counters().dropped());
    }

    @Test
    public void aViewerWhoShowsNothingStopsGettingFramesAndCostsNoMemory() {
        var sender = share();
        var dead = new FakePeer();
        var fast = new FakePeer();
        watch(dead);
        var ben = open(FakeSessions.BEN, "viewer", fast);
        sender.binary(key(0));
        for (long i = 1; i < 500; i++) {
            sender.binary(delta(i));
            ack(ben, i);
        }
        assertEquals(500, fast.frames.size());
        assertEquals(ViewerLine.MOST_IN_FLIGHT, dead.frames.size());
        clock.pass(KeyRequests.SPACING);
        sender.binary(key(500));
        assertEquals("no key frame before it has caught up", ViewerLine.MOST_IN_FLIGHT, dead.frames.size());
    }

    @Test
    public void aKeyFrameIsOfNoUseToAViewerWhoStillHasALotToShow() {
        var sender = share();
        var slow = new FakePeer();
        var anna = watch(slow);
        sender.binary(key(0));
        for (long i = 1; i < 10; i++) {
            sender.binary(delta(i));
        }
        slow.full = true;
        sender.binary(delta(10));
        slow.full = false;
        sender.binary(key(11));
        assertEquals(10, slow.frames.size());
        assertEquals(List.of(), marie.texts("key"));
        ack(anna, 9);
        assertEquals(List.of(KEY), marie.texts("key"));
        sender.binary(key(12));
        assertEquals(11, slow.frames.size());
    }

    @Test
    public void whatAViewerOwesTheOldSenderDoesNotCountWithTheNewOne() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        for (long i = 1; i < 100; i++) {
            sender.binary(delta(i));
        }
        sender.closed();
        var back = open(FakeSessions.MARIE, "sender", new FakePeer());
        back.text(CONFIG);
        back.binary(key(0));
        assertEquals(ViewerLine.MOST_IN_FLIGHT + 1, anna.frames.size());
    }

    @Test
    public void aLongQueueInTheServerIsEnoughToBeSlow() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        anna.waiting = ViewerLine.MOST_WAITING + 1;
        sender.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
    }

    @Test
    public void everyFrameIsAcknowledgedWhenRelayed() {
        var sender = share();
        watch(new FakePeer());
        sender.binary(key(0));
        sender.binary(delta(1));
        assertEquals(List.of("{\"op\":\"ack\",\"sequence\":0}", "{\"op\":\"ack\",\"sequence\":1}"), marie.texts("ack"));
    }

    @Test
    public void whileEvenTheFastestViewerIsBehindTheSenderWaits() {
        var sender = share();
        var anna = watch(new FakePeer());
        var ben = open(FakeSessions.BEN, "viewer", new FakePeer());
        sender.binary(key(0));
        clock.pass(Duration.ofSeconds(1));
        marie.texts.clear();
        sender.binary(delta(1));
        assertEquals(List.of(), marie.texts("ack"));
        ack(ben, 1);
        assertEquals(List.of("{\"op\":\"ack\",\"sequence\":1}"), marie.texts("ack"));
        clock.pass(Duration.ofSeconds(1));
        sender.binary(delta(2));
        assertEquals("Ben keeps up", 2, marie.texts("ack").size());
        ben.closed();
        clock.pass(Duration.ofSeconds(1));
        sender.binary(delta(3));
        assertEquals(
                "only Anna is left, and she is behind", 2, marie.texts("ack").size());
        anna.closed();
        assertEquals("{\"op\":\"ack\",\"sequence\":3}", marie.texts("ack").get(2));
    }

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
            var sender = open(FakeSessions.MARIE, "sender", peer);
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
        open(FakeSessions.MARIE, "sender", marie).binary(key(0));
        assertEquals(Optional.of("4403 bad-frame"), marie.closed);
        var again = new FakePeer();
        var sender = open(FakeSessions.MARIE, "sender", again);
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
    public void onlyWhoSharesMaySendAndOnlyAgentsMayWatch() {
        start();
        for (var caller : List.of(FakeSessions.ANNA, FakeSessions.PAUL)) {
            assertThrows(ProblemException.class, () -> open(caller, "sender", new FakePeer()));
        }
        for (var caller : List.of(FakeSessions.MARIE, FakeSessions.PAUL, FakeSessions.STRANGER)) {
            assertThrows(ProblemException.class, () -> open(caller, "viewer", new FakePeer()));
        }
        assertThrows(ProblemException.class, () -> open(FakeSessions.MARIE, "boss", new FakePeer()));
        assertThrows(
                ProblemException.class, () -> relay.open(FakeSessions.MARIE, new UUID(9, 9), "sender", new FakePeer()));
    }

    @Test
    public void nobodyComesInWhileNothingIsShared() {
        assertThrows(ProblemException.class, () -> open(FakeSessions.MARIE, "sender", marie));
        assertThrows(ProblemException.class, () -> watch(new FakePeer()));
        assertEquals(Optional.empty(), relay.shared(FakeSessions.SITE, FakeSessions.SESSION));
        assertTrue(relay.streams().isEmpty());
    }

    @Test
    public void nothingPassesAfterTheStopAndAllAreTold() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        sessions.stop(FakeSessions.SITE, FakeSessions.SESSION, "screen", "anna", UUID.randomUUID());
        relay.stopped(FakeSessions.SITE, FakeSessions.SESSION);
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
        sessions.stop(FakeSessions.SITE, FakeSessions.SESSION, "screen", "anna", UUID.randomUUID());
        clock.pass(ScreenStream.TRUST.plusMillis(1));
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
        var asked = sessions.asked;
        for (int i = 0; i < 30; i++) {
            sender.binary(i == 0 ? key(0) : delta(i));
        }
        assertEquals(asked, sessions.asked);
        pass(ScreenStream.RECHECK.plusMillis(1));
        assertEquals(asked + 1, sessions.asked);
    }

    @Test
    public void whileNobodyCanSayWhetherItMayPassNothingPasses() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        sessions.broken = true;
        clock.pass(ScreenStream.TRUST.plusMillis(1));
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
        open(FakeSessions.BEN, "viewer", ben);
        sender.binary(key(0));
        sessions.leave("Ben Cole");
        new SessionWatch(relay)
                .on(new Published(
                        FakeSessions.SITE,
                        1,
                        new UUID(7, 7),
                        FakeSessions.SESSION.value(),
                        clock.instant(),
                        new SessionEvent.Left(
                                FakeSessions.SITE, FakeSessions.SESSION, new ParticipantId(new UUID(3, 2)))));
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
        sessions.leave("Marie Dupont");
        pass(ScreenStream.RECHECK.plusMillis(1));
        sender.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
        assertEquals(Optional.of("4403 not-in-session"), marie.closed);
    }

    @Test
    public void aSenderWhoseLineIsLostMayComeBackWithinFiveSeconds() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        sender.closed();
        assertTrue(anna.texts.contains("{\"op\":\"state\",\"state\":\"interrupted\"}"));
        pass(ScreenStream.SENDER_GRACE.minusMillis(1));
        var again = new FakePeer();
        var back = open(FakeSessions.MARIE, "sender", again);
        back.text(CONFIG);
        back.binary(key(1));
        pass(ScreenStream.SENDER_GRACE);
        assertTrue(sessions.isRunning());
        assertEquals(List.of(0L, 1L), anna.sequences());
        assertEquals(Line.LIVE, shared().line());
    }

    @Test
    public void aSenderWhoStaysAwayEndsTheActivity() {
        var sender = share();
        watch(new FakePeer());
        sender.closed();
        sessions.busy = true;
        pass(ScreenStream.SENDER_GRACE);
        assertTrue(sessions.isRunning());
        sessions.busy = false;
        relay.tick();
        assertTrue("not asked again at once", sessions.isRunning());
        pass(ScreenStream.BEAT);
        assertFalse(sessions.isRunning());
        assertEquals("stop screen by system", sessions.commands.get(sessions.commands.size() - 1));
    }

    /** As after a crash of the node: the activity runs, its sender is gone for good. */
    @Test
    public void anActivityWithoutASenderIsEndedOnceSomebodyAsks() {
        start();
        relay.shared(FakeSessions.SITE, FakeSessions.SESSION);
        pass(ScreenStream.SENDER_GRACE);
        assertFalse(sessions.isRunning());
    }

    @Test
    public void theSamePersonSharingFromAnotherPageTakesOver() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(7));
        var other = new FakePeer();
        var second = open(FakeSessions.MARIE, "sender", other);
        assertEquals(Optional.of("4403 replaced"), marie.closed);
        second.text(CONFIG);
        second.binary(key(0));
        sender.binary(delta(8));
        sender.closed();
        second.binary(delta(1));
        assertEquals(List.of(7L, 0L, 1L), anna.sequences());
    }

    @Test
    public void aPictureThatNobodyKeptUpToDateIsNotShown() {
        var sender = share();
        var anna = watch(new FakePeer());
        sender.binary(key(0));
        anna.closed();
        sender.binary(key(1)); // was on its way
        clock.pass(KeyRequests.SPACING);
        var late = new FakePeer();
        watch(late);
        assertEquals(List.of(), late.sequences());
        assertEquals(List.of(KEY), marie.texts("key"));
    }

    @Test
    public void whatIsKeptOfAPictureIsBounded() {
        var sender = share();
        watch(new FakePeer());
        var stream = relay.streams().values().iterator().next();
        long sequence = 0;
        for (int round = 0; round < 20; round++) {
            sender.binary(frame(true, sequence++, FrameHeader.LARGEST_FRAME - FrameHeader.LENGTH));
            assertTrue(stream.keptBytes() <= FrameHeader.LARGEST_FRAME);
            for (int i = 0; i < 50; i++) {
                sender.binary(frame(false, sequence++, 100_000));
                assertTrue(stream.keptBytes() <= FrameHeader.LARGEST_FRAME);
            }
        }
    }

    @Test
    public void viewersOfOneSessionAreBounded() {
        share();
        for (int i = 0; i < ScreenStream.MOST_VIEWERS; i++) {
            watch(new FakePeer());
        }
        assertThrows(ProblemException.class, () -> watch(new FakePeer()));
    }

    @Test
    public void beatsTellSilenceAndTheDifferenceOfTheClocks() {
        var sender = share();
        var anna = new FakePeer();
        var viewer = watch(anna);
        relay.tick();
        var now = Long.parseLong(marie.texts("beat").get(0).replaceAll("\\D", ""));
        clock.pass(Duration.ofMillis(40));
        sender.text("{\"op\":\"beat\",\"now\":" + now + ",\"at\":" + (now + 20_000 + 5_000_000) + "}");
        viewer.text("{\"op\":\"beat\",\"now\":" + now + ",\"at\":" + (now + 20_000 - 1_000_000) + "}");
        pass(Duration.ofMillis(960));
        var beats = anna.texts("beat");
        assertTrue(beats.get(0), beats.get(0).endsWith("\"silent\":0,\"skew\":null}"));
        assertTrue(beats.get(1), beats.get(1).endsWith("\"silent\":960,\"skew\":-6000000}"));
    }

    @Test
    public void stoppingTheBundleEndsWhatIsSharedAndSaysThatItIsGone() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(0));
        relay.close();
        assertFalse(sessions.isRunning());
        assertEquals(Optional.of("4410 gone"), anna.closed);
        assertEquals(Optional.of("4410 gone"), marie.closed);
    }

    @Test
    public void oneStreamServesBothSides() {
        share();
        watch(new FakePeer());
        assertEquals(1, relay.streams().size());
        var stream = relay.streams().values().iterator().next();
        relay.expectSender(FakeSessions.SITE, FakeSessions.SESSION);
        assertSame(stream, relay.streams().values().iterator().next());
    }
}
