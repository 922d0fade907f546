package dev.tandem.webacd;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;

/** The queues of this node's sites, to read. A service. */
@ProviderType
public interface Queues {
    /** The queue as it is now; empty if the site has none of that id. */
    Optional<Queue> find(SiteId site, QueueId queue);

    /** All queues of the site, by name. */
    List<Queue> queues(SiteId site);

    /**
     * A queue.
     *
     * @param slug how links name it: lower-case letters, digits and hyphens
     * @param open whether it takes work now
     * @param changes when it closes or opens next by its hours; empty if never
     */
    record Queue(QueueId id, String slug, String name, boolean open, Optional<Instant> changes) {}
}
