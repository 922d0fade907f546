package dev.tandem.session.internal;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.session.Participant;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An invitation as the agents see it.
 *
 * @param problem why it could not be delivered, as a permanent word
 * @param seat the seat that a customer's invitation opens
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record InvitationView(
        UUID id,
        Participant.Role role,
        String address,
        State state,
        @Schema(description = "Why it could not be delivered, as a permanent word.") Optional<String> problem,
        URI url,
        Instant at,
        @Schema(description = "The seat that a customer's invitation opens.") Optional<UUID> seat) {

    /** How far it has got. */
    public enum State {
        DRAFTED,
        QUEUED,
        SENT,
        FAILED,
        UNCERTAIN,
        WITHDRAWN,
        USED
    }
}
