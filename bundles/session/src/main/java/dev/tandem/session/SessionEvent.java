package dev.tandem.session;

import dev.tandem.platform.SiteId;

/** What has happened in a session, as published to {@link dev.tandem.journal.EventSubscriber}s. Names are not in it. */
public sealed interface SessionEvent {
    /** The session's site. */
    SiteId site();

    /** The session. */
    SessionId session();

    /** A session has begun; it waits for its customer. */
    record Started(SiteId site, SessionId session) implements SessionEvent {}

    /** A participant came in for the first time. */
    record Joined(SiteId site, SessionId session, ParticipantId participant) implements SessionEvent {}

    /** A participant is gone for good, or an agent until a return. */
    record Left(SiteId site, SessionId session, ParticipantId participant) implements SessionEvent {}

    /** An agent who had left is in again. */
    record Returned(SiteId site, SessionId session, ParticipantId participant) implements SessionEvent {}

    /** A participant does something from now on: shares a screen. */
    record ActivityStarted(SiteId site, SessionId session, String activity, ParticipantId by) implements SessionEvent {}

    /** It has stopped, by whomever. */
    record ActivityStopped(SiteId site, SessionId session, String activity) implements SessionEvent {}

    /** The session is over for good. */
    record Ended(SiteId site, SessionId session, SupportSession.EndReason reason) implements SessionEvent {}
}
