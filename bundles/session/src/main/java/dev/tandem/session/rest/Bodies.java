package dev.tandem.session.rest;

import java.util.Optional;
import java.util.function.Function;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** What a body must have. */
final class Bodies {
    private Bodies() {}

    /** @param body null if there was none */
    static <B> String required(B body, Function<B, String> field, String name) {
        return needed(body, field, name);
    }

    /** @param body null if there was none */
    static <B, T> T needed(B body, Function<B, T> field, String name) {
        return Optional.ofNullable(body)
                .map(field)
                .orElseThrow(() -> new ProblemException(Problem.invalid(name, "This field is needed.")));
    }

    static String name(String typed, int longest) {
        var name = typed.strip();
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > longest || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new ProblemException(
                    Problem.invalid("name", "A name is 1 to " + longest + " characters, without control characters."));
        }
        return name;
    }

    /** Plain text without control characters but tab and line feed; ends are stripped. */
    static String text(String typed, int longest, String field) {
        var text = typed.replace("\r\n", "\n").strip();
        boolean odd = text.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        if (odd || text.codePointCount(0, text.length()) > longest) {
            throw new ProblemException(Problem.invalid(
                    field, "A text of at most " + longest + " characters, without control characters."));
        }
        return text;
    }
}
