package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;

import org.junit.Test;

import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.ScreenSharing.Counters;
import dev.tandem.screen.ScreenSharing.Line;
import dev.tandem.screen.ScreenSharing.Shared;
import dev.tandem.session.testing.Cast;

/** What is sent to whom, and how fast. */
public class ScreenRelayTest extends RelayScene {
    @Test
    public void everyAgentGetsTheOneEncoding() {
        var sender = share();
        var anna = new FakePeer();
        var ben = new FakePeer();
        watch(anna);
        open(Cast.BEN, "viewer", ben);
        sender.binary(key(0));
        sender.binary(delta(1));
        assertEquals(List.of(0L, 1L), anna.sequences());
        assertEquals(List.of(0L, 1L), ben.sequences());
        assertTrue(anna.texts.contains("{\"op\":\"state\",\"state\":\"live\"}"));
        assertTrue(anna.texts.contains(CONFIG));
        assertEquals(new Shared(Cast.MARIE_ID, Line.LIVE, 640, 480, 2), shared());
        assertEquals(new Counters(2, 1000 + 100 + 2 * FrameHeader.LENGTH, 0, 4, 0, 0), relay.counters());
    }

    @Test
    public void nobodyCopiesAFrameAndNobodyCanChangeIt() {
        var sender = share();
        var anna = new FakePeer();
        var ben = new FakePeer();
        watch(anna);
        open(Cast.BEN, "viewer", ben);
        var received = key(0);
        sender.binary(received);
        received.putInt(FrameHeader.LENGTH, 0x5EED);
        var his = ben.frames.get(0);
        var hers = anna.frames.get(0);
        assertEquals("the same bytes", 0x5EED, hers.getInt(FrameHeader.LENGTH));
        assertEquals("the same bytes", 0x5EED, his.getInt(FrameHeader.LENGTH));
        assertTrue(hers.isReadOnly());
        hers.position(hers.limit());
        assertEquals("each at its own pace", 0, his.position());
    }

    @Test
    public void theSenderIsToldToPauseWhileNobodyWatches() {
        share();
        assertEquals(List.of(viewers(0, 0, "vp8")), marie.texts("viewers"));
        var viewer = watch(new FakePeer());
        viewer.closed();
        assertEquals(List.of(viewers(0, 0, "vp8"), viewers(1, 1, "vp8"), viewers(0, 0, "vp8")), marie.texts("viewers"));
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
        open(Cast.BEN, "viewer", late);
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
        clock.advance(KeyRequests.SPACING);
        marie.texts.clear();
        var late = new FakePeer();
        open(Cast.BEN, "viewer", late);
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
        var ben = open(Cast.BEN, "viewer", fast);
        sender.binary(key(0));
        slow.full = true;
        sender.binary(delta(1));
        slow.full = false;
        marie.texts.clear();
        clock.advance(KeyRequests.SPACING);
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
        var ben = open(Cast.BEN, "viewer", fast);
        sender.binary(key(0));
        for (long i = 1; i < 500; i++) {
            sender.binary(delta(i));
            ack(ben, i);
            clock.advance(Duration.ofMillis(5));
        }
        assertEquals(500, fast.frames.size());
        assertEquals(WINDOW, dead.frames.size());
        clock.advance(KeyRequests.SPACING);
        sender.binary(key(500));
        assertEquals("no key frame before it has caught up", WINDOW, dead.frames.size());
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
        var ben = open(Cast.BEN, "viewer", new FakePeer());
        sender.binary(key(0));
        clock.advance(Duration.ofSeconds(1));
        marie.texts.clear();
        sender.binary(delta(1));
        assertEquals(List.of(), marie.texts("ack"));
        ack(ben, 1);
        assertEquals(List.of("{\"op\":\"ack\",\"sequence\":1}"), marie.texts("ack"));
        clock.advance(Duration.ofSeconds(1));
        sender.binary(delta(2));
        assertEquals("Ben keeps up", 2, marie.texts("ack").size());
        ben.closed();
        clock.advance(Duration.ofSeconds(1));
        sender.binary(delta(3));
        assertEquals(
                "only Anna is left, and she is behind", 2, marie.texts("ack").size());
        anna.closed();
        assertEquals("{\"op\":\"ack\",\"sequence\":3}", marie.texts("ack").get(2));
    }
}
