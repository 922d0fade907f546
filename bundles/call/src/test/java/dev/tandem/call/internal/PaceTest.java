package dev.tandem.call.internal;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;

import org.junit.Test;

import dev.tandem.journal.testing.TestClock;

public class PaceTest {
    private final TestClock clock = new TestClock();
    private final Pace pace = new Pace(clock, 2, 3);

    @Test
    public void manyAtOnceThenSoManyASecond() {
        for (int text = 0; text < 3; text++) {
            assertTrue(pace.allows());
        }
        assertFalse(pace.allows());
        clock.advance(Duration.ofMillis(500));
        assertTrue(pace.allows());
        assertFalse(pace.allows());
        clock.advance(Duration.ofHours(1));
        for (int text = 0; text < 3; text++) {
            assertTrue(pace.allows());
        }
        assertFalse(pace.allows());
    }
}
