package dev.tandem.webacd;

import java.util.Set;

import dev.tandem.platform.AgentId;

/** For whom a work item is: a queue, or agents by name, never both. */
public sealed interface Target {
    /** Whoever works for that queue. */
    record Queue(QueueId queue) implements Target {}

    /**
     * Those agents, all at once; the first to accept has it. If none does it goes to the site's fallback queue.
     *
     * @param agents at least one
     */
    record Agents(Set<AgentId> agents) implements Target {
        public Agents {
            agents = Set.copyOf(agents);
            if (agents.isEmpty()) {
                throw new IllegalArgumentException("for nobody");
            }
        }
    }
}
