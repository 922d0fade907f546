package dev.tandem.filetransfer.internal.book;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** Who has agreed beforehand to all that comes from the other side. It holds in one epoch of control: for one agent. */
final class AcceptingTable {
    private AcceptingTable() {}

    static void set(Sql sql, SiteId site, SessionId session, ParticipantId receiver, boolean customer, long epoch)
            throws SQLException {
        sql.update(
                "INSERT INTO file_transfer_accepting (site, session, receiver, customer, epoch) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (site, session, receiver) DO UPDATE SET epoch = excluded.epoch",
                site,
                session,
                receiver,
                customer,
                epoch);
    }

    static void clear(Sql sql, SiteId site, SessionId session, ParticipantId receiver) throws SQLException {
        sql.update(
                "DELETE FROM file_transfer_accepting WHERE site = ? AND session = ? AND receiver = ?",
                site,
                session,
                receiver);
    }

    static void clear(Sql sql, SiteId site, SessionId session) throws SQLException {
        sql.update("DELETE FROM file_transfer_accepting WHERE site = ? AND session = ?", site, session);
    }

    static boolean holds(Sql sql, SiteId site, SessionId session, ParticipantId receiver, long epoch)
            throws SQLException {
        return sql.first(
                        "SELECT epoch FROM file_transfer_accepting WHERE site = ? AND session = ? AND receiver = ?"
                                + " AND epoch = ?",
                        row -> row.getLong(1),
                        site,
                        session,
                        receiver,
                        epoch)
                .isPresent();
    }

    /** The agent who takes all that customers send, in that epoch. */
    static Optional<UUID> agent(Sql sql, SiteId site, SessionId session, long epoch) throws SQLException {
        return sql.first(
                "SELECT receiver FROM file_transfer_accepting WHERE site = ? AND session = ? AND customer = 0"
                        + " AND epoch = ?",
                row -> Sql.uuid(row, "receiver"),
                site,
                session,
                epoch);
    }
}
