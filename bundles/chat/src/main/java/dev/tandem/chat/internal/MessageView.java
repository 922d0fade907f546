package dev.tandem.chat.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.chat.ChatMessage;
import dev.tandem.session.ParticipantId;

/** A message as pages get it, by REST and by the live channel alike. */
public record MessageView(
        long number,
        ChatMessage.Kind kind,
        Optional<UUID> from,
        String name,
        String text,
        Optional<ChatMessage.Notice> notice,
        boolean erased,
        Instant at) {

    public static MessageView of(ChatMessage message) {
        return new MessageView(
                message.number(),
                message.kind(),
                message.from().map(ParticipantId::value),
                message.name(),
                message.text(),
                message.notice(),
                message.erased(),
                message.at());
    }
}
