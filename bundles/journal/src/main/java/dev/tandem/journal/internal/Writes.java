package dev.tandem.journal.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Personal;

/** What a batch is going to write, gathered so that it takes few statements. */
final class Writes {
    /** An event with its hash. */
    record Hashed(EventRow row, byte[] hash) {}

    /** A deadline to set with its generation or, without a time, to cancel. */
    record DeadlineChange(StreamKey key, String name, Optional<Instant> due, UUID generation) {}

    final List<Hashed> events = new ArrayList<>();
    final List<StoredAnswer> answers = new ArrayList<>();
    final List<DeadlineChange> deadlines = new ArrayList<>();
    final List<Personal> personal = new ArrayList<>();
    /** What must be held for a batch that goes ahead, in the order of {@link LeaseRows.Key#ORDER}. */
    List<Lease> leases = List.of();
    /** Whether the transaction holds read-model rows already. */
    boolean begun;
    /** The batch's own hash; only if there are events. */
    byte[] batchHash = Hashes.NONE;

    boolean isEmpty() {
        return events.isEmpty() && answers.isEmpty() && deadlines.isEmpty() && personal.isEmpty();
    }
}
