package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;

import dev.tandem.webacd.QueueId;

/**
 * Made-up traffic of one queue: people come independently of each other, so many an hour on average, another number in each
 * hour of the day. Handling and patience are exponential. The same seed gives the same traffic.
 */
public final class Poisson implements Iterator<Arrival> {
    private static final double HOUR = 3_600_000.0;

    private final QueueId queue;
    private final Instant start;
    private final List<Double> perHour;
    private final Duration handling;
    private final Optional<Duration> patience;
    private final SplittableRandom random;
    private double at;
    private boolean over;

    /**
     * From a start on, as many hours as there are numbers.
     *
     * @param handling the mean
     * @param patience the mean; empty for ever
     */
    public Poisson(
            QueueId queue,
            Instant start,
            List<Double> perHour,
            Duration handling,
            Optional<Duration> patience,
            long seed) {
        this.queue = queue;
        this.start = start;
        this.perHour = List.copyOf(perHour);
        this.handling = handling;
        this.patience = patience;
        random = new SplittableRandom(seed);
        advance();
    }

    @Override
    public boolean hasNext() {
        return !over;
    }

    @Override
    public Arrival next() {
        if (over) {
            throw new NoSuchElementException();
        }
        var arrival = Arrival.plain(
                start.plusMillis((long) at), queue, exponential(handling), patience.map(this::exponential));
        advance();
        return arrival;
    }

    /** The time to the next one is worth an exponential amount of expected people, however the hours share it. */
    private void advance() {
        double people = unit();
        while (true) {
            int hour = (int) (at / HOUR);
            if (hour >= perHour.size()) {
                over = true;
                return;
            }
            double end = (hour + 1) * HOUR;
            double expected = (end - at) / HOUR * perHour.get(hour);
            if (people < expected) {
                at += people / perHour.get(hour) * HOUR;
                return;
            }
            people -= expected;
            at = end;
        }
    }

    private Duration exponential(Duration mean) {
        return Duration.ofMillis(Math.round(unit() * mean.toMillis()));
    }

    private double unit() {
        return -Math.log(1 - random.nextDouble());
    }
}
