package dev.tandem.screen.internal;

import java.util.OptionalLong;

/**
 * How far a client's clock is from ours, and its round trip, by the answers to beats. The quickest answer of half a minute
 * counts: it waited least in queues, so it tells most. The smoothed trip is what people feel. All in microseconds.
 */
final class LineClock {
    private static final long KEPT = 30_000_000;
    private static final long SMOOTHING = 4;

    private boolean known;
    private long trip;
    private long offset;
    private long taken;
    private long smoothed;

    /**
     * @param sent our clock when the beat was sent, as echoed
     * @param at the client's clock when it answered
     */
    void answered(long now, long sent, long at) {
        long took = now - sent;
        if (took < 0 || took > KEPT) {
            return;
        }
        smoothed = known ? smoothed + (took - smoothed) / SMOOTHING : took;
        if (!known || took <= trip || now - taken > KEPT) {
            known = true;
            trip = took;
            offset = at - (sent + took / 2);
            taken = now;
        }
    }

    /** The client's clock minus ours, if known. */
    OptionalLong offset() {
        return known ? OptionalLong.of(offset) : OptionalLong.empty();
    }

    /** The mean of the latest round trips, the latest counting most. */
    OptionalLong smoothedTrip() {
        return known ? OptionalLong.of(smoothed) : OptionalLong.empty();
    }

    OptionalLong trip() {
        return known ? OptionalLong.of(trip) : OptionalLong.empty();
    }
}
