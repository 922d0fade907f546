package dev.tandem.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import dev.tandem.journal.Decision;
import dev.tandem.journal.Decision.Accepted;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.session.Consent;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.internal.SessionState.Person;

/** What participants may be asked and what follows from their answers. Pure functions of the state and what is asked. */
final class ConsentRules {
    /** The longest that a consent can be given for, if it is not for the session. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final String DEADLINE = "consent:";

    private static final Refusal OVER =
            new Refusal(Reason.CONFLICT, "consent-over", "This question has been answered, or nobody asks any more.");
    private static final Refusal NO_PARTICIPANT =
            new Refusal(Reason.UNKNOWN, "unknown", "There is nobody of that id in the session who could be asked.");

    private ConsentRules() {}

    /** A question to a participant. @param id the consent's, if it is a new one */
    record Question(UUID id, String capability, ParticipantId of, ParticipantId by) {}

    /** An answer. @param lasting for how long; empty: for the session */
    record Reply(UUID consent, UUID of, boolean allow, Optional<Duration> lasting) {}

    /** The deadline of an open consent. */
    static String deadline(UUID consent) {
        return DEADLINE + consent;
    }

    static boolean isDeadline(String name) {
        return name.startsWith(DEADLINE);
    }

    /** Asked, or given and not over yet. */
    static boolean open(Consent consent) {
        return consent.state() == Consent.State.ASKED || consent.state() == Consent.State.GRANTED;
    }

    /** The controller asks; nothing happens while the same is asked already or has been granted. */
    static Decision<Fact, None> ask(SessionState state, Instant now, Question question, Duration wait) {
        if (!state.living()) {
            return SessionRules.refusal(state);
        }
        var asker = state.person(question.by().value()).filter(p -> p.role() == Role.AGENT && p.present());
        if (asker.isEmpty()) {
            return SessionRules.refusal(state);
        }
        if (state.controller().filter(question.by().value()::equals).isEmpty()) {
            return new Decision.Refused<>(SessionRules.NOT_CONTROLLER);
        }
        var asked = state.person(question.of().value()).filter(Person::present);
        if (asked.isEmpty()) {
            return new Decision.Refused<>(NO_PARTICIPANT);
        }
        if (asked.get().role() == Role.VIEWER) {
            return new Decision.Refused<>(ActivityRules.VIEW_ONLY);
        }
        if (state.terms().off(question.capability())) {
            return new Decision.Refused<>(ActivityRules.SWITCHED_OFF);
        }
        var before = state.consents().find(question.capability(), question.of()).filter(ConsentRules::open);
        if (before.filter(c -> !lapsed(c, now)).isPresent()) {
            return Decision.nothing();
        }
        var events = new ArrayList<Fact>();
        before.ifPresent(c -> events.addAll(over(state, now, c, Consent.State.EXPIRED)));
        // Who asks for what they want themselves has consented by asking.
        boolean own = question.of().equals(question.by());
        var until = own ? Optional.<Instant>empty() : Optional.of(exact(now).plus(wait));
        events.add(new Fact.ConsentChanged(
                now,
                question.id(),
                question.capability(),
                question.of().value(),
                Optional.of(question.by().value()),
                own ? Consent.State.GRANTED : Consent.State.ASKED,
                until));
        var decision = Decision.<Fact>accept(events);
        if (before.isPresent()) {
            decision = decision.calm(deadline(before.get().id()));
        }
        return until.isPresent() ? decision.wake(deadline(question.id()), until.get()) : decision;
    }

    /** Who was asked answers. The same answer again changes nothing. */
    static Decision<Fact, None> answer(SessionState state, Instant now, Reply reply) {
        var found = state.consents().find(reply.consent()).filter(c -> c.of().value()
                .equals(reply.of()));
        if (!state.living() || found.isEmpty()) {
            return SessionRules.refusal(state);
        }
        var consent = found.get();
        var wanted = reply.allow() ? Consent.State.GRANTED : Consent.State.DENIED;
        if (consent.state() == wanted) {
            return Decision.nothing();
        }
        if (consent.state() != Consent.State.ASKED || lapsed(consent, now)) {
            return new Decision.Refused<>(OVER);
        }
        var until = reply.allow() ? reply.lasting().map(exact(now)::plus) : Optional.<Instant>empty();
        var decision = Decision.<Fact>accept(List.of(changed(now, consent, wanted, until)));
        return until.isPresent()
                ? decision.wake(deadline(consent.id()), until.get())
                : decision.calm(deadline(consent.id()));
    }

    /**
     * Takes one back, be it a consent that was given or a question that waits: by whom it is of, or, while it waits, by whom
     * asked. What depends on it stops.
     */
    static Decision<Fact, None> revoke(SessionState state, Instant now, UUID id, UUID by) {
        var found = state.consents().find(id);
        if (!state.living() || found.isEmpty()) {
            return SessionRules.refusal(state);
        }
        var consent = found.get();
        boolean own = consent.of().value().equals(by);
        boolean asked = consent.by().filter(one -> one.value().equals(by)).isPresent();
        if (!own && !asked) {
            return SessionRules.refusal(state);
        }
        if (consent.state() == Consent.State.ASKED) {
            var events = over(state, now, consent, own ? Consent.State.DENIED : Consent.State.ENDED);
            return Decision.<Fact>accept(events).calm(deadline(id));
        }
        if (consent.state() != Consent.State.GRANTED) {
            return Decision.nothing();
        }
        return own ? revoked(state, now, List.of(consent)) : new Decision.Refused<>(OVER);
    }

    /** The one button: takes back everything that a participant has allowed. Questions that wait go on waiting. */
    static Decision<Fact, None> revokeAll(SessionState state, Instant now, UUID of) {
        if (!state.living() || state.person(of).filter(Person::present).isEmpty()) {
            return SessionRules.refusal(state);
        }
        return revoked(
                state,
                now,
                state.consents().all().stream()
                        .filter(c -> c.of().value().equals(of) && c.state() == Consent.State.GRANTED)
                        .toList());
    }

    private static Accepted<Fact, None> revoked(SessionState state, Instant now, List<Consent> consents) {
        var events = new ArrayList<Fact>();
        consents.forEach(c -> events.addAll(over(state, now, c, Consent.State.REVOKED)));
        var decision = Decision.<Fact>accept(events);
        for (var consent : consents) {
            decision = decision.calm(deadline(consent.id()));
        }
        return decision;
    }

    /** Nobody has answered, or the time it was given for is over. */
    static Decision<Fact, None> due(SessionState state, String deadline, Instant now) {
        if (!state.living()) {
            return Decision.nothing();
        }
        return state.consents().all().stream()
                .filter(c -> deadline(c.id()).equals(deadline) && open(c) && lapsed(c, now))
                .findFirst()
                .map(c -> Decision.<Fact>accept(over(state, now, c, Consent.State.EXPIRED)))
                .orElseGet(Decision::nothing);
    }

    /**
     * The decision with what follows from it for consents, so that no other rule needs to think of them: a customer's own
     * start is a consent by act, which ends with the activity; nobody's consent outlives their stay or the session.
     */
    static <A> Decision<Fact, A> settled(SessionState before, Instant now, Decision<Fact, A> decision) {
        if (!(decision instanceof Accepted<Fact, A> accepted)
                || accepted.events().isEmpty()) {
            return decision;
        }
        var events = new ArrayList<Fact>();
        var closed = new ArrayList<UUID>();
        var state = before;
        for (var event : accepted.events()) {
            if (event instanceof Fact.Ended || event instanceof Fact.HandedOver) {
                // What ends it is told before its end. Whoever comes next was not who was allowed anything.
                state = close(state, now, ConsentRules::open, events, closed);
            }
            state = event.on(state);
            events.add(event);
            if (event instanceof Fact.ActivityStarted started) {
                state = byAct(state, now, started, events, closed);
            } else if (!(event instanceof Fact.ConsentChanged)) {
                var then = state;
                state = close(state, now, c -> open(c) && isVoid(then, c), events, closed);
            }
        }
        var complete = new Accepted<Fact, A>(events, accepted.answer(), accepted.deadlines(), accepted.personal());
        for (var id : closed) {
            complete = complete.calm(deadline(id));
        }
        return complete;
    }

    private static SessionState byAct(
            SessionState state, Instant now, Fact.ActivityStarted started, List<Fact> events, List<UUID> calm) {
        var by = new ParticipantId(started.by());
        boolean customers = state.person(started.by())
                .filter(p -> p.role() == Role.CUSTOMER)
                .isPresent();
        var before = state.consents().find(started.activity(), by);
        boolean granted = before.filter(c -> c.state() == Consent.State.GRANTED && !lapsed(c, now))
                .isPresent();
        if (!customers
                || granted
                || state.activity(started.activity())
                        .filter(a -> a.scope() == Scope.CUSTOMER)
                        .isEmpty()) {
            return state;
        }
        // A question that waits is answered by the act. Its id is gone on with; a new one must be the same each time we
        // decide.
        var asked = before.filter(c -> c.state() == Consent.State.ASKED);
        asked.ifPresent(c -> calm.add(c.id()));
        var id = asked.map(Consent::id)
                .orElseGet(() ->
                        Ids.derived(before.map(Consent::id).orElse(started.by()), "consent/" + started.activity()));
        var act = new Fact.ConsentChanged(
                now, id, started.activity(), started.by(), Optional.empty(), Consent.State.GRANTED, Optional.empty());
        events.add(act);
        return act.on(state);
    }

    private static SessionState close(
            SessionState state, Instant now, Predicate<Consent> which, List<Fact> events, List<UUID> closed) {
        var after = state;
        for (var consent : state.consents().all().stream().filter(which).toList()) {
            var end = changed(now, consent, Consent.State.ENDED, Optional.empty());
            events.add(end);
            closed.add(consent.id());
            after = end.on(after);
        }
        return after;
    }

    /** Nobody can rely on it any more: its participant has gone, or what it was given for by act has stopped. */
    private static boolean isVoid(SessionState state, Consent consent) {
        boolean there =
                state.person(consent.of().value()).filter(Person::present).isPresent();
        boolean byAct = consent.state() == Consent.State.GRANTED && consent.by().isEmpty();
        // What nobody has answered is not for the next controller to have, nor for one who may come back one day.
        boolean stale = consent.state() == Consent.State.ASKED
                && consent.by().filter(asker -> !controls(state, asker.value())).isPresent();
        return !there
                || stale
                || byAct
                        && state.activity(consent.capability())
                                .filter(a -> a.by().equals(consent.of()))
                                .isEmpty();
    }

    /** In control, and there: whoever has left may have control still, until somebody takes it. */
    private static boolean controls(SessionState state, UUID agent) {
        return state.controller().filter(agent::equals).isPresent()
                && state.person(agent).filter(Person::present).isPresent();
    }

    /** The end of a consent, and of what depends on it. */
    private static List<Fact> over(SessionState state, Instant now, Consent consent, Consent.State how) {
        var events = new ArrayList<Fact>();
        events.add(changed(now, consent, how, Optional.empty()));
        if (consent.state() == Consent.State.GRANTED) {
            state.activities().stream()
                    .filter(a -> a.name().equals(consent.capability()) && dependsOn(state, a, consent))
                    .forEach(a -> events.add(new Fact.ActivityStopped(a.name())));
        }
        return events;
    }

    /** What the participant does, and what an agent does to all. */
    private static boolean dependsOn(SessionState state, Running activity, Consent consent) {
        boolean agents = state.person(activity.by().value())
                .filter(p -> p.role() == Role.AGENT)
                .isPresent();
        return activity.by().equals(consent.of()) || agents && activity.scope() == Scope.CONTROL;
    }

    private static Fact.ConsentChanged changed(
            Instant now, Consent consent, Consent.State state, Optional<Instant> until) {
        return new Fact.ConsentChanged(
                now,
                consent.id(),
                consent.capability(),
                consent.of().value(),
                consent.by().map(ParticipantId::value),
                state,
                until);
    }

    private static boolean lapsed(Consent consent, Instant now) {
        return consent.until().filter(until -> !until.isAfter(now)).isPresent();
    }

    /** To the millisecond, as deadlines are kept: else one could fall due a moment before its own time. */
    private static Instant exact(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS);
    }
}
