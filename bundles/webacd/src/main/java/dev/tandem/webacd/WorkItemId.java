package dev.tandem.webacd;

import java.util.UUID;

/** Something that waits for an agent or is done by one. UUIDv7, so ids of one node ascend with time. */
public record WorkItemId(UUID value) implements Comparable<WorkItemId> {
    @Override
    public int compareTo(WorkItemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
