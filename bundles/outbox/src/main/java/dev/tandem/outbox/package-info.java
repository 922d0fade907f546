/**
 * Mail that leaves, or tells why not. What {@link dev.tandem.outbox.Outbox#send} has accepted is durable; it is handed to the
 * mail server of {@code etc/dev.tandem.outbox.cfg}, tried again with growing pauses for a day, over restarts and by whichever
 * node lives.
 *
 * <p>Nothing is sent twice by itself. A mail counts as handed over from the moment before its last line goes to the server;
 * if nobody can know what the server made of it, it is {@code UNCERTAIN} and waits for a person. Each mail keeps its
 * Message-ID over all attempts.
 *
 * <p>Who wants to follow a mail hears {@link dev.tandem.outbox.OutboxEvent} by an
 * {@link dev.tandem.journal.EventSubscriber}. Addresses and texts stand in personal rows and can be erased.
 */
@Version("1.0.0")
package dev.tandem.outbox;

import org.osgi.annotation.versioning.Version;
