package dev.tandem.session.internal;

/**
 * What the agents have noted about a session.
 *
 * @param text at most 4,000 characters
 */
public record NotesView(Outcome outcome, String text) {
    /** Whether the customer's trouble is over. */
    public enum Outcome {
        RESOLVED,
        UNRESOLVED,
        UNKNOWN
    }
}
