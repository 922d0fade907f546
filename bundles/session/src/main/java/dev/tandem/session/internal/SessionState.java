package dev.tandem.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

/**
 * A session as the fold of its events.
 *
 * @param origin empty before it has started
 * @param people everybody who ever was in, in the order in which they came
 * @param controller who is in control; nobody once it has ended
 * @param closing the controller's page that is being closed
 * @param emptyUntil when it ends because the last agent has left
 */
record SessionState(
        Optional<Origin> origin,
        List<Person> people,
        List<Seat> seats,
        Optional<UUID> controller,
        long epoch,
        List<Running> activities,
        Optional<Closing> closing,
        Optional<Instant> emptyUntil,
        Optional<Ending> ending) {

    static final SessionState NONE = new SessionState(
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Where it comes from; never changes. */
    record Origin(Instant at, InteractionId interaction, Interaction.Kind kind, String number, String clientUrl) {}

    /** @param graceUntil while DISCONNECTED: how long we wait */
    record Person(
            UUID id,
            Role role,
            Optional<AgentId> agent,
            Optional<UUID> seat,
            Optional<Personal.Ref> name,
            State state,
            Optional<Instant> graceUntil) {
        Person in(State now) {
            return new Person(id, role, agent, seat, name, now, Optional.empty());
        }

        Person lost(Instant until) {
            return new Person(id, role, agent, seat, name, State.DISCONNECTED, Optional.of(until));
        }

        Person called(Personal.Ref now) {
            return new Person(id, role, agent, seat, Optional.of(now), state, graceUntil);
        }

        boolean present() {
            return state.present();
        }
    }

    record Seat(UUID id, int pinTry) {}

    record Closing(UUID participant, UUID page, Instant until) {}

    record Ending(Instant at, EndReason reason) {}

    boolean living() {
        return origin.isPresent() && ending.isEmpty();
    }

    SupportSession.State phase() {
        if (!living()) {
            return SupportSession.State.ENDED;
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
        return living()
                ? Stream.concat(people.stream().flatMap(p -> p.graceUntil().stream()), emptyUntil.stream())
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

    SessionState started(Origin from) {
        return new SessionState(
                Optional.of(from), people, seats, controller, epoch, activities, closing, emptyUntil, ending);
    }

    SessionState with(Person person) {
        return people(plus(people, person));
    }

    SessionState with(Seat seat) {
        return new SessionState(
                origin, people, plus(seats, seat), controller, epoch, activities, closing, emptyUntil, ending);
    }

    SessionState with(Running activity) {
        return activities(plus(activities, activity));
    }

    SessionState without(String activity) {
        return activities(
                activities.stream().filter(a -> !a.name().equals(activity)).toList());
    }

    SessionState change(UUID person, UnaryOperator<Person> how) {
        return people(people.stream()
                .map(p -> p.id().equals(person) ? how.apply(p) : p)
                .toList());
    }

    SessionState controlledBy(UUID agent, long newEpoch) {
        return new SessionState(
                origin, people, seats, Optional.of(agent), newEpoch, activities, closing, emptyUntil, ending);
    }

    SessionState closing(Optional<Closing> now) {
        return new SessionState(origin, people, seats, controller, epoch, activities, now, emptyUntil, ending);
    }

    SessionState emptyUntil(Optional<Instant> now) {
        return new SessionState(origin, people, seats, controller, epoch, activities, closing, now, ending);
    }

    SessionState ended(Ending how) {
        return new SessionState(
                origin,
                people,
                seats,
                Optional.empty(),
                epoch,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(how));
    }

    private SessionState people(List<Person> now) {
        return new SessionState(origin, now, seats, controller, epoch, activities, closing, emptyUntil, ending);
    }

    private SessionState activities(List<Running> now) {
        return new SessionState(origin, people, seats, controller, epoch, now, closing, emptyUntil, ending);
    }

    private static <T> List<T> plus(List<T> list, T one) {
        var more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }
}
