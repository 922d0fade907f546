package dev.tandem.recording.internal;

import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.chat.ChatMessage;
import dev.tandem.chat.Conversations;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** What was said, out of the chat, while that is there. */
@Component(service = Talk.class)
public final class ChatTalk implements Talk {
    private final Conversations conversations;

    @Activate
    public ChatTalk(@Reference Conversations conversations) {
        this.conversations = conversations;
    }

    @Override
    public Optional<Said> said(SiteId site, SessionId session, long number) {
        return conversations.after(site, session, number - 1, 1).messages().stream()
                .filter(message -> message.number() == number)
                .map(ChatTalk::said)
                .findFirst();
    }

    private static Said said(ChatMessage message) {
        return new Said(message.from().map(ParticipantId::value), message.name(), message.text(), message.erased());
    }
}
