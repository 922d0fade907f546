package dev.tandem.filetransfer.internal.book;

import java.util.Optional;

import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/**
 * Who sends something in a session, and may.
 *
 * @param actor as the journal has it; under that name a person is erased, too
 * @param to the customer for whom it is; empty if it is for the agents
 * @param epoch of control
 * @param controller the agent in control in that epoch
 */
public record Sender(
        SiteId site,
        SessionId session,
        ParticipantId from,
        String actor,
        Optional<ParticipantId> to,
        long epoch,
        ParticipantId controller) {

    /** Which way it goes. */
    public Direction direction() {
        return to.isPresent() ? Direction.TO_CUSTOMER : Direction.FROM_CUSTOMER;
    }
}
