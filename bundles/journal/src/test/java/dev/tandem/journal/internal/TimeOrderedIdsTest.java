package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.testing.TestClock;

public class TimeOrderedIdsTest {
    @Test
    public void idsGrowWithTheClockAndWithoutIt() {
        var clock = new TestClock();
        var ids = new TimeOrderedIds(clock);
        var before = new UUID(0, 0);
        for (int i = 0; i < 20_000; i++) {
            var id = ids.next();
            assertEquals(7, id.version());
            assertEquals(2, id.variant());
            assertTrue(id.toString(), id.toString().compareTo(before.toString()) > 0);
            before = id;
            if (i == 15_000) {
                clock.advance(Duration.ofSeconds(-5));
            }
        }
        clock.advance(Duration.ofMinutes(1));
        assertEquals(clock.millis(), ids.next().getMostSignificantBits() >>> 16);
    }
}
