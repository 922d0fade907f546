package dev.tandem.platform;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told by the platform, at once and on its thread, so it should return soon. Published as a service by whoever keeps
 * something open in an agent's name, such as a socket, and must ask again who that is. Told on the node where it happened: what
 * is kept open on others is for the listener to reach. By the time those ask {@link AgentSignIn} there, it must answer rightly.
 */
@ConsumerType
public interface SignInListener {
    /** A sign-in of that agent has ended, or the agent may do more or less than before. Other sign-ins may still hold. */
    void signInChanged(SiteId site, AgentId agent);
}
