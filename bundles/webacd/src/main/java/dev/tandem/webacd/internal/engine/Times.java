package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The engine counts whole milliseconds, so that what is due at a time is due at that time. */
final class Times {
    private Times() {}

    static Instant whole(Instant time) {
        return time.getNano() % 1_000_000 == 0 ? time : time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The first millisecond that is not before that time. */
    static long millis(Instant time) {
        return time.toEpochMilli() + (time.getNano() % 1_000_000 == 0 ? 0 : 1);
    }
}
