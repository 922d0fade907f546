package dev.tandem.outbox;

import java.util.UUID;

/** A message in the outbox. UUIDv7. */
public record MessageId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
