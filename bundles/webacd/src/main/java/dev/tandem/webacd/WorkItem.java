package dev.tandem.webacd;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.tandem.platform.AgentId;

/**
 * A work item as it is.
 *
 * @param request as it was submitted; personal texts are empty once they are erased
 * @param queue where it waits or has waited last; empty while it is for agents by name
 * @param priority as rules have made it, 0 to 9
 * @param skills as rules have made them
 * @param since when it began to wait; a failed offer or another queue does not change that
 * @param entered when it came into this queue
 * @param offer the pending offer
 * @param agent who has it, in ASSIGNED and WRAP_UP, and in DONE who had it
 * @param until when the wrap-up ends by itself
 */
public record WorkItem(
        WorkItemId id,
        WorkRequest request,
        State state,
        Optional<QueueId> queue,
        int priority,
        Map<String, Integer> skills,
        Instant since,
        Instant entered,
        Optional<Offer> offer,
        Optional<AgentId> agent,
        Optional<Instant> until) {

    public WorkItem {
        skills = Map.copyOf(skills);
    }

    /** What may happen to it is told in the package's comment. */
    public enum State {
        /** For an agent. */
        WAITING,
        /** Some agent is asked. */
        OFFERED,
        /** An agent does it. */
        ASSIGNED,
        /** Done with the customer, not with the notes. */
        WRAP_UP,
        /** Done. */
        DONE,
        /** Who waited has gone. */
        ABANDONED,
        /** Nobody took it within the queue's largest waiting time. */
        EXPIRED;

        /** Whether nothing more happens. */
        public boolean over() {
            return this == DONE || this == ABANDONED || this == EXPIRED;
        }
    }
}
