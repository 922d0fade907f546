package dev.tandem.webacd.rest;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Instants in queries. */
final class Times {
    private Times() {}

    /** @param text null or empty if none was sent. @throws ProblemException 400 with the field */
    static Optional<Instant> parse(String field, String text) {
        try {
            return Optional.ofNullable(text).filter(one -> !one.isEmpty()).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new ProblemException(Problem.invalid(field, "An instant is written like 2026-01-31T08:00:00Z."));
        }
    }
}
