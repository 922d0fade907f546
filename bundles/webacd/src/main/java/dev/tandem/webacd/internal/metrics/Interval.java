package dev.tandem.webacd.internal.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How long an interval is, and for how long a time one may ask at once. */
public enum Interval {
    QUARTER("15m", Duration.ofDays(7)),
    HOUR("hour", Duration.ofDays(62)),
    DAY("day", Duration.ofDays(400));

    private final String word;
    private final Duration most;

    Interval(String word, Duration most) {
        this.word = word;
        this.most = most;
    }

    /** In REST. */
    public String word() {
        return word;
    }

    /** The longest time that may be asked for. */
    public Duration most() {
        return most;
    }

    public static Optional<Interval> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /**
     * Where intervals begin, by the clock on the wall: from the one in which {@code from} lies to the first end that is not
     * before {@code to}. A day in which the clock is changed has 23 or 25 hours.
     */
    List<Instant> edges(Instant from, Instant to, ZoneId zone) {
        var edges = new ArrayList<Instant>();
        var at = begin(from.atZone(zone));
        edges.add(at.toInstant());
        while (edges.get(edges.size() - 1).isBefore(to)) {
            at = this == DAY
                    ? at.toLocalDate().plusDays(1).atStartOfDay(zone)
                    : at.plus(this == HOUR ? 60 : 15, ChronoUnit.MINUTES);
            edges.add(at.toInstant());
        }
        return edges;
    }

    private ZonedDateTime begin(ZonedDateTime time) {
        var hour = time.truncatedTo(ChronoUnit.HOURS);
        return switch (this) {
            case DAY -> time.toLocalDate().atStartOfDay(time.getZone());
            case HOUR -> hour;
            case QUARTER -> hour.plusMinutes(time.getMinute() / 15 * 15L);
        };
    }
}
