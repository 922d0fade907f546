package dev.tandem.session.internal;

import java.time.Duration;
import java.time.Instant;
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
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.internal.SessionState.Person;

/** Who controls a session, who assists, and who is helped. Pure functions of the state and what is asked. */
final class ControlRules {
    /** Whoever is offered control has not said anything. */
    static final String OFFER = "offer";

    /** How long one agent is asked before the next one is. */
    static final Duration OFFERED = Duration.ofSeconds(30);

    static final Refusal NUMBER_REFUSED =
            new Refusal(Reason.FORBIDDEN, "number-refused", "This does not admit to a session.");
    private static final Refusal NOT_OFFERED =
            new Refusal(Reason.CONFLICT, "not-offered", "Control is not offered to you, or no longer.");
    private static final Refusal GONE =
            new Refusal(Reason.CONFLICT, "not-present", "This participant is not in the session.");

    private ControlRules() {}

    /** An agent comes in to assist, or is in again. */
    static Decision<Fact, None> assist(
            SessionState state, Instant now, UUID participant, AgentId agent, Personal name) {
        var known = state.agent(agent);
        if (!state.living() || known.filter(p -> p.state() == State.REMOVED).isPresent()) {
            return new Decision.Refused<>(NUMBER_REFUSED);
        }
        if (known.isEmpty()) {
            var joined = new Fact.AssistantJoined(participant, agent.value(), name.ref());
            return enter(state, now, participant, joined).with(name);
        }
        return known.get().state() == State.LEFT
                ? enter(
                        state,
                        now,
                        known.get().id(),
                        new Fact.Returned(known.get().id()))
                : Decision.nothing();
    }

    /** An agent is in from now on. Where nobody controls, that one is asked to; it is the old controller's all the same. */
    static Accepted<Fact, None> enter(SessionState state, Instant now, UUID agent, Fact how) {
        var events = new ArrayList<Fact>(List.of(how));
        if (state.control().isControlledBy(agent)) {
            return Decision.<Fact>accept(events).calm(SessionRules.EMPTY).calm(OFFER);
        }
        boolean nobody = !state.transferring()
                && state.controller()
                        .flatMap(state::person)
                        .filter(Person::present)
                        .isEmpty();
        boolean asked = state.control().offer().flatMap(Control.Offer::to).isPresent();
        if (!nobody || asked) {
            return Decision.<Fact>accept(events).calm(SessionRules.EMPTY);
        }
        var until = now.plus(OFFERED);
        events.add(new Fact.ControlOffered(Optional.of(agent), Optional.of(until)));
        return Decision.<Fact>accept(events).calm(SessionRules.EMPTY).wake(OFFER, until);
    }

    /** The controller passes control to an assistant. */
    static Decision<Fact, None> pass(SessionState state, Instant now, UUID by, UUID to, long epoch) {
        var person = agent(state, by);
        if (SessionRules.refused(state, person)) {
            return SessionRules.refusal(state);
        }
        if (epoch != state.epoch()) {
            return Decision.refuse(Reason.CONFLICT, "control-passed", "Control has passed in the meantime.");
        }
        if (!controls(state, by)) {
            return new Decision.Refused<>(SessionRules.NOT_CONTROLLER);
        }
        boolean assists = !to.equals(by)
                && state.person(to)
                        .filter(p -> p.role() == Role.AGENT && p.state() == State.JOINED)
                        .isPresent();
        return assists
                ? passed(state, now, to)
                : Decision.refuse(Reason.CONFLICT, "not-assistant", "This participant does not assist now.");
    }

    /** Who was offered control takes it. */
    static Decision<Fact, None> accept(SessionState state, Instant now, UUID by) {
        var person = agent(state, by);
        if (SessionRules.refused(state, person)) {
            return SessionRules.refusal(state);
        }
        boolean asked = state.control()
                .offer()
                .filter(o -> o.to().isEmpty() || o.to().get().equals(by))
                .isPresent();
        return asked && person.get().state() == State.JOINED
                ? passed(state, now, by)
                : new Decision.Refused<>(NOT_OFFERED);
    }

    /** Who was offered control does not want it: the next one is asked. */
    static Decision<Fact, None> decline(SessionState state, Instant now, UUID by) {
        var person = agent(state, by);
        if (SessionRules.refused(state, person)) {
            return SessionRules.refusal(state);
        }
        boolean asked = isOffered(state, by);
        return asked ? offered(new ArrayList<>(), state, now, by) : new Decision.Refused<>(NOT_OFFERED);
    }

    /** Who is offered control has not answered in time. */
    static Decision<Fact, None> due(SessionState state, Instant now) {
        var offer = state.control().offer();
        boolean over = offer.flatMap(Control.Offer::until)
                .filter(until -> !until.isAfter(now))
                .isPresent();
        return over ? offered(new ArrayList<>(), state, now, offer.get().to().orElseThrow()) : Decision.nothing();
    }

    private static Accepted<Fact, None> passed(SessionState state, Instant now, UUID to) {
        var events = new ArrayList<Fact>(SessionRules.stopped(state, a -> a.scope() != Scope.SESSION));
        events.add(new Fact.ControlPassed(now, state.controller(), to, state.epoch() + 1));
        return Decision.<Fact>accept(events).calm(OFFER).calm(SessionRules.CLOSING);
    }

    /**
     * Why a controller may not go now, if so: while somebody is there who could take control, it is passed first, or the
     * session ended.
     */
    static Optional<Refusal> staying(SessionState state, Person leaver) {
        boolean needed = controls(state, leaver.id())
                && state.people().stream()
                        .anyMatch(p ->
                                p.role() == Role.AGENT && p.state() == State.JOINED && !p.id().equals(leaver.id()));
        return needed
                ? Optional.of(new Refusal(
                        Reason.CONFLICT, "control-first", "Pass control to a colleague or end the session."))
                : Optional.empty();
    }

    /**
     * A participant goes, by whatever way, and others stay: what they did stops, what they held goes to the next one.
     *
     * @param how the event with which they go
     */
    static Accepted<Fact, None> go(SessionState state, Instant now, Person person, Fact how) {
        boolean controlled = controls(state, person.id());
        var next = state.control().assists(person.id()) ? nextCustomer(state, person) : Optional.<UUID>empty();
        Predicate<Running> ends = a -> a.by().value().equals(person.id())
                || controlled && a.scope() != Scope.SESSION
                || next.isPresent() && a.scope() == Scope.CUSTOMER;
        var events = new ArrayList<Fact>(SessionRules.stopped(state, ends));
        events.add(how);
        next.ifPresent(customer -> events.add(new Fact.CustomerSelected(customer)));
        boolean others = person.role() == Role.AGENT && state.othersPresent(person);
        if (others && (controlled || isOffered(state, person.id()))) {
            return offered(events, state, now, person.id());
        }
        return isOffered(state, person.id()) ? open(events) : Decision.<Fact>accept(events);
    }

    /** Asks the assistant who came first among those who have not been asked; when there is none left, everybody. */
    private static Accepted<Fact, None> offered(List<Fact> events, SessionState state, Instant now, UUID but) {
        var asked = state.control().offer().map(Control.Offer::asked).orElse(List.of());
        var next = state.people().stream()
                .filter(p -> p.role() == Role.AGENT && p.state() == State.JOINED)
                .map(Person::id)
                .filter(id -> !id.equals(but) && !asked.contains(id) && !controls(state, id))
                .findFirst();
        if (next.isEmpty()) {
            return open(events);
        }
        var until = now.plus(OFFERED);
        events.add(new Fact.ControlOffered(next, Optional.of(until)));
        return Decision.<Fact>accept(events).wake(OFFER, until);
    }

    private static Accepted<Fact, None> open(List<Fact> events) {
        events.add(new Fact.ControlOffered(Optional.empty(), Optional.empty()));
        return Decision.<Fact>accept(events).calm(OFFER);
    }

    /** The controller turns to another customer. */
    static Decision<Fact, None> select(SessionState state, UUID by, UUID customer) {
        var refusal = notControlling(state, by);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (state.person(customer)
                .filter(p -> p.role() == Role.CUSTOMER && p.present())
                .isEmpty()) {
            return new Decision.Refused<>(GONE);
        }
        if (state.control().assists(customer)) {
            return Decision.nothing();
        }
        var events = new ArrayList<Fact>(SessionRules.stopped(state, a -> a.scope() == Scope.CUSTOMER));
        events.add(new Fact.CustomerSelected(customer));
        return Decision.accept(events);
    }

    /**
     * The controller puts somebody out. The seat of a customer is closed with its PIN, a viewer's link is dead.
     *
     * @param fresh a seat in place of the last one, so that there is always one to invite to
     */
    static Decision<Fact, None> remove(
            SessionState state, Instant now, UUID by, UUID participant, Fact.SeatOpened fresh) {
        var refusal = notControlling(state, by);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var person = state.person(participant).filter(p -> p.present() && !p.id().equals(by));
        if (person.isEmpty()) {
            return new Decision.Refused<>(GONE);
        }
        var out = go(state, now, person.get(), new Fact.Removed(participant));
        var events = new ArrayList<>(out.events());
        if (person.get().role() == Role.VIEWER) {
            events.add(new Fact.ViewerRevoked(participant));
        }
        boolean last = person.get().seat().isPresent()
                && state.seats().stream()
                        .allMatch(s ->
                                s.closed() || s.id().equals(person.get().seat().get()));
        if (last) {
            events.add(fresh);
        }
        return new Accepted<Fact, None>(events, out.answer(), out.deadlines(), out.personal())
                .calm(SessionRules.grace(participant));
    }

    private static Optional<UUID> nextCustomer(SessionState state, Person but) {
        return state.people().stream()
                .filter(p -> p.role() == Role.CUSTOMER && p.present() && !p.id().equals(but.id()))
                .min(java.util.Comparator.comparing((Person p) -> p.state() != State.JOINED))
                .map(Person::id);
    }

    /** Why that participant may not do what only the controller may, if so. */
    static Optional<Decision<Fact, None>> notControlling(SessionState state, UUID by) {
        if (SessionRules.refused(state, agent(state, by))) {
            return Optional.of(SessionRules.refusal(state));
        }
        return controls(state, by)
                ? Optional.empty()
                : Optional.of(new Decision.Refused<>(SessionRules.NOT_CONTROLLER));
    }

    private static boolean controls(SessionState state, UUID participant) {
        return state.control().isControlledBy(participant)
                && agent(state, participant).isPresent();
    }

    private static boolean isOffered(SessionState state, UUID participant) {
        return state.control()
                .offer()
                .flatMap(Control.Offer::to)
                .filter(participant::equals)
                .isPresent();
    }

    private static Optional<Person> agent(SessionState state, UUID id) {
        return state.person(id).filter(p -> p.role() == Role.AGENT && p.present());
    }
}
