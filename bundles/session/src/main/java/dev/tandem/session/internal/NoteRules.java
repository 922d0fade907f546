package dev.tandem.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.session.Outcome;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.Participant.State;

/** What agents note of a session, and what customers say of it afterwards (WX9). Pure functions. */
final class NoteRules {
    /** How long after the end a customer can give the form. */
    static final Duration FORM_OPEN = Duration.ofHours(1);

    static final Refusal FORM_REFUSED = new Refusal(
            Reason.FORBIDDEN, "form-refused", "This key does not admit to a form, or it was given already.");

    private NoteRules() {}

    /** An agent who is or was in it notes what came of it, while it lives or later; the last one counts. */
    static Decision<Fact, None> note(
            SessionState state, Instant now, UUID agent, Outcome outcome, Optional<Personal> text) {
        if (state.origin().isEmpty()
                || state.person(agent).filter(p -> p.role() == Role.AGENT).isEmpty()) {
            return SessionRules.refusal(SessionState.NONE);
        }
        var decision = Decision.<Fact>accept(List.of(new Fact.Noted(now, agent, outcome, text.map(Personal::ref))));
        return text.isPresent() ? decision.with(text.get()) : decision;
    }

    /** Whether that customer can give a form now: they have left or seen the end, it is fresh, and they have given none. */
    static boolean formOpen(SessionState state, UUID customer, Instant now) {
        boolean late = state.ending()
                .filter(end -> !now.isBefore(end.at().plus(FORM_OPEN)))
                .isPresent();
        return state.person(customer)
                .filter(p -> !late && p.role() == Role.CUSTOMER)
                .filter(p ->
                        p.state() == State.LEFT || p.present() && state.ending().isPresent())
                .filter(p -> state.remarks().forms().stream()
                        .noneMatch(f -> f.participant().equals(customer)))
                .isPresent();
    }

    /** A customer gives the form, once. */
    static Decision<Fact, None> form(
            SessionState state, Instant now, UUID customer, Optional<Integer> rating, Optional<Personal> comment) {
        if (!formOpen(state, customer, now)) {
            return new Decision.Refused<>(FORM_REFUSED);
        }
        var decision =
                Decision.<Fact>accept(List.of(new Fact.FormGiven(now, customer, rating, comment.map(Personal::ref))));
        return comment.isPresent() ? decision.with(comment.get()) : decision;
    }
}
