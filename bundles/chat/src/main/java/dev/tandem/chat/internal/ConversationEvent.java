package dev.tandem.chat.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Personal;

/** What is stored of a conversation. Each event is one line of it, so its number is its version in the stream. */
sealed interface ConversationEvent {

    /**
     * @param from the participant
     * @param name the name the participant had then
     */
    record MessagePosted(UUID from, Personal.Ref name, Personal.Ref text) implements ConversationEvent {}

    /**
     * @param code what happened
     * @param about the participant it is about
     * @param text the words of a line that another slice added
     * @param since when it happened, which may be long before it is noted: this slice may have been stopped
     */
    record NoticePosted(
            String code, Optional<UUID> about, Optional<Personal.Ref> name, Optional<Personal.Ref> text, Instant since)
            implements ConversationEvent {}
}
