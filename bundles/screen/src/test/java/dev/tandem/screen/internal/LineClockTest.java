package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;

import java.util.OptionalLong;

import org.junit.Test;

public class LineClockTest {
    private final LineClock clock = new LineClock();

    @Test
    public void knowsNothingBeforeTheFirstAnswer() {
        assertEquals(OptionalLong.empty(), clock.offset());
        assertEquals(OptionalLong.empty(), clock.trip());
    }

    @Test
    public void theAnswerWasGivenInTheMiddleOfTheTrip() {
        clock.answered(1_000_100, 1_000_000, 5_000_050);
        assertEquals(OptionalLong.of(4_000_000), clock.offset());
        assertEquals(OptionalLong.of(100), clock.trip());
    }

    @Test
    public void aSlowAnswerTellsLessThanAQuickOneUntilThatIsOld() {
        clock.answered(1_000_100, 1_000_000, 5_000_050);
        clock.answered(2_900_000, 2_000_000, 6_000_010);
        assertEquals(OptionalLong.of(4_000_000), clock.offset());
        clock.answered(40_900_000, 40_000_000, 44_450_000);
        assertEquals(OptionalLong.of(900_000), clock.trip());
        assertEquals(OptionalLong.of(4_000_000), clock.offset());
    }

    @Test
    public void anAnswerToNothingThatWasAskedIsIgnored() {
        clock.answered(1_000, 2_000, 5);
        clock.answered(60_000_000, 1, 5);
        assertEquals(OptionalLong.empty(), clock.offset());
    }
}
