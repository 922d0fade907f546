package dev.tandem.session;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.platform.AgentId;
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
     *     {@code view-only} to a viewer, {@code switched-off} by the session's terms; with CONFLICT {@code activity-running} if another participant does it,
     *     {@code no-agent} while it is TRANSFERRING; UNKNOWN if the participant is not in the session
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
     *     not in control, {@code view-only} for a viewer, {@code switched-off} by the session's terms
     */
    Answer<None> ask(
            SiteId site, SessionId session, String capability, ParticipantId of, ParticipantId by, UUID command);

    /**
     * Hands a session over to whoever {@linkplain #take takes} it: everything that goes on stops, of whatever scope, what was
     * allowed is so no more, the controller leaves, and the session is TRANSFERRING and belongs to no interaction any more.
     * Assistants stay, without a chance of control. Who does this sees to it that somebody takes the session, or
     * {@linkplain #giveUp gives it up}; nobody in the session can end it meanwhile, and after {@value #LONGEST_HOURS} hours
     * it ends by itself.
     *
     * @return refused with UNKNOWN if that participant is not in the session, FORBIDDEN {@code not-controller}, CONFLICT
     *     {@code no-customer} if no customer is in it, {@code no-agent} if it is TRANSFERRING already, {@code session-ended}
     */
    Answer<None> handOver(SiteId site, SessionId session, ParticipantId by, UUID command);

    /**
     * Gives a TRANSFERRING session to an agent, who is in control, with an epoch of its own. The agent's pages find it
     * among that agent's sessions; without any page the agent soon counts as lost. How many sessions the agent has is not
     * judged here. Accepted if that agent is in control already.
     *
     * @param name what the others see
     * @param start what holds from then on, and what the customer is asked for, in the same moment
     * @return refused with UNKNOWN if there is no such session, CONFLICT {@code not-waiting} if it is not TRANSFERRING,
     *     {@code removed} if that agent was put out of it, {@code session-ended}
     */
    Answer<None> take(SiteId site, SessionId session, AgentId agent, String name, Start start, UUID command);

    /** The same, where nothing is new: the session's terms stay, and the customer is asked for nothing. */
    default Answer<None> take(SiteId site, SessionId session, AgentId agent, String name, UUID command) {
        return take(site, session, agent, name, Start.PLAIN, command);
    }

    /**
     * How a session begins with the agent who takes it.
     *
     * @param terms what holds from then on; empty: what held before
     * @param ask capabilities that the customer who is helped is asked for, as that agent would ask; those that are off are left
     *     out
     */
    record Start(Optional<Terms> terms, List<String> ask) {
        /** Nothing is new. */
        public static final Start PLAIN = new Start(Optional.empty(), List.of());

        public Start {
            ask = List.copyOf(ask);
        }
    }

    /**
     * Opens a session without an agent or interaction: TRANSFERRING, with one customer, whose page comes with the token. If
     * none comes, the customer soon counts as lost, as ever.
     *
     * @param name what the customer is called; empty if nobody knows; 1 to 60 code points
     * @param terms what holds in it, until an agent takes it
     * @param publicUrl what the URLs of the site's pages begin with, for links to further seats
     * @param command a repeat gives the first answer, with the same token, also when the session has ended meanwhile
     * @return refused with CONFLICT {@code session-ended} for a repeat whose session is not kept any more
     */
    Answer<Entered> open(SiteId site, Optional<String> name, Terms terms, URI publicUrl, UUID command);

    /** The same, with no terms of its own. */
    default Answer<Entered> open(SiteId site, Optional<String> name, URI publicUrl, UUID command) {
        return open(site, name, Terms.NONE, publicUrl, command);
    }

    /**
     * Ends a TRANSFERRING session, since no agent is to be found; the customer is told so.
     *
     * @return refused with UNKNOWN if there is no such session, CONFLICT {@code not-waiting}, {@code session-ended}
     */
    Answer<None> giveUp(SiteId site, SessionId session, UUID command);

    /**
     * Who is in control of which session of the site now, without those who have left theirs; read in one go, so that who
     * counts may ask after every event.
     */
    List<Controlled> controlled(SiteId site);

    /** An agent in control. */
    record Controlled(SessionId session, AgentId agent) {}

    /** How long a session may be TRANSFERRING, whatever those do who route it, in hours. */
    long LONGEST_HOURS = 12;

    /**
     * A customer who is in.
     *
     * @param token the customer's, as joining with a PIN gives it; a secret
     */
    record Entered(SessionId session, ParticipantId customer, String token) {}

    /** A participant in a session, both as they are now. */
    record Membership(SupportSession session, Participant participant) {}
}
