package dev.tandem.webacd.internal.hours;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.Test;

public class OpeningHoursTest {
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    private static final Span OFFICE = span("08:00", "17:00");

    private static Span span(String from, String to) {
        return new Span(Span.minute(from), Span.minute(to));
    }

    private static List<List<Span>> weekdays(Span... spans) {
        var week = new ArrayList<List<Span>>(Collections.nCopies(5, List.of(spans)));
        week.add(List.of());
        week.add(List.of());
        return week;
    }

    private static OpeningHours daily(ZoneId zone, Span... spans) {
        return new OpeningHours(zone, Collections.nCopies(7, List.of(spans)), Map.of());
    }

    private static Instant zurich(String local) {
        return LocalDateTime.parse(local).atZone(ZURICH).toInstant();
    }

    @Test
    public void officeHoursInTheZoneOfTheQueue() {
        var hours = new OpeningHours(ZURICH, weekdays(OFFICE), Map.of());
        assertFalse(hours.openAt(zurich("2026-11-20T07:59:59")));
        assertTrue(hours.openAt(zurich("2026-11-20T08:00")));
        assertTrue(hours.openAt(zurich("2026-11-20T16:59:59")));
        assertFalse(hours.openAt(zurich("2026-11-20T17:00")));
        assertEquals(Optional.of(zurich("2026-11-23T08:00")), hours.nextChange(zurich("2026-11-20T17:00")));
        assertEquals(Optional.of(zurich("2026-11-23T17:00")), hours.nextChange(zurich("2026-11-23T08:00")));
    }

    @Test
    public void aHolidayIsClosedOrHasHoursOfItsOwn() {
        var hours = new OpeningHours(
                ZURICH,
                weekdays(OFFICE),
                Map.of(
                        LocalDate.parse("2026-12-24"), List.of(span("08:00", "12:00")),
                        LocalDate.parse("2026-12-25"), List.of(),
                        LocalDate.parse("2026-12-26"), List.of(span("10:00", "11:00"))));
        assertEquals(Optional.of(zurich("2026-12-24T12:00")), hours.nextChange(zurich("2026-12-24T09:00")));
        assertEquals(Optional.of(zurich("2026-12-26T10:00")), hours.nextChange(zurich("2026-12-24T12:00")));
        assertEquals(Optional.of(zurich("2026-12-28T08:00")), hours.nextChange(zurich("2026-12-26T11:00")));
    }

    @Test
    public void aNightShiftBelongsToTheDayOnWhichItBegins() {
        var week = new ArrayList<List<Span>>(Collections.nCopies(7, List.of()));
        week.set(4, List.of(span("22:00", "06:00")));
        var hours = new OpeningHours(ZURICH, week, Map.of());
        assertTrue(hours.openAt(zurich("2026-11-21T05:59")));
        assertFalse("not on Friday morning", hours.openAt(zurich("2026-11-20T05:59")));
        assertEquals(Optional.of(zurich("2026-11-21T06:00")), hours.nextChange(zurich("2026-11-20T22:00")));
        var cut = new OpeningHours(ZURICH, week, Map.of(LocalDate.parse("2026-11-21"), List.of()));
        assertEquals(Optional.of(zurich("2026-11-21T00:00")), cut.nextChange(zurich("2026-11-20T22:00")));
    }

    @Test
    public void neighboursAreOneAndAllDayNeverCloses() {
        var always = OpeningHours.always(ZURICH);
        assertTrue(always.openAt(zurich("2026-03-29T02:30")));
        assertEquals(Optional.empty(), always.nextChange(zurich("2026-03-29T01:00")));
        var halves = daily(ZURICH, span("00:00", "12:00"), span("12:00", "24:00"));
        assertEquals(Optional.empty(), halves.nextChange(zurich("2026-11-20T11:00")));
        var never = daily(ZURICH);
        assertFalse(never.openAt(zurich("2026-11-20T11:00")));
        assertEquals(Optional.empty(), never.nextChange(zurich("2026-11-20T11:00")));
        var holiday = new OpeningHours(
                ZURICH,
                Collections.nCopies(7, List.of(Span.ALL_DAY)),
                Map.of(LocalDate.parse("2028-01-01"), List.of()));
        assertEquals(Optional.of(zurich("2028-01-01T00:00")), holiday.nextChange(zurich("2026-11-20T11:00")));
        assertEquals(Optional.of(zurich("2028-01-02T00:00")), holiday.nextChange(zurich("2028-01-01T00:00")));
    }

    @Test
    public void whereClocksArePutForward() {
        var gap = daily(ZURICH, span("02:15", "02:45"));
        assertEquals(
                "that night it does not open at all",
                Optional.of(zurich("2026-03-30T02:15")),
                gap.nextChange(zurich("2026-03-29T00:00")));
        var night = daily(ZURICH, span("01:00", "02:30"));
        assertEquals(Optional.of(zurich("2026-03-29T03:00")), night.nextChange(zurich("2026-03-29T01:00")));
        assertEquals(
                Duration.ofHours(23), length(daily(ZURICH, span("00:00", "24:00")), LocalDate.parse("2026-03-29")));
    }

    @Test
    public void whereClocksArePutBack() {
        var first = Instant.parse("2026-10-25T00:30:00Z");
        var second = Instant.parse("2026-10-25T01:30:00Z");
        var hours = daily(ZURICH, span("02:15", "02:45"));
        assertTrue(hours.openAt(first));
        assertFalse("not a second time", hours.openAt(second));
        var through = daily(ZURICH, span("02:00", "03:00"));
        assertTrue(through.openAt(first) && through.openAt(second));
        assertEquals(Optional.of(Instant.parse("2026-10-25T02:00:00Z")), through.nextChange(first));
    }

    @Test
    public void timesReadAsPeopleWriteThem() {
        assertEquals("08:30-24:00", span("08:30", "24:00").toString());
        for (var bad : List.of("8:30", "24:01", "12:60", "", "ab:cd", "08:00:00")) {
            assertThrows(bad, IllegalArgumentException.class, () -> Span.minute(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> new Span(480, 480));
        assertThrows(IllegalArgumentException.class, () -> new Span(1440, 60));
    }

    private static Duration length(OpeningHours hours, LocalDate day) {
        var zone = hours.zone();
        assertTrue(hours.openAt(day.atStartOfDay(zone).toInstant()));
        return Duration.between(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }
}
