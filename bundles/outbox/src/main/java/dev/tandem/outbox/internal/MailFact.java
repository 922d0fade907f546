package dev.tandem.outbox.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Personal;

/** What is stored of a message. Shapes are for ever: fields are only added. Addresses and words stand in personal rows. */
sealed interface MailFact {
    EventTypes<MailFact> TYPES = EventTypes.<MailFact>none()
            .with("mail.queued.v1", Queued.class)
            .with("mail.handing.v1", Handing.class)
            .with("mail.sent.v1", Sent.class)
            .with("mail.deferred.v1", Deferred.class)
            .with("mail.due.v1", Due.class)
            .with("mail.failed.v1", Failed.class)
            .with("mail.uncertain.v1", Uncertain.class)
            .with("mail.wanted.v1", Wanted.class)
            .with("mail.cancelled.v1", Cancelled.class);

    /**
     * @param messageId as it stands in the mail's header, the same for all attempts
     * @param language as a tag: {@code fr}
     * @param until when it is given up
     */
    record Queued(
            Instant at,
            Personal.Ref to,
            Personal.Ref subject,
            Personal.Ref text,
            Personal.Ref html,
            String language,
            String messageId,
            Optional<String> about,
            Instant until)
            implements MailFact {}

    /**
     * Its last line goes to the server now. Written before, so that nobody else does the same.
     *
     * @param attempt which one, from 1
     * @param node which node does
     */
    record Handing(int attempt, UUID node) implements MailFact {}

    /** The server has said that it has it. */
    record Sent(int attempt) implements MailFact {}

    /** It did not work this time. */
    record Deferred(int attempt, String problem, Instant next) implements MailFact {}

    /** It is tried again now. */
    record Due() implements MailFact {}

    /** It is not tried again by itself. */
    record Failed(int attempt, String problem) implements MailFact {}

    /** Its last line may have gone to the server, and no answer is known. */
    record Uncertain(int attempt) implements MailFact {}

    /** A person wants it to be tried again. */
    record Wanted(Instant until) implements MailFact {}

    /** Nobody wants it any more. */
    record Cancelled() implements MailFact {}
}
