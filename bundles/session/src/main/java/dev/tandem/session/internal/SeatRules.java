package dev.tandem.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;

/** How many customers there may be. Pure functions. */
final class SeatRules {
    static final Refusal TOO_MANY = new Refusal(
            Reason.CONFLICT, "too-many-customers", "The agent helps as many customers at once as are allowed.");

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private SeatRules() {}

    /** A customer could not come in. Noted once in a while, however often somebody tries. */
    static Decision<Fact, None> refused(SessionState state, Instant now, UUID seat) {
        boolean lately = state.remarks()
                .refusedAt()
                .filter(at -> now.isBefore(at.plus(AGAIN)))
                .isPresent();
        return lately || !state.living()
                ? Decision.nothing()
                : Decision.accept(List.of(new Fact.CustomerRefused(now, seat)));
    }

    /** The answer to one more seat. */
    record Opened(UUID seat) {}

    /**
     * The controller opens one more seat. Seats count whether somebody sits on them or not, since whoever is invited should
     * find room; at the join it is counted again, by people.
     *
     * @param elsewhere how many customers are in the other sessions that the agent controls
     */
    static Decision<Fact, Opened> open(
            SessionState state, UUID agent, Fact.SeatOpened seat, long elsewhere, long limit) {
        var person = state.person(agent).filter(SessionState.Person::present);
        if (!state.living() || person.isEmpty()) {
            return SessionRules.refusal(state);
        }
        if (state.controller().filter(agent::equals).isEmpty()) {
            return new Decision.Refused<>(SessionRules.NOT_CONTROLLER);
        }
        long usable = state.seats().stream().filter(s -> !s.closed()).count();
        if (elsewhere + usable >= limit) {
            return new Decision.Refused<>(TOO_MANY);
        }
        return Decision.accept(List.of(seat), new Opened(seat.seat()));
    }
}
