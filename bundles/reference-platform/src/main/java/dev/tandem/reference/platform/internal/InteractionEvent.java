package dev.tandem.reference.platform.internal;

import java.util.Optional;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Personal;
import dev.tandem.platform.Interaction;

/** What happens to a call or chat. */
sealed interface InteractionEvent {
    EventTypes<InteractionEvent> TYPES = EventTypes.<InteractionEvent>none()
            .with("interaction.arrived.v1", Arrived.class)
            .with("interaction.accepted.v1", Accepted.class)
            .with("interaction.said.v1", Said.class)
            .with("interaction.ended.v1", Ended.class);

    /** Who writes in a chat. */
    enum Side {
        AGENT,
        CUSTOMER
    }

    /** Why an interaction is over. */
    enum End {
        AGENT,
        CUSTOMER,
        UNANSWERED
    }

    /**
     * It rings.
     *
     * @param ringsFor the only agent it rings for; empty when it rings for all of the site
     * @param customer who it is with, as the subject of the personal texts
     */
    record Arrived(
            Interaction.Kind kind, Optional<String> ringsFor, String customer, Personal.Ref name, Personal.Ref address)
            implements InteractionEvent {}

    record Accepted(String agent) implements InteractionEvent {}

    /** @param agent who wrote it; empty for the customer */
    record Said(long number, Side side, Optional<String> agent, Personal.Ref text) implements InteractionEvent {}

    record Ended(End by) implements InteractionEvent {}
}
