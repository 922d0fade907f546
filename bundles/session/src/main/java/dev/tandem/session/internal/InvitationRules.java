package dev.tandem.session.internal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.internal.InvitationView.State;
import dev.tandem.session.internal.Invitations.Invitation;

/** Who may be invited, and what becomes of it. Pure functions. */
final class InvitationRules {
    /** Most invitations of a session, withdrawn ones included: a session is no mailing list. */
    static final int MOST = 20;
    /** How often one of them is sent again. */
    static final int MOST_REPEATS = 5;

    private static final Refusal TOO_MANY =
            new Refusal(Reason.CONFLICT, "too-many-invitations", "A session has at most " + MOST + " invitations.");
    private static final Refusal TOO_OFTEN = new Refusal(
            Reason.CONFLICT, "too-many-invitations", "An invitation is sent at most " + MOST_REPEATS + " times more.");
    private static final Refusal UNKNOWN = new Refusal(Reason.UNKNOWN, "unknown", "There is no such invitation.");
    private static final Refusal WITHDRAWN =
            new Refusal(Reason.CONFLICT, "invitation-withdrawn", "This invitation was withdrawn.");

    private InvitationRules() {}

    /** Whether the agent may invite now. Changes nothing. */
    static Decision<Fact, None> mayInvite(SessionState state, UUID agent) {
        return refusal(state, agent)
                .or(() -> state.invitations().all().size() >= MOST ? Optional.of(TOO_MANY) : Optional.empty())
                .<Decision<Fact, None>>map(Decision.Refused::new)
                .orElseGet(Decision::nothing);
    }

    /** A seat on which nobody has ever sat and to which nobody was invited. */
    static Optional<UUID> freeSeat(SessionState state) {
        return state.seats().stream()
                .filter(seat -> !seat.closed())
                .map(SessionState.Seat::id)
                .filter(seat ->
                        state.onSeat(seat).isEmpty() && !state.invitations().holds(seat))
                .findFirst();
    }

    static Decision<Fact, None> invite(
            SessionState state, UUID agent, Fact.InvitationMade made, Optional<Personal> address) {
        var no = mayInvite(state, agent);
        if (no instanceof Decision.Refused<Fact, None>) {
            return no;
        }
        if (made.seat().filter(seat -> state.invitations().holds(seat)).isPresent()) {
            return Decision.refuse(Reason.CONFLICT, "seat-invited", "Somebody was invited to this place just now.");
        }
        var decision = Decision.<Fact>accept(List.of(made));
        return address.isPresent() ? decision.with(address.get()) : decision;
    }

    /**
     * Sends it again.
     *
     * @param fresh the id of a new message; what failed or is uncertain keeps its own, so that nobody gets two
     */
    static Decision<Fact, None> again(SessionState state, UUID agent, UUID id, UUID fresh) {
        var no = refusal(state, agent);
        if (no.isPresent()) {
            return new Decision.Refused<>(no.get());
        }
        var one = state.invitations().find(id);
        if (one.isEmpty()) {
            return new Decision.Refused<>(UNKNOWN);
        }
        if (!one.get().good()) {
            return new Decision.Refused<>(WITHDRAWN);
        }
        var mail = one.get().mail();
        // A draft is made anew for whoever asks, and what is on its way needs no push.
        if (mail.isEmpty() || one.get().state() == State.QUEUED) {
            return Decision.nothing();
        }
        if (one.get().repeats() >= MOST_REPEATS) {
            return new Decision.Refused<>(TOO_OFTEN);
        }
        boolean unsettled = one.get().state() == State.FAILED || one.get().state() == State.UNCERTAIN;
        return Decision.accept(List.of(new Fact.InvitationRepeated(id, unsettled ? mail.get() : fresh)));
    }

    static Decision<Fact, None> withdraw(SessionState state, UUID agent, UUID id) {
        var no = refusal(state, agent);
        if (no.isPresent()) {
            return new Decision.Refused<>(no.get());
        }
        var one = state.invitations().find(id);
        if (one.isEmpty()) {
            return new Decision.Refused<>(UNKNOWN);
        }
        return one.get().good() ? Decision.accept(List.of(new Fact.InvitationWithdrawn(id))) : Decision.nothing();
    }

    /** What the outbox says of its message. */
    static Decision<Fact, None> mailed(SessionState state, UUID id, UUID message, State now, Optional<String> problem) {
        return state.invitations()
                .find(id)
                .filter(one -> one.isMailedBy(message) && one.good() && one.state() != State.USED)
                .filter(one -> one.state() != now || !one.problem().equals(problem))
                .map(one -> Decision.<Fact>accept(List.of(new Fact.InvitationMailed(id, message, now, problem))))
                .orElseGet(Decision::nothing);
    }

    /** Somebody has come in by it. */
    static Decision<Fact, None> used(SessionState state, UUID id, UUID participant) {
        return state.invitations()
                .find(id)
                .filter(one ->
                        one.good() && one.usedBy().filter(participant::equals).isEmpty())
                .map(one -> Decision.<Fact>accept(List.of(new Fact.InvitationUsed(id, participant))))
                .orElseGet(Decision::nothing);
    }

    /** Whether it lets that agent in: it is for one person, so whoever came by it first. */
    static boolean admits(SessionState state, UUID id, Optional<UUID> agent) {
        return state.living()
                && state.invitations()
                        .find(id)
                        .filter(one -> one.role() == Role.AGENT && one.good())
                        .filter(one -> one.usedBy().isEmpty() || one.usedBy().equals(agent))
                        .isPresent();
    }

    private static Optional<Refusal> refusal(SessionState state, UUID agent) {
        var person = state.person(agent).filter(SessionState.Person::present);
        if (SessionRules.refused(state, person)) {
            return Optional.of(((Decision.Refused<Fact, None>) SessionRules.<None>refusal(state)).refusal());
        }
        return state.controller().filter(agent::equals).isEmpty()
                ? Optional.of(SessionRules.NOT_CONTROLLER)
                : Optional.empty();
    }

    static Optional<Invitation> living(SessionState state, UUID id) {
        return state.living() ? state.invitations().find(id).filter(Invitation::good) : Optional.empty();
    }
}
