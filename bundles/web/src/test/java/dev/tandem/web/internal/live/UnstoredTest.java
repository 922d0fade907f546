package dev.tandem.web.internal.live;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;

import org.junit.Test;

import dev.tandem.journal.testing.TestClock;

public class UnstoredTest {
    private final TestClock clock = new TestClock();
    private final Unstored topic = new Unstored("ui/panels", clock);

    @Test
    public void aPageThatComesFromANodeWithAHigherNumberIsToldTheStateHere() {
        clock.advance(Duration.ofMinutes(1));
        var other = new Unstored("ui/panels", clock); // the other node started later
        long seen = other.number(0);
        assertTrue(topic.number(0) < seen);
        assertTrue("past what was seen", topic.number(seen) > seen);
        assertEquals("for good", topic.number(0), topic.number(seen));
        topic.changed();
        assertTrue(topic.number(0) > seen + 1);
    }

    @Test
    public void aNumberThatNoNodeCanHaveGivenMovesNothing() {
        long before = topic.number(0);
        assertEquals(before, topic.number(Long.MAX_VALUE));
        assertEquals(before, topic.number(clock.millis() + Duration.ofDays(2).toMillis()));
        assertEquals(before, topic.number(Long.MIN_VALUE));
    }
}
