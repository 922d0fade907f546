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
 * @param controller the agent in control
 * @param epoch ascends with every change of control; an activity is granted for one epoch
 * @param activities what is going on
 * @param version the stream's version
 */
public record SupportSession(
        SiteId site,
        SessionId id,
        String number,
        InteractionId interaction,
        State state,
        Optional<EndReason> ended,
        List<Participant> participants,
        Optional<ParticipantId> controller,
        long epoch,
        List<Running> activities,
        Instant startedAt,
        long version) {

    /** WAITING, then ACTIVE, which may alternate with INTERRUPTED, then ENDED. */
    public enum State {
        /** No customer yet. */
        WAITING,
        ACTIVE,
        /** All agents or the customer have dropped out; the grace runs. */
        INTERRUPTED,
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
        BY_ADMINISTRATOR
    }

    /**
     * An activity under way.
     *
     * @param name the activity's name: {@code screen}
     * @param by who does it
     */
    public record Running(String name, ParticipantId by, Instant since) {}

    /** The participant of that id, whatever their state. */
    public Optional<Participant> participant(ParticipantId id) {
        return participants.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    /** The activity of that name, if it is under way. */
    public Optional<Running> activity(String name) {
        return activities.stream().filter(a -> a.name().equals(name)).findFirst();
    }
}
