package dev.tandem.webacd.internal.hours;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.Test;

/** Random hours around changes of the clock, in zones that change it in odd ways, against a minute-by-minute oracle. */
public class OpeningHoursPropertyTest {
    private record Scene(ZoneId zone, Instant around) {}

    private static final List<Scene> SCENES = List.of(
            scene("Europe/Zurich", "2026-03-29T01:00:00Z"),
            scene("Europe/Zurich", "2026-10-25T01:00:00Z"),
            scene("America/New_York", "2026-11-01T06:00:00Z"),
            // Half an hour.
            scene("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
            scene("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
            // Midnight does not exist; the last hour of a day comes twice.
            scene("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
            scene("America/Sao_Paulo", "2018-02-18T02:00:00Z"),
            scene("America/Havana", "2025-11-02T05:00:00Z"),
            // A whole day is left out.
            scene("Pacific/Apia", "2011-12-30T10:00:00Z"),
            scene("Asia/Kolkata", "2026-06-01T00:00:00Z"));

    private static Scene scene(String zone, String around) {
        return new Scene(ZoneId.of(zone), Instant.parse(around));
    }

    @Test
    public void openAtFlipsExactlyAtNextChangeAndAgreesWithTheOracle() {
        qt().withExamples(400).forAll(longs().all()).checkAssert(OpeningHoursPropertyTest::check);
    }

    private static void check(long seed) {
        var random = new Random(seed);
        var scene = SCENES.get(random.nextInt(SCENES.size()));
        var week = week(random);
        var dates = dates(random, LocalDate.ofInstant(scene.around(), scene.zone()));
        var hours = new OpeningHours(scene.zone(), week, dates);
        var at = scene.around().minus(Duration.ofHours(30));
        var end = scene.around().plus(Duration.ofHours(40));
        while (at.isBefore(end)) {
            boolean open = hours.openAt(at);
            var change = hours.nextChange(at).orElse(Instant.MAX);
            assertTrue(change.isAfter(at));
            for (var minute = at; minute.isBefore(change) && minute.isBefore(end); minute = minute.plusSeconds(300)) {
                assertEquals(seed + " at " + minute, open, hours.openAt(minute));
                assertEquals(seed + " oracle at " + minute, oracle(scene.zone(), week, dates, minute), open);
            }
            if (change.isBefore(end)) {
                assertEquals(open, hours.openAt(change.minusMillis(1)));
                assertEquals(!open, hours.openAt(change));
            }
            at = change;
        }
    }

    private static List<List<Span>> week(Random random) {
        var week = new ArrayList<List<Span>>();
        for (int i = 0; i < 7; i++) {
            week.add(spans(random));
        }
        return week;
    }

    private static List<Span> spans(Random random) {
        var spans = new ArrayList<Span>();
        for (int n = random.nextInt(4); n > 0; n--) {
            int from = random.nextInt(96) * 15;
            int to = random.nextInt(5) == 0 ? Span.DAY : 15 + random.nextInt(96) * 15;
            if (from != to) {
                spans.add(new Span(from, to));
            }
        }
        return spans;
    }

    private static Map<LocalDate, List<Span>> dates(Random random, LocalDate around) {
        var dates = new HashMap<LocalDate, List<Span>>();
        for (int n = random.nextInt(3); n > 0; n--) {
            dates.put(around.plusDays(random.nextInt(4) - 2), spans(random));
        }
        return dates;
    }

    /** By the clock on the wall: while an hour comes for the second time, the clock is taken to stand at its end. */
    private static boolean oracle(ZoneId zone, List<List<Span>> week, Map<LocalDate, List<Span>> dates, Instant at) {
        var wall = LocalDateTime.ofInstant(at, zone);
        var offsets = zone.getRules().getValidOffsets(wall);
        if (offsets.size() == 2 && zone.getRules().getOffset(at).equals(offsets.get(1))) {
            wall = zone.getRules().getTransition(wall).getDateTimeBefore().minusNanos(1);
        }
        var today = wall.toLocalDate();
        int minute = wall.getHour() * 60 + wall.getMinute();
        for (var span : of(week, dates, today)) {
            if (minute >= span.from() && (span.overMidnight() || minute < span.to())) {
                return true;
            }
        }
        if (dates.containsKey(today)) {
            return false;
        }
        for (var span : of(week, dates, today.minusDays(1))) {
            if (span.overMidnight() && minute < span.to()) {
                return true;
            }
        }
        return false;
    }

    private static List<Span> of(List<List<Span>> week, Map<LocalDate, List<Span>> dates, LocalDate day) {
        var own = dates.get(day);
        return own == null ? week.get(day.getDayOfWeek().getValue() - 1) : own;
    }
}
