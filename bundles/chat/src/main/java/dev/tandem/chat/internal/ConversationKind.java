package dev.tandem.chat.internal;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.tandem.chat.ChatEvent;
import dev.tandem.chat.internal.ConversationEvent.MessagePosted;
import dev.tandem.chat.internal.ConversationEvent.NoticePosted;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.web.LiveChannel;

/**
 * Conversations as streams; the stream's id is the session's. The read model refers to personal rows and copies nothing
 * of them, so that an erasure has nothing to look for here.
 */
final class ConversationKind implements StreamKind<ConversationState, ConversationEvent> {
    static final EventTypes<ConversationEvent> EVENTS = EventTypes.<ConversationEvent>none()
            .with("message.posted.v1", MessagePosted.class)
            .with("notice.posted.v1", NoticePosted.class);

    private final LiveChannel live;

    ConversationKind(LiveChannel live) {
        this.live = live;
    }

    @Override
    public String name() {
        return "conversation";
    }

    @Override
    public EventTypes<ConversationEvent> events() {
        return EVENTS;
    }

    @Override
    public ConversationState initial() {
        return ConversationState.EMPTY;
    }

    @Override
    public ConversationState evolve(ConversationState state, ConversationEvent event) {
        return state.oneMore();
    }

    @Override
    public void project(Sql sql, Recorded<ConversationEvent> event, ConversationState after) throws SQLException {
        MessageTable.insert(sql, event);
    }

    @Override
    public List<Object> publish(Recorded<ConversationEvent> event, ConversationState after) {
        var from = event.event() instanceof MessagePosted message
                ? Optional.of(new ParticipantId(message.from()))
                : Optional.<ParticipantId>empty();
        return List.of(new ChatEvent.Posted(event.site(), new SessionId(event.stream()), event.version(), from));
    }

    @Override
    public void committed(Recorded<ConversationEvent> event, ConversationState after) {
        live.ring(event.site(), ChatTopics.KIND + "/" + event.stream());
    }
}
