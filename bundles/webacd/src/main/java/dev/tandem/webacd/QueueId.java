package dev.tandem.webacd;

import java.util.UUID;

/** A queue. UUIDv7; its slug stands in links, never the id in its place. */
public record QueueId(UUID value) implements Comparable<QueueId> {
    @Override
    public int compareTo(QueueId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
