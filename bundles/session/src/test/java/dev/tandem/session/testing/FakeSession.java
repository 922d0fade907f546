package dev.tandem.session.testing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Refusal;
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
import dev.tandem.session.Terms;

/**
 * A session in the hand of a test. The first who joins is in control, the first customer is helped. What a test does to it is
 * done silently: nobody is told.
 */
public final class FakeSession {
    private final SiteId site;
    private final SessionId id;
    private final Clock clock;
    private final List<Participant> participants = new ArrayList<>();
    private final List<Running> activities = new ArrayList<>();
    private final List<Consent> consents = new ArrayList<>();
    private State state = State.ACTIVE;
    private Optional<ParticipantId> controller = Optional.empty();
    private Optional<ParticipantId> assisted = Optional.empty();
    private Optional<SupportSession.EndReason> ended = Optional.empty();
    private long epoch = 1;
    private long firstEpoch = 1;
    private boolean taken;
    private Terms terms = Terms.NONE;
    private long version = 1;

    FakeSession(SiteId site, SessionId id, Clock clock) {
        this.site = site;
        this.id = id;
        this.clock = clock;
    }

    public SiteId site() {
        return site;
    }

    public SessionId id() {
        return id;
    }

    public synchronized SupportSession now() {
        return new SupportSession(
                site,
                id,
                "1234",
                state == State.TRANSFERRING || taken ? Optional.empty() : Optional.of(new InteractionId("call-1")),
                state,
                ended,
                List.copyOf(participants),
                controller,
                epoch,
                firstEpoch,
                Optional.empty(),
                assisted,
                List.copyOf(activities),
                List.copyOf(consents),
                terms,
                Instant.EPOCH,
                version);
    }

    public synchronized Participant join(Participant who) {
        participants.add(who);
        if (state != State.TRANSFERRING) {
            controller = controller.or(() -> Optional.of(who.id()));
        }
        if (who.role() == Role.CUSTOMER) {
            assisted = assisted.or(() -> Optional.of(who.id()));
        }
        version++;
        return who;
    }

    public synchronized void leave(ParticipantId who) {
        participants.replaceAll(one -> one.id().equals(who)
                ? new Participant(one.id(), one.role(), one.agent(), one.name(), Participant.State.LEFT, one.language())
                : one);
        version++;
    }

    /** Control passes to that agent, and what was granted for the epoch ends. */
    public synchronized void pass(ParticipantId to) {
        controller = Optional.of(to);
        epoch++;
        version++;
        activities.removeIf(one -> one.scope() != Scope.SESSION);
    }

    /** That customer is helped from now on, and what the one before did ends. */
    public synchronized void select(ParticipantId customer) {
        assisted = Optional.of(customer);
        version++;
        activities.removeIf(one -> one.scope() == Scope.CUSTOMER);
    }

    /** It has never had an agent. */
    synchronized FakeSession waiting(Participant customer) {
        epoch = 0;
        firstEpoch = 0;
        state = State.TRANSFERRING;
        join(customer);
        return this;
    }

    /** It waits for an agent: the controller has left, and nothing goes on or is allowed. */
    public synchronized void handOver() {
        controller.ifPresent(this::leave);
        controller = Optional.empty();
        state = State.TRANSFERRING;
        activities.clear();
        consents.replaceAll(one -> new Consent(
                one.id(),
                one.capability(),
                one.of(),
                one.by(),
                Consent.State.ENDED,
                clock.instant(),
                Optional.empty()));
        version++;
    }

    /** An agent takes it, be it one who is in it already. */
    public synchronized void take(Participant by) {
        participants.removeIf(one -> one.agent().equals(by.agent()));
        participants.add(by);
        controller = Optional.of(by.id());
        state = State.ACTIVE;
        taken = true;
        firstEpoch = ++epoch;
        version++;
    }

    /** What holds in it from now on. */
    public synchronized void terms(Terms now) {
        terms = now;
        version++;
    }

    public synchronized void end(SupportSession.EndReason reason) {
        ended = Optional.of(reason);
        end();
    }

    public synchronized void end() {
        state = State.ENDED;
        version++;
        activities.clear();
    }

    /** What that participant says, asked or not, and what it allowed ends with it. */
    public synchronized void answer(ParticipantId of, String capability, Consent.State now) {
        var before = consent(of, capability);
        before.ifPresent(consents::remove);
        consents.add(new Consent(
                before.map(Consent::id).orElseGet(UUID::randomUUID),
                capability,
                of,
                before.flatMap(Consent::by),
                now,
                clock.instant(),
                Optional.empty()));
        version++;
        if (now == Consent.State.REVOKED) {
            activities.removeIf(one -> one.name().equals(capability));
        }
    }

    public synchronized Optional<Consent> consent(ParticipantId of, String capability) {
        return consents.stream()
                .filter(one -> one.of().equals(of) && one.capability().equals(capability))
                .findFirst();
    }

    /** Whether anything is going on. */
    public boolean running() {
        return !now().activities().isEmpty();
    }

    /** It runs from now on if it did not run, whether the session's rules allow that or not. */
    public synchronized long run(String activity, ParticipantId by, Scope scope) {
        if (!now().running(activity)) {
            // No two are alike, also while the clock stands still.
            activities.add(new Running(activity, by, clock.instant().plusNanos(version), scope, epoch));
        }
        return ++version;
    }

    synchronized long stop(String activity) {
        activities.removeIf(one -> one.name().equals(activity));
        return ++version;
    }

    /** Returns whether they are asked anew. */
    synchronized boolean ask(String capability, ParticipantId of, ParticipantId by) {
        var before = consent(of, capability);
        if (before.map(Consent::state)
                .filter(now -> now == Consent.State.ASKED || now == Consent.State.GRANTED)
                .isPresent()) {
            return false;
        }
        before.ifPresent(consents::remove);
        consents.add(new Consent(
                UUID.randomUUID(),
                capability,
                of,
                Optional.of(by),
                Consent.State.ASKED,
                clock.instant(),
                Optional.empty()));
        version++;
        return true;
    }

    Optional<Refusal> mayStart(String activity, ParticipantId by, Scope scope) {
        var now = now();
        var who = now.participant(by).filter(one -> one.state().present());
        if (who.isEmpty()) {
            return refusal(Refusal.Reason.UNKNOWN, "unknown");
        }
        if (now.state() == State.TRANSFERRING) {
            return refusal(Refusal.Reason.CONFLICT, "no-agent");
        }
        var allowed =
                switch (who.get().role()) {
                    case AGENT -> scope == Scope.SESSION || now.controls(by);
                    case CUSTOMER -> scope != Scope.CUSTOMER || now.assisted().equals(Optional.of(by));
                    case VIEWER -> false;
                };
        if (!allowed) {
            return refusal(
                    Refusal.Reason.FORBIDDEN,
                    switch (who.get().role()) {
                        case AGENT -> "not-controller";
                        case CUSTOMER -> "not-assisted";
                        case VIEWER -> "view-only";
                    });
        }
        if (terms.off(activity)) {
            return refusal(Refusal.Reason.FORBIDDEN, "switched-off");
        }
        return now.activity(activity).filter(one -> !one.by().equals(by)).isPresent()
                ? refusal(Refusal.Reason.CONFLICT, "activity-running")
                : Optional.empty();
    }

    Optional<Refusal> mayAsk(String capability, ParticipantId of, ParticipantId by) {
        var now = now();
        var both = List.of(of, by).stream().allMatch(one -> now.participant(one)
                .filter(who -> who.state().present())
                .isPresent());
        if (!both) {
            return refusal(Refusal.Reason.UNKNOWN, "unknown");
        }
        if (!now.controls(by)) {
            return refusal(Refusal.Reason.FORBIDDEN, "not-controller");
        }
        return terms.off(capability) ? refusal(Refusal.Reason.FORBIDDEN, "switched-off") : Optional.empty();
    }

    Optional<Refusal> mayHandOver(ParticipantId by) {
        var now = now();
        if (state == State.ENDED) {
            return refusal(Refusal.Reason.CONFLICT, "session-ended");
        }
        if (now.participant(by).filter(who -> who.state().present()).isEmpty()) {
            return refusal(Refusal.Reason.UNKNOWN, "unknown");
        }
        if (state == State.TRANSFERRING) {
            return refusal(Refusal.Reason.CONFLICT, "no-agent");
        }
        if (!now.controls(by)) {
            return refusal(Refusal.Reason.FORBIDDEN, "not-controller");
        }
        boolean customers = now.participants().stream()
                .anyMatch(who -> who.role() == Role.CUSTOMER && who.state().present());
        return customers ? Optional.empty() : refusal(Refusal.Reason.CONFLICT, "no-customer");
    }

    /** Whether it can be taken or given up. */
    Optional<Refusal> waits() {
        return switch (state) {
            case TRANSFERRING -> Optional.empty();
            case ENDED -> refusal(Refusal.Reason.CONFLICT, "session-ended");
            default -> refusal(Refusal.Reason.CONFLICT, "not-waiting");
        };
    }

    private static Optional<Refusal> refusal(Refusal.Reason reason, String code) {
        return Optional.of(new Refusal(reason, code, "Not now."));
    }
}
