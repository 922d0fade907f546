package dev.tandem.chat.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Sessions as a test sets them up. */
public final class FakeSessions implements SupportSessions {
    private final Map<SessionId, SupportSession> sessions = new ConcurrentHashMap<>();

    public SupportSession start(SiteId site, Participant... participants) {
        return put(new SupportSession(
                site,
                new SessionId(UUID.randomUUID()),
                "1234",
                new InteractionId("call-1"),
                SupportSession.State.ACTIVE,
                Optional.empty(),
                List.of(participants),
                Optional.of(participants[0].id()),
                1,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Instant.EPOCH,
                1));
    }

    public static Participant agent(String name) {
        return new Participant(
                new ParticipantId(UUID.randomUUID()),
                Participant.Role.AGENT,
                Optional.of(new AgentId(name)),
                name,
                Participant.State.JOINED);
    }

    public static Participant customer(String name) {
        return new Participant(
                new ParticipantId(UUID.randomUUID()),
                Participant.Role.CUSTOMER,
                Optional.empty(),
                name,
                Participant.State.JOINED);
    }

    public void leave(SessionId session, ParticipantId who) {
        var known = sessions.get(session);
        var changed = new ArrayList<Participant>();
        for (var one : known.participants()) {
            changed.add(
                    one.id().equals(who)
                            ? new Participant(one.id(), one.role(), one.agent(), one.name(), Participant.State.LEFT)
                            : one);
        }
        put(copy(known, known.state(), changed));
    }

    public void end(SessionId session) {
        var known = sessions.get(session);
        put(copy(known, SupportSession.State.ENDED, known.participants()));
    }

    private SupportSession put(SupportSession session) {
        sessions.put(session.id(), session);
        return session;
    }

    /** Control passes to that agent, and what was granted for the epoch ends. */
    public void pass(SessionId session, ParticipantId to) {
        var known = sessions.get(session);
        put(copy(known, known.state(), known.participants(), to, known.epoch() + 1, List.of()));
    }

    private static SupportSession copy(SupportSession of, SupportSession.State state, List<Participant> participants) {
        return copy(of, state, participants, of.controller().orElseThrow(), of.epoch(), of.activities());
    }

    private static SupportSession copy(
            SupportSession of,
            SupportSession.State state,
            List<Participant> participants,
            ParticipantId controller,
            long epoch,
            List<SupportSession.Running> activities) {
        return new SupportSession(
                of.site(),
                of.id(),
                of.number(),
                of.interaction(),
                state,
                Optional.empty(),
                participants,
                Optional.of(controller),
                epoch,
                of.offered(),
                of.assisted(),
                activities,
                of.consents(),
                of.startedAt(),
                of.version() + 1);
    }

    @Override
    public Optional<SupportSession> find(SiteId site, SessionId session) {
        return Optional.ofNullable(sessions.get(session))
                .filter(known -> known.site().equals(site));
    }

    @Override
    public Membership membership(Caller caller, SessionId session) {
        return find(caller.site(), session)
                .filter(known -> known.state() != SupportSession.State.ENDED)
                .flatMap(known -> known.participants().stream()
                        .filter(one -> one.state().present() && is(caller, one))
                        .findFirst()
                        .map(one -> new Membership(known, one)))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private static boolean is(Caller caller, Participant participant) {
        if (caller instanceof Caller.OfAgent of) {
            return participant.agent().equals(Optional.of(of.agent().id()));
        }
        return caller instanceof Caller.OfCustomer of
                && of.participant().equals(participant.id().value());
    }

    @Override
    public Membership audience(Caller caller, SessionId session) {
        return membership(caller, session);
    }

    @Override
    public Answer<None> ask(
            SiteId site, SessionId session, String capability, ParticipantId of, ParticipantId by, UUID command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<None> start(
            SiteId site, SessionId session, String activity, ParticipantId by, Scope scope, UUID command) {
        var known = sessions.get(session);
        if (!known.controls(by)) {
            return new Answer.Refused<>(new Refusal(Refusal.Reason.FORBIDDEN, "not-controller", "Not in control."));
        }
        var running = new SupportSession.Running(activity, by, Instant.EPOCH, scope, known.epoch());
        put(copy(known, known.state(), known.participants(), by, known.epoch(), List.of(running)));
        return new Answer.Accepted<>(None.NONE, known.version() + 1);
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command) {
        var known = sessions.get(session);
        put(copy(
                known,
                known.state(),
                known.participants(),
                known.controller().orElseThrow(),
                known.epoch(),
                List.of()));
        return new Answer.Accepted<>(None.NONE, known.version() + 1);
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command, Lease lease) {
        return stop(site, session, activity, actor, command);
    }
}
