package dev.tandem.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * So many a second on the average, and so many at once: enough that a moment of delay in the network, after which much comes
 * together, is no fault. It guards one node against one page and knows of nothing else; what holds for all nodes and outlives
 * them is {@link AttemptLimiter}'s. Not thread-safe.
 */
public final class Pace {
    private static final double SECOND = 1_000_000;

    private final int perSecond;
    private final int atOnce;
    private double left;
    private long at = Long.MIN_VALUE;

    /** @param atOnce how many may come together after a silence; it begins with these */
    public Pace(int perSecond, int atOnce) {
        this.perSecond = perSecond;
        this.atOnce = atOnce;
        this.left = atOnce;
    }

    /** Whether one more may come; if so it has come. */
    public boolean allows(Instant now) {
        return allows(micros(now));
    }

    /**
     * The same for who has the time at hand.
     *
     * @param now microseconds since 1970; going back gives nothing away
     */
    public boolean allows(long now) {
        left = leftAt(now);
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }

    /** Whether it is as at the beginning, so that it need not be kept. */
    public boolean isFull(Instant now) {
        return leftAt(micros(now)) >= atOnce;
    }

    private double leftAt(long now) {
        return at == Long.MIN_VALUE || now <= at ? left : Math.min(atOnce, left + (now - at) * perSecond / SECOND);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
