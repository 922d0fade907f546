package dev.tandem.chat.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.testing.TestClock;
import dev.tandem.session.ParticipantId;

public class TalkPaceTest {
    private final TestClock clock = new TestClock();
    private final TalkPace pace = new TalkPace(clock);
    private final ParticipantId marie = new ParticipantId(UUID.randomUUID());

    @Test
    public void tenAtOnceThenTenASecond() {
        assertEquals(10, taken(15));
        clock.advance(Duration.ofMillis(100));
        assertEquals(1, taken(5));
        clock.advance(Duration.ofMillis(500));
        assertEquals(5, taken(15));
        clock.advance(Duration.ofHours(1));
        assertEquals(10, taken(15));
    }

    @Test
    public void oneDoesNotSlowAnother() {
        taken(15);
        assertTrue(pace.take(new ParticipantId(UUID.randomUUID())));
    }

    @Test
    public void aClockThatGoesBackGivesNothingAway() {
        taken(10);
        clock.advance(Duration.ofSeconds(-30));
        assertFalse(pace.take(marie));
    }

    @Test
    public void thoseWhoAreSilentAreForgotten() {
        for (int i = 0; i < 5_000; i++) {
            pace.take(new ParticipantId(UUID.randomUUID()));
            clock.advance(Duration.ofMillis(10));
        }
        assertTrue("remembered: " + pace.size(), pace.size() <= 1_002);
    }

    private long taken(int tries) {
        long taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += pace.take(marie) ? 1 : 0;
        }
        return taken;
    }
}
