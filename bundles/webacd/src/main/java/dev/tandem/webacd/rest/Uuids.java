package dev.tandem.webacd.rest;

import java.util.Optional;
import java.util.UUID;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Ids in paths. */
final class Uuids {
    private Uuids() {}

    static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws ProblemException 404 for what is no id: there is no such thing */
    static UUID needed(String text) {
        return parse(text).orElseThrow(() -> new ProblemException(Problem.unknown()));
    }
}
