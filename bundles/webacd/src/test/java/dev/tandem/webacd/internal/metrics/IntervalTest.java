package dev.tandem.webacd.internal.metrics;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.junit.Test;

public class IntervalTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    private static List<Instant> edges(Interval interval, String from, String to, ZoneId zone) {
        return interval.edges(Instant.parse(from), Instant.parse(to), zone);
    }

    @Test
    public void quartersAndHoursBeginByTheClockOnTheWall() {
        assertEquals(
                List.of(
                        Instant.parse("2026-03-02T09:15:00Z"),
                        Instant.parse("2026-03-02T09:30:00Z"),
                        Instant.parse("2026-03-02T09:45:00Z")),
                edges(Interval.QUARTER, "2026-03-02T09:29:59Z", "2026-03-02T09:31:00Z", ROME));
        assertEquals(
                List.of(Instant.parse("2026-03-02T08:30:00Z"), Instant.parse("2026-03-02T09:30:00Z")),
                edges(Interval.HOUR, "2026-03-02T08:45:00Z", "2026-03-02T09:30:00Z", ZoneId.of("Asia/Kolkata")));
    }

    @Test
    public void aDayWithoutAnHourHas23AndOneWithAnHourMore25() {
        var spring = edges(Interval.DAY, "2026-03-29T06:00:00Z", "2026-03-29T07:00:00Z", ROME);
        assertEquals(Duration.ofHours(23), Duration.between(spring.get(0), spring.get(1)));
        var autumn = edges(Interval.DAY, "2026-10-25T06:00:00Z", "2026-10-25T07:00:00Z", ROME);
        assertEquals(Duration.ofHours(25), Duration.between(autumn.get(0), autumn.get(1)));
        assertEquals(
                26,
                edges(Interval.HOUR, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", ROME)
                        .size());
    }
}
