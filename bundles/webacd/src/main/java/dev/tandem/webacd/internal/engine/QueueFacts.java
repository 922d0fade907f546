package dev.tandem.webacd.internal.engine;

import java.time.Duration;
import java.util.Optional;

import dev.tandem.webacd.QueueId;

/**
 * A queue as it is set.
 *
 * @param strategy the name of a {@link dev.tandem.webacd.RoutingStrategy}
 * @param step the waiting time that a level of priority is worth
 * @param offer how long an offer holds
 * @param largest the most items that wait; 0 for any number
 * @param longestWait after which an item expires
 * @param preferred how long an item waits for its preferred agent alone
 * @param pick whether agents may pick
 */
public record QueueFacts(
        QueueId id,
        String strategy,
        Duration step,
        Duration offer,
        int largest,
        Optional<Duration> longestWait,
        Optional<Overflow> overflow,
        Hours hours,
        Skills skills,
        Duration preferred,
        boolean pick) {

    /** Where an item goes that has waited so long in the queue. */
    public record Overflow(QueueId to, Duration after) {}
}
