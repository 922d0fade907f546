package dev.tandem.webacd.internal.rules;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;

import dev.tandem.webacd.internal.hours.Span;

/** A value in a condition. Its text form is how it is written there. */
public sealed interface Value {

    /** A text, compared without regard to capitals and to blanks around it. */
    record Text(String text) implements Value {
        @Override
        public String toString() {
            return quoted(text);
        }
    }

    /** A number. Equal if the numbers are: 3.0 is 3. */
    record Number(BigDecimal number) implements Value {
        public Number {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }

        @Override
        public String toString() {
            return number.toPlainString();
        }
    }

    /** A language tag; {@code fr} is also every French of a country. */
    record Tag(String tag) implements Value {
        @Override
        public String toString() {
            return quoted(tag);
        }
    }

    /** A queue, by its slug. */
    record Slug(String slug) implements Value {
        @Override
        public String toString() {
            return slug;
        }
    }

    /** A time of the day, in minutes since midnight, 0 to 1440; 1440 only as an end. */
    record Time(int minute) implements Value {
        @Override
        public String toString() {
            return Span.text(minute);
        }
    }

    /** A day of the week. */
    record Day(DayOfWeek day) implements Value {
        @Override
        public String toString() {
            return day.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A date. */
    record Date(LocalDate date) implements Value {
        @Override
        public String toString() {
            return date.toString();
        }
    }

    /** A text as it is compared. */
    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    /** A text between quotation marks. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
