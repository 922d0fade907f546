package dev.tandem.platform;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes an agent away who does not answer. Implemented by a platform that lets others do so; optional: without it routing
 * remembers by itself who has not answered, until that agent's presence changes.
 */
@ConsumerType
public interface PresenceChanger {
    /** The reason of an agent who has let an offer expire. */
    String NO_ANSWER = "no-answer";

    /**
     * Makes an agent who is {@link Presence.Available} {@link Presence.Away} for that reason, and tells the agent so. Nothing
     * happens to one who is away or offline already, so a repeat does no harm. The agent comes back by choosing so.
     *
     * @param reason a permanent word: {@value #NO_ANSWER}
     */
    void away(SiteId site, AgentId agent, String reason);
}
