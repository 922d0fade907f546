package dev.tandem.chat.internal;

import java.util.Locale;
import java.util.Optional;

/** What may be said: any plain text that a page can show. */
public final class Texts {
    /** In code points, so that an emoji counts once. */
    public static final int LONGEST = 4000;

    private Texts() {}

    /** What is wrong with the text, as one sentence that names it, or empty if nothing is. */
    public static Optional<String> fault(String text) {
        if (text.isBlank()) {
            return Optional.of("The text is empty.");
        }
        // Cheap before exact: a text of several megabytes need not be counted.
        var points = text.length() > 2 * LONGEST ? text.length() / 2 : text.codePointCount(0, text.length());
        if (points > LONGEST) {
            return Optional.of("The text is longer than " + LONGEST + " characters.");
        }
        int place = 0;
        for (int at = 0; at < text.length(); place++) {
            int point = text.codePointAt(at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return Optional.of(named("half a surrogate pair", point, place));
            }
            if (Character.isISOControl(point) && point != '\n' && point != '\t') {
                return Optional.of(named("the control character", point, place));
            }
            at += Character.charCount(point);
        }
        return Optional.empty();
    }

    private static String named(String what, int point, int place) {
        return String.format(Locale.ROOT, "The text holds %s U+%04X as character %d.", what, point, place + 1);
    }
}
