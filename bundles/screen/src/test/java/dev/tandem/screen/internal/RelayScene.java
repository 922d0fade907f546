package dev.tandem.screen.internal;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

import org.junit.After;

import dev.tandem.journal.testing.TestClock;
import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.ScreenSharing.Shared;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel.Receiver;
import dev.tandem.web.MediaNodes;
import dev.tandem.web.testing.FakeMediaNodes;
import dev.tandem.web.testing.Steps;

/** A relay, Marie who shares, and a clock that stands still. */
public abstract class RelayScene {
    static final String CONFIG = "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":640,\"height\":480}";
    static final int WINDOW = RelayConfig.Limits.USUAL.viewerWindow();
    static final String KEY = "{\"op\":\"key\"}";

    final TestClock clock = new TestClock();
    final FakeMediaNodes media = new FakeMediaNodes();
    final FakeSessions sessions = new FakeSessions(clock, media::holds);
    final FakeSession session = Cast.in(sessions);
    /** Tells sinks, when the test says so. */
    final Later teller = new Later();

    final ScreenRelay relay = relay(sessions, media, clock, teller);
    final FakePeer marie = new FakePeer();

    /** One that closes sockets on the caller's thread. */
    public static ScreenRelay relay(FakeSessions sessions, Clock clock) {
        return relay(sessions, new FakeMediaNodes(), clock, new Later());
    }

    private static ScreenRelay relay(FakeSessions sessions, MediaNodes media, Clock clock, ExecutorService teller) {
        var relay = new ScreenRelay(
                sessions,
                media,
                UUID::randomUUID,
                clock,
                new RelayConfig(RelayConfig.Limits.USUAL),
                new Steps(),
                teller);
        sessions.stopped = session -> relay.stopped(Cast.SITE, session);
        return relay;
    }

    @After
    public void close() {
        relay.close();
    }

    static ByteBuffer frame(boolean key, long sequence, int size) {
        var buffer = ByteBuffer.allocate(FrameHeader.LENGTH + size);
        new FrameHeader(key, 640, 480, 1, sequence).write(buffer);
        return buffer.rewind();
    }

    static ByteBuffer key(long sequence) {
        return frame(true, sequence, 1000);
    }

    static ByteBuffer delta(long sequence) {
        return frame(false, sequence, 100);
    }

    static String viewers(int count, int looking, String... codecs) {
        return "{\"op\":\"viewers\",\"count\":" + count + ",\"looking\":" + looking + ",\"codecs\":[\""
                + String.join("\",\"", codecs) + "\"]}";
    }

    static void ack(Receiver viewer, long sequence) {
        viewer.text("{\"op\":\"ack\",\"sequence\":" + sequence + "}");
    }

    void start() {
        sessions.start(Cast.SITE, Cast.SESSION, "screen", Cast.MARIE_ID, Scope.CUSTOMER, UUID.randomUUID());
    }

    Receiver open(Caller caller, String role, FakePeer peer) {
        return relay.open(caller, Cast.SESSION.value(), role, peer);
    }

    Receiver share() {
        start();
        var sender = open(Cast.MARIE, "sender", marie);
        sender.text(CONFIG);
        return sender;
    }

    Receiver watch(FakePeer peer) {
        return open(Cast.ANNA, "viewer", peer);
    }

    void pass(Duration time) {
        clock.advance(time);
        relay.tick();
    }

    Shared shared() {
        return relay.shared(Cast.SITE, Cast.SESSION).orElseThrow();
    }
}
