package dev.tandem.webacd;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;

/** The work items of this node's sites. A service. Refusals stand in the package's comment. */
@ProviderType
public interface WorkItems {
    /**
     * Asks for an agent. The same command again gets the first answer.
     *
     * @return refused with CONFLICT {@code queue-closed} or {@code queue-full}, UNKNOWN if queue or an agent is not known,
     *     INVALID {@code reason-too-long}
     */
    Answer<WorkItemId> submit(WorkRequest request, UUID command);

    /** The item as it is now, or as it ended; empty if the site has none of that id. */
    Optional<WorkItem> find(SiteId site, WorkItemId item);

    /** Who waited has gone. Accepted if it is over; its offer, if any, is withdrawn. */
    Answer<None> abandon(SiteId site, WorkItemId item, UUID command);

    /** The work with the customer is done: an assigned item goes into wrap-up, if its queue has one. Accepted if it is over. */
    Answer<None> finish(SiteId site, WorkItemId item, UUID command);

    /** Where the item stands; empty unless it is WAITING or OFFERED in a queue. */
    Optional<Place> position(SiteId site, WorkItemId item);

    /**
     * A place in a queue.
     *
     * @param number 1 for who is next
     * @param estimate of the wait from now on, empty if there is nothing to estimate from
     */
    record Place(int number, Optional<Duration> estimate) {}
}
