package dev.tandem.chat;

import java.util.Optional;

import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/**
 * What has happened in a conversation, as published to {@link dev.tandem.journal.EventSubscriber}s. Texts and names are
 * not in it: ask {@link Conversations}.
 */
public sealed interface ChatEvent {
    /** The site of the session. */
    SiteId site();

    /** The session whose conversation it is. */
    SessionId session();

    /**
     * A message or notice stands in the conversation.
     *
     * @param number its place in the conversation
     * @param from who said it; empty for a notice
     */
    record Posted(SiteId site, SessionId session, long number, Optional<ParticipantId> from) implements ChatEvent {}
}
