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
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.platform.AgentId;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.Participant.State;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.internal.SessionState.Person;

/** What may happen in a session. Pure functions of the state and what is asked. */
final class SessionRules {
    /** No customer has come yet. */
    static final String UNUSED = "unused";
    /** The last agent has left. */
    static final String EMPTY = "empty";
    /** The controller's page is being closed. */
    static final String CLOSING = "closing";

    private static final String GRACE = "grace:";

    static final Refusal ENDED = new Refusal(Reason.CONFLICT, "session-ended", "This session has ended.");
    private static final Refusal UNKNOWN =
            new Refusal(Reason.UNKNOWN, "unknown", "There is nothing here, or it is not yours to see.");
    static final Refusal NOT_CONTROLLER =
            new Refusal(Reason.FORBIDDEN, "not-controller", "Only the agent in control can do this.");
    static final Refusal PIN_REFUSED =
            new Refusal(Reason.FORBIDDEN, "pin-refused", "This PIN does not admit to a session.");

    private SessionRules() {}

    /** The deadline after which a lost participant is not waited for any longer. */
    static String grace(UUID participant) {
        return GRACE + participant;
    }

    /** A new session: its first event, its first seat, and what it is called by. */
    record Opening(UUID session, Fact.Started started, Fact.SeatOpened seat, Personal agentName) {}

    /** The answer to a start. */
    record Opened(UUID session) {}

    static Decision<Fact, Opened> start(SessionState state, Instant now, Opening opening, Duration unused) {
        if (state.origin().isPresent()) {
            return Decision.refuse(Reason.CONFLICT, "session-exists", "This session has started already.");
        }
        return Decision.<Fact, Opened>accept(List.of(opening.started(), opening.seat()), new Opened(opening.session()))
                .with(opening.agentName())
                .wake(UNUSED, now.plus(unused));
    }

    /** The answer to a join. */
    record Seated(UUID participant) {}

    /** A customer with the seat's PIN comes in; who sits there already is dropped (BX2). */
    static Decision<Fact, Seated> join(
            SessionState state,
            UUID seat,
            UUID participant,
            Optional<Personal> name,
            String tokenHash,
            Optional<Long> limit) {
        if (!state.living() || state.seat(seat).filter(s -> !s.closed()).isEmpty()) {
            return new Decision.Refused<>(PIN_REFUSED);
        }
        var events = new ArrayList<Fact>();
        var former = state.occupant(seat);
        former.ifPresent(p -> {
            events.addAll(stopped(state, by(p)));
            events.add(new Fact.SeatTakenOver(seat, p.id()));
        });
        events.add(new Fact.Joined(
                participant, seat, name.map(Personal::ref), tokenHash, limit.filter(n -> former.isEmpty())));
        var decision =
                Decision.<Fact, Seated>accept(events, new Seated(participant)).calm(UNUSED);
        if (former.isPresent()) {
            decision = decision.calm(grace(former.get().id()));
        }
        return name.isPresent() ? decision.with(name.get()) : decision;
    }

    /** All pages of a participant are gone without a word (BX1). */
    static Decision<Fact, None> lose(SessionState state, UUID participant, Instant lostAt, Duration grace) {
        if (!state.living() || !isIn(state, participant, State.JOINED)) {
            return Decision.nothing();
        }
        // To the millisecond, as deadlines are kept: else one could fall due a moment before its own time.
        var until = lostAt.truncatedTo(ChronoUnit.MILLIS).plus(grace);
        return Decision.<Fact>accept(List.of(new Fact.Lost(participant, until))).wake(grace(participant), until);
    }

    /** A page of a lost participant is there again. */
    static Decision<Fact, None> back(SessionState state, UUID participant) {
        if (!state.living() || !isIn(state, participant, State.DISCONNECTED)) {
            return Decision.nothing();
        }
        return Decision.<Fact>accept(List.of(new Fact.Back(participant))).calm(grace(participant));
    }

    /**
     * A participant leaves. Of a session that waits for an agent the last customer takes the end along. After the last agent the session lives on for the grace, without activities (B10, B22). */
    static Decision<Fact, None> leave(SessionState state, Instant now, UUID participant, Duration grace) {
        var person = state.person(participant).filter(Person::present);
        if (refused(state, person)) {
            return refusal(state);
        }
        var leaver = person.get();
        var staying = leaver.role() == Role.VIEWER
                ? Optional.of(ActivityRules.VIEW_ONLY)
                : ControlRules.staying(state, leaver);
        if (staying.isPresent()) {
            return new Decision.Refused<>(staying.get());
        }
        if (TransferRules.takesTheEndAlong(state, leaver)) {
            var left = new Fact.Left(participant, Fact.Left.Why.CHOSEN, Optional.empty());
            return TransferRules.ended(state, now, left, EndReason.CUSTOMER_LEFT);
        }
        boolean last = !state.transferring() && leaver.role() == Role.AGENT && !state.othersPresent(leaver);
        var until = last ? Optional.of(now.plus(grace)) : Optional.<Instant>empty();
        var left = new Fact.Left(participant, Fact.Left.Why.CHOSEN, until);
        var decision = (last ? all(state, left) : ControlRules.go(state, now, leaver, left)).calm(grace(participant));
        if (state.closing().filter(c -> c.participant().equals(participant)).isPresent()) {
            decision = decision.calm(CLOSING);
        }
        return last ? decision.calm(ControlRules.OFFER).wake(EMPTY, until.get()) : decision;
    }

    private static Accepted<Fact, None> all(SessionState state, Fact.Left left) {
        var events = new ArrayList<Fact>(stopped(state, any -> true));
        events.add(left);
        // Whoever is asked to control will not answer; who comes back first may.
        if (state.control().offer().isPresent()) {
            events.add(new Fact.ControlOffered(Optional.empty(), Optional.empty()));
        }
        return Decision.accept(events);
    }

    /** An agent who has left, or was lost, is in again. */
    static Decision<Fact, None> comeBack(SessionState state, Instant now, UUID agent) {
        var person = state.person(agent).filter(p -> p.role() == Role.AGENT && p.state() != State.REMOVED);
        if (refused(state, person)) {
            return refusal(state);
        }
        if (person.get().state() == State.LEFT && state.control().isSender(agent)) {
            return new Decision.Refused<>(TransferRules.HANDED_OVER);
        }
        if (person.get().state() == State.LEFT) {
            return ControlRules.enter(state, now, agent, new Fact.Returned(agent));
        }
        return back(state, agent);
    }

    /** @param language in which the customer's page speaks */
    static Decision<Fact, None> rename(SessionState state, UUID customer, Personal name, Optional<String> language) {
        var person = state.person(customer).filter(p -> p.role() == Role.CUSTOMER && p.present());
        if (refused(state, person)) {
            return refusal(state);
        }
        return Decision.<Fact>accept(List.of(new Fact.Named(customer, name.ref(), language)))
                .with(name);
    }

    /** The controller's last page is being closed, or reloaded: soon we shall know (W3). */
    static Decision<Fact, None> closing(SessionState state, Instant now, UUID agent, UUID page, Duration wait) {
        var person = state.person(agent).filter(Person::present);
        if (refused(state, person)) {
            return refusal(state);
        }
        boolean controls = state.controller().filter(agent::equals).isPresent();
        if (!controls || state.closing().filter(c -> c.page().equals(page)).isPresent()) {
            return Decision.nothing();
        }
        var until = now.plus(wait);
        return Decision.<Fact>accept(List.of(new Fact.PageClosing(agent, page, until)))
                .wake(CLOSING, until);
    }

    /** The page that was closing is there again: it was a reload. */
    static Decision<Fact, None> reopened(SessionState state, UUID agent, UUID page) {
        var same = state.closing()
                .filter(c -> c.participant().equals(agent) && c.page().equals(page));
        if (!state.living() || same.isEmpty()) {
            return Decision.nothing();
        }
        return Decision.<Fact>accept(List.of(new Fact.PageReopened(agent, page)))
                .calm(CLOSING);
    }

    static Decision<Fact, None> end(SessionState state, Instant now, UUID agent, EndReason reason) {
        var person = state.person(agent).filter(p -> p.role() == Role.AGENT && p.present());
        if (refused(state, person)) {
            return refusal(state);
        }
        if (state.controller().filter(agent::equals).isEmpty()) {
            return new Decision.Refused<>(NOT_CONTROLLER);
        }
        return ended(state, now, reason);
    }

    /** Somebody who is not in it, and need not be, ends it. */
    static Decision<Fact, None> endFromOutside(SessionState state, Instant now) {
        return state.living() ? ended(state, now, EndReason.BY_ADMINISTRATOR) : refusal(state);
    }

    /** Changes nothing: whether the agent is in, to remember an answer for repeats. */
    static <A> Decision<Fact, A> present(SessionState state, AgentId agent, A answer) {
        var person = state.agent(agent).filter(Person::present);
        return refused(state, person) ? refusal(state) : Decision.accept(List.of(), answer);
    }

    static Decision<Fact, None> due(SessionState state, String deadline, Instant now) {
        if (!state.living()) {
            return Decision.nothing();
        }
        if (deadline.equals(UNUSED)) {
            boolean nobody = state.people().stream().noneMatch(p -> p.role() == Role.CUSTOMER);
            return nobody ? ended(state, now, EndReason.NOBODY_CAME) : Decision.nothing();
        }
        if (deadline.equals(EMPTY)) {
            return endedIfDue(state, now, state.emptyUntil(), EndReason.BY_AGENT);
        }
        if (deadline.equals(CLOSING)) {
            var until = state.closing().map(SessionState.Closing::until);
            return endedIfDue(state, now, until, EndReason.PAGE_CLOSED);
        }
        if (deadline.equals(ControlRules.OFFER)) {
            return ControlRules.due(state, now);
        }
        if (deadline.equals(TransferRules.UNTAKEN)) {
            return state.transferring() ? ended(state, now, EndReason.NO_AGENT) : Decision.nothing();
        }
        return state.people().stream()
                .filter(p -> grace(p.id()).equals(deadline))
                .filter(p -> reached(p.graceUntil(), now))
                .findFirst()
                .map(p -> graceExpired(state, now, p))
                .orElseGet(Decision::nothing);
    }

    private static Decision<Fact, None> graceExpired(SessionState state, Instant now, Person person) {
        if (person.role() == Role.AGENT && !state.transferring() && !state.othersPresent(person)) {
            return ended(state, now, EndReason.GRACE_EXPIRED);
        }
        var left = new Fact.Left(person.id(), Fact.Left.Why.GRACE_EXPIRED, Optional.empty());
        if (TransferRules.takesTheEndAlong(state, person)) {
            return TransferRules.ended(state, now, left, EndReason.GRACE_EXPIRED);
        }
        var decision = ControlRules.go(state, now, person, left);
        boolean closing =
                state.closing().filter(c -> c.participant().equals(person.id())).isPresent();
        return closing ? decision.calm(CLOSING) : decision;
    }

    private static Decision<Fact, None> endedIfDue(
            SessionState state, Instant now, Optional<Instant> until, EndReason reason) {
        return reached(until, now) ? ended(state, now, reason) : Decision.nothing();
    }

    static Accepted<Fact, None> ended(SessionState state, Instant now, EndReason reason) {
        var events = new ArrayList<Fact>(stopped(state, any -> true));
        events.add(new Fact.Ended(now, reason));
        var decision = Decision.<Fact>accept(events)
                .calm(UNUSED)
                .calm(EMPTY)
                .calm(CLOSING)
                .calm(ControlRules.OFFER)
                .calm(TransferRules.UNTAKEN);
        for (var person : state.people()) {
            decision = person.graceUntil().isPresent() ? decision.calm(grace(person.id())) : decision;
        }
        return decision;
    }

    private static boolean reached(Optional<Instant> moment, Instant now) {
        return moment.filter(m -> !m.isAfter(now)).isPresent();
    }

    static List<Fact> stopped(SessionState state, Predicate<Running> which) {
        return state.activities().stream()
                .filter(which)
                .<Fact>map(a -> new Fact.ActivityStopped(a.name()))
                .toList();
    }

    static Predicate<Running> by(Person person) {
        return activity -> activity.by().value().equals(person.id());
    }

    private static boolean isIn(SessionState state, UUID participant, State wanted) {
        return state.person(participant).filter(p -> p.state() == wanted).isPresent();
    }

    static boolean refused(SessionState state, Optional<Person> person) {
        return !state.living() || person.isEmpty();
    }

    /** Why: to tell that it has ended comes first, doors have checked before that the caller may know. */
    static <A> Decision<Fact, A> refusal(SessionState state) {
        return new Decision.Refused<>(state.ending().isPresent() ? ENDED : UNKNOWN);
    }
}
