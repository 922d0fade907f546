package dev.tandem.webacd.internal.simulator;

import java.util.Arrays;
import java.util.Optional;

/**
 * For how long people wait before they go, learned from those who came. Of who went it is known; of who was answered after a
 * while only that it was longer than that. The estimate of Kaplan and Meier makes use of both: at each time at which
 * somebody went, the part of those who still waited then that did. Leaving the answered out would make people look much
 * less patient than they are, taking their wait for their patience too. Beyond the last who went nothing is known; there
 * people go at the mean rate, which is how many went for all the time that was waited (Brown, Hollander and Korwar).
 * Times are milliseconds.
 */
final class Patience {
    /** Nobody is known to have gone: they wait for ever. */
    static final Patience ENDLESS = new Patience(new long[0], new double[0], 0);

    private final long[] times;
    /** The part that is still there after each of those times. */
    private final double[] left;

    private final double rate;

    private Patience(long[] times, double[] left, double rate) {
        this.times = times;
        this.left = left;
        this.rate = rate;
    }

    /**
     * Learns.
     *
     * @param waits how long each waited, doubled, and one more for those who went: what sorts at the same time goes after
     *     who stays, and it takes little room
     */
    static Patience of(long[] waits) {
        var sorted = waits.clone();
        Arrays.sort(sorted);
        int gone = 0;
        double waited = 0;
        for (long one : sorted) {
            gone += one & 1;
            waited += one >> 1;
        }
        if (gone == 0) {
            return ENDLESS;
        }
        var times = new long[gone];
        var left = new double[gone];
        int steps = 0;
        double part = 1;
        for (int i = 0; i < sorted.length; ) {
            long time = sorted[i] >> 1;
            int risk = sorted.length - i;
            int went = 0;
            while (i < sorted.length && sorted[i] >> 1 == time) {
                went += sorted[i++] & 1;
            }
            if (went > 0) {
                part *= 1 - (double) went / risk;
                times[steps] = time;
                left[steps++] = part;
            }
        }
        return new Patience(Arrays.copyOf(times, steps), Arrays.copyOf(left, steps), waited == 0 ? 0 : gone / waited);
    }

    static long wait(long millis, boolean went) {
        return millis * 2 + (went ? 1 : 0);
    }

    /** The part of all that waits for longer than that. */
    double beyond(long time) {
        int at = Arrays.binarySearch(times, time);
        int step = at >= 0 ? at : -at - 2;
        if (step < 0) {
            return 1;
        }
        return step < times.length - 1 ? left[step] : left[step] * Math.exp(-rate * (time - times[step]));
    }

    /**
     * Somebody's patience who has waited so long already.
     *
     * @param chance above 0, up to 1
     * @return empty for ever
     */
    Optional<Long> draw(long waited, double chance) {
        double wanted = chance * beyond(waited);
        for (int i = firstAfter(waited); i < times.length; i++) {
            if (left[i] <= wanted) {
                return Optional.of(times[i]);
            }
        }
        if (rate == 0) {
            return Optional.empty();
        }
        int last = times.length - 1;
        double from = Math.max(waited, times[last]);
        double there = waited > times[last] ? beyond(waited) : left[last];
        return Optional.of(Math.max(waited + 1, Math.round(from + Math.log(there / wanted) / rate)));
    }

    private int firstAfter(long waited) {
        int at = Arrays.binarySearch(times, waited);
        return at >= 0 ? at + 1 : -at - 1;
    }
}
