package dev.tandem.screen.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.tandem.screen.FrameHeader;
import dev.tandem.session.ParticipantId;
import dev.tandem.web.MediaChannel.Peer;

/** The sender's page: where its sequence stands and what it still waits to hear. Guarded by its stream's lock. */
final class SenderLine {
    private static final long NONE = -1;

    private final ParticipantId who;
    private final Peer peer;
    private final LineClock clock = new LineClock();
    private Optional<ClientText.Config> config = Optional.empty();
    private long last = NONE;
    private long acknowledged = NONE;
    private Instant heard;

    SenderLine(ParticipantId who, Peer peer, Instant now) {
        this.who = who;
        this.peer = peer;
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

    Optional<ClientText.Config> config() {
        return config;
    }

    void configured(ClientText.Config now) {
        config = Optional.of(now);
    }

    void heard(Instant now) {
        heard = now;
    }

    Duration silence(Instant now) {
        return Duration.between(heard, now);
    }

    boolean hasSent() {
        return last != NONE;
    }

    /** Whether a frame with that header may come now; if so it has come. */
    boolean accepts(FrameHeader header) {
        boolean next = header.key() ? header.sequence() > last : hasSent() && header.sequence() == last + 1;
        if (config.isEmpty() || !next) {
            return false;
        }
        last = header.sequence();
        return true;
    }

    /** Tells the sender that all its frames are relayed, if it does not know yet. */
    void acknowledge() {
        if (acknowledged < last && peer.text(ServerText.ack(last))) {
            acknowledged = last;
        }
    }
}
