package dev.tandem.session.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Personal;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.internal.SessionState.Closing;
import dev.tandem.session.internal.SessionState.Ending;
import dev.tandem.session.internal.SessionState.Origin;
import dev.tandem.session.internal.SessionState.Person;
import dev.tandem.session.internal.SessionState.Seat;

/**
 * What is stored of a session. Shapes are for ever: fields are only added. Names stand in personal rows, PINs and tokens
 * only as hashes.
 */
sealed interface Fact {
    EventTypes<Fact> TYPES = EventTypes.<Fact>none()
            .with("session.started.v1", Started.class)
            .with("session.seat-opened.v1", SeatOpened.class)
            .with("session.joined.v1", Joined.class)
            .with("session.seat-taken-over.v1", SeatTakenOver.class)
            .with("session.lost.v1", Lost.class)
            .with("session.back.v1", Back.class)
            .with("session.left.v1", Left.class)
            .with("session.returned.v1", Returned.class)
            .with("session.named.v1", Named.class)
            .with("session.closing.v1", PageClosing.class)
            .with("session.reopened.v1", PageReopened.class)
            .with("session.activity-started.v1", ActivityStarted.class)
            .with("session.activity-stopped.v1", ActivityStopped.class)
            .with("session.ended.v1", Ended.class);

    /** The state after it. Total: what does not fit the state changes nothing. */
    SessionState on(SessionState before);

    /**
     * @param command the client's id of the start, by which a repeat finds the session
     * @param participant the agent as participant; in control from the start
     * @param clientUrl what the customers' URLs begin with, the PIN follows
     * @param epoch the control epoch, 1
     */
    record Started(
            Instant at,
            UUID command,
            String interaction,
            Interaction.Kind kind,
            String agent,
            UUID participant,
            Personal.Ref name,
            String number,
            String clientUrl,
            long epoch)
            implements Fact {
        @Override
        public SessionState on(SessionState before) {
            var person = new Person(
                    participant,
                    Participant.Role.AGENT,
                    Optional.of(new AgentId(agent)),
                    Optional.empty(),
                    Optional.of(name),
                    Participant.State.JOINED,
                    Optional.empty());
            return before.started(new Origin(at, new InteractionId(interaction), kind, number, clientUrl))
                    .with(person)
                    .control(control -> control.passed(participant, epoch));
        }
    }

    /**
     * A customer's place.
     *
     * @param pinTry which of the PINs that can be derived for the seat it has
     * @param pinHash the keyed hash by which the PIN is found
     */
    record SeatOpened(UUID seat, int pinTry, String pinHash) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.with(new Seat(seat, pinTry));
        }
    }

    /**
     * A customer came in.
     *
     * @param token SHA-256 of the token, as hex
     */
    record Joined(UUID participant, UUID seat, Optional<Personal.Ref> name, String token) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            var person = new Person(
                    participant,
                    Participant.Role.CUSTOMER,
                    Optional.empty(),
                    Optional.of(seat),
                    name,
                    Participant.State.JOINED,
                    Optional.empty());
            // Who comes first is helped first.
            return before.with(person)
                    .control(control ->
                            control.assisted().isPresent() ? control : control.assisting(Optional.of(participant)));
        }
    }

    /** Somebody else came with the seat's PIN; who sat there is dropped. */
    record SeatTakenOver(UUID seat, UUID from) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.change(from, p -> p.in(Participant.State.REMOVED)).control(c -> gone(c, from));
        }
    }

    /** No page of the participant is there any more. */
    record Lost(UUID participant, Instant graceUntil) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.change(participant, p -> p.lost(graceUntil));
        }
    }

    /** A page of the participant is there again, within the grace. */
    record Back(UUID participant) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.change(participant, p -> p.in(Participant.State.JOINED));
        }
    }

    /** @param graceUntil if it was the last agent: how long the session and its PINs live on */
    record Left(UUID participant, Why why, Optional<Instant> graceUntil) implements Fact {
        /** Stored by name. */
        enum Why {
            CHOSEN,
            GRACE_EXPIRED
        }

        @Override
        public SessionState on(SessionState before) {
            return before.change(participant, p -> p.in(Participant.State.LEFT))
                    .control(c -> gone(c, participant))
                    .emptyUntil(graceUntil.or(before::emptyUntil))
                    .closing(before.closing().filter(c -> !c.participant().equals(participant)));
        }
    }

    /** An agent who had left came back. */
    record Returned(UUID participant) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.change(participant, p -> p.in(Participant.State.JOINED))
                    .emptyUntil(Optional.empty());
        }
    }

    /** A customer said what to be called. */
    record Named(UUID participant, Personal.Ref name) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.change(participant, p -> p.called(name));
        }
    }

    /** The controller's last page says that it is being closed; a reload says so as well. */
    record PageClosing(UUID participant, UUID page, Instant until) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.closing(Optional.of(new Closing(participant, page, until)));
        }
    }

    /** The page that was closing is there again. */
    record PageReopened(UUID participant, UUID page) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.closing(Optional.empty());
        }
    }

    /**
     * @param epoch the control epoch it is granted for
     * @param scope what ends it; before there were scopes everything was the customer's
     */
    record ActivityStarted(Instant at, String activity, UUID by, long epoch, Optional<Scope> scope) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.with(new Running(activity, new ParticipantId(by), at, scope.orElse(Scope.CUSTOMER), epoch));
        }
    }

    record ActivityStopped(String activity) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.without(activity);
        }
    }

    private static Control gone(Control control, UUID participant) {
        return control.assists(participant) ? control.assisting(Optional.empty()) : control;
    }

    record Ended(Instant at, EndReason reason) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.ended(new Ending(at, reason));
        }
    }
}
