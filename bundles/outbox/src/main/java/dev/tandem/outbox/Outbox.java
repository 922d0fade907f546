package dev.tandem.outbox;

import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;

/** Sends mail. A service; no method waits for a mail server. */
@ProviderType
public interface Outbox {
    /**
     * Whether this node has a mail server to hand mail to. Without one mail is accepted nevertheless, and waits for a node
     * that has.
     */
    boolean ready();

    /**
     * Takes a mail, durably. A repeat with the same command sends nothing more and gets the same id.
     *
     * @return the id; refused with {@code one-address} or {@code bad-address}
     */
    Answer<MessageId> send(SiteId site, UUID command, Mail mail);

    /** A message as it stands now, or empty if there is none of that id in the site. */
    Optional<Message> find(SiteId site, MessageId message);

    /**
     * Tries a message once more that has FAILED, is UNCERTAIN or is RETRYING, with a fresh day of attempts, because a person
     * wants it. One that is on its way already stays as it is. It keeps its Message-ID, so that a mailbox that has it may
     * know it again.
     *
     * @return refused with {@code message-sent} or {@code message-cancelled}
     */
    Answer<None> again(SiteId site, MessageId message, String actor, UUID command);

    /**
     * Sends a message no more, if it has not gone yet. What is handed over now, or was, stays as it is.
     *
     * @return refused with {@code unknown} if there is none
     */
    Answer<None> cancel(SiteId site, MessageId message, String actor, UUID command);
}
