package dev.tandem.session.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.internal.SessionState.Person;

/** Who may do what in a session, and when it ends. Pure functions. */
final class ActivityRules {
    static final Refusal VIEW_ONLY =
            new Refusal(Reason.FORBIDDEN, "view-only", "Who looks on from outside can do nothing here.");
    static final Refusal SWITCHED_OFF =
            new Refusal(Reason.FORBIDDEN, "switched-off", "This is switched off in this session.");
    private static final Refusal NOT_ASSISTED =
            new Refusal(Reason.FORBIDDEN, "not-assisted", "Only the customer who is being helped can do this.");

    private ActivityRules() {}

    static Decision<Fact, None> start(SessionState state, Instant now, String activity, ParticipantId by, Scope scope) {
        var person = state.person(by.value()).filter(Person::present);
        if (SessionRules.refused(state, person)) {
            return SessionRules.refusal(state);
        }
        if (state.transferring()) {
            return new Decision.Refused<>(TransferRules.NO_AGENT);
        }
        if (state.terms().off(activity)) {
            return new Decision.Refused<>(SWITCHED_OFF);
        }
        var forbidden = forbidden(state, person.get(), scope);
        if (forbidden.isPresent()) {
            return new Decision.Refused<>(forbidden.get());
        }
        var running = state.activity(activity);
        if (running.isEmpty()) {
            return Decision.accept(
                    List.of(new Fact.ActivityStarted(now, activity, by.value(), state.epoch(), Optional.of(scope))));
        }
        return running.get().by().equals(by)
                ? Decision.nothing()
                : Decision.refuse(Reason.CONFLICT, "activity-running", "Another participant does this already.");
    }

    private static Optional<Refusal> forbidden(SessionState state, Person person, Scope scope) {
        if (person.role() == Role.VIEWER) {
            return Optional.of(VIEW_ONLY);
        }
        if (scope == Scope.SESSION) {
            return Optional.empty();
        }
        if (person.role() == Role.AGENT) {
            boolean controls = state.control().isControlledBy(person.id());
            return controls ? Optional.empty() : Optional.of(SessionRules.NOT_CONTROLLER);
        }
        boolean may = scope == Scope.CONTROL || state.control().assists(person.id());
        return may ? Optional.empty() : Optional.of(NOT_ASSISTED);
    }

    static Decision<Fact, None> stop(SessionState state, String activity) {
        return Decision.accept(SessionRules.stopped(state, a -> a.name().equals(activity)));
    }
}
