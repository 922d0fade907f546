package dev.tandem.platform;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told by the platform, in order for each agent, after a presence has changed. Published by whoever wants to know. Of several
 * nodes that share a database each tells its own listeners, see {@link InteractionListener}.
 */
@ConsumerType
public interface PresenceListener {
    /** An agent's presence is another one now. Returns soon; an exception is logged and goes no further. */
    void presenceChanged(SiteId site, AgentId agent, Presence now);
}
