package dev.tandem.session;

import java.util.Optional;

import dev.tandem.platform.AgentId;

/**
 * Somebody in a session.
 *
 * @param agent which agent it is; empty for anybody else
 * @param name what the others see
 * @param language in which a customer's page speaks, such as {@code fr}, as it was when the customer said the name; else empty
 */
public record Participant(
        ParticipantId id, Role role, Optional<AgentId> agent, String name, State state, Optional<String> language) {

    /** Somebody of whose language nothing is known. */
    public Participant(ParticipantId id, Role role, Optional<AgentId> agent, String name, State state) {
        this(id, role, agent, name, state, Optional.empty());
    }

    /** What a participant is. */
    public enum Role {
        /** An agent of the platform: the controller, or an assistant, which is any other one. */
        AGENT,
        CUSTOMER,
        /** Somebody from outside, let in by a link: receives frames and the participants' names, and does nothing. */
        VIEWER
    }

    /** INVITED, then JOINED, which may alternate with DISCONNECTED, then LEFT or REMOVED. */
    public enum State {
        INVITED,
        JOINED,
        /** The line is lost; the grace runs. */
        DISCONNECTED,
        /** Terminal, but an agent may return while the session lives. */
        LEFT,
        /** Terminal. */
        REMOVED;

        /** Whether the participant is in the session, be it with a lost line. */
        public boolean present() {
            return this == JOINED || this == DISCONNECTED;
        }
    }
}
