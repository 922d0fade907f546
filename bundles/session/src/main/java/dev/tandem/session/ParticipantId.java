package dev.tandem.session;

import java.util.UUID;

/** A participant of one session. UUIDv7. */
public record ParticipantId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
