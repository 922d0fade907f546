package dev.tandem.webacd.internal.engine;

import java.util.Map;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;

/**
 * An agent as set and as present.
 *
 * @param inbound whether the router gives them anything; they pick all the same
 * @param capacity the most offers, items and wrap-ups at a time
 * @param queues with the agent's rank of each: work of a lower rank comes first
 * @param skills with levels
 */
public record AgentFacts(
        AgentId id,
        Presence presence,
        boolean inbound,
        int capacity,
        Map<QueueId, Integer> queues,
        Map<String, Integer> skills) {

    /** The platform's word. */
    public enum Presence {
        /** Not signed in. */
        OFFLINE,
        /** Not there for customers. */
        AWAY,
        /** There for customers. */
        AVAILABLE
    }

    public AgentFacts {
        queues = Map.copyOf(queues);
        skills = Map.copyOf(skills);
    }

    /** Of one whom nobody has told of, and who has work from before. */
    static AgentFacts unknown(AgentId id) {
        return new AgentFacts(id, Presence.OFFLINE, false, 0, Map.of(), Map.of());
    }
}
