package dev.tandem.webacd;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import dev.tandem.platform.AgentId;

/**
 * A work item offered to one agent, or to several of whom the first to accept has it.
 *
 * @param pending who is still asked; empty once it is over
 * @param accepted who has accepted it
 * @param until when it expires
 */
public record Offer(
        OfferId id, WorkItemId item, State state, Set<AgentId> pending, Optional<AgentId> accepted, Instant until) {

    public Offer {
        pending = Set.copyOf(pending);
    }

    /** What became of it. */
    public enum State {
        /** Some agent is asked. */
        PENDING,
        /** An agent has it. */
        ACCEPTED,
        /** All who were asked have refused. */
        DECLINED,
        /** Nobody has answered in time. */
        EXPIRED,
        /** The router or the customer has taken it back. */
        WITHDRAWN
    }
}
