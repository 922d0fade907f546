package dev.tandem.session.internal;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Personal;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.session.Consent;
import dev.tandem.session.Outcome;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.Running;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.Terms;
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
            .with("session.opened.v1", Opened.class)
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
            .with("session.consent-changed.v1", ConsentChanged.class)
            .with("session.customer-refused.v1", CustomerRefused.class)
            .with("session.noted.v1", Noted.class)
            .with("session.form-given.v1", FormGiven.class)
            .with("session.assistant-joined.v1", AssistantJoined.class)
            .with("session.control-passed.v1", ControlPassed.class)
            .with("session.handed-over.v1", HandedOver.class)
            .with("session.taken.v1", Taken.class)
            .with("session.terms-set.v1", TermsSet.class)
            .with("session.control-offered.v1", ControlOffered.class)
            .with("session.customer-selected.v1", CustomerSelected.class)
            .with("session.removed.v1", Removed.class)
            .with("session.viewer-invited.v1", ViewerInvited.class)
            .with("session.viewer-joined.v1", ViewerJoined.class)
            .with("session.viewer-revoked.v1", ViewerRevoked.class)
            .with("session.invitation-made.v1", InvitationMade.class)
            .with("session.invitation-mailed.v1", InvitationMailed.class)
            .with("session.invitation-repeated.v1", InvitationRepeated.class)
            .with("session.invitation-withdrawn.v1", InvitationWithdrawn.class)
            .with("session.invitation-used.v1", InvitationUsed.class)
            .with("session.ended.v1", Ended.class);

    /** The state after it. Total: what does not fit the state changes nothing. */
    SessionState on(SessionState before);

    /** Who is in from then on and was not, so that a page is expected. */
    default Optional<UUID> cameIn() {
        return Optional.empty();
    }

    /**
     * @param command the client's id of the start, by which a repeat finds the session
     * @param participant the agent as participant; in control from the start
     * @param clientUrl what the customers' URLs begin with, the PIN follows
     * @param epoch the control epoch, 1
     * @param alone whether the agent may have no other session; left out if so
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
            long epoch,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> alone)
            implements Fact {
        @Override
        public Optional<UUID> cameIn() {
            return Optional.of(participant);
        }

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
            var on = new SessionState.On(new InteractionId(interaction), kind);
            return before.started(new Origin(at, Optional.of(on), number, clientUrl))
                    .with(person)
                    .control(control -> control.taken(participant, epoch));
        }
    }

    /**
     * A session has begun without agent and interaction; it waits for an agent to take it.
     *
     * @param command the id by which a repeat finds the session
     * @param clientUrl what the customers' URLs begin with, the PIN follows
     */
    record Opened(Instant at, UUID command, String number, String clientUrl) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.started(new Origin(at, Optional.empty(), number, clientUrl));
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
     * @param limit with how many the agent may be helping now; left out for who takes over a seat, which makes none more
     */
    record Joined(
            UUID participant,
            UUID seat,
            Optional<Personal.Ref> name,
            String token,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> limit)
            implements Fact {
        @Override
        public Optional<UUID> cameIn() {
            return Optional.of(participant);
        }

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

    /** The participant is there again, within the grace: with a page, or by a request after which one is expected. */
    record Back(UUID participant) implements Fact {
        @Override
        public Optional<UUID> cameIn() {
            return Optional.of(participant);
        }

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

    /** An agent who had left came back, or a viewer. */
    record Returned(UUID participant) implements Fact {
        @Override
        public Optional<UUID> cameIn() {
            return Optional.of(participant);
        }

        @Override
        public SessionState on(SessionState before) {
            var after = before.change(participant, p -> p.in(Participant.State.JOINED))
                    .control(c -> c.isControlledBy(participant) ? c.withdrawn() : c);
            boolean viewer = before.person(participant)
                    .filter(p -> p.role() == Participant.Role.VIEWER)
                    .isPresent();
            return viewer ? after : after.emptyUntil(Optional.empty());
        }
    }

    /** An agent came in who is not in control. */
    record AssistantJoined(UUID participant, String agent, Personal.Ref name) implements Fact {
        @Override
        public Optional<UUID> cameIn() {
            return Optional.of(participant);
        }

        @Override
        public SessionState on(SessionState before) {
            return before.with(new Person(
                            participant,
                            Participant.Role.AGENT,
                            Optional.of(new AgentId(agent)),
                            Optional.empty(),
                            Optional.of(name),
                            Participant.State.JOINED,
                            Optional.empty()))
                    .emptyUntil(Optional.empty());
        }
    }

    /**
     * Another agent is in control. What was granted for the epoch before has been stopped by events of its own.
     *
     * @param epoch the new one
     */
    record ControlPassed(Instant at, Optional<UUID> from, UUID to, long epoch) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.control(c -> c.passed(to, epoch)).closing(Optional.empty());
        }
    }

    /**
     * The controller has left, and the session waits for an agent to take it. What went on has been stopped by events of its
     * own. The interaction stays with who has handed it over.
     */
    record HandedOver(Instant at, UUID by) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.change(by, p -> p.in(Participant.State.LEFT))
                    .control(c -> c.handedOver(by))
                    .released()
                    .closing(Optional.empty());
        }
    }

    /**
     * What holds in this session beside what holds in all.
     *
     * @param zone such as {@code Europe/Zurich}
     * @param off in alphabetical order
     */
    record TermsSet(Optional<String> zone, List<String> off, Optional<String> page) implements Fact {
        static TermsSet of(Terms terms) {
            return new TermsSet(
                    terms.zone().map(ZoneId::getId),
                    terms.off().stream().sorted().toList(),
                    terms.page().map(URI::toString));
        }

        @Override
        public SessionState on(SessionState before) {
            return before.terms(new Terms(zone.map(ZoneId::of), Set.copyOf(off), page.map(URI::create)));
        }
    }

    /** An agent who is in has taken a session that waited for one. */
    record Taken(Instant at, UUID by, long epoch) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.control(c -> c.taken(by, epoch));
        }
    }

    /**
     * The controller is gone, and another agent is asked.
     *
     * @param to empty if every agent is
     */
    record ControlOffered(Optional<UUID> to, Optional<Instant> until) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.control(c -> c.offered(to, until));
        }
    }

    /** Another customer is helped from now on. */
    record CustomerSelected(UUID customer) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.control(c -> c.assisting(Optional.of(customer)));
        }
    }

    /** The controller has put somebody out for good; a customer's seat is closed with its PIN. */
    record Removed(UUID participant) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            var seat = before.person(participant).flatMap(Person::seat);
            var after = before.change(participant, p -> p.in(Participant.State.REMOVED))
                    .control(c -> gone(c, participant));
            return seat.map(s -> after.seat(s, Seat::shut)).orElse(after);
        }
    }

    /**
     * There is a link for an outside viewer.
     *
     * @param viewer the participant who will come by it
     * @param before what its URL begins with, the token follows
     * @param link SHA-256 of the link's token, as hex
     * @param token SHA-256 of the viewer's own token, as hex
     */
    record ViewerInvited(UUID viewer, Personal.Ref name, String before, String link, String token) implements Fact {
        @Override
        public SessionState on(SessionState state) {
            return state.outsiders(o -> o.with(new Outsiders.Link(viewer, name, before)));
        }
    }

    /** Somebody has opened the link. */
    record ViewerJoined(UUID viewer) implements Fact {
        @Override
        public Optional<UUID> cameIn() {
            return Optional.of(viewer);
        }

        @Override
        public SessionState on(SessionState before) {
            return before.with(new Person(
                    viewer,
                    Participant.Role.VIEWER,
                    Optional.empty(),
                    Optional.empty(),
                    before.outsiders().link(viewer).map(Outsiders.Link::name),
                    Participant.State.JOINED,
                    Optional.empty()));
        }
    }

    /** The link is dead. */
    record ViewerRevoked(UUID viewer) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.outsiders(o -> o.without(viewer)).change(viewer, p -> p.in(Participant.State.REMOVED));
        }
    }

    /** A customer said what to be called. @param language in which the page spoke */
    record Named(
            UUID participant, Personal.Ref name, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> language)
            implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.change(participant, p -> p.called(name, language));
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

    /**
     * A participant was asked, or has answered, or an answer has ended.
     *
     * @param by the agent who asks; left empty for what the participant began unasked
     * @param until what an answer is waited for, or until when it is given
     */
    record ConsentChanged(
            Instant at,
            UUID consent,
            String capability,
            UUID of,
            Optional<UUID> by,
            Consent.State state,
            Optional<Instant> until)
            implements Fact {
        Consent as() {
            return new Consent(
                    consent, capability, new ParticipantId(of), by.map(ParticipantId::new), state, at, until);
        }

        @Override
        public SessionState on(SessionState before) {
            return before.consents(consents -> consents.with(as()));
        }
    }

    /** A customer with the seat's PIN could not come in, since the agent helps as many as are allowed. */
    record CustomerRefused(Instant at, UUID seat) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.remarks(remarks -> remarks.refused(at));
        }
    }

    /** @param by the agent's participant */
    record Noted(Instant at, UUID by, Outcome outcome, Optional<Personal.Ref> text) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.remarks(remarks -> remarks.with(new Remarks.Note(at, by, outcome, text)));
        }
    }

    /** What a customer says when it is over. @param rating 1 (bad) to 5 (good) */
    record FormGiven(Instant at, UUID participant, Optional<Integer> rating, Optional<Personal.Ref> comment)
            implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.remarks(remarks -> remarks.with(new Remarks.Form(at, participant, rating, comment)));
        }
    }

    /**
     * Somebody was invited.
     *
     * @param address empty for a link that is handed over
     * @param mail the message in the outbox, if the server sends it
     * @param before what its URL begins with, the token follows
     * @param token SHA-256 of the token, as hex
     * @param by the agent's participant
     */
    record InvitationMade(
            UUID invitation,
            Participant.Role role,
            Optional<Personal.Ref> address,
            Optional<UUID> seat,
            Optional<UUID> mail,
            String language,
            String before,
            String token,
            UUID by,
            Instant at)
            implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.invitations(invitations -> invitations.with(new Invitations.Invitation(
                    invitation,
                    role,
                    address,
                    seat,
                    mail,
                    language,
                    this.before,
                    at,
                    mail.isPresent() ? InvitationView.State.QUEUED : InvitationView.State.DRAFTED,
                    Optional.empty(),
                    Optional.empty(),
                    0)));
        }
    }

    /** What became of it in the outbox. */
    record InvitationMailed(UUID invitation, UUID mail, InvitationView.State state, Optional<String> problem)
            implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.invitations(all -> all.change(invitation, one -> one.told(state, problem)));
        }
    }

    /** @param mail the message in the outbox, a new one or the same once more */
    record InvitationRepeated(UUID invitation, UUID mail) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.invitations(all -> all.change(invitation, one -> one.repeated(mail)));
        }
    }

    /** It lets nobody in any more. */
    record InvitationWithdrawn(UUID invitation) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.invitations(
                    all -> all.change(invitation, one -> one.told(InvitationView.State.WITHDRAWN, Optional.empty())));
        }
    }

    /** Somebody has come in by it. */
    record InvitationUsed(UUID invitation, UUID participant) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.invitations(all -> all.change(invitation, one -> one.used(participant)));
        }
    }

    record Ended(Instant at, EndReason reason) implements Fact {
        @Override
        public SessionState on(SessionState before) {
            return before.ended(new Ending(at, reason));
        }
    }
}
