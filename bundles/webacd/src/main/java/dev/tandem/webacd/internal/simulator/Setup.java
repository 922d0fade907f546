package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.engine.Settings;

/**
 * What a run works with.
 *
 * @param agents who there is; whether they are there say the shifts
 * @param shifts of each agent, in the order of time; without any the agent is never there
 * @param quick the service level's time
 * @param manners what agents do when they are asked
 * @param seed of whatever is left to chance; the same gives the same result
 */
public record Setup(
        Settings settings,
        List<QueueFacts> queues,
        List<AgentFacts> agents,
        List<RoutingStrategy> strategies,
        Map<AgentId, List<Shift>> shifts,
        Instant from,
        Instant to,
        Duration quick,
        Manners manners,
        long seed) {
    public Setup {
        queues = List.copyOf(queues);
        agents = List.copyOf(agents);
        strategies = List.copyOf(strategies);
        shifts = Map.copyOf(shifts);
    }

    /** When an agent is there. @param to who is there at the end of the run's time stays until all is done */
    public record Shift(Instant from, Instant to) {}

    /**
     * What agents do when they are asked.
     *
     * @param answer how long they take to accept or decline
     * @param declines the part of all offers to which they say no, 0 to 1
     * @param noAnswers the part to which they say nothing
     * @param returns after which time somebody who has said nothing, and gets no more offers for it, is back
     */
    public record Manners(Duration answer, double declines, double noAnswers, Duration returns) {
        /** They accept at once. */
        public static final Manners PERFECT = new Manners(Duration.ZERO, 0, 0, Duration.ofMinutes(1));
    }
}
