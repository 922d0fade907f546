package dev.tandem.journal.internal;

/** A stream as it is kept in memory: the fold of its events up to a version, and the hash of the last of them. */
record Held<S>(S state, long version, byte[] hash) {}
