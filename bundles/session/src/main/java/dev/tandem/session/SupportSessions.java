package dev.tandem.session;

import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;

/** The sessions of this node's sites. A service. */
@ProviderType
public interface SupportSessions {
    /** The session as it is now, or as it ended; empty if the site has none of that id. */
    Optional<SupportSession> find(SiteId site, SessionId session);

    /**
     * The caller's place in a session, as agent or customer. This is the one check of every door that belongs to a session.
     *
     * @throws dev.tandem.web.ProblemException 404 {@code unknown} if there is no such session in the caller's site, or
     *     the caller is not in it, or has left it, or it has ended
     */
    Membership membership(Caller caller, SessionId session);

    /**
     * The same for doors at which one only looks: outside viewers have a place there, too. Whoever uses it gives them
     * frames and names, and takes nothing from them.
     *
     * @throws dev.tandem.web.ProblemException as {@link #membership} does
     */
    Membership audience(Caller caller, SessionId session);

    /**
     * Notes that an activity has started. One of a name at a time; the same participant starting it again is accepted.
     * CUSTOMER activities may be started by the controller and the assisted customer, CONTROL activities by the
     * controller and by customers, SESSION activities by every agent and customer.
     *
     * @return refused with FORBIDDEN {@code not-controller} to an agent, {@code not-assisted} to a customer,
     *     {@code view-only} to a viewer; with CONFLICT {@code activity-running} if another participant does it; UNKNOWN if
     *     the participant is not in the session
     */
    Answer<None> start(
            SiteId site,
            SessionId session,
            String activity,
            ParticipantId by,
            SupportSession.Scope scope,
            UUID command);

    /**
     * Notes that an activity has stopped; accepted if it was not running. When this returns the {@link Activity} has been
     * told on this node; other nodes tell theirs within milliseconds.
     */
    Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command);

    /**
     * The same, if that lease is still held when it is written; otherwise refused with BUSY {@code lease-lost}. For what
     * a node concludes by itself, such as that nobody sends any more.
     */
    Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command, Lease lease);

    /**
     * Asks a participant to allow something. Accepted without asking again while they are being asked or allow it. The
     * answer is in the snapshot, see {@link SupportSession#granted}, and published as
     * {@link SessionEvent.ConsentChanged}.
     *
     * @param by the agent who asks
     * @return refused with UNKNOWN if either is not in the session, FORBIDDEN {@code not-controller} if the one who asks is
     *     not in control, {@code view-only} for a viewer
     */
    Answer<None> ask(
            SiteId site, SessionId session, String capability, ParticipantId of, ParticipantId by, UUID command);

    /** A participant in a session, both as they are now. */
    record Membership(SupportSession session, Participant participant) {}
}
