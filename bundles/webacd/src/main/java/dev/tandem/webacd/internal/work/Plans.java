package dev.tandem.webacd.internal.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;

/** What a site has configured, as far as work and its routing need it. Answers come from memory. */
public interface Plans {
    /** The queue, if the site has it. */
    Optional<QueuePlan> queue(SiteId site, QueueId queue);

    List<QueuePlan> queues(SiteId site);

    /** The agents whom WebACD gives work, by id. */
    Map<AgentId, AgentPlan> agents(SiteId site);

    /** Where goes what nobody has taken. */
    Optional<QueueId> fallback(SiteId site);

    /** The sites that have queues. */
    List<SiteId> sites();

    /** Whether the queue takes work then. */
    boolean open(SiteId site, QueueId queue, Instant when);

    /** When it opens or closes next by its hours. */
    Optional<Instant> nextChange(SiteId site, QueueId queue, Instant after);

    /** Is told of every change of a site's configuration, on every node; returns at once. @return undoes it */
    Runnable listen(Consumer<SiteId> changed);

    /**
     * A queue.
     *
     * @param step what a level of priority is worth in waiting time
     * @param offer how long an offer stands
     * @param wrapUp how long an agent may take afterwards
     * @param largestLength how many may wait; empty without a bound
     * @param largestWait empty without a bound
     * @param pick whether agents may take what waits by themselves
     */
    record QueuePlan(
            QueueId id,
            String slug,
            String name,
            Duration step,
            Duration offer,
            Duration wrapUp,
            Optional<Integer> largestLength,
            Optional<Duration> largestWait,
            boolean pick,
            boolean showPosition,
            boolean showWait,
            List<AgentId> members) {}

    /** An agent. @param inbound whether new work is wanted */
    record AgentPlan(AgentId id, int capacity, boolean inbound) {}
}
