package dev.tandem.chat.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

import dev.tandem.session.ParticipantId;

/**
 * How fast a participant may talk: ten messages at once, then ten a second. In memory, since it guards this node against
 * a runaway page and nothing else.
 */
public final class Pace {
    private static final double BURST = 10;
    private static final double PER_SECOND = 10;
    private static final int MANY = 1_000;
    private static final Duration FULL_AGAIN = Duration.ofSeconds(1);

    private record Bucket(double left, boolean taken, Instant at) {}

    private final Clock clock;
    private final ConcurrentHashMap<ParticipantId, Bucket> buckets = new ConcurrentHashMap<>();

    public Pace(Clock clock) {
        this.clock = clock;
    }

    /** Takes one message from what the participant may say now; false if that is used up. */
    public boolean take(ParticipantId who) {
        var now = clock.instant();
        if (buckets.size() > MANY) {
            buckets.values().removeIf(bucket -> bucket.at().plus(FULL_AGAIN).isBefore(now));
        }
        return buckets.compute(who, (id, bucket) -> {
                    var left = bucket == null ? BURST : refilled(bucket, now);
                    return left >= 1 ? new Bucket(left - 1, true, now) : new Bucket(left, false, now);
                })
                .taken();
    }

    int size() {
        return buckets.size();
    }

    private static double refilled(Bucket bucket, Instant now) {
        var seconds = Math.max(0, Duration.between(bucket.at(), now).toNanos() / 1e9);
        return Math.min(BURST, bucket.left() + seconds * PER_SECOND);
    }
}
