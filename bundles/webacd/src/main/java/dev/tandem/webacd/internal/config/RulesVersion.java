package dev.tandem.webacd.internal.config;

import java.time.Instant;
import java.util.Optional;

/**
 * Rules that held once, or hold.
 *
 * @param restores the version whose text it is again
 * @param actor as the journal has it
 */
public record RulesVersion(
        int version, String text, String note, Optional<Integer> restores, Instant at, String actor) {}
