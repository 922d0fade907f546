package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItemId;

/**
 * What should be done. The engine acts as if it were done already; whoever writes it makes sure that the item still waits for
 * the same target, and tells {@link Input.DecisionFailed} if it does not.
 */
public sealed interface Decision {
    /** Counts from 1 in the life of an engine. */
    long number();

    /** The item. */
    WorkItemId item();

    /**
     * Ask these agents.
     *
     * @param queue empty for an item for agents by name
     */
    record MakeOffer(
            long number,
            WorkItemId item,
            Optional<QueueId> queue,
            List<AgentId> agents,
            Instant until,
            Explanation explanation)
            implements Decision {}

    /** Ask that agent, too, as long as the others are asked: what is offered to everybody, by whoever has come later. */
    record WidenOffer(long number, WorkItemId item, QueueId queue, AgentId agent) implements Decision {}

    /** Do not ask that agent any longer, who is not there any more. */
    record WithdrawOffer(long number, WorkItemId item, AgentId agent) implements Decision {}

    /** Let it wait in another queue. */
    record Overflow(long number, WorkItemId item, Optional<QueueId> from, QueueId to, Why why) implements Decision {
        /** Why. */
        public enum Why {
            /** It has waited for longer than the queue's threshold. */
            THRESHOLD,
            /** The agents by name have refused it, or are not there. */
            FALLBACK,
            /** Its queue is no more. */
            QUEUE_REMOVED
        }
    }

    /** It has waited for too long. */
    record Expire(long number, WorkItemId item) implements Decision {}

    /** The agent has it. */
    record GrantPick(long number, WorkItemId item, AgentId agent) implements Decision {}

    /** The agent does not get it. */
    record RefusePick(long number, WorkItemId item, AgentId agent, Why why) implements Decision {
        /** Why not. */
        public enum Why {
            /** There is no such item any more. */
            GONE,
            /** Another agent is asked or has it. */
            TAKEN,
            /** This queue gives, nobody picks. */
            NOT_ALLOWED,
            /** The agent does not work for the queue. */
            NOT_IN_QUEUE,
            /** The agent is not signed in. */
            OFFLINE,
            /** The agent has enough. */
            FULL
        }
    }
}
