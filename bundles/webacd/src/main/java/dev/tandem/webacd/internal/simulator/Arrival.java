package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.tandem.webacd.QueueId;

/**
 * Somebody who comes, and what we know only afterwards.
 *
 * @param handling how long an agent has it, wrap-up included
 * @param patience after which who still waits goes
 */
public record Arrival(
        Instant at, QueueId queue, int priority, Map<String, Integer> skills, Duration handling, Duration patience) {
    public Arrival {
        skills = Map.copyOf(skills);
    }
}
