package dev.tandem.session;

import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;

/** The sessions of this node's sites. A service. */
@ProviderType
public interface SupportSessions {
    /** The session as it is now, or as it ended; empty if the site has none of that id. */
    Optional<SupportSession> find(SiteId site, SessionId session);

    /**
     * The caller's place in a session. This is the one check of every door that belongs to a session.
     *
     * @throws dev.tandem.web.ProblemException 404 {@code unknown} if there is no such session in the caller's site, or
     *     the caller is not in it, or has left it, or it has ended
     */
    Membership membership(Caller caller, SessionId session);

    /**
     * Notes that an activity has started. One of a name at a time; the same participant starting it again is accepted.
     *
     * @return refused with CONFLICT {@code activity-running} if another participant does it, UNKNOWN if the participant
     *     is not in the session
     */
    Answer<None> start(SiteId site, SessionId session, String activity, ParticipantId by, UUID command);

    /** Notes that an activity has stopped; accepted if it was not running. */
    Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command);

    /** A participant in a session, both as they are now. */
    record Membership(SupportSession session, Participant participant) {}
}
