package dev.tandem.filetransfer;

import java.util.UUID;

/** What a person has sent at once. */
public record TransferId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
