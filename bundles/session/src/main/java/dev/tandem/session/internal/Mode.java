package dev.tandem.session.internal;

/** How many sessions an agent has at once. Stored and set by name. */
public enum Mode {
    SINGLE,
    MULTI
}
