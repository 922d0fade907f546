package dev.tandem.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.session.Participant.State;
import dev.tandem.session.internal.SessionState.Person;

/** Links for outside viewers (B19). Pure functions. A viewer comes, looks and goes; nothing here is asked by one. */
final class ViewerRules {
    /** More would be no expert's round any more, and each costs the relay a copy of every frame. */
    static final int MOST = 20;

    static final Refusal LINK_REFUSED =
            new Refusal(Reason.FORBIDDEN, "link-refused", "This link does not lead to a session.");

    private ViewerRules() {}

    static Decision<Fact, None> invite(SessionState state, UUID by, Fact.ViewerInvited link, Personal name) {
        var refusal = ControlRules.notControlling(state, by);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (state.outsiders().links().size() >= MOST) {
            return Decision.refuse(Reason.CONFLICT, "too-many-viewers", "A session has at most 20 links for viewers.");
        }
        return Decision.<Fact>accept(List.of(link)).with(name);
    }

    /** Somebody has opened the link; again, after having been away. */
    static Decision<Fact, None> open(SessionState state, UUID viewer) {
        if (!state.living() || state.outsiders().link(viewer).isEmpty()) {
            return new Decision.Refused<>(LINK_REFUSED);
        }
        var known = state.person(viewer);
        if (known.isEmpty()) {
            return Decision.accept(List.of(new Fact.ViewerJoined(viewer)));
        }
        return known.get().state() == State.LEFT
                ? Decision.accept(List.of(new Fact.Returned(viewer)))
                : Decision.nothing();
    }

    /** The link is dead from now on, and who came by it is out. */
    static Decision<Fact, None> revoke(SessionState state, UUID by, UUID viewer) {
        var refusal = ControlRules.notControlling(state, by);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (state.outsiders().link(viewer).isEmpty()) {
            boolean known = state.person(viewer).isPresent();
            return known
                    ? Decision.nothing()
                    : Decision.refuse(Reason.UNKNOWN, "unknown", "There is nothing here, or it is not yours to see.");
        }
        var events = new ArrayList<Fact>();
        Optional<Person> there = state.person(viewer).filter(Person::present);
        there.ifPresent(p -> events.add(new Fact.Removed(viewer)));
        events.add(new Fact.ViewerRevoked(viewer));
        return Decision.<Fact>accept(events).calm(SessionRules.grace(viewer));
    }
}
