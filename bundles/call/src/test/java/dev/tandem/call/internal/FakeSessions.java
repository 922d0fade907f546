package dev.tandem.call.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.Participant.State;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * One session with Anna (in control) and Ben (agents), Marie (who is helped) and Paul (customers) and Eva (outside), as far as a
 * call asks it.
 */
final class FakeSessions implements SupportSessions {
    public static final SiteId SITE = new SiteId("main");
    public static final SessionId SESSION = new SessionId(new UUID(1, 1));
    public static final Caller ANNA = agent("anna.bell", "Anna Bell");
    public static final Caller BEN = agent("ben.cole", "Ben Cole");
    public static final Caller STRANGER = agent("eve.hill", "Eve Hill");
    public static final ParticipantId MARIE_ID = new ParticipantId(new UUID(2, 1));
    public static final ParticipantId PAUL_ID = new ParticipantId(new UUID(2, 2));
    public static final Caller MARIE = new Caller.OfCustomer(SITE, SESSION.value(), MARIE_ID.value());
    public static final ParticipantId ANNA_ID = new ParticipantId(new UUID(3, 1));
    public static final ParticipantId BEN_ID = new ParticipantId(new UUID(3, 2));
    public static final ParticipantId EVA_ID = new ParticipantId(new UUID(6, 1));
    /** Looks on from outside. */
    public static final Caller EVA = new Caller.OfViewer(SITE, SESSION.value(), EVA_ID.value());

    public static final Caller PAUL = new Caller.OfCustomer(SITE, SESSION.value(), PAUL_ID.value());

    public final List<String> commands = new ArrayList<>();
    public boolean busy;

    private final List<Participant> participants = new ArrayList<>(List.of(
            participant(new UUID(3, 1), Role.AGENT, Optional.of("anna.bell"), "Anna Bell"),
            participant(new UUID(3, 2), Role.AGENT, Optional.of("ben.cole"), "Ben Cole"),
            participant(MARIE_ID.value(), Role.CUSTOMER, Optional.empty(), "Marie Dupont"),
            participant(PAUL_ID.value(), Role.CUSTOMER, Optional.empty(), "Paul Roy"),
            participant(EVA_ID.value(), Role.VIEWER, Optional.empty(), "Eva Lang")));
    private Optional<Running> running = Optional.empty();
    private long version = 1;

    private static Caller agent(String id, String name) {
        return new Caller.OfAgent(new Agent(SITE, new AgentId(id), name, Set.of(Agent.Role.AGENT)));
    }

    private static Participant participant(UUID id, Role role, Optional<String> agent, String name) {
        return new Participant(new ParticipantId(id), role, agent.map(AgentId::new), name, State.JOINED);
    }

    /** That participant leaves. */
    public void leave(String name) {
        participants.replaceAll(
                p -> p.name().equals(name) ? new Participant(p.id(), p.role(), p.agent(), p.name(), State.LEFT) : p);
        version++;
    }

    private boolean ended;
    private final ParticipantId controller = ANNA_ID;
    private final long epoch = 1;

    /** It has ended. */
    void end() {
        ended = true;
        running = Optional.empty();
        version++;
    }

    public boolean isRunning() {
        return running.isPresent();
    }

    @Override
    public Optional<SupportSession> find(SiteId site, SessionId session) {
        return site.equals(SITE) && session.equals(SESSION) ? Optional.of(session()) : Optional.empty();
    }

    @Override
    public Membership membership(Caller caller, SessionId session) {
        if (caller instanceof Caller.OfViewer) {
            throw new ProblemException(Problem.unknown());
        }
        return audience(caller, session);
    }

    @Override
    public Membership audience(Caller caller, SessionId session) {
        return find(caller.site(), session)
                .flatMap(s -> s.participants().stream()
                        .filter(p -> p.state().present() && is(p, caller))
                        .findFirst()
                        .map(p -> new Membership(s, p)))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    @Override
    public Answer<None> ask(
            SiteId site, SessionId session, String capability, ParticipantId of, ParticipantId by, UUID command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<None> start(
            SiteId site, SessionId session, String activity, ParticipantId by, Scope scope, UUID command) {
        if (scope != Scope.SESSION || busy) {
            return new Answer.Refused<>(new Refusal(Refusal.Reason.BUSY, "busy", "Soon."));
        }
        if (running.filter(r -> !r.by().equals(by)).isPresent()) {
            return new Answer.Refused<>(new Refusal(Refusal.Reason.CONFLICT, "activity-running", "It runs."));
        }
        commands.add("start " + activity);
        if (running.isEmpty()) {
            running = Optional.of(new Running(activity, by, Instant.ofEpochSecond(version), scope, epoch));
        }
        return new Answer.Accepted<>(None.NONE, ++version);
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command) {
        commands.add("stop " + activity + " by " + actor);
        if (busy) {
            return new Answer.Refused<>(new Refusal(Refusal.Reason.BUSY, "busy", "Soon."));
        }
        running = Optional.empty();
        return new Answer.Accepted<>(None.NONE, ++version);
    }

    /** What is asked when something is written under a lease. */
    public final FakeMedia media = new FakeMedia();

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command, Lease lease) {
        return media.holds(lease)
                ? stop(site, session, activity, actor, command)
                : new Answer.Refused<>(new Refusal(Refusal.Reason.BUSY, "lease-lost", "Elsewhere."));
    }

    private SupportSession session() {
        return new SupportSession(
                SITE,
                SESSION,
                "4711",
                new InteractionId("i1"),
                ended ? SupportSession.State.ENDED : SupportSession.State.ACTIVE,
                Optional.empty(),
                List.copyOf(participants),
                Optional.of(controller),
                epoch,
                Optional.empty(),
                Optional.of(MARIE_ID),
                running.stream().toList(),
                List.of(),
                Instant.EPOCH,
                version);
    }

    private static boolean is(Participant participant, Caller caller) {
        if (caller instanceof Caller.OfAgent agent) {
            return participant.agent().equals(Optional.of(agent.agent().id()));
        }
        if (caller instanceof Caller.OfViewer viewer) {
            return viewer.participant().equals(participant.id().value());
        }
        return caller instanceof Caller.OfCustomer customer
                && customer.participant().equals(participant.id().value());
    }
}
