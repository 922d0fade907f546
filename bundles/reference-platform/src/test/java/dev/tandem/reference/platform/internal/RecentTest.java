package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.Optional;

import org.junit.Test;

import dev.tandem.journal.testing.TestClock;

public class RecentTest {
    private final TestClock clock = new TestClock();
    private final Recent<String, Integer> recent = new Recent<>(clock, Duration.ofSeconds(5), 2);

    @Test
    public void whatWasFoundIsKeptForAWhile() {
        recent.get("a", () -> Optional.of(1));
        assertEquals(Optional.of(1), recent.get("a", () -> Optional.of(2)));
        clock.advance(Duration.ofSeconds(5));
        assertEquals(Optional.of(2), recent.get("a", () -> Optional.of(2)));
    }

    @Test
    public void whatWasNotFoundIsAskedAgain() {
        recent.get("a", Optional::empty);
        assertEquals(Optional.of(1), recent.get("a", () -> Optional.of(1)));
    }

    @Test
    public void theLeastUsedGoesFirst() {
        recent.get("a", () -> Optional.of(1));
        recent.get("b", () -> Optional.of(1));
        recent.get("a", () -> Optional.of(2));
        recent.get("c", () -> Optional.of(1));
        assertEquals(Optional.of(1), recent.get("a", () -> Optional.of(2)));
        assertEquals(Optional.of(2), recent.get("b", () -> Optional.of(2)));
    }

    @Test
    public void aLookUpThatWasOvertakenByAForgetIsNotKept() {
        recent.get("a", () -> {
            recent.forget("a");
            return Optional.of(1);
        });
        assertEquals(Optional.of(2), recent.get("a", () -> Optional.of(2)));
    }
}
