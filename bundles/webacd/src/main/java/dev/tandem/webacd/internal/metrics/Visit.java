package dev.tandem.webacd.internal.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One stay of a work item in a queue.
 *
 * @param queue empty while agents were asked by name
 * @param transfer whether an agent has handed it over
 * @param since when the customer began to wait, wherever that was
 * @param entered when it came to this queue
 * @param leftAt when the stay ended: answered, abandoned, expired, moved on
 * @param agent who answered it
 * @param endedAt when that agent had finished it, wrap-up included
 */
record Visit(
        Optional<UUID> queue,
        boolean transfer,
        Instant since,
        Instant entered,
        Outcome outcome,
        Optional<Instant> leftAt,
        Optional<String> agent,
        Optional<Instant> endedAt) {

    enum Outcome {
        WAITING,
        ANSWERED,
        ABANDONED,
        EXPIRED,
        MOVED
    }

    /** How long the customer has waited in all when the stay ended. */
    Duration waited() {
        return Duration.between(since, leftAt.orElseThrow());
    }
}
