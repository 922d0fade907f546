package dev.tandem.screen.internal;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;

import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.web.MediaChannel.Peer;
import dev.tandem.web.Pace;

/**
 * One viewer's page, or a sink inside the server: what it can decode, whether anybody looks at it, what was sent to it and not yet shown there. Guarded by
 * its stream's lock.
 *
 * <p>Queues in the network hold seconds of video, so the queue's own answer comes too late: the viewer acknowledges what it
 * has shown, and is behind when that takes longer than the line itself explains.
 */
final class ViewerLine {
    /** Beyond so many bytes in our queue a viewer misses frames. */
    static final long MOST_WAITING = 2L * 1024 * 1024;
    /** What a frame may take on top of the round trip, microseconds. */
    static final long PATIENCE = 150_000;
    /** A viewer that has not said within this time what it can decode will not, microseconds. */
    static final long CAN_TIME = 1_000_000;

    private static final long TRIP_UNTIL_KNOWN = 100_000;
    /** In flight at most, before it is given frames again. */
    private static final int CAUGHT_UP = 2;

    private record Sent(long sequence, long at) {}

    private final Optional<Participant> who;
    private final Peer peer;
    private final int window;
    private final long since;
    private final Pace pace;
    private final LineClock clock = new LineClock();
    private final ArrayDeque<Sent> inFlight = new ArrayDeque<>();
    private Optional<Set<Codec>> codecs = Optional.empty();
    private boolean looking = true;
    /** Without a key frame it can show nothing. */
    private boolean inSync;
    /** It has missed a text, which cannot be made up for. */
    private boolean hopeless;

    /**
     * @param who empty for a sink inside the server
     * @param now microseconds
     */
    ViewerLine(Optional<Participant> who, Peer peer, RelayConfig.Limits limits, long now) {
        this.who = who;
        this.peer = peer;
        this.window = limits.viewerWindow();
        this.since = now;
        // It acknowledges each frame, answers beats and asks for key frames.
        this.pace = new Pace(2 * limits.perSecond(), 2 * limits.perSecond());
    }

    Optional<ParticipantId> who() {
        return who.map(Participant::id);
    }

    /** Whether it is one from outside, of whom nothing is taken but how the frames arrive. */
    boolean outside() {
        return who.filter(p -> p.role() == Participant.Role.VIEWER).isPresent();
    }

    /** Whether it is a page of somebody. */
    boolean page() {
        return who.isPresent();
    }

    Peer peer() {
        return peer;
    }

    LineClock clock() {
        return clock;
    }

    Pace pace() {
        return pace;
    }

    void can(Set<Codec> said) {
        codecs = Optional.of(said);
    }

    /** What it can decode, or empty while it may still say so. */
    Optional<Set<Codec>> codecs(long now) {
        return codecs.or(() -> now - since < CAN_TIME ? Optional.empty() : Optional.of(Codec.UNSAID));
    }

    boolean looking() {
        return looking;
    }

    void looking(boolean now) {
        looking = now;
        if (!now) {
            inSync = false;
        }
    }

    void text(String json) {
        hopeless |= !peer.text(json);
    }

    boolean hopeless() {
        return hopeless;
    }

    /** @return whether the frame was handed on */
    boolean offer(Frame frame, long now) {
        boolean full = inFlight.size() >= window || peer.waiting() > MOST_WAITING;
        boolean late = !inSync && (!frame.header().key() || !caughtUp());
        if (full || late || !send(frame)) {
            inSync = false;
            return false;
        }
        inSync = true;
        inFlight.add(new Sent(frame.header().sequence(), now));
        return true;
    }

    private boolean send(Frame frame) {
        var bytes = frame.share();
        if (!peer.binary(bytes, frame::letGo)) {
            frame.letGo();
            return false;
        }
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
        return looking && !inSync && caughtUp();
    }

    boolean behind(long now) {
        if (!inSync && !caughtUp()) {
            return true;
        }
        var oldest = inFlight.peek();
        return oldest != null && now - oldest.at() > clock.trip().orElse(TRIP_UNTIL_KNOWN) + PATIENCE;
    }

    boolean caughtUp() {
        return inFlight.size() <= CAUGHT_UP;
    }
}
