package dev.tandem.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * A message as it stands now.
 *
 * @param to empty once it is erased
 * @param problem why it is not sent, see {@link Problems}; the last one while it is tried again
 * @param attempts how often it was tried
 * @param next while RETRYING: when it is tried again
 * @param about the caller's mark
 */
public record Message(
        MessageId id,
        State state,
        Optional<String> to,
        Optional<String> problem,
        int attempts,
        Instant queuedAt,
        Optional<Instant> next,
        Optional<String> about) {

    /** How far a message has come. */
    public enum State {
        /** To be handed over as soon as a node can. */
        QUEUED(false),
        /** Its last line goes to the server now. */
        SENDING(false),
        /** The server has it. What becomes of it later comes back to the sender's mailbox. */
        SENT(true),
        /** It did not work; it is tried again by itself. */
        RETRYING(false),
        /** It did not work and is not tried again, unless a person wants it. */
        FAILED(true),
        /** Nobody can know whether the server has it. Only a person may send it again. */
        UNCERTAIN(true),
        /** It was not wanted any more before it was sent. */
        CANCELLED(true);

        private final boolean terminal;

        State(boolean terminal) {
            this.terminal = terminal;
        }

        /** Whether nothing more happens by itself. */
        public boolean terminal() {
            return terminal;
        }
    }
}
