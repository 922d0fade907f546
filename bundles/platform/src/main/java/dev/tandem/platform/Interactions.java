package dev.tandem.platform;

import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

/** The platform's calls and chats. Implemented by the platform. */
@ConsumerType
public interface Interactions {
    /** The interaction, also for some time after it has ended; empty if it is unknown in that site. */
    Optional<Interaction> find(SiteId site, InteractionId interaction);

    /**
     * Puts a text into a chat in the agent's name, to be read by the customer.
     *
     * @param text plain text of 1 to 4,000 characters; links in it should become clickable
     * @return what became of it; never an exception for what a user can cause
     */
    Sent send(SiteId site, InteractionId interaction, AgentId agent, String text);

    /** What became of a text for a chat. */
    enum Sent {
        SENT,
        /** The interaction is a call, or the platform cannot write into it. */
        NOT_A_CHAT,
        /** The interaction is unknown or has ended. */
        GONE
    }
}
