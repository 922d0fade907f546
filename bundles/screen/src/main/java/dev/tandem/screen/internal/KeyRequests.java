package dev.tandem.screen.internal;

import java.time.Duration;
import java.time.Instant;

/** Paces the requests for key frames, which are many times as large as others: one serves all who want one. */
final class KeyRequests {
    static final Duration SPACING = Duration.ofMillis(500);

    private boolean wanted;
    private Instant next = Instant.MIN;

    void want() {
        wanted = true;
    }

    /** A key frame has come. */
    void served() {
        wanted = false;
    }

    /** Whether to ask now. A request without an answer is repeated. */
    boolean due(Instant now) {
        if (!wanted || now.isBefore(next)) {
            return false;
        }
        next = now.plus(SPACING);
        return true;
    }
}
