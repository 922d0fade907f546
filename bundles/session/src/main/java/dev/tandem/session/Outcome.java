package dev.tandem.session;

/** What has come of a session, as its agent says. */
public enum Outcome {
    /** What the customer came for is done. */
    RESOLVED,
    UNRESOLVED,
    /** The agent does not know. */
    UNKNOWN
}
