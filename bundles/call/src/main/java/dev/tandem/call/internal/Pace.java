package dev.tandem.call.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** So many a second on the average, several seconds' worth at once. Not thread-safe. */
final class Pace {
    private final Clock clock;
    private final double perSecond;
    private final double most;
    private double left;
    private Instant at;

    Pace(Clock clock, int perSecond, int most) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.most = most;
        this.left = most;
        this.at = clock.instant();
    }

    boolean allows() {
        var now = clock.instant();
        if (now.isAfter(at)) {
            left = Math.min(most, left + Duration.between(at, now).toMillis() * perSecond / 1000);
            at = now;
        }
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
