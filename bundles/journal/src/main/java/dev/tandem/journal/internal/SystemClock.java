package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The clock of the node, as the service {@link Clock}. On PostgreSQL it follows the clock of the database, so that nodes
 * agree: it runs by the computer's monotonic clock, from where the reading with the shortest round trip of late put it.
 * Whoever moves the system clock changes nothing here. On SQLite, and before the first reading, it is the system clock.
 *
 * <p>It does not run backwards: when it is found to be fast it stands still until it is right again. Only when it would have
 * to stand still for longer than {@link #STEP}, since the database's clock itself was put back, it goes back at once.
 */
@Component(service = {Clock.class, SystemClock.class})
public final class SystemClock extends Clock {
    /** Up to this much it stands still rather than go back. */
    static final Duration STEP = Duration.ofSeconds(1);

    private static final int READINGS = 16;
    /** By how much two clocks may drift apart: 200 millionths. */
    private static final long DRIFT = 5_000;

    /** How to tell the monotonic clock, and the system clock; a test has its own. */
    interface Source {
        long nanos();

        Instant system();
    }

    /**
     * The clock of the database was {@code offset} ahead of the monotonic one when that stood at {@code at}, give or take
     * {@code error}; all in nanoseconds.
     */
    private record Reading(long offset, long at, long error) {
        /** What it is worth later. */
        private long errorAt(long now) {
            return error + (now - at) / DRIFT;
        }

        private boolean agreesWith(Reading later) {
            return Math.abs(offset - later.offset) <= errorAt(later.at) + later.error;
        }
    }

    private final Source source;
    private final ArrayDeque<Reading> readings = new ArrayDeque<>();
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);
    private volatile Optional<Long> offset = Optional.empty();

    @Activate
    public SystemClock() {
        this(new Computer(Clock.systemUTC()));
    }

    SystemClock(Source source) {
        this.source = source;
    }

    /** The clocks of the computer. */
    private record Computer(Clock clock) implements Source {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant system() {
            return clock.instant();
        }
    }

    long nanos() {
        return source.nanos();
    }

    Instant system() {
        return source.system();
    }

    /**
     * Follows a clock that showed a time at some moment between two others.
     *
     * @param before {@link #nanos} before it was asked
     * @param micros what it showed, since 1970
     * @param after {@link #nanos} when the answer was there
     */
    synchronized void shown(long before, long micros, long after) {
        var error = (after - before) / 2;
        var reading = new Reading(TimeUnit.MICROSECONDS.toNanos(micros) - (before + error), after, error);
        // One of the clocks was moved, or stood still with the whole computer: what was read before tells nothing.
        readings.removeIf(earlier -> !earlier.agreesWith(reading));
        readings.addLast(reading);
        if (readings.size() > READINGS) {
            readings.removeFirst();
        }
        var best = readings.stream()
                .min(Comparator.comparingLong(one -> one.errorAt(after)))
                .orElse(reading);
        offset = Optional.of(best.offset());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        var here = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return here.withZone(other);
            }

            @Override
            public Instant instant() {
                return here.instant();
            }
        };
    }

    @Override
    public Instant instant() {
        var follows = offset;
        if (follows.isEmpty()) {
            return source.system();
        }
        var now = source.nanos() + follows.get();
        var shown = last.accumulateAndGet(
                now, (before, next) -> before > next && before - next <= STEP.toNanos() ? before : next);
        return Instant.ofEpochSecond(0, shown);
    }

    /** Whether it goes by the clock of the database. */
    boolean follows() {
        return offset.isPresent();
    }
}
