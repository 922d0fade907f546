package dev.tandem.session;

import java.util.Optional;
import java.util.UUID;

import dev.tandem.platform.SiteId;

/** What has happened in a session, as published to {@link dev.tandem.journal.EventSubscriber}s. Names are not in it. */
public sealed interface SessionEvent {
    /** The session's site. */
    SiteId site();

    /** The session. */
    SessionId session();

    /** A session has begun; it waits for its customer, or, opened without an agent, for an agent. */
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

    /**
     * Another agent is in control. What was granted for the epoch before has ended.
     *
     * @param from who was in control; empty if the session was taken by who waited for it
     * @param epoch the new one
     */
    record ControlPassed(SiteId site, SessionId session, Optional<ParticipantId> from, ParticipantId to, long epoch)
            implements SessionEvent {}

    /**
     * The controller is lost, and another agent is asked to take control.
     *
     * @param to who is asked; empty if every agent is
     */
    record ControlOffered(SiteId site, SessionId session, Optional<ParticipantId> to) implements SessionEvent {}

    /**
     * No agent is in control any more, and the customers wait: an agent has handed the session over, or it was opened
     * without one. Everything that was going on has stopped, and what was allowed is so no more.
     *
     * @param from who has handed it over; empty if it was opened without an agent
     */
    record Transferring(SiteId site, SessionId session, Optional<ParticipantId> from) implements SessionEvent {}

    /**
     * An agent has taken a session that waited for one, and is in control. {@link ControlPassed} from nobody tells the same
     * to whoever cares only for control.
     *
     * @param epoch the new one
     */
    record Taken(SiteId site, SessionId session, ParticipantId by, long epoch) implements SessionEvent {}

    /** Another customer is being helped. The first customer of a session is so by coming, without this event. */
    record CustomerSelected(SiteId site, SessionId session, ParticipantId customer) implements SessionEvent {}

    /** A participant was asked, or has answered, or an answer has ended. */
    record ConsentChanged(SiteId site, SessionId session, Consent consent) implements SessionEvent {}

    /** An agent has noted what came of the session, while it lived or later; the last one counts. The text is not in it. */
    record Noted(SiteId site, SessionId session, ParticipantId by, Outcome outcome) implements SessionEvent {}

    /**
     * A customer has given the form after the session. The comment is not in it.
     *
     * @param rating 1 (bad) to 5 (good); empty if none was given
     */
    record FormGiven(SiteId site, SessionId session, ParticipantId by, Optional<Integer> rating)
            implements SessionEvent {}

    /** Somebody was invited, or what there was of an invitation has changed. To whom is not told. */
    record InvitationChanged(SiteId site, SessionId session, UUID invitation, Change change) implements SessionEvent {
        /** What has happened to it. */
        public enum Change {
            /** It was made. */
            MADE,
            /** It is sent once more. */
            REPEATED,
            /** It lets nobody in any more. */
            WITHDRAWN,
            /** Somebody has come in by it. */
            USED
        }
    }

    /** The session is over for good. */
    record Ended(SiteId site, SessionId session, SupportSession.EndReason reason) implements SessionEvent {}
}
