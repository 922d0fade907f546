package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.screen.ScreenSharing.Counters;
import dev.tandem.screen.ScreenSharing.Traffic;
import dev.tandem.session.testing.Cast;

/** What viewers can decode, and whether anybody looks. */
public class RelayViewersTest extends RelayScene {
    private static final String AWAY = "{\"op\":\"look\",\"looking\":false}";
    private static final String BACK = "{\"op\":\"look\",\"looking\":true}";

    private static String can(String... codecs) {
        return "{\"op\":\"can\",\"codecs\":[\"" + String.join("\",\"", codecs) + "\"]}";
    }

    private String lastViewers() {
        var all = marie.texts("viewers");
        return all.get(all.size() - 1);
    }

    @Test
    public void theSenderHearsWhatEveryViewerDecodes() {
        share();
        watch(new FakePeer()).text(can("vp8", "vp9", "h264", "av1"));
        assertEquals(viewers(1, 1, "vp8", "vp9", "h264", "av1"), lastViewers());
        open(Cast.BEN, "viewer", new FakePeer()).text(can("h264", "vp8"));
        assertEquals(viewers(2, 2, "vp8", "h264"), lastViewers());
        var odd = watch(new FakePeer());
        odd.text(can("av1"));
        assertEquals("nothing in common", viewers(3, 3, "vp8"), lastViewers());
        odd.closed();
        assertEquals(viewers(2, 2, "vp8", "h264"), lastViewers());
    }

    /** Whoever sends finds out that a line is broken, in the midst of sending to all. */
    @Test
    public void aLineThatBreaksWhileSomethingIsSentToAllDisturbsNobodyElse() {
        var sender = share();
        var before = new FakePeer();
        var broken = new FakePeer();
        var after = new FakePeer();
        watch(before);
        var gone = watch(broken);
        watch(after);
        sender.binary(key(0));
        broken.breaks = Optional.of(gone::closed);
        sender.binary(delta(1));
        assertEquals(List.of(0L, 1L), before.sequences());
        assertEquals(List.of(0L, 1L), after.sequences());
        assertEquals(2, shared().viewers());
        assertEquals("the sender is not to blame", Optional.empty(), marie.closed);

        broken.breaks = Optional.empty();
        var another = watch(broken);
        broken.breaks = Optional.of(another::closed);
        sender.closed();
        assertEquals(2, shared().viewers());
        for (var peer : List.of(before, after)) {
            var states = peer.texts("state");
            assertEquals("{\"op\":\"state\",\"state\":\"interrupted\"}", states.get(states.size() - 1));
        }
    }

    /** So that nobody who comes makes the sender change its codec to and fro. */
    @Test
    public void aNewViewerHasASecondToSayWhatItDecodes() {
        share();
        watch(new FakePeer()).text(can("vp8", "h264"));
        watch(new FakePeer());
        assertEquals(viewers(2, 2, "vp8", "h264"), lastViewers());
        pass(Duration.ofMillis(ViewerLine.CAN_TIME / 1000));
        assertEquals("it is of the first version", viewers(2, 2, "vp8"), lastViewers());
    }

    @Test
    public void theSenderIsToldOnlyWhatChanges() {
        share();
        var anna = watch(new FakePeer());
        anna.text(can("vp8"));
        anna.text(BACK);
        pass(ScreenStream.BEAT);
        assertEquals(List.of(viewers(0, 0, "vp8"), viewers(1, 1, "vp8")), marie.texts("viewers"));
    }

    @Test
    public void aViewerAtWhomNobodyLooksIsSentTextsAndNoFrames() {
        var sender = share();
        var peer = new FakePeer();
        var anna = watch(peer);
        var ben = open(Cast.BEN, "viewer", new FakePeer());
        sender.binary(key(0));
        ack(anna, 0);
        anna.text(AWAY);
        assertEquals(viewers(2, 1, "vp8"), lastViewers());
        sender.binary(delta(1));
        ack(ben, 1);
        relay.tick();
        assertEquals(List.of(0L), peer.sequences());
        assertEquals(1, peer.texts("beat").size());
        assertEquals("that is not being slow", 0, relay.counters().dropped());
        anna.text(BACK);
        sender.binary(delta(2));
        assertEquals("the picture as for a new one", List.of(0L, 0L, 1L, 2L), peer.sequences());
        assertEquals(List.of(), marie.texts("key"));
    }

    @Test
    public void whileNobodyLooksNothingIsKeptAndWhoLooksAgainGetsAKeyFrame() {
        var sender = share();
        var peer = new FakePeer();
        var anna = watch(peer);
        sender.binary(key(0));
        ack(anna, 0);
        clock.advance(KeyRequests.SPACING);
        anna.text(AWAY);
        assertEquals(viewers(1, 0, "vp8"), lastViewers());
        sender.binary(delta(1)); // was on its way
        assertEquals(
                "it may go on",
                "{\"op\":\"ack\",\"sequence\":1}",
                marie.texts("ack").get(1));
        assertEquals(List.of(), marie.texts("key"));
        assertEquals(0, relay.streams().iterator().next().keptBytes());
        anna.text(BACK);
        assertEquals(List.of(KEY), marie.texts("key"));
        sender.binary(delta(2));
        sender.binary(key(3));
        assertEquals(List.of(0L, 3L), peer.sequences());
    }

    @Test
    public void whoDoesNotLookHoldsNobodyUp() {
        var sender = share();
        var anna = watch(new FakePeer());
        sender.binary(key(0));
        anna.text(AWAY);
        clock.advance(Duration.ofSeconds(2));
        relay.tick();
        sender.binary(delta(1));
        assertEquals("{\"op\":\"ack\",\"sequence\":1}", marie.texts("ack").get(1));
    }

    @Test
    public void anotherCodecStartsWithAKeyFrameAndForgetsTheOldPicture() {
        var sender = share();
        var anna = watch(new FakePeer());
        sender.binary(key(0));
        ack(anna, 0);
        sender.text(CONFIG.replace("640", "320"));
        sender.binary(delta(1));
        sender.text(CONFIG.replace("vp8", "avc1.42E01F"));
        var late = new FakePeer();
        open(Cast.BEN, "viewer", late);
        assertEquals(List.of(), late.sequences());
        sender.binary(key(2));
        sender.binary(delta(3));
        assertEquals(List.of(2L, 3L), late.sequences());
        sender.text(CONFIG);
        sender.binary(delta(4));
        assertEquals(Optional.of("4403 bad-frame"), marie.closed);
    }

    @Test
    public void aSessionHasCountersOfItsOwn() {
        var sender = share();
        var anna = watch(new FakePeer());
        open(Cast.BEN, "viewer", new FakePeer()).text(AWAY);
        sender.binary(key(0));
        ack(anna, 0);
        var traffic = relay.traffic(Cast.SITE, Cast.SESSION);
        assertEquals(Optional.of(new Traffic(new Counters(1, 1020, 0, 1, 0, 0), 2, 1)), traffic);
        assertEquals(traffic.get().counters(), relay.counters());
        sessions.stop(Cast.SITE, Cast.SESSION, "screen", "anna", UUID.randomUUID());
        assertEquals(Optional.empty(), relay.traffic(Cast.SITE, Cast.SESSION));
        assertEquals("the node's go on", 1, relay.counters().received());
    }
}
