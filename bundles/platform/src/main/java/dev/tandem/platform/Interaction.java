package dev.tandem.platform;

import java.time.Instant;
import java.util.Optional;

/**
 * A call or chat between a customer and an agent, as the platform knows it. A remote-support session is started on an
 * interaction and never ends it.
 *
 * @param agent who has taken it; empty while it rings for several
 * @param customer who it is with
 * @param since when it entered its state
 */
public record Interaction(
        SiteId site,
        InteractionId id,
        Kind kind,
        State state,
        Optional<AgentId> agent,
        Contact customer,
        Instant since) {

    /** How the customer and the agent talk. */
    public enum Kind {
        CALL,
        CHAT
    }

    /** RINGING, then ACTIVE, then ENDED; an interaction that nobody takes goes from RINGING to ENDED. */
    public enum State {
        RINGING,
        ACTIVE,
        /** Terminal. */
        ENDED
    }

    /**
     * Who the interaction is with, as far as the platform knows.
     *
     * @param name the customer's name, empty if unknown
     * @param address a telephone number or other address for people to read, empty if unknown
     */
    public record Contact(String name, String address) {}
}
