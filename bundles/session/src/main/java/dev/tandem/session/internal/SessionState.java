package dev.tandem.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.tandem.journal.Personal;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.Participant.State;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.Terms;

/**
 * A session as the fold of its events.
 *
 * @param origin empty before it has started
 * @param people everybody who ever was in, in the order in which they came
 * @param control who is in control, since when, and who is helped
 * @param terms what holds in this session beside what holds in all
 * @param closing the controller's page that is being closed
 * @param emptyUntil when it ends because the last agent has left
 */
record SessionState(
        Optional<Origin> origin,
        List<Person> people,
        List<Seat> seats,
        Control control,
        List<Running> activities,
        Consents consents,
        Terms terms,
        Invitations invitations,
        Outsiders outsiders,
        Remarks remarks,
        Optional<Closing> closing,
        Optional<Instant> emptyUntil,
        Optional<Ending> ending) {

    static final SessionState NONE = new SessionState(
            Optional.empty(),
            List.of(),
            List.of(),
            Control.NONE,
            List.of(),
            Consents.NONE,
            Terms.NONE,
            Invitations.NONE,
            Outsiders.NONE,
            Remarks.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Where it comes from. @param on what it was started on; empty if it has none, or was handed over since */
    record Origin(Instant at, Optional<On> on, String number, String clientUrl) {
        Optional<InteractionId> interaction() {
            return on.map(On::interaction);
        }

        boolean isChat() {
            return on.filter(o -> o.kind() == Interaction.Kind.CHAT).isPresent();
        }
    }

    /** A call or chat of the platform. */
    record On(InteractionId interaction, Interaction.Kind kind) {}

    /** @param graceUntil while DISCONNECTED: how long we wait */
    record Person(
            UUID id,
            Role role,
            Optional<AgentId> agent,
            Optional<UUID> seat,
            Optional<Personal.Ref> name,
            State state,
            Optional<Instant> graceUntil,
            Optional<String> language) {
        Person(
                UUID id,
                Role role,
                Optional<AgentId> agent,
                Optional<UUID> seat,
                Optional<Personal.Ref> name,
                State state,
                Optional<Instant> graceUntil) {
            this(id, role, agent, seat, name, state, graceUntil, Optional.empty());
        }

        Person in(State now) {
            return new Person(id, role, agent, seat, name, now, Optional.empty(), language);
        }

        Person lost(Instant until) {
            return new Person(id, role, agent, seat, name, State.DISCONNECTED, Optional.of(until), language);
        }

        /** @param speaks empty where it is not told anew */
        Person called(Personal.Ref now, Optional<String> speaks) {
            return new Person(id, role, agent, seat, Optional.of(now), state, graceUntil, speaks.or(() -> language));
        }

        boolean present() {
            return state.present();
        }
    }

    /** @param closed who sat there was removed; its PIN lets nobody in any more */
    record Seat(UUID id, int pinTry, boolean closed) {
        Seat(UUID id, int pinTry) {
            this(id, pinTry, false);
        }

        Seat shut() {
            return new Seat(id, pinTry, true);
        }
    }

    record Closing(UUID participant, UUID page, Instant until) {}

    record Ending(Instant at, EndReason reason) {}

    boolean living() {
        return origin.isPresent() && ending.isEmpty();
    }

    /** Nobody controls it, or is asked to: it waits for an agent to take it. */
    boolean transferring() {
        return living() && control.controller().isEmpty();
    }

    SupportSession.State phase() {
        if (!living()) {
            return SupportSession.State.ENDED;
        }
        if (transferring()) {
            return SupportSession.State.TRANSFERRING;
        }
        if (is(Role.AGENT, State.JOINED)) {
            if (is(Role.CUSTOMER, State.JOINED)) {
                return SupportSession.State.ACTIVE;
            }
            return is(Role.CUSTOMER, State.DISCONNECTED)
                    ? SupportSession.State.INTERRUPTED
                    : SupportSession.State.WAITING;
        }
        return SupportSession.State.INTERRUPTED;
    }

    /** The next moment at which somebody's grace, or that of the session without an agent, is over. */
    Optional<Instant> graceUntil() {
        // While it waits for an agent nothing depends on whether those come back who assist.
        var lost = people.stream().filter(p -> p.role() == Role.CUSTOMER || p.role() == Role.AGENT && !transferring());
        return living()
                ? Stream.concat(lost.flatMap(p -> p.graceUntil().stream()), emptyUntil.stream())
                        .min(Comparator.naturalOrder())
                : Optional.empty();
    }

    Optional<Person> person(UUID id) {
        return people.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    Optional<Person> agent(AgentId agent) {
        return people.stream()
                .filter(p -> p.agent().filter(agent::equals).isPresent())
                .findFirst();
    }

    Optional<Seat> seat(UUID id) {
        return seats.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    /** Who sits there now. */
    Optional<Person> occupant(UUID seat) {
        return onSeat(seat).filter(Person::present);
    }

    /** Who sits there or sat there last. */
    Optional<Person> onSeat(UUID seat) {
        return people.stream()
                .filter(p -> p.seat().filter(seat::equals).isPresent())
                .reduce((earlier, later) -> later);
    }

    boolean othersPresent(Person but) {
        return people.stream().anyMatch(p -> p.role() == but.role() && p.present() && !p.id().equals(but.id()));
    }

    Optional<Running> activity(String name) {
        return activities.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    private boolean is(Role role, State state) {
        return people.stream().anyMatch(p -> p.role() == role && p.state() == state);
    }

    Optional<UUID> controller() {
        return control.controller();
    }

    long epoch() {
        return control.epoch();
    }

    SessionState started(Origin from) {
        return but(draft -> draft.origin = Optional.of(from));
    }

    /** It belongs to no interaction any more. */
    SessionState released() {
        return but(draft -> draft.origin =
                origin.map(from -> new Origin(from.at(), Optional.empty(), from.number(), from.clientUrl())));
    }

    SessionState with(Person person) {
        return but(draft -> draft.people = plus(people, person));
    }

    SessionState with(Seat seat) {
        return but(draft -> draft.seats = plus(seats, seat));
    }

    SessionState with(Running activity) {
        return but(draft -> draft.activities = plus(activities, activity));
    }

    SessionState without(String activity) {
        return but(draft -> draft.activities =
                activities.stream().filter(a -> !a.name().equals(activity)).toList());
    }

    SessionState change(UUID person, UnaryOperator<Person> how) {
        return but(draft -> draft.people = people.stream()
                .map(p -> p.id().equals(person) ? how.apply(p) : p)
                .toList());
    }

    SessionState seat(UUID seat, UnaryOperator<Seat> how) {
        return but(draft -> draft.seats =
                seats.stream().map(s -> s.id().equals(seat) ? how.apply(s) : s).toList());
    }

    SessionState control(UnaryOperator<Control> how) {
        return but(draft -> draft.control = how.apply(control));
    }

    SessionState consents(UnaryOperator<Consents> how) {
        return but(draft -> draft.consents = how.apply(consents));
    }

    SessionState terms(Terms now) {
        return but(draft -> draft.terms = now);
    }

    SessionState invitations(UnaryOperator<Invitations> how) {
        return but(draft -> draft.invitations = how.apply(invitations));
    }

    SessionState outsiders(UnaryOperator<Outsiders> how) {
        return but(draft -> draft.outsiders = how.apply(outsiders));
    }

    SessionState remarks(UnaryOperator<Remarks> how) {
        return but(draft -> draft.remarks = how.apply(remarks));
    }

    SessionState closing(Optional<Closing> now) {
        return but(draft -> draft.closing = now);
    }

    SessionState emptyUntil(Optional<Instant> now) {
        return but(draft -> draft.emptyUntil = now);
    }

    SessionState ended(Ending how) {
        return but(draft -> {
            draft.control = control.ended();
            draft.activities = List.of();
            draft.outsiders = Outsiders.NONE;
            draft.closing = Optional.empty();
            draft.emptyUntil = Optional.empty();
            draft.ending = Optional.of(how);
        });
    }

    private SessionState but(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** A copy on its way to the next state; never seen outside. */
    private static final class Draft {
        private Optional<Origin> origin;
        private List<Person> people;
        private List<Seat> seats;
        private Control control;
        private List<Running> activities;
        private Consents consents;
        private Terms terms;
        private Invitations invitations;
        private Outsiders outsiders;
        private Remarks remarks;
        private Optional<Closing> closing;
        private Optional<Instant> emptyUntil;
        private Optional<Ending> ending;

        Draft(SessionState from) {
            this.origin = from.origin;
            this.people = from.people;
            this.seats = from.seats;
            this.control = from.control;
            this.activities = from.activities;
            this.consents = from.consents;
            this.terms = from.terms;
            this.invitations = from.invitations;
            this.outsiders = from.outsiders;
            this.remarks = from.remarks;
            this.closing = from.closing;
            this.emptyUntil = from.emptyUntil;
            this.ending = from.ending;
        }

        SessionState done() {
            return new SessionState(
                    origin,
                    people,
                    seats,
                    control,
                    activities,
                    consents,
                    terms,
                    invitations,
                    outsiders,
                    remarks,
                    closing,
                    emptyUntil,
                    ending);
        }
    }

    private static <T> List<T> plus(List<T> list, T one) {
        var more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }
}
