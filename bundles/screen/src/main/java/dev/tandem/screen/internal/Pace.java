package dev.tandem.screen.internal;

/**
 * So many a second and no more: a bucket that holds one second's worth, so that a moment of delay in the network, after
 * which much comes at once, is no fault. Not thread-safe.
 */
final class Pace {
    private static final long SECOND = 1_000_000;

    private final int perSecond;
    private double left;
    private long at = Long.MIN_VALUE;

    Pace(int perSecond) {
        this.perSecond = perSecond;
        this.left = perSecond;
    }

    /**
     * @param now microseconds
     * @return whether one more may come
     */
    boolean allows(long now) {
        if (at != Long.MIN_VALUE && now > at) {
            left = Math.min(perSecond, left + (now - at) * (double) perSecond / SECOND);
        }
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
