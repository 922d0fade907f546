package dev.tandem.reference.platform.rest;

import java.util.UUID;

import dev.tandem.platform.InteractionId;
import dev.tandem.reference.platform.internal.Desk;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Reads fields of requests, or names the one that is wrong. A field that was not sent is null in its record. */
final class Fields {
    static final int LONGEST_NAME = 60;
    static final int LONGEST_MESSAGE = 4_000;

    private Fields() {}

    static ProblemException invalid(String field, String detail) {
        return new ProblemException(Problem.invalid(field, detail));
    }

    static <T> T body(T body) {
        if (body == null) {
            throw invalid("body", "A JSON object is needed.");
        }
        return body;
    }

    /** A text that is there, of at most so many code points. */
    static String text(String field, String value, int most) {
        if (value == null || value.isBlank()) {
            throw invalid(field, "It is needed and must not be blank.");
        }
        if (value.codePointCount(0, value.length()) > most) {
            throw invalid(field, "It has at most " + most + " characters.");
        }
        return value;
    }

    /** A person's name on one line. */
    static String name(String field, String value) {
        var name = text(field, value, LONGEST_NAME).strip();
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field, "It is one line without control characters.");
        }
        return name;
    }

    static long number(String field, String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw invalid(field, "It is a number from 0.");
    }

    /** What reads like no id of ours is as unknown as any other. */
    static InteractionId interaction(String id) {
        try {
            return new InteractionId(UUID.fromString(id).toString());
        } catch (IllegalArgumentException noId) {
            throw Desk.unknown();
        }
    }
}
