package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.junit.Test;

/** The clock of a node follows that of the database, whatever becomes of the system clock. */
public class SystemClockTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-11-21T13:00:00Z");

    /** A computer whose clocks are moved by hand. */
    private static final class Computer implements SystemClock.Source {
        private long nanos = -5_000_000_000L;
        private Instant system = NOON;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant system() {
            return system;
        }

        private void pass(Duration time) {
            nanos += time.toNanos();
            system = system.plus(time);
        }
    }

    private final Computer computer = new Computer();
    private final SystemClock clock = new SystemClock(computer);
    private final ClockSkew skew = new ClockSkew(clock);

    /** A reading that takes so many milliseconds there and back. */
    private void shown(Instant database, long there, long back) {
        var before = computer.nanos();
        computer.pass(Duration.ofMillis(there + back));
        clock.shown(
                before,
                TimeUnit.SECONDS.toMicros(database.getEpochSecond()) + database.getNano() / 1_000,
                computer.nanos());
    }

    @Test
    public void itIsTheSystemClockUntilItKnowsBetter() {
        assertEquals(NOON, clock.instant());
        assertEquals(Duration.ZERO, skew.now());
    }

    @Test
    public void itFollowsTheDatabase() {
        shown(ONE, 5, 5);
        assertEquals(ONE.plusMillis(5), clock.instant());
        computer.pass(Duration.ofSeconds(7));
        assertEquals(ONE.plusMillis(7_005), clock.instant());
        assertEquals(Duration.ofMillis(5).minus(Duration.ofHours(1)), skew.now());
    }

    @Test
    public void aMovedSystemClockChangesNothing() {
        shown(ONE, 1, 1);
        computer.system = computer.system.minus(Duration.ofDays(3));
        computer.pass(Duration.ofSeconds(1));
        assertEquals(ONE.plusMillis(1_001), clock.instant());
        assertEquals(-3, skew.now().toDays());
    }

    @Test
    public void theShortestRoundTripOfLateCounts() {
        shown(ONE, 1, 1);
        // Half a second on the way there, which the middle takes for a quarter.
        shown(ONE.plusMillis(501), 500, 0);
        assertEquals(ONE.plusMillis(501), clock.instant());
        computer.pass(Duration.ofMinutes(10));
        for (int i = 1; i <= 16; i++) {
            // Sixteen of 20 ms push the good one out.
            shown(ONE.plusMillis(600_501 + i * 20L), 20, 0);
        }
        assertEquals(ONE.plusMillis(600_501 + 320 + 10), clock.instant());
    }

    @Test
    public void itStandsStillRatherThanGoBack() {
        shown(ONE, 200, 0);
        var fast = clock.instant();
        assertEquals(ONE.plusMillis(100), fast);
        shown(ONE.plusMillis(0), 0, 0);
        assertEquals(fast, clock.instant());
        computer.pass(Duration.ofMillis(60));
        assertEquals(fast, clock.instant());
        computer.pass(Duration.ofMillis(60));
        assertEquals(ONE.plusMillis(120), clock.instant());
    }

    @Test
    public void itGoesBackWithTheDatabaseWhenThatWasPutBack() {
        shown(ONE, 1, 1);
        assertEquals(ONE.plusMillis(1), clock.instant());
        shown(NOON, 10, 10);
        assertEquals(NOON.plusMillis(10), clock.instant());
    }

    @Test
    public void aComputerThatSleptIsRightAfterOneReading() {
        shown(ONE, 1, 1);
        // The monotonic clock stood still meanwhile, and the reading is a poor one.
        shown(ONE.plusSeconds(3_600), 50, 50);
        assertEquals(ONE.plusSeconds(3_600).plusMillis(50), clock.instant());
    }
}
