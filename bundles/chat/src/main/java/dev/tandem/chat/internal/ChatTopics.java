package dev.tandem.chat.internal;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.chat.Conversations;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** {@code chat/SESSION} on the live channel: the messages of a conversation, each with its number. */
@Component(service = LiveTopics.class)
public final class ChatTopics implements LiveTopics {
    static final String KIND = "chat";
    static final String MESSAGE = "chat.message";

    private final Conversations conversations;
    private final SupportSessions sessions;

    @Activate
    public ChatTopics(@Reference Conversations conversations, @Reference SupportSessions sessions) {
        this.conversations = conversations;
        this.sessions = sessions;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        var session = session(id);
        sessions.membership(caller, session);
        var page = conversations.after(caller.site(), session, after, Conversations.LONGEST_PAGE);
        var messages = page.messages().stream()
                .map(message -> new Message(message.number(), MESSAGE, MessageView.of(message)))
                .toList();
        var more = !messages.isEmpty() && messages.get(messages.size() - 1).number() < page.number();
        return new Delivery.Messages(messages, more);
    }

    /** The session that an id in a topic or path names. */
    public static SessionId session(String id) {
        try {
            return new SessionId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }
}
