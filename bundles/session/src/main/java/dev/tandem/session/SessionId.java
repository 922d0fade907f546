package dev.tandem.session;

import java.util.UUID;

/** A session. UUIDv7; neither a PIN nor the session number is ever an id. */
public record SessionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
