package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.Test;

import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.ScreenSharing.Line;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.ProblemException;

/** Lost lines, and what is kept meanwhile. */
public class RelayLineTest extends RelayScene {
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
        var back = open(Cast.MARIE, "sender", new FakePeer());
        back.text(CONFIG);
        back.binary(key(0));
        assertEquals(WINDOW + 1, anna.frames.size());
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
        var back = open(Cast.MARIE, "sender", again);
        back.text(CONFIG);
        back.binary(key(1));
        pass(ScreenStream.SENDER_GRACE);
        assertTrue(session.running());
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
        assertTrue(session.running());
        sessions.busy = false;
        relay.tick();
        assertTrue("not asked again at once", session.running());
        pass(ScreenStream.BEAT);
        assertFalse(session.running());
        assertEquals("stop screen by system", sessions.commands.get(sessions.commands.size() - 1));
    }

    /** As after a crash of the node: the activity runs, its sender is gone for good. */
    @Test
    public void anActivityWithoutASenderIsEndedOnceSomebodyAsks() {
        start();
        relay.shared(Cast.SITE, Cast.SESSION);
        pass(ScreenStream.SENDER_GRACE);
        assertTrue("it may be on its way from a node that has died", session.running());
        pass(ScreenStream.COMING_BACK);
        assertFalse(session.running());
    }

    @Test
    public void theSamePersonSharingFromAnotherPageTakesOver() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        sender.binary(key(7));
        var other = new FakePeer();
        var second = open(Cast.MARIE, "sender", other);
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
        clock.advance(KeyRequests.SPACING);
        var late = new FakePeer();
        watch(late);
        assertEquals(List.of(), late.sequences());
        assertEquals(List.of(KEY), marie.texts("key"));
    }

    @Test
    public void whatIsKeptOfAPictureIsBounded() {
        var sender = share();
        var viewer = watch(new FakePeer());
        var stream = relay.streams().iterator().next();
        long sequence = 0;
        for (int round = 0; round < 20; round++) {
            sender.binary(frame(true, sequence++, FrameHeader.LARGEST_FRAME - FrameHeader.LENGTH));
            assertTrue(stream.keptBytes() <= FrameHeader.LARGEST_FRAME);
            for (int i = 0; i < 50; i++) {
                sender.binary(frame(false, sequence++, 100_000));
                assertTrue(stream.keptBytes() <= FrameHeader.LARGEST_FRAME);
                ack(viewer, sequence - 1);
                clock.advance(Duration.ofMillis(10));
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
        clock.advance(Duration.ofMillis(40));
        sender.text("{\"op\":\"beat\",\"now\":" + now + ",\"at\":" + (now + 20_000 + 5_000_000) + "}");
        viewer.text("{\"op\":\"beat\",\"now\":" + now + ",\"at\":" + (now + 20_000 - 1_000_000) + "}");
        pass(Duration.ofMillis(960));
        var beats = anna.texts("beat");
        var nothing = "\"skew\":null,\"rtt\":null,\"sender\":{\"rtt\":null,\"encode\":null,\"skipped\":null}}";
        assertTrue(beats.get(0), beats.get(0).endsWith("\"silent\":0," + nothing));
        assertTrue(beats.get(1), beats.get(1).contains("\"silent\":960,\"skew\":-6000000,\"rtt\":40,"));
    }

    @Test
    public void beatsTellAViewerHowTheSendersLineAndComputerAre() {
        var sender = share();
        var anna = new FakePeer();
        watch(anna);
        relay.tick();
        var now = Long.parseLong(marie.texts("beat").get(0).replaceAll("\\D", ""));
        clock.advance(Duration.ofMillis(80));
        sender.text("{\"op\":\"beat\",\"now\":" + now + ",\"at\":5,\"encode\":12,\"skipped\":3}");
        pass(ScreenStream.BEAT);
        var beat = anna.texts("beat").get(1);
        assertTrue(beat, beat.endsWith("\"sender\":{\"rtt\":80,\"encode\":12,\"skipped\":3}}"));
        clock.advance(Duration.ofMillis(40));
        sender.text("{\"op\":\"beat\",\"now\":" + (now + 1_080_000) + ",\"at\":5}");
        sender.text("{\"op\":\"beat\",\"now\":" + (now + 1_080_000) + ",\"at\":5}");
        pass(ScreenStream.BEAT);
        beat = anna.texts("beat").get(2);
        assertTrue("smoothed, " + beat, beat.endsWith("\"sender\":{\"rtt\":63,\"encode\":null,\"skipped\":null}}"));
        sender.closed();
        pass(ScreenStream.BEAT);
        beat = anna.texts("beat").get(3);
        assertTrue(beat, beat.endsWith("\"sender\":{\"rtt\":null,\"encode\":null,\"skipped\":null}}"));
    }

    @Test
    public void oneStreamServesBothSides() {
        share();
        watch(new FakePeer());
        assertEquals(1, relay.streams().size());
        var stream = relay.streams().iterator().next();
        relay.expectSender(Cast.SITE, Cast.SESSION);
        assertSame(stream, relay.streams().iterator().next());
    }
}
