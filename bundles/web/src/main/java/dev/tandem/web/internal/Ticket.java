package dev.tandem.web.internal;

import java.util.UUID;

import dev.tandem.web.Caller;

/** What a socket was asked for, and by whom. */
public sealed interface Ticket {
    Caller caller();

    record Live(Caller caller) implements Ticket {}

    record Media(Caller caller, UUID session, String channel) implements Ticket {}
}
