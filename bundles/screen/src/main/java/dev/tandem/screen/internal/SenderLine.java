package dev.tandem.screen.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import dev.tandem.screen.FrameHeader;
import dev.tandem.session.ParticipantId;
import dev.tandem.web.MediaChannel.Peer;
import dev.tandem.web.Pace;

/** The sender's page: where its sequence stands and what it still waits to hear. Guarded by its stream's lock. */
final class SenderLine {
    private static final long NONE = -1;

    private final ParticipantId who;
    private final Peer peer;
    private final int window;
    private final Pace framePace;
    private final Pace textPace;
    private final LineClock clock = new LineClock();
    private Optional<ClientText.Config> config = Optional.empty();
    private Optional<ClientText.Beat> told = Optional.empty();
    private String viewers = "";
    private long last = NONE;
    private long acknowledged = NONE;
    private int open;
    private boolean keyOnly = true;
    private Instant heard;

    SenderLine(ParticipantId who, Peer peer, RelayConfig.Limits limits, Instant now) {
        this.who = who;
        this.peer = peer;
        this.window = limits.senderWindow();
        this.framePace = new Pace(limits.perSecond(), limits.perSecond());
        this.textPace = new Pace(limits.perSecond(), limits.perSecond());
        this.heard = now;
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

    Pace textPace() {
        return textPace;
    }

    /** Another codec starts with a key frame. */
    void configured(ClientText.Config now) {
        keyOnly |= config.filter(old -> old.codec().equals(now.codec())).isEmpty();
        config = Optional.of(now);
    }

    void told(ClientText.Beat beat) {
        told = Optional.of(beat);
    }

    ServerText.OfSender tidings(Instant now) {
        return new ServerText.OfSender(
                Duration.between(heard, now).toMillis(),
                clock.smoothedTrip(),
                told.map(ClientText.Beat::encode).orElse(OptionalLong.empty()),
                told.map(ClientText.Beat::skipped).orElse(OptionalLong.empty()));
    }

    void heard(Instant now) {
        heard = now;
    }

    boolean hasSent() {
        return last != NONE;
    }

    /** Whether a sender that waits for acknowledgements and films a screen could send one more now. */
    boolean inPace(long now) {
        return open < window && framePace.allows(now);
    }

    /** Whether a frame with that header may come now; if so it has come. */
    boolean accepts(FrameHeader header) {
        boolean next = header.key() ? header.sequence() > last : !keyOnly && header.sequence() == last + 1;
        if (config.isEmpty() || !next) {
            return false;
        }
        last = header.sequence();
        keyOnly = false;
        open++;
        return true;
    }

    /** Tells the sender that all its frames are relayed, if it does not know yet. */
    void acknowledge() {
        if (acknowledged < last && peer.text(ServerText.ack(last))) {
            acknowledged = last;
            open = 0;
        }
    }

    /** Tells the sender who watches, if that has changed. */
    void watchedBy(Viewers all, long now) {
        var text = ServerText.viewers(all.count(), all.looking(), all.codecs(now), all.sinks());
        if (!text.equals(viewers)) {
            viewers = text;
            peer.text(text);
        }
    }
}
