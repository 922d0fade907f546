package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.screen.FrameHeader;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.MediaChannel.Receiver;

/** What one session can make the relay hold, whatever its sender and its viewers do. */
public class RelayMemoryTest extends RelayScene {
    private static final int LARGEST = FrameHeader.LARGEST_FRAME - FrameHeader.LENGTH;

    private Receiver sender;
    private long sequence;

    private ScreenStream stream() {
        return relay.streams().iterator().next();
    }

    private void send(boolean key, int size) {
        sender.binary(frame(key, sequence++, size));
        clock.advance(Duration.ofMillis(10));
    }

    private static FakePeer stuck() {
        var peer = new FakePeer();
        peer.keeps = true;
        return peer;
    }

    @Test
    public void aFrameThatWaitsForManyCountsOnce() {
        sender = share();
        var peers = List.of(stuck(), stuck(), stuck());
        peers.forEach(this::watch);
        send(true, 1000 - FrameHeader.LENGTH);
        assertEquals(1000, stream().heldBytes());
        peers.get(0).flow();
        peers.get(1).flow();
        assertEquals(1000, stream().heldBytes());
        peers.get(2).flow();
        assertEquals(0, stream().heldBytes());
    }

    @Test
    public void aViewerThatNeverReadsHoldsNoMoreThanItsShareAndHurtsNobody() {
        sender = share();
        var dead = stuck();
        var fast = new FakePeer();
        watch(dead);
        var ben = open(Cast.BEN, "viewer", fast);
        for (int i = 0; i < 400; i++) {
            send(i % 50 == 0, 100_000);
            ack(ben, sequence - 1);
            assertTrue(dead.waiting <= ViewerLine.MOST_WAITING + 100_020);
            assertTrue(stream().heldBytes() <= ViewerLine.MOST_WAITING + 100_020);
        }
        assertEquals(400, fast.frames.size());
        assertEquals(Optional.empty(), marie.closed);
    }

    /** Each comes just in time for another large frame and takes nothing of it. */
    @Test
    public void manyWhoNeverReadHoldNoMoreTogetherThanTheBoundAndTheWorstGoes() {
        sender = share();
        var fast = new FakePeer();
        var ben = open(Cast.BEN, "viewer", fast);
        var dead = new ArrayList<FakePeer>();
        for (int i = 0; i < 60; i++) {
            dead.add(stuck());
            watch(dead.get(i));
            send(true, LARGEST);
            ack(ben, sequence - 1);
            assertTrue(
                    "held " + stream().heldBytes(),
                    stream().heldBytes() <= ScreenStream.MOST_HELD + FrameHeader.LARGEST_FRAME);
            assertTrue(stream().keptBytes() <= FrameHeader.LARGEST_FRAME);
        }
        assertEquals("who keeps up misses nothing", 60, fast.frames.size());
        assertEquals(Optional.empty(), marie.closed);
        assertTrue(dead.stream().filter(p -> p.closed.isPresent()).count() >= 55);
        dead.stream().flatMap(p -> p.closed.stream()).forEach(why -> assertEquals("4408 too slow", why));
    }

    @Test
    public void aViewerThatReadsNoTextsEitherIsCutOff() {
        sender = share();
        var dead = new FakePeer();
        var fast = new FakePeer();
        watch(dead);
        open(Cast.BEN, "viewer", fast);
        dead.fullOfTexts = true;
        sender.text(CONFIG);
        relay.tick();
        assertEquals(Optional.of("4408 too slow"), dead.closed);
        assertEquals(Optional.empty(), fast.closed);
        assertEquals(
                viewers(1, 1, "vp8"),
                marie.texts("viewers").get(marie.texts("viewers").size() - 1));
    }

    @Test
    public void nothingIsHeldOnceAllHaveGone() {
        sender = share();
        var peers = List.of(stuck(), stuck());
        peers.forEach(this::watch);
        for (int i = 0; i < 10; i++) {
            send(i == 0, 50_000);
        }
        assertTrue(stream().heldBytes() > 0);
        var stream = stream();
        sessions.stop(Cast.SITE, Cast.SESSION, "screen", "anna", UUID.randomUUID());
        assertEquals(0, stream.heldBytes());
        assertEquals(0, stream.keptBytes());
    }
}
