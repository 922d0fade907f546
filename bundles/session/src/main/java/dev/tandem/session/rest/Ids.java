package dev.tandem.session.rest;

import java.util.UUID;

import dev.tandem.session.internal.Uuids;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Ids in paths: one that is none is unknown. */
final class Ids {
    private Ids() {}

    static UUID of(String text) {
        return Uuids.parse(text).orElseThrow(() -> new ProblemException(Problem.unknown()));
    }
}
