package dev.tandem.session;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a participant has been asked to allow, and the answer. A session shows the last of each participant and capability;
 * its ledger has them all.
 *
 * @param capability what it is about: the name of the activity, {@code recording}
 * @param of who is asked
 * @param by the agent who has asked; empty where the participant began by themselves
 * @param at when it came into this state
 * @param until while ASKED: how long the answer is waited for; while GRANTED for a time: when it ends by itself
 */
public record Consent(
        UUID id,
        String capability,
        ParticipantId of,
        Optional<ParticipantId> by,
        State state,
        Instant at,
        Optional<Instant> until) {

    /** ASKED, then GRANTED or DENIED or EXPIRED; a granted one ends as REVOKED, EXPIRED or ENDED. */
    public enum State {
        ASKED,
        GRANTED,
        /** Terminal. */
        DENIED,
        /** Terminal: taken back by the participant. */
        REVOKED,
        /** Terminal: nobody has answered in time, or its time is over. */
        EXPIRED,
        /** Terminal: what it was given for is over. */
        ENDED
    }

    /** Whether it allows anything at that moment. */
    public boolean holds(Instant now) {
        return state == State.GRANTED && until.filter(end -> !end.isAfter(now)).isEmpty();
    }
}
