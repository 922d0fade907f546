package dev.tandem.screen.internal;

import java.util.ArrayDeque;

import dev.tandem.session.ParticipantId;
import dev.tandem.web.MediaChannel.Peer;

/**
 * One viewer's page: what was sent to it and not yet shown there. Guarded by its stream's lock.
 *
 * <p>Queues in the network hold seconds of video, so the queue's own answer comes too late: the viewer acknowledges what it
 * has shown, and is behind when that takes longer than the line itself explains.
 */
final class ViewerLine {
    /** Beyond this many frames, or bytes in our queue, a viewer misses frames. */
    static final int MOST_IN_FLIGHT = 60;

    static final long MOST_WAITING = 2L * 1024 * 1024;
    /** What a frame may take on top of the round trip, microseconds. */
    static final long PATIENCE = 150_000;

    private static final long TRIP_UNTIL_KNOWN = 100_000;
    /** In flight at most, before it is given frames again. */
    private static final int CAUGHT_UP = 2;

    private record Sent(long sequence, long at) {}

    private final ParticipantId who;
    private final Peer peer;
    private final LineClock clock = new LineClock();
    private final ArrayDeque<Sent> inFlight = new ArrayDeque<>();
    /** Without a key frame it can show nothing. */
    private boolean inSync;

    ViewerLine(ParticipantId who, Peer peer) {
        this.who = who;
        this.peer = peer;
    }

    ParticipantId who() {
        return who;
    }

    Peer peer() {
        return peer;
    }

    LineClock clock() {
        return clock;
    }

    /** @return whether the frame was handed on */
    boolean offer(Frame frame, long now) {
        boolean full = inFlight.size() >= MOST_IN_FLIGHT || peer.waiting() > MOST_WAITING;
        boolean late = !inSync && (!frame.header().key() || !caughtUp());
        if (full || late || !peer.binary(frame.share())) {
            inSync = false;
            return false;
        }
        inSync = true;
        inFlight.add(new Sent(frame.header().sequence(), now));
        return true;
    }

    void acknowledged(long sequence) {
        while (!inFlight.isEmpty() && inFlight.peek().sequence() <= sequence) {
            inFlight.remove();
        }
    }

    /** The sender's sequence may start again. */
    void forgetInFlight() {
        inFlight.clear();
        inSync = false;
    }

    void outOfSync() {
        inSync = false;
    }

    /** It has nothing to show and is ready for a key frame. */
    boolean wantsKey() {
        return !inSync && caughtUp();
    }

    boolean behind(long now) {
        if (!inSync && !caughtUp()) {
            return true;
        }
        var oldest = inFlight.peek();
        return oldest != null && now - oldest.at() > clock.trip().orElse(TRIP_UNTIL_KNOWN) + PATIENCE;
    }

    private boolean caughtUp() {
        return inFlight.size() <= CAUGHT_UP;
    }
}
