package dev.tandem.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.Decision.Accepted;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.platform.AgentId;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.Participant.State;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.Terms;
import dev.tandem.session.internal.SessionState.Person;

/** How a session goes from one agent to another whom nobody knows yet. Pure functions of the state and what is asked. */
final class TransferRules {
    /** Nobody has taken it, and who should have seen to that has forgotten it. */
    static final String UNTAKEN = "untaken";

    static final Duration LONGEST = Duration.ofHours(SupportSessions.LONGEST_HOURS);

    /** Who has handed it over comes in again like anybody: by its number, or by taking it. */
    static final Refusal HANDED_OVER =
            new Refusal(Reason.CONFLICT, "handed-over", "You have handed this session over.");

    static final Refusal NO_AGENT = new Refusal(Reason.CONFLICT, "no-agent", "This session waits for an agent.");
    private static final Refusal NO_CUSTOMER =
            new Refusal(Reason.CONFLICT, "no-customer", "Without a customer there is nothing to hand over.");
    private static final Refusal NOT_WAITING =
            new Refusal(Reason.CONFLICT, "not-waiting", "This session does not wait for an agent, or no longer.");
    private static final Refusal REMOVED =
            new Refusal(Reason.CONFLICT, "removed", "This agent was put out of the session.");

    private TransferRules() {}

    /** A session with its first customer, and what that one is called by. */
    record Opening(
            UUID session,
            Fact.Opened opened,
            Terms terms,
            Fact.SeatOpened seat,
            Fact.Joined customer,
            List<Personal> names) {}

    /** What the customer is asked for. @param id the consent's */
    record Wish(UUID id, String capability) {}

    /**
     * How it begins with the agent who takes it.
     *
     * @param terms empty: what held before
     * @param patience how long an answer is waited for
     */
    record Beginning(Optional<Terms> terms, List<Wish> wishes, Duration patience) {
        Beginning {
            wishes = List.copyOf(wishes);
        }
    }

    /** A customer comes, and no agent is there yet. */
    static Decision<Fact, SessionRules.Opened> open(SessionState state, Instant now, Opening opening) {
        if (state.origin().isPresent()) {
            return Decision.refuse(Reason.CONFLICT, "session-exists", "This session has started already.");
        }
        var events = new ArrayList<Fact>(List.of(opening.opened(), opening.seat(), opening.customer()));
        if (!opening.terms().equals(Terms.NONE)) {
            events.add(Fact.TermsSet.of(opening.terms()));
        }
        var decision = Decision.<Fact, SessionRules.Opened>accept(events, new SessionRules.Opened(opening.session()))
                .wake(UNTAKEN, now.plus(LONGEST));
        for (var name : opening.names()) {
            decision = decision.with(name);
        }
        return decision;
    }

    /** The controller leaves the session to whoever will take it (W32, W37). A call ends, too (W38). */
    static Decision<Fact, None> handOver(SessionState state, Instant now, UUID by) {
        var person = state.person(by).filter(Person::present);
        if (SessionRules.refused(state, person)) {
            return SessionRules.refusal(state);
        }
        if (state.transferring()) {
            return new Decision.Refused<>(NO_AGENT);
        }
        if (!state.control().isControlledBy(by)) {
            return new Decision.Refused<>(SessionRules.NOT_CONTROLLER);
        }
        if (state.people().stream().noneMatch(TransferRules::isCustomer)) {
            return new Decision.Refused<>(NO_CUSTOMER);
        }
        var events = new ArrayList<Fact>(SessionRules.stopped(state, any -> true));
        events.add(new Fact.HandedOver(now, by));
        return Decision.<Fact>accept(events)
                .calm(SessionRules.grace(by))
                .calm(SessionRules.CLOSING)
                .wake(UNTAKEN, now.plus(LONGEST));
    }

    /**
     * An agent takes it.
     *
     * @param participant the agent's, if that one has never been in it
     */
    static Decision<Fact, None> take(
            SessionState state, Instant now, UUID participant, AgentId agent, Personal name, Beginning beginning) {
        if (!state.living()) {
            return SessionRules.refusal(state);
        }
        var known = state.agent(agent);
        if (!state.transferring()) {
            boolean has = known.filter(Person::present)
                    .filter(p -> state.control().isControlledBy(p.id()))
                    .isPresent();
            return has ? Decision.nothing() : new Decision.Refused<>(NOT_WAITING);
        }
        if (known.filter(p -> p.state() == State.REMOVED).isPresent()) {
            return new Decision.Refused<>(REMOVED);
        }
        var by = known.map(Person::id).orElse(participant);
        var events = new ArrayList<Fact>();
        if (known.isEmpty()) {
            events.add(new Fact.AssistantJoined(participant, agent.value(), name.ref()));
        } else if (known.get().state() == State.LEFT) {
            events.add(new Fact.Returned(by));
        }
        beginning
                .terms()
                .filter(terms -> !terms.equals(state.terms()))
                .ifPresent(terms -> events.add(Fact.TermsSet.of(terms)));
        events.add(new Fact.Taken(now, by, state.epoch() + 1));
        var decision = asking(state, now, by, events, beginning).calm(UNTAKEN);
        return known.isEmpty() ? decision.with(name) : decision;
    }

    /** The customer who is helped is asked at once, in the agent's name; what cannot be asked is no reason not to begin. */
    private static Accepted<Fact, None> asking(
            SessionState state, Instant now, UUID by, List<Fact> events, Beginning beginning) {
        var after = state;
        for (var event : events) {
            after = event.on(after);
        }
        var all = new ArrayList<>(events);
        var wakes = new ArrayList<UUID>();
        var customer = after.control().assisted();
        for (var wish : beginning.wishes()) {
            if (customer.isPresent()) {
                var question = new ConsentRules.Question(
                        wish.id(), wish.capability(), new ParticipantId(customer.get()), new ParticipantId(by));
                var asked = ConsentRules.ask(after, now, question, beginning.patience());
                if (asked instanceof Accepted<Fact, None> accepted
                        && !accepted.events().isEmpty()) {
                    all.addAll(accepted.events());
                    wakes.add(wish.id());
                    for (var event : accepted.events()) {
                        after = event.on(after);
                    }
                }
            }
        }
        var decision = Decision.<Fact>accept(all);
        for (var consent : after.consents().all()) {
            if (wakes.contains(consent.id()) && consent.until().isPresent()) {
                decision = decision.wake(
                        ConsentRules.deadline(consent.id()), consent.until().get());
            }
        }
        return decision;
    }

    /** Nobody is found to take it. */
    static Decision<Fact, None> giveUp(SessionState state, Instant now) {
        if (!state.living()) {
            return SessionRules.refusal(state);
        }
        return state.transferring()
                ? SessionRules.ended(state, now, EndReason.NO_AGENT)
                : new Decision.Refused<>(NOT_WAITING);
    }

    /** Whether it waits for an agent on behalf of that customer alone, who goes. */
    static boolean takesTheEndAlong(SessionState state, Person leaver) {
        return state.transferring() && leaver.role() == Role.CUSTOMER && !state.othersPresent(leaver);
    }

    static Accepted<Fact, None> ended(SessionState state, Instant now, Fact.Left left, EndReason reason) {
        var end = SessionRules.ended(state, now, reason);
        var events = new ArrayList<Fact>(List.of(left));
        events.addAll(end.events());
        return new Accepted<>(events, end.answer(), end.deadlines(), end.personal());
    }

    private static boolean isCustomer(Person person) {
        return person.role() == Role.CUSTOMER && person.present();
    }
}
