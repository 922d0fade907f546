package dev.tandem.webacd.internal.simulator;

import java.util.Optional;

/** Counts of one queue or of all, in one interval or in all the time. Times are milliseconds. */
final class Cell {
    long arrived;
    long refused;
    long answered;
    long inTime;
    long abandoned;
    long expired;
    long left;
    long declined;
    long noAnswer;
    long overflowed;
    long busy;
    long there;
    private long waited;
    private long longest;
    private long estimated;
    private long bias;
    private long error;
    private Sketch errors;

    void answered(long wait, boolean quick) {
        answered++;
        waited += wait;
        longest = Math.max(longest, wait);
        inTime += quick ? 1 : 0;
    }

    void estimated(long told, long came) {
        estimated++;
        bias += told - came;
        error += Math.abs(told - came);
        if (errors == null) {
            errors = new Sketch();
        }
        errors.add(Math.abs(told - came));
    }

    Measured measured() {
        long over = answered + abandoned + expired;
        return new Measured(
                arrived,
                refused,
                answered,
                inTime,
                abandoned,
                expired,
                left,
                declined,
                noAnswer,
                overflowed,
                part(inTime, over),
                part(waited / 1e3, answered),
                answered == 0 ? Optional.empty() : Optional.of(longest / 1e3),
                part(abandoned, over),
                part(busy, there),
                new Measured.Estimate(
                        estimated,
                        part(bias / 1e3, estimated),
                        part(error / 1e3, estimated),
                        Optional.ofNullable(errors)
                                .flatMap(all -> all.quantile(0.9))
                                .map(millis -> millis / 1e3)));
    }

    private static Optional<Double> part(double some, long all) {
        return all == 0 ? Optional.empty() : Optional.of(some / all);
    }
}
