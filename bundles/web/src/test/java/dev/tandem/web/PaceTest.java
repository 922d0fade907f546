package dev.tandem.web;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;

import org.junit.Test;

import dev.tandem.journal.testing.TestClock;

public class PaceTest {
    private final TestClock clock = new TestClock();
    private final Pace pace = new Pace(2, 3);

    @Test
    public void manyAtOnceThenSoManyASecond() {
        assertEquals(3, taken());
        clock.advance(Duration.ofMillis(500));
        assertEquals(1, taken());
        clock.advance(Duration.ofMillis(499));
        assertEquals(0, taken());
        clock.advance(Duration.ofHours(1));
        assertEquals(3, taken());
    }

    @Test
    public void aClockThatGoesBackGivesNothingAwayAndStopsNobodyForLong() {
        assertEquals(3, taken());
        clock.advance(Duration.ofHours(-1));
        assertEquals(0, taken());
        clock.advance(Duration.ofMillis(500));
        assertEquals(1, taken());
    }

    @Test
    public void itIsFullAgainAfterASilence() {
        assertTrue(pace.isFull(clock.instant()));
        taken();
        clock.advance(Duration.ofMillis(1499));
        assertFalse(pace.isFull(clock.instant()));
        clock.advance(Duration.ofMillis(1));
        assertTrue(pace.isFull(clock.instant()));
    }

    private int taken() {
        int taken = 0;
        while (pace.allows(clock.instant())) {
            taken++;
        }
        return taken;
    }
}
