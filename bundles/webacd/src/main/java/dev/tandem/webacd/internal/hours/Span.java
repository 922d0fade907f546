package dev.tandem.webacd.internal.hours;

import java.time.LocalTime;

/**
 * From one time of the day to another. One whose end is not after its beginning goes on over midnight, into the next day.
 *
 * @param from the first minute of it, 0 to 1439
 * @param to the minute after its last one, 1 to 1440; 1440 is midnight at the end of the day
 */
public record Span(int from, int to) {
    /** Minutes of a day. */
    public static final int DAY = 24 * 60;

    /** All day long. */
    public static final Span ALL_DAY = new Span(0, DAY);

    public Span {
        if (from < 0 || from >= DAY || to < 1 || to > DAY || from == to) {
            throw new IllegalArgumentException("a span goes from a time of the day to another one");
        }
    }

    /** Whether it ends on the day after the one on which it begins. */
    public boolean overMidnight() {
        return to < from;
    }

    /** The minute of a time as people write it: {@code 08:30}, and {@code 24:00} where that is an end. */
    public static int minute(String typed) {
        if (!typed.matches("\\d\\d:\\d\\d")) {
            throw new IllegalArgumentException("a time of the day reads 08:30");
        }
        int hours = Integer.parseInt(typed.substring(0, 2));
        int minutes = Integer.parseInt(typed.substring(3));
        int all = hours * 60 + minutes;
        if (minutes > 59 || all > DAY) {
            throw new IllegalArgumentException("a time of the day is 00:00 to 24:00");
        }
        return all;
    }

    /** A minute of the day as people write it. */
    public static String text(int minute) {
        return minute == DAY ? "24:00" : LocalTime.of(minute / 60, minute % 60).toString();
    }

    @Override
    public String toString() {
        return text(from) + "-" + text(to);
    }
}
