package dev.tandem.platform;

import java.util.List;
import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

/** Who the agents of a site are and whether they are there. Implemented by the platform. */
@ConsumerType
public interface AgentDirectory {
    /** The agent of that id, or empty if the site has none. */
    Optional<Agent> find(SiteId site, AgentId agent);

    /** All agents of the site, by name. */
    List<Agent> agents(SiteId site);

    /** The agent's presence; {@link Presence.Offline} for one who is not known. */
    Presence presence(SiteId site, AgentId agent);
}
