package dev.tandem.filetransfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;

/**
 * What is sent in the sessions of this node's sites. A service. Nobody is asked whether the caller may: that is up to the
 * caller.
 */
@ProviderType
public interface FileTransfers {
    /** The transfer as it is now, with all that is in it; empty if the site has none of that id. */
    Optional<FileTransfer> find(SiteId site, TransferId transfer);

    /**
     * Those of a session, the oldest first, at most 500: the latest, before which those come that are over. The paths in a folder and its empty folders are left out; {@link #find}
     * tells them.
     */
    List<FileTransfer> of(SiteId site, SessionId session);

    /**
     * Sends a file in the name of the agent in control to the customer who is being helped, who is asked as ever. Blocks until
     * all bytes are in the store; then it is looked at, and offered if it may pass. Limits, quotas and lists of types hold as for
     * people.
     *
     * @param bytes is read to its end and left open. If it fails nothing is sent
     * @param command a repeat sends nothing more and gives the first answer; one whose first call has died with its process is
     *     sent by the repeat
     * @return refused with UNKNOWN if there is no such session, FORBIDDEN {@code not-allowed-now}, {@code switched-off}, CONFLICT
     *     {@code no-customer}, {@code session-ended}, {@code transfer-over} for a repeat of what came to nothing, BUSY
     *     {@code under-way} while the first call is, INVALID {@code file-too-large}, {@code quota-session}, {@code quota-site},
     *     {@code type-not-allowed}
     * @throws IOException if the bytes cannot be read, or the store is full or out of order
     */
    Answer<TransferId> send(SiteId site, SessionId session, Outgoing file, InputStream bytes, UUID command)
            throws IOException;

    /**
     * A file to be sent.
     *
     * @param name 1 to 1024 characters
     * @param size bytes; empty if nobody knows. If it is known, exactly so many have to come
     * @param type media type
     */
    record Outgoing(String name, Optional<Long> size, String type) {}

    /**
     * The bytes of a file whose receiver has agreed to it.
     *
     * @param file its id
     * @throws FileStore.MissingFileException if there is none, nobody has agreed to it, or its bytes have been deleted
     */
    ReadableByteChannel open(SiteId site, String file) throws IOException;

    /**
     * Takes a transfer back, unless the receiver has agreed to it already.
     *
     * @return refused with UNKNOWN if there is none, CONFLICT {@code transfer-over} if it was agreed to
     */
    Answer<None> cancel(SiteId site, TransferId transfer, UUID command);
}
