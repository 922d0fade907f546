package dev.tandem.webacd;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/** What has happened to a work item, as published to {@link dev.tandem.journal.EventSubscriber}s. Nothing personal is in it. */
public sealed interface WorkEvent {
    /** The item's site. */
    SiteId site();

    /** The item. */
    WorkItemId item();

    /** The kind of its source, see {@link WorkSource#kind()}. */
    String source();

    /** What the source calls it. */
    String sourceId();

    /** It waits. */
    record Submitted(SiteId site, WorkItemId item, String source, String sourceId, Target target)
            implements WorkEvent {}

    /** Agents are asked. Of one offer it may come again, with those who are asked besides from then on. */
    record Offered(
            SiteId site,
            WorkItemId item,
            String source,
            String sourceId,
            OfferId offer,
            Set<AgentId> agents,
            Instant until)
            implements WorkEvent {
        public Offered {
            agents = Set.copyOf(agents);
        }
    }

    /** An agent has it, by accepting or picking. */
    record Assigned(SiteId site, WorkItemId item, String source, String sourceId, AgentId agent) implements WorkEvent {}

    /** Who had it has passed it on to another agent, who was not asked by an offer: with control of its session. */
    record Passed(SiteId site, WorkItemId item, String source, String sourceId, AgentId from, AgentId to)
            implements WorkEvent {}

    /** It waits again, with its first waiting time: the offer was declined, has expired or was withdrawn. */
    record Returned(SiteId site, WorkItemId item, String source, String sourceId, OfferId offer, Offer.State why)
            implements WorkEvent {}

    /** It waits in another queue, by overflow, as a fallback or by somebody's hand. */
    record Moved(
            SiteId site,
            WorkItemId item,
            String source,
            String sourceId,
            Optional<QueueId> from,
            QueueId to,
            String why)
            implements WorkEvent {}

    /** Done with the customer; the agent writes notes. */
    record WrapUp(SiteId site, WorkItemId item, String source, String sourceId, AgentId agent, Instant until)
            implements WorkEvent {}

    /** Done. */
    record Done(SiteId site, WorkItemId item, String source, String sourceId) implements WorkEvent {}

    /**
     * Nobody waits any more, and nobody has answered.
     *
     * @param why permanent word: {@code customer-left}; {@code not-handed-over} and {@code busy} for an item that never came
     *     about, since what it stands for could not be handed over
     */
    record Abandoned(SiteId site, WorkItemId item, String source, String sourceId, String why) implements WorkEvent {}

    /** Nobody took it within the largest waiting time. */
    record Expired(SiteId site, WorkItemId item, String source, String sourceId) implements WorkEvent {}
}
