package dev.tandem.webacd.internal.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A report, of a site and of each of its queues. @param threshold within which an answer is in time */
public record Report(Duration threshold, Series site, List<Series> queues) {
    /** One line of numbers. @param queue empty for the whole site */
    public record Series(Optional<UUID> queue, Optional<String> name, Row total, List<Row> intervals) {}

    /** The numbers of {@link Measures}, as they are shown: rates from 0 to 1, times in seconds. */
    public record Row(
            Instant from,
            Instant to,
            long entered,
            long transfers,
            long answered,
            long inTime,
            long abandoned,
            long expired,
            long moved,
            long handled,
            Optional<Double> serviceLevel,
            Optional<Double> speedOfAnswer,
            Optional<Double> longestWait,
            Optional<Double> handleTime,
            Optional<Double> abandonRate,
            Optional<Double> occupancy) {

        static Row of(Measures one) {
            return new Row(
                    one.from(),
                    one.to(),
                    one.entered(),
                    one.transfers(),
                    one.answered(),
                    one.inTime(),
                    one.abandoned(),
                    one.expired(),
                    one.moved(),
                    one.handled(),
                    one.serviceLevel(),
                    one.speedOfAnswer().map(Row::seconds),
                    one.answered() == 0 ? Optional.empty() : Optional.of(seconds(one.longest())),
                    one.handleTime().map(Row::seconds),
                    one.abandonRate(),
                    one.occupancy());
        }

        private static double seconds(Duration time) {
            return time.toMillis() / 1000.0;
        }
    }
}
