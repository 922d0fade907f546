package dev.tandem.webacd.internal.config;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;

/**
 * What holds for routing, for the engine and everybody who asks while work goes on. Answers come from memory, and are
 * current on every node soon after a change.
 */
public interface RoutingBook {
    /** The sites that have a routing. Asks the database. */
    List<SiteId> sites();

    /** All of a site's routing as of one moment. */
    Routing of(SiteId site);

    /** Is told of every change of a site's routing, on every node; returns at once. @return undoes it */
    Runnable listen(Consumer<SiteId> changed);

    /** The names of all queues that there are or were. Asks the database. */
    Map<QueueId, String> names(SiteId site);

    /** The site's queues, by name. */
    default List<Routing.Queue> queues(SiteId site) {
        return of(site).queues();
    }

    /** The agents of whom something is said, or who work for a queue. */
    default Map<AgentId, AgentConfig> agents(SiteId site) {
        return of(site).agents();
    }

    /** Where a work item goes. */
    default Routing.Routed decide(SiteId site, Routing.Asked asked, Instant now) {
        return of(site).decide(asked, now);
    }

    /** Whether the queue is open then; false for one that there is not. */
    default boolean openAt(SiteId site, QueueId queue, Instant when) {
        return of(site).openAt(queue, when);
    }

    /** When it opens or closes next; empty if never. */
    default Optional<Instant> nextChange(SiteId site, QueueId queue, Instant after) {
        return of(site).nextChange(queue, after);
    }
}
