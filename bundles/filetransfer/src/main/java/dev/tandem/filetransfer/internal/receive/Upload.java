package dev.tandem.filetransfer.internal.receive;

import java.time.Instant;
import java.util.Optional;

/**
 * An upload as the protocol shows it.
 *
 * @param file its id, as in its URL
 * @param offset bytes that are here to stay
 * @param length bytes of all of it; empty until the sender knows
 * @param metadata what was said of it
 * @param concat whether it is a part or made of parts, as it was said
 * @param expires when it is given up if nothing more comes; empty if it is whole
 */
public record Upload(
        String file,
        long offset,
        Optional<Long> length,
        Optional<String> metadata,
        Optional<String> concat,
        Optional<Instant> expires) {

    /** One of which nothing more is to be said. */
    static Upload of(String file, long offset, Optional<Long> length, Optional<Instant> expires) {
        boolean whole = length.filter(bytes -> bytes == offset).isPresent();
        return new Upload(file, offset, length, Optional.empty(), Optional.empty(), whole ? Optional.empty() : expires);
    }

    Upload with(Optional<String> said, Optional<String> made) {
        return new Upload(file, offset, length, said, made, expires);
    }

    /** Whether all of it is here. */
    public boolean whole() {
        return length.filter(bytes -> bytes == offset).isPresent();
    }
}
