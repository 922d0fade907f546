package dev.tandem.webacd.internal.hours;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a queue is open: by weekday in its own time zone, with other hours, or none, on single dates.
 *
 * <p>A span over midnight belongs to the day on which it begins. A date of its own has its own hours only: what has begun
 * the evening before ends at midnight. Where clocks are put forward a time that does not exist is the moment of the change;
 * where they are put back a time that comes twice is the first of the two. So neighbouring spans stay neighbours, and a
 * day that is open all day is open for 23, 24 or 25 hours.
 */
public final class OpeningHours {
    private final ZoneId zone;
    private final List<List<Span>> week;
    private final Map<LocalDate, List<Span>> dates;
    private final Optional<LocalDate> lastDate;

    /**
     * @param week the spans of Monday to Sunday
     * @param dates what holds on single dates in place of the weekday's; none is closed
     */
    public OpeningHours(ZoneId zone, List<List<Span>> week, Map<LocalDate, List<Span>> dates) {
        if (week.size() != 7) {
            throw new IllegalArgumentException("a week has seven days");
        }
        this.zone = zone;
        this.week = week.stream().map(List::copyOf).toList();
        this.dates = Map.copyOf(dates);
        this.lastDate = dates.keySet().stream().max(Comparator.naturalOrder());
    }

    /** Open all day, every day. */
    public static OpeningHours always(ZoneId zone) {
        return new OpeningHours(zone, Collections.nCopies(7, List.of(Span.ALL_DAY)), Map.of());
    }

    /** The zone in which times of this queue are said. */
    public ZoneId zone() {
        return zone;
    }

    /** Whether it is open then. */
    public boolean openAt(Instant at) {
        var day = LocalDate.ofInstant(at, zone);
        // A day whose midnight is moved by a change of the clock may reach into the neighbours' hours.
        for (int i = -2; i <= 1; i++) {
            for (var open : opened(day.plusDays(i))) {
                if (!at.isBefore(open.from()) && at.isBefore(open.to())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The next moment at which it opens or closes, after that one; empty if it never does. */
    public Optional<Instant> nextChange(Instant after) {
        boolean open = openAt(after);
        var day = LocalDate.ofInstant(after, zone);
        // A week without any change, behind the last special date, means that there will be none.
        var last = lastDate.filter(day::isBefore).orElse(day).plusDays(9);
        for (var date = day.minusDays(2); !date.isAfter(last); date = date.plusDays(1)) {
            var change = firstChange(date, after, open);
            if (change.isPresent()) {
                return change;
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> firstChange(LocalDate date, Instant after, boolean open) {
        return opened(date).stream()
                .flatMap(one -> Stream.of(one.from(), one.to()))
                .filter(edge -> edge.isAfter(after) && openAt(edge) != open)
                .min(Comparator.naturalOrder());
    }

    private record Interval(Instant from, Instant to) {}

    /** What begins on that date, cut where the next date has hours of its own. */
    private List<Interval> opened(LocalDate date) {
        var own = dates.get(date);
        var spans = own == null ? week.get(date.getDayOfWeek().getValue() - 1) : own;
        if (spans.isEmpty()) {
            return List.of();
        }
        var list = new ArrayList<Interval>();
        var next = date.plusDays(1);
        for (var span : spans) {
            var from = instant(date, span.from());
            var to = !span.overMidnight()
                    ? instant(date, span.to())
                    : dates.containsKey(next) ? instant(next, 0) : instant(next, span.to());
            if (from.isBefore(to)) {
                list.add(new Interval(from, to));
            }
        }
        return list;
    }

    private Instant instant(LocalDate date, int minute) {
        var local = minute == Span.DAY
                ? date.plusDays(1).atStartOfDay()
                : LocalDateTime.of(date, LocalTime.ofSecondOfDay(minute * 60L));
        var rules = zone.getRules();
        var offsets = rules.getValidOffsets(local);
        return offsets.isEmpty() ? rules.getTransition(local).getInstant() : local.toInstant(offsets.get(0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpeningHours hours
                && hours.zone.equals(zone)
                && hours.week.equals(week)
                && hours.dates.equals(dates);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, week, dates);
    }
}
