package dev.tandem.outbox;

import java.util.Optional;

import dev.tandem.platform.SiteId;

/**
 * What has happened to a message, as published to {@link dev.tandem.journal.EventSubscriber}s. Addresses and words are not
 * in it.
 */
public sealed interface OutboxEvent {
    /** The site of the message. */
    SiteId site();

    /** The message. */
    MessageId message();

    /**
     * It has another state now.
     *
     * @param attempts how often it was tried
     * @param problem why it is not sent, see {@link Problems}
     * @param about the sender's mark
     */
    record Changed(
            SiteId site,
            MessageId message,
            Message.State state,
            int attempts,
            Optional<String> problem,
            Optional<String> about)
            implements OutboxEvent {}
}
