package dev.tandem.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A setting of a site: what it is called, what it may be and what it is when nobody has said anything.
 *
 * @param key permanent name, the slice first: {@code session.grace}
 * @param form what values it takes
 * @param help one English sentence: what it does, for whom, when it takes effect
 */
public record Setting<T>(String key, Form<T> form, String help) {

    /** What values a setting takes. */
    public sealed interface Form<T> {
        /** A duration in whole seconds. */
        record Seconds(Duration least, Duration most) implements Form<Duration> {}

        /** A whole number, bounds included. */
        record Whole(long least, long most) implements Form<Long> {}

        /** {@code true} or {@code false}. */
        record Flag() implements Form<Boolean> {}

        /**
         * A text in one line, perhaps empty.
         *
         * @param longest in characters
         * @param fault says in an English sentence what is wrong with a text, for people; empty if it can be taken
         */
        record Text(int longest, Function<String, Optional<String>> fault) implements Form<String> {}

        /** One of these words. */
        record Choice(List<String> among) implements Form<String> {
            public Choice {
                among = List.copyOf(among);
            }
        }
    }

    /** A setting in whole seconds, bounds included. */
    public static Setting<Duration> seconds(String key, Duration least, Duration most, String help) {
        return new Setting<>(key, new Form.Seconds(least, most), help);
    }

    /** A setting that is a whole number, bounds included. */
    public static Setting<Long> whole(String key, long least, long most, String help) {
        return new Setting<>(key, new Form.Whole(least, most), help);
    }

    /** A setting that is on or off. */
    public static Setting<Boolean> flag(String key, String help) {
        return new Setting<>(key, new Form.Flag(), help);
    }

    /** A setting that is a text in one line, which may be empty: see {@link Form.Text}. */
    public static Setting<String> text(String key, int longest, Function<String, Optional<String>> fault, String help) {
        return new Setting<>(key, new Form.Text(longest, fault), help);
    }

    /** A setting that is one of these words. */
    public static Setting<String> choice(String key, List<String> among, String help) {
        return new Setting<>(key, new Form.Choice(among), help);
    }
}
