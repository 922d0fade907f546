package dev.tandem.reference.platform.internal;

import java.time.Instant;

import dev.tandem.journal.EventTypes;

/** What happens to an agent's presence. */
sealed interface PresenceEvent {
    EventTypes<PresenceEvent> TYPES = EventTypes.<PresenceEvent>none()
            .with("presence.signed-in.v1", SignedIn.class)
            .with("presence.signed-out.v1", SignedOut.class)
            .with("presence.chosen.v1", Chosen.class);

    String agent();

    /** A browser was signed in; its token is good until then. */
    record SignedIn(String agent, String token, Instant until) implements PresenceEvent {}

    /** That sign-in is over, by the agent's wish or because its time was up. */
    record SignedOut(String agent, String token) implements PresenceEvent {}

    record Chosen(String agent, PresenceState.Status status, String reason) implements PresenceEvent {}
}
