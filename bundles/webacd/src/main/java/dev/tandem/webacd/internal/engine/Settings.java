package dev.tandem.webacd.internal.engine;

import java.time.Duration;
import java.util.Optional;

import dev.tandem.webacd.QueueId;

/**
 * What holds for all queues of a site.
 *
 * @param refusalPause how long whoever has refused an item is not asked for it again
 * @param failurePause how long an item rests whose decision could not be written
 * @param agentsOffer how long an offer to agents by name holds
 * @param agentsPatience how long an item waits for agents by name who are busy, before it goes to the fallback queue
 * @param fallback where items go that have nowhere else to go
 * @param explained the most agents in an explanation; 0 for none, which is quicker
 */
public record Settings(
        Duration refusalPause,
        Duration failurePause,
        Duration agentsOffer,
        Duration agentsPatience,
        Optional<QueueId> fallback,
        int explained) {
    /** Without a fallback queue. */
    public static final Settings DEFAULT = new Settings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Optional.empty(),
            100);

    /** The same with that fallback queue. */
    public Settings withFallback(QueueId queue) {
        return new Settings(refusalPause, failurePause, agentsOffer, agentsPatience, Optional.of(queue), explained);
    }

    /** The same with those times of items for agents by name. */
    public Settings withAgents(Duration offer, Duration patience) {
        return new Settings(refusalPause, failurePause, offer, patience, fallback, explained);
    }

    /** The same with that many agents in an explanation. */
    public Settings explaining(int most) {
        return new Settings(refusalPause, failurePause, agentsOffer, agentsPatience, fallback, most);
    }
}
