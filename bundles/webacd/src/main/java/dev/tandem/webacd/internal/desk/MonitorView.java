package dev.tandem.webacd.internal.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What supervisors see of this moment.
 *
 * @param at when it was so
 * @param inTimeSeconds the threshold of the service level
 * @param offers those that are open, then the latest that were answered
 * @param zone in which today began
 */
public record MonitorView(
        Instant at,
        String zone,
        long inTimeSeconds,
        List<QueueNow> queues,
        List<AgentNow> agents,
        List<OfferNow> offers) {

    /**
     * A queue.
     *
     * @param changes when it opens or closes next
     * @param waiting who waits and is not being offered
     * @param assigned with an agent, wrap-up included
     * @param oldest since when the first of those who wait or are offered has waited
     * @param estimateSeconds how long whoever came now would wait; empty if nobody works for the queue
     * @param today what happened since midnight
     */
    public record QueueNow(
            UUID id,
            String slug,
            String name,
            boolean open,
            Optional<Instant> changes,
            long waiting,
            long offered,
            long assigned,
            Optional<Instant> oldest,
            Optional<Long> estimateSeconds,
            Today today) {}

    /** @param serviceLevel 0 to 1; empty if nobody was answered, went or was let go */
    public record Today(long answered, long abandoned, long expired, Optional<Double> serviceLevel) {}

    /**
     * An agent to whom WebACD gives work.
     *
     * @param presence OFFLINE, AWAY or AVAILABLE, as the platform has it
     * @param reason why away, in the platform's words; may be empty
     * @param absent why the agent gets nothing although available: no-answer, gone
     * @param since since when it is so, as far as is known
     * @param other sessions that WebACD has not given, and which count all the same
     */
    public record AgentNow(
            String id,
            String name,
            String presence,
            String reason,
            Optional<String> absent,
            Optional<Instant> since,
            boolean inbound,
            int capacity,
            long offered,
            long assigned,
            long wrapUp,
            long other,
            List<HasNow> work) {}

    /** What an agent has. @param state ASSIGNED or WRAP_UP. @param since when it was taken */
    public record HasNow(UUID item, String state, Optional<UUID> queue, Instant since) {}

    /** @param state PENDING, ACCEPTED, DECLINED, EXPIRED, WITHDRAWN */
    public record OfferNow(
            UUID id,
            UUID item,
            String agent,
            String name,
            Optional<UUID> queue,
            String state,
            Instant waitsSince,
            Instant made,
            Instant until) {}
}
