package dev.tandem.webacd.rest;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Instants in queries. */
final class Times {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Times() {}

    /** Beyond these a calendar cannot reckon. @throws ProblemException 400 with the field */
    static Instant known(String field, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new ProblemException(Problem.invalid(field, "Nothing is known of that time."));
        }
        return time;
    }

    /** @param text null or empty if none was sent. @throws ProblemException 400 with the field */
    static Optional<Instant> parse(String field, String text) {
        try {
            return Optional.ofNullable(text)
                    .filter(one -> !one.isEmpty())
                    .map(Instant::parse)
                    .map(time -> known(field, time));
        } catch (DateTimeParseException e) {
            throw new ProblemException(Problem.invalid(field, "An instant is written like 2026-01-31T08:00:00Z."));
        }
    }
}
