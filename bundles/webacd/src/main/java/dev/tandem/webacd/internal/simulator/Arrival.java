package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;

/**
 * Somebody who comes, and what we know only afterwards.
 *
 * @param otherwise the queue that is tried if that one is closed or full: the one by whose entry they came
 * @param preferred who has helped them last
 * @param by the agent who passes them on, and is asked only when nobody else is left
 * @param handling how long an agent has it, wrap-up included
 * @param patience after which who still waits goes; empty for somebody who never does
 */
public record Arrival(
        Instant at,
        Target target,
        Optional<QueueId> otherwise,
        int priority,
        Map<String, Integer> skills,
        Optional<AgentId> preferred,
        Optional<AgentId> by,
        Duration handling,
        Optional<Duration> patience) {
    public Arrival {
        skills = Map.copyOf(skills);
    }

    /** For a queue, without wishes. */
    public static Arrival plain(Instant at, QueueId queue, Duration handling, Optional<Duration> patience) {
        return new Arrival(
                at,
                new Target.Queue(queue),
                Optional.empty(),
                0,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                handling,
                patience);
    }
}
