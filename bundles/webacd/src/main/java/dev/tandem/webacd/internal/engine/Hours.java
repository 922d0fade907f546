package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.Optional;

/** When a queue is open. Asked with the engine's time, answers alike at every call. */
public interface Hours {
    /** Never closed. */
    Hours ALWAYS = new Hours() {
        @Override
        public boolean openAt(Instant time) {
            return true;
        }

        @Override
        public Optional<Instant> nextChange(Instant after) {
            return Optional.empty();
        }
    };

    /** Whether it is open then. */
    boolean openAt(Instant time);

    /** When it opens or closes next, later than that; empty if never. */
    Optional<Instant> nextChange(Instant after);
}
