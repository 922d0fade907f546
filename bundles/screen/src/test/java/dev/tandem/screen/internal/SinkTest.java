package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.FrameSink;
import dev.tandem.screen.ScreenSharing.Watching;
import dev.tandem.session.testing.Cast;

/** Viewers inside the server. */
public class SinkTest extends RelayScene {
    private static final Set<String> VP8 = Set.of("vp8");

    /** A sink that notes what it is told. */
    private static class Noting implements FrameSink {
        final List<String> told = new ArrayList<>();
        final List<ByteBuffer> chunks = new ArrayList<>();
        Optional<Instant> at = Optional.empty();

        @Override
        public void config(Picture picture, Instant at) {
            told.add(picture.codec() + " " + picture.width() + "x" + picture.height());
            assertEquals(Cast.MARIE_ID, picture.by());
        }

        @Override
        public void frame(FrameHeader header, ByteBuffer chunk, Instant at) {
            told.add((header.key() ? "key " : "delta ") + header.sequence());
            chunks.add(chunk);
            this.at = Optional.of(at);
        }

        @Override
        public void stopped() {
            told.add("stopped");
        }

        List<String> hears() {
            var heard = List.copyOf(told);
            told.clear();
            return heard;
        }
    }

    private final Noting sink = new Noting();

    private Watching sink(Set<String> codecs) {
        return relay.watch(Cast.SITE, Cast.SESSION, sink, codecs);
    }

    private List<String> hears() {
        teller.run();
        return sink.hears();
    }

    private String lastViewers() {
        var all = marie.texts("viewers");
        return all.get(all.size() - 1);
    }

    private static String inside(String viewers) {
        return viewers.replace("}", ",\"inside\":1}");
    }

    @Test
    public void aSinkThatWatchesBeforeAnythingIsSharedSeesItFromTheFirstFrame() {
        sink(VP8);
        var sender = share();
        assertEquals("somebody looks, but no page", inside(viewers(0, 1, "vp8")), lastViewers());
        sender.binary(key(0));
        sender.binary(delta(1));
        assertEquals(List.of("vp8 640x480", "key 0", "delta 1"), hears());
        assertEquals(Optional.of(clock.instant()), sink.at);
        assertEquals("pages", 0, shared().viewers());
        assertEquals("the sender goes on", 2, marie.texts("ack").size());
    }

    @Test
    public void aSinkThatComesLateHasThePictureAtOnce() {
        var sender = share();
        ack(watch(new FakePeer()), 0);
        sender.binary(key(0));
        sender.binary(delta(1));
        sink(VP8);
        sender.binary(delta(2));
        assertEquals(List.of("vp8 640x480", "key 0", "delta 1", "delta 2"), hears());
    }

    @Test
    public void aSinkThatComesWhenNoPictureIsKeptHasAKeyFrameAskedFor() {
        var sender = share();
        sender.binary(key(0));
        assertEquals(List.of(), marie.texts("key"));
        sink(VP8);
        assertEquals(List.of(KEY), marie.texts("key"));
        sender.binary(delta(1));
        sender.binary(key(2));
        assertEquals(List.of("vp8 640x480", "key 2"), hears());
    }

    @Test
    public void theChunkIsSharedWithAllAndNobodyCanChangeIt() {
        sink(VP8);
        var sender = share();
        var received = key(0);
        sender.binary(received);
        received.putInt(FrameHeader.LENGTH, 0x5EED);
        teller.run();
        var chunk = sink.chunks.get(0);
        assertEquals("the same bytes", 0x5EED, chunk.getInt(0));
        assertEquals(1000, chunk.remaining());
        assertTrue(chunk.isReadOnly());
    }

    @Test
    public void theSenderIsAskedForACodecThatTheSinkTakesAndOthersAreKeptFromIt() {
        var sender = share();
        var anna = watch(new FakePeer());
        anna.text("{\"op\":\"can\",\"codecs\":[\"vp8\",\"h264\"]}");
        sender.text(CONFIG.replace("vp8", "avc1.42E01F"));
        sender.binary(key(0));
        ack(anna, 0);
        sink(VP8);
        assertEquals(inside(viewers(1, 2, "vp8")), lastViewers());
        sender.binary(delta(1));
        ack(anna, 1);
        assertEquals(List.of(), hears());
        sender.text(CONFIG);
        sender.binary(key(2));
        assertEquals(List.of("vp8 640x480", "key 2"), hears());
    }

    @Test
    public void aSinkThatIsSlowHoldsNobodyUpAndMissesFramesUpToAKeyFrame() {
        sink(VP8);
        var sender = share();
        var peer = new FakePeer();
        var anna = watch(peer);
        sender.binary(key(0));
        for (int i = 1; i <= WINDOW + 5; i++) {
            sender.binary(delta(i));
            ack(anna, i);
        }
        assertEquals(WINDOW + 6, peer.frames.size());
        var heard = hears();
        assertEquals("what waited for it", WINDOW + 1, heard.size());
        clock.advance(KeyRequests.SPACING);
        marie.texts.clear();
        sender.binary(delta(WINDOW + 6));
        assertEquals(List.of(KEY), marie.texts("key"));
        sender.binary(key(WINDOW + 7));
        sender.binary(delta(WINDOW + 8));
        assertEquals(List.of("key " + (WINDOW + 7), "delta " + (WINDOW + 8)), hears());
    }

    @Test
    public void whatWaitsForASinkIsBounded() {
        sink(VP8);
        var sender = share();
        int size = 600_000;
        sender.binary(frame(true, 0, size));
        for (int i = 1; i < 10; i++) {
            sender.binary(frame(false, i, size));
        }
        assertEquals(List.of("vp8 640x480", "key 0", "delta 1", "delta 2", "delta 3"), hears());
        assertEquals(0, relay.streams().iterator().next().heldBytes());
    }

    /** Otherwise a recording would make the sender flood who has a slow line. */
    @Test
    public void peopleSetThePaceAndNotTheSink() {
        sink(VP8);
        var sender = share();
        var anna = watch(new FakePeer());
        sender.binary(key(0));
        teller.run();
        ack(anna, 0);
        sender.binary(delta(1));
        clock.advance(Duration.ofSeconds(1));
        marie.texts.clear();
        sender.binary(delta(2));
        teller.run();
        assertEquals("Anna is behind", List.of(), marie.texts("ack"));
        ack(anna, 2);
        assertEquals(1, marie.texts("ack").size());
    }

    @Test
    public void aSinkSeesOneShareAfterTheOther() {
        sink(VP8);
        share().binary(key(0));
        sessions.stop(Cast.SITE, Cast.SESSION, "screen", "anna", UUID.randomUUID());
        assertEquals(List.of("vp8 640x480", "key 0", "stopped"), hears());
        share().binary(key(0));
        assertEquals(List.of("vp8 640x480", "key 0"), hears());
    }

    @Test
    public void aShareWithoutAPictureIsNoneForTheSink() {
        sink(VP8);
        start();
        open(Cast.MARIE, "sender", marie);
        sessions.stop(Cast.SITE, Cast.SESSION, "screen", "anna", UUID.randomUUID());
        assertEquals(List.of(), hears());
    }

    @Test
    public void aWatchingThatIsClosedHearsNothingMoreAndCountsNoMore() {
        var watching = sink(VP8);
        var sender = share();
        sender.binary(key(0));
        sender.binary(delta(1));
        watching.close();
        watching.close();
        sender.binary(delta(2));
        assertEquals(List.of(), hears());
        assertEquals(viewers(0, 0, "vp8"), lastViewers());
        assertEquals(0, relay.streams().iterator().next().heldBytes());
        sessions.stop(Cast.SITE, Cast.SESSION, "screen", "anna", UUID.randomUUID());
        share().binary(key(0));
        assertEquals("nor the next share", List.of(), hears());
    }

    @Test
    public void aSinkMayAskForAKeyFrameToSeekTo() {
        var watching = sink(VP8);
        watching.key();
        var sender = share();
        sender.binary(key(0));
        teller.run();
        clock.advance(KeyRequests.SPACING);
        watching.key();
        assertEquals(List.of(KEY), marie.texts("key"));
        sender.binary(delta(1));
        sender.binary(key(2));
        assertEquals(List.of("vp8 640x480", "key 0", "key 2"), hears());
    }

    @Test
    public void aSinkThatThrowsIsToldNothingMoreAndTheShareGoesOn() {
        var failure = new IllegalStateException("disk full");
        var calls = new ArrayList<Long>();
        relay.watch(
                Cast.SITE,
                Cast.SESSION,
                new Noting() {
                    @Override
                    public void frame(FrameHeader header, ByteBuffer chunk, Instant at) {
                        calls.add(header.sequence());
                        throw failure;
                    }
                },
                VP8);
        var sender = share();
        var peer = new FakePeer();
        watch(peer);
        sender.binary(key(0));
        teller.run();
        sender.binary(delta(1));
        teller.run();
        assertEquals(List.of(0L), calls);
        assertEquals(List.of(0L, 1L), peer.sequences());
        assertSame(Optional.empty(), marie.closed);
    }

    @Test
    public void whenTheBundleStopsTheSinkHearsThatItIsOver() {
        sink(VP8);
        share().binary(key(0));
        relay.close();
        assertEquals(List.of("vp8 640x480", "key 0", "stopped"), hears());
    }

    @Test
    public void aSinkThatLooksAloneLetsTheSenderGoOnOnlyAsFastAsItTakes() {
        sink(VP8);
        var sender = share();
        sender.binary(key(0));
        teller.run();
        sender.binary(delta(1));
        clock.advance(Duration.ofSeconds(1));
        marie.texts.clear();
        sender.binary(delta(2));
        assertEquals(List.of(), marie.texts("ack"));
        teller.run();
        assertEquals(1, marie.texts("ack").size());
    }

    @Test
    public void onlyKnownCodecsCanBeTaken() {
        assertThrows(IllegalArgumentException.class, () -> sink(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> sink(Set.of("vp8", "mpeg2")));
    }
}
