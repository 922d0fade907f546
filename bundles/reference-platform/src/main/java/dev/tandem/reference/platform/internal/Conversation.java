package dev.tandem.reference.platform.internal;

import java.time.Instant;
import java.util.Optional;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;

/** Rows of the read model of calls and chats, with the texts that have not been erased. */
final class Conversation {
    private Conversation() {}

    /**
     * @param customer the subject of the texts about the customer, the same in every interaction with them
     * @param answered the number of an agent's last message, 0 for none
     */
    record Head(
            Interaction interaction,
            String customer,
            Instant arrivedAt,
            Optional<Instant> acceptedAt,
            Optional<InteractionEvent.End> endedBy,
            long messages,
            long answered) {}

    record Line(long number, InteractionEvent.Side side, Optional<AgentId> agent, String text, Instant at) {}
}
