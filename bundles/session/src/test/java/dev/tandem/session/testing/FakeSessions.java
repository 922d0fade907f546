package dev.tandem.session.testing;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.Terms;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Sessions in memory for the tests of other slices, by the rules that their contract states. */
public final class FakeSessions implements SupportSessions {
    /** What was told to do that was not refused by a rule: {@code start screen}, {@code stop screen by agent:anna}. */
    public final List<String> commands = new ArrayList<>();
    /** Who was asked: {@code recording of 2f1c...}. */
    public final List<String> asked = new ArrayList<>();
    /** Is told of a stop before it is answered. */
    public Consumer<SessionId> stopped = session -> {};
    /** Nothing can be written for the moment. */
    public boolean busy;
    /** Its database has gone away. */
    public boolean broken;
    /** How often {@link #find} was called. */
    public int found;

    private final Clock clock;
    private final Predicate<Lease> held;
    private final Map<SessionId, FakeSession> sessions = new ConcurrentHashMap<>();
    private final Map<UUID, Answer<None>> handedOver = new ConcurrentHashMap<>();

    public FakeSessions(Clock clock) {
        this(clock, lease -> true);
    }

    /** @param held whether what is written under that lease is written */
    public FakeSessions(Clock clock, Predicate<Lease> held) {
        this.clock = clock;
        this.held = held;
    }

    /** Opens a session with these in it. */
    public FakeSession open(SiteId site, Participant... participants) {
        return open(site, new SessionId(UUID.randomUUID()), participants);
    }

    public FakeSession open(SiteId site, SessionId id, Participant... participants) {
        var session = new FakeSession(site, id, clock);
        for (var one : participants) {
            session.join(one);
        }
        sessions.put(id, session);
        return session;
    }

    /** One that is there, in the test's hand. */
    public FakeSession session(SessionId id) {
        return sessions.get(id);
    }

    @Override
    public Optional<SupportSession> find(SiteId site, SessionId session) {
        found++;
        if (broken) {
            throw new IllegalStateException("no database");
        }
        return one(site, session).map(FakeSession::now);
    }

    private Optional<FakeSession> one(SiteId site, SessionId session) {
        return Optional.ofNullable(sessions.get(session))
                .filter(known -> known.site().equals(site));
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
                .filter(known -> known.state() != SupportSession.State.ENDED)
                .flatMap(known -> known.participants().stream()
                        .filter(one -> one.state().present() && is(one, caller))
                        .findFirst()
                        .map(one -> new Membership(known, one)))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
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

    @Override
    public Answer<None> start(
            SiteId site, SessionId session, String activity, ParticipantId by, Scope scope, UUID command) {
        var known = one(site, session).orElseThrow();
        var refusal = known.mayStart(activity, by, scope).or(this::whileBusy);
        if (refusal.isPresent()) {
            return new Answer.Refused<>(refusal.get());
        }
        commands.add("start " + activity);
        return new Answer.Accepted<>(None.NONE, known.run(activity, by, scope));
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command) {
        commands.add("stop " + activity + " by " + actor);
        var refusal = whileBusy();
        if (refusal.isPresent()) {
            return new Answer.Refused<>(refusal.get());
        }
        var version = one(site, session).orElseThrow().stop(activity);
        stopped.accept(session);
        return new Answer.Accepted<>(None.NONE, version);
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command, Lease lease) {
        return held.test(lease)
                ? stop(site, session, activity, actor, command)
                : new Answer.Refused<>(new Refusal(Refusal.Reason.BUSY, "lease-lost", "Elsewhere."));
    }

    @Override
    public Answer<None> ask(
            SiteId site, SessionId session, String capability, ParticipantId of, ParticipantId by, UUID command) {
        var known = one(site, session).orElseThrow();
        var refusal = known.mayAsk(capability, of, by).or(this::whileBusy);
        if (refusal.isPresent()) {
            return new Answer.Refused<>(refusal.get());
        }
        if (known.ask(capability, of, by)) {
            asked.add(capability + " of " + of);
        }
        return new Answer.Accepted<>(None.NONE, known.now().version());
    }

    /** A repeat gets the first answer. */
    @Override
    public Answer<None> handOver(SiteId site, SessionId session, ParticipantId by, UUID command) {
        var before = handedOver.get(command);
        if (before != null) {
            return before;
        }
        var answer = done(site, session, known -> known.mayHandOver(by), FakeSession::handOver, "hand over");
        if (!busy) {
            handedOver.put(command, answer);
        }
        return answer;
    }

    /** Who has that session in control gets the same answer again. */
    @Override
    public Answer<None> take(SiteId site, SessionId session, AgentId agent, String name, Start start, UUID command) {
        var before = one(site, session).map(FakeSession::now);
        var in = before.stream()
                .flatMap(now -> now.participants().stream())
                .filter(who -> who.agent().equals(Optional.of(agent)))
                .findFirst();
        if (in.isPresent() && before.get().controls(in.get().id())) {
            return new Answer.Accepted<>(None.NONE, before.get().version());
        }
        var id = in.map(Participant::id).orElseGet(() -> new ParticipantId(UUID.randomUUID()));
        var by = new Participant(id, Participant.Role.AGENT, Optional.of(agent), name, Participant.State.JOINED);
        var answer = done(
                site,
                session,
                FakeSession::waits,
                known -> {
                    start.terms().ifPresent(known::terms);
                    known.take(by);
                },
                "take by " + agent);
        if (answer instanceof Answer.Accepted<None>) {
            var now = find(site, session).orElseThrow();
            now.assisted().ifPresent(of -> start.ask()
                    .forEach(capability -> ask(site, session, capability, of, id, command)));
        }
        return answer;
    }

    @Override
    public Answer<Entered> open(SiteId site, Optional<String> name, Terms terms, URI publicUrl, UUID command) {
        var refusal = whileBusy();
        if (refusal.isPresent()) {
            return new Answer.Refused<>(refusal.get());
        }
        var id = new SessionId(command);
        var customer = new Participant(
                new ParticipantId(command),
                Participant.Role.CUSTOMER,
                Optional.empty(),
                name.orElse(""),
                Participant.State.JOINED);
        var session = sessions.computeIfAbsent(id, fresh -> {
            commands.add("open");
            var made = new FakeSession(site, id, clock).waiting(customer);
            made.terms(terms);
            return made;
        });
        return new Answer.Accepted<>(
                new Entered(id, customer.id(), site + "." + command),
                session.now().version());
    }

    @Override
    public List<Controlled> controlled(SiteId site) {
        return sessions.values().stream()
                .map(FakeSession::now)
                .filter(now -> now.site().equals(site) && now.state() != SupportSession.State.ENDED)
                .flatMap(now -> now
                        .controller()
                        .filter(now::controls)
                        .flatMap(now::participant)
                        .flatMap(Participant::agent)
                        .map(agent -> new Controlled(now.id(), agent))
                        .stream())
                .toList();
    }

    @Override
    public Answer<None> giveUp(SiteId site, SessionId session, UUID command) {
        return done(
                site, session, FakeSession::waits, known -> known.end(SupportSession.EndReason.NO_AGENT), "give up");
    }

    private Answer<None> done(
            SiteId site,
            SessionId session,
            Function<FakeSession, Optional<Refusal>> rule,
            Consumer<FakeSession> what,
            String told) {
        var known = one(site, session);
        if (known.isEmpty()) {
            return new Answer.Refused<>(new Refusal(Refusal.Reason.UNKNOWN, "unknown", "Not now."));
        }
        var refusal = rule.apply(known.get()).or(this::whileBusy);
        if (refusal.isPresent()) {
            return new Answer.Refused<>(refusal.get());
        }
        what.accept(known.get());
        commands.add(told);
        return new Answer.Accepted<>(None.NONE, known.get().now().version());
    }

    private Optional<Refusal> whileBusy() {
        return busy ? Optional.of(new Refusal(Refusal.Reason.BUSY, "busy", "Soon.")) : Optional.empty();
    }
}
