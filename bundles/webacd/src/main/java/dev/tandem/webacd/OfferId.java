package dev.tandem.webacd;

import java.util.UUID;

/** An offer of a work item to agents. UUIDv7. */
public record OfferId(UUID value) implements Comparable<OfferId> {
    @Override
    public int compareTo(OfferId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
