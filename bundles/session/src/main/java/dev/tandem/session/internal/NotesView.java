package dev.tandem.session.internal;

import dev.tandem.session.Outcome;

/**
 * What the agents have noted about a session.
 *
 * @param text at most 4,000 characters; empty if there is none, or it was erased
 */
public record NotesView(Outcome outcome, String text) {}
