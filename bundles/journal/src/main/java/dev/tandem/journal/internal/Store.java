package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The statements of a batch, in the way that suits a dialect. Stateless. */
interface Store {
    /** The last position given in a site and the hash of its last batch. */
    record Head(long position, byte[] batchHash) {}

    /** An event read back for a fold. */
    @FunctionalInterface
    interface Reader {
        void event(StreamKey key, long version, String name, String payload, byte[] hash);
    }

    /**
     * Begins a transaction, locks the site's counter row until its end and finds which of the commands have been
     * answered already.
     *
     * @param answers where the first answers go
     */
    Head begin(Session session, String site, Collection<UUID> commands, Map<UUID, StoredAnswer> answers)
            throws SQLException;

    /** Reads all events of the streams, each stream in its order. */
    void streams(Session session, String site, Collection<StreamKey> keys, Reader reader) throws SQLException;

    /** Writes everything, moves the counter row on, and commits. */
    void commit(Session session, String site, Head before, Writes writes) throws SQLException;

    /**
     * Writes everything and commits, what projections have put off as well, without {@link #begin}, if the counter row still
     * stands at {@code before}, nobody holds it, and the leases are held; otherwise fails, with an error of class 22 or 23.
     */
    void commitAhead(Session session, String site, Head before, Writes writes) throws SQLException;
}
