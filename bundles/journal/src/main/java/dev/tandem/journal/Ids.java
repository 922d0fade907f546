package dev.tandem.journal;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

/** Makes ids: UUIDv7 (RFC 9562). A service. */
@ProviderType
public interface Ids {
    /** A fresh id. Ids of one node ascend with time. */
    UUID next();

    /** The id of the command that {@code subscriber} derives from an event, the same at every delivery. */
    static UUID derived(UUID event, String subscriber) {
        return UUID.nameUUIDFromBytes((event + "/" + subscriber).getBytes(StandardCharsets.UTF_8));
    }
}
