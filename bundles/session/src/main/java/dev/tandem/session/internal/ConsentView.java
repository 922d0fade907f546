package dev.tandem.session.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.session.Consent;

/** A line of the ledger as it is shown. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConsentView(
        UUID id, String capability, UUID of, Consent.State state, Instant at, Optional<Instant> until) {
    static ConsentView of(Consent consent) {
        return new ConsentView(
                consent.id(),
                consent.capability(),
                consent.of().value(),
                consent.state(),
                consent.at(),
                consent.until());
    }
}
