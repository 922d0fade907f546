package dev.tandem.webacd.internal.simulator;

import java.util.Arrays;
import java.util.Optional;

/**
 * How times are spread, in a few hundred counters however many there are: each counter stands for times within 2 % of each
 * other, so a quantile is within 1 % of the true one, and within a tenth of a second.
 */
final class Sketch {
    private static final double WIDTH = Math.log(1.02);
    /** What is less than that is told apart no further. */
    private static final double LEAST_MILLIS = 100;

    private int[] counts = new int[0];
    private long all;

    void add(long millis) {
        int at = millis < LEAST_MILLIS ? 0 : 1 + (int) (Math.log(millis / LEAST_MILLIS) / WIDTH);
        if (at >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(16, at + at / 2 + 1));
        }
        counts[at]++;
        all++;
    }

    /** The time that so many of them, 0 to 1, do not exceed, in milliseconds; empty if there are none. */
    Optional<Double> quantile(double part) {
        long wanted = Math.max(1, (long) Math.ceil(part * all));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Optional.of(i == 0 ? 0 : LEAST_MILLIS * Math.exp((i - 0.5) * WIDTH));
            }
        }
        return Optional.empty();
    }
}
