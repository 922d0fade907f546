package dev.tandem.recording.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Consent;
import dev.tandem.session.Participant;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** One session as a test sets it up: it knows who is in, what runs and what was allowed. */
final class FakeSessions implements SupportSessions {
    static final SiteId ACME = new SiteId("acme");

    private final Clock clock;
    final SessionId id = new SessionId(UUID.randomUUID());
    private final List<Participant> participants = new ArrayList<>();
    private final List<Running> activities = new ArrayList<>();
    private final List<Consent> consents = new ArrayList<>();
    private State state = State.ACTIVE;
    private long epoch = 1;
    private ParticipantId controller;
    int asked;

    FakeSessions(Clock clock) {
        this.clock = clock;
    }

    Participant agent(String name) {
        return add(new Participant(
                new ParticipantId(UUID.randomUUID()),
                Role.AGENT,
                Optional.of(new AgentId(name)),
                name,
                Participant.State.JOINED));
    }

    Participant customer(String name) {
        return add(new Participant(
                new ParticipantId(UUID.randomUUID()), Role.CUSTOMER, Optional.empty(), name, Participant.State.JOINED));
    }

    private synchronized Participant add(Participant participant) {
        participants.add(participant);
        if (controller == null) {
            controller = participant.id();
        }
        return participant;
    }

    synchronized void leave(Participant who) {
        participants.replaceAll(one -> one.id().equals(who.id())
                ? new Participant(one.id(), one.role(), one.agent(), one.name(), Participant.State.LEFT)
                : one);
    }

    synchronized void pass(Participant to) {
        controller = to.id();
        epoch++;
        activities.removeIf(one -> one.scope() != Scope.SESSION);
    }

    synchronized void end() {
        state = State.ENDED;
        activities.clear();
    }

    /** The latest question to that participant is answered, or the answer changes. */
    synchronized void answer(Participant who, Consent.State now) {
        for (int i = consents.size() - 1; i >= 0; i--) {
            var one = consents.get(i);
            if (one.of().equals(who.id())) {
                consents.set(
                        i,
                        new Consent(
                                one.id(),
                                one.capability(),
                                one.of(),
                                one.by(),
                                now,
                                clock.instant(),
                                Optional.empty()));
                break;
            }
        }
        if (now == Consent.State.REVOKED) {
            activities.removeIf(one -> one.name().equals(Director.NAME));
        }
    }

    synchronized Optional<Consent.State> consent(Participant who) {
        return consents.stream()
                .filter(one -> one.of().equals(who.id()))
                .reduce((first, second) -> second)
                .map(Consent::state);
    }

    synchronized SupportSession session() {
        return new SupportSession(
                ACME,
                id,
                "1234",
                new InteractionId("call-1"),
                state,
                Optional.empty(),
                List.copyOf(participants),
                Optional.of(controller),
                epoch,
                Optional.empty(),
                Optional.empty(),
                List.copyOf(activities),
                List.copyOf(consents),
                Instant.EPOCH,
                1);
    }

    boolean running() {
        return session().running(Director.NAME);
    }

    @Override
    public Optional<SupportSession> find(SiteId site, SessionId session) {
        return site.equals(ACME) && session.equals(id) ? Optional.of(session()) : Optional.empty();
    }

    @Override
    public Membership membership(Caller caller, SessionId session) {
        var known = find(caller.site(), session).filter(s -> s.state() != State.ENDED);
        return known.flatMap(s -> s.participants().stream()
                        .filter(one -> one.state().present() && is(caller, one))
                        .findFirst()
                        .map(one -> new Membership(s, one)))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private static boolean is(Caller caller, Participant one) {
        return caller instanceof Caller.OfAgent of
                ? one.agent().equals(Optional.of(of.agent().id()))
                : caller instanceof Caller.OfCustomer customer
                        && customer.participant().equals(one.id().value());
    }

    @Override
    public Membership audience(Caller caller, SessionId session) {
        return membership(caller, session);
    }

    @Override
    public synchronized Answer<None> start(
            SiteId site, SessionId session, String activity, ParticipantId by, Scope scope, UUID command) {
        if (!controller.equals(by)) {
            return new Answer.Refused<>(new Refusal(Refusal.Reason.FORBIDDEN, "not-controller", "no"));
        }
        if (!running()) {
            activities.add(new Running(activity, by, clock.instant(), scope, epoch));
        }
        return new Answer.Accepted<>(None.NONE, 1);
    }

    @Override
    public synchronized Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command) {
        activities.removeIf(one -> one.name().equals(activity));
        return new Answer.Accepted<>(None.NONE, 1);
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command, Lease lease) {
        return stop(site, session, activity, actor, command);
    }

    @Override
    public synchronized Answer<None> ask(
            SiteId site, SessionId session, String capability, ParticipantId of, ParticipantId by, UUID command) {
        boolean known = consents.stream()
                .anyMatch(one -> one.of().equals(of)
                        && (one.state() == Consent.State.ASKED || one.state() == Consent.State.GRANTED));
        if (!known) {
            asked++;
            consents.add(new Consent(
                    UUID.randomUUID(),
                    capability,
                    of,
                    Optional.of(by),
                    Consent.State.ASKED,
                    clock.instant(),
                    Optional.empty()));
        }
        return new Answer.Accepted<>(None.NONE, 1);
    }
}
