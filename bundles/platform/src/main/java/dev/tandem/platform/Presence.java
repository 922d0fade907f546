package dev.tandem.platform;

/** Whether an agent is there for customers. Chosen by the agent, owned by the platform. */
public sealed interface Presence {
    /** Not signed in, or signed out. */
    record Offline() implements Presence {}

    /**
     * Signed in, not there for customers.
     *
     * @param reason one of the platform's words ("break", "lunch"), empty if none was given
     */
    record Away(String reason) implements Presence {}

    /** There for customers. */
    record Available() implements Presence {}
}
