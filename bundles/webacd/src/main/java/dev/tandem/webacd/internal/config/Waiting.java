package dev.tandem.webacd.internal.config;

import java.util.UUID;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;

/** What waits in queues. Published as a service by whoever keeps the work items; asked before a queue is deleted. */
public interface Waiting {
    /** How many items wait in that queue, are offered out of it, or are being done for it. */
    int in(SiteId site, QueueId queue);

    /**
     * Moves what waits there to another queue, with its first waiting time.
     *
     * @param command the id from which those of the single moves are derived
     * @return how many are left, since they are being done
     */
    int move(SiteId site, QueueId from, QueueId to, String actor, UUID command);
}
