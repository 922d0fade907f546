package dev.tandem.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;

/**
 * A session as other slices see it; a snapshot.
 *
 * @param number for agents to tell each other, in digits
 * @param interaction the call or chat that it was started on; empty if it was opened without one, or handed over since
 * @param controller the agent in control; if that one has left, control is offered to the others; nobody while it is
 *     TRANSFERRING and once it has ended
 * @param epoch ascends with every change of control; an activity is granted for one epoch; 0 before there was an agent
 * @param firstEpoch the epoch of the agent who started the session or has taken it last: until control is passed it is
 *     the epoch
 * @param offered while the controller has left: who is asked to take control; empty if everybody is
 * @param assisted the customer who is being helped; empty while no customer is there
 * @param activities what is going on
 * @param consents what participants were asked to allow, as it stands, the earliest first
 * @param terms what holds in this session beside what holds in all
 * @param version the stream's version
 */
public record SupportSession(
        SiteId site,
        SessionId id,
        String number,
        Optional<InteractionId> interaction,
        State state,
        Optional<EndReason> ended,
        List<Participant> participants,
        Optional<ParticipantId> controller,
        long epoch,
        long firstEpoch,
        Optional<ParticipantId> offered,
        Optional<ParticipantId> assisted,
        List<Running> activities,
        List<Consent> consents,
        Terms terms,
        Instant startedAt,
        long version) {

    /** WAITING or TRANSFERRING, then ACTIVE, which may alternate with INTERRUPTED and TRANSFERRING, then ENDED. */
    public enum State {
        /** No customer yet. */
        WAITING,
        ACTIVE,
        /** All agents or the customer have dropped out; the grace runs. */
        INTERRUPTED,
        /**
         * Nobody is in control, and nothing goes on: the session waits for an agent to take it. Only customers' grace runs.
         * Agents who are there all the same assist.
         */
        TRANSFERRING,
        /** Terminal. */
        ENDED
    }

    /** Why a session ended. */
    public enum EndReason {
        /** An agent ended it. */
        BY_AGENT,
        /** The controller's page was closed. */
        PAGE_CLOSED,
        /** Nobody came back within the grace. */
        GRACE_EXPIRED,
        /** The agent started a new one in its place. */
        RENEWED,
        /** No customer came. */
        NOBODY_CAME,
        /** Who runs the node ended it, from outside. */
        BY_ADMINISTRATOR,
        /** It waited for an agent, and none was found. */
        NO_AGENT,
        /** It waited for an agent, and the last customer left. */
        CUSTOMER_LEFT
    }

    /** How long an activity is granted for, at most. */
    public enum Scope {
        /** Until another customer is selected or control passes. */
        CUSTOMER,
        /** Until control passes. */
        CONTROL,
        /** Until the session ends or is handed over. */
        SESSION
    }

    /**
     * An activity under way.
     *
     * @param name the activity's name: {@code screen}
     * @param by who does it
     * @param scope what ends it
     * @param epoch the control epoch it was granted in
     */
    public record Running(String name, ParticipantId by, Instant since, Scope scope, long epoch) {}

    /** The participant of that id, whatever their state. */
    public Optional<Participant> participant(ParticipantId id) {
        return participants.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    /** The activity of that name, if it is under way. */
    public Optional<Running> activity(String name) {
        return activities.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** Whether the activity of that name is under way. */
    public boolean running(String name) {
        return activity(name).isPresent();
    }

    /** Whether that participant is in control now: an agent in control who has left is not. */
    public boolean controls(ParticipantId id) {
        return controller.filter(id::equals).isPresent()
                && participant(id).filter(p -> p.state().present()).isPresent();
    }

    /** Whether that participant allows that capability at that moment; never what is switched off. */
    public boolean granted(ParticipantId id, String capability, Instant now) {
        return !terms.off(capability)
                && consents.stream()
                        .anyMatch(c -> c.of().equals(id) && c.capability().equals(capability) && c.holds(now));
    }
}
