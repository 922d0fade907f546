package dev.tandem.journal.internal;

import dev.tandem.journal.Refusal;

/**
 * A stream as it is kept in memory: the fold of its events up to a version, and the hash of the last of them.
 *
 * @param whole whether this node knows all of its events; one that does not must not decide anything for the stream
 */
record Held<S>(S state, long version, byte[] hash, boolean whole) {
    /** Why nothing is written to a stream that is not whole. Nobody remembers it as the answer: another node may know. */
    static final Refusal NEWER_VERSION = new Refusal(
            Refusal.Reason.BUSY, "newer-version", "A newer version has changed this; this node cannot change it.");
}
