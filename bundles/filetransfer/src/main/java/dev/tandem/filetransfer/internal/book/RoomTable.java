package dev.tandem.filetransfer.internal.book;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;

/**
 * Room for files that are about to be added. Decisions are pure and of one transfer, quotas are of all: so room is made before, by
 * one at a time in a site, whatever node they come to, and is taken in the transaction that adds the file.
 */
final class RoomTable {
    /** Whoever has not added their file by then has died. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private RoomTable() {}

    /** @return what is full; empty if there is room, which is then made */
    static Optional<Quota.Full> make(
            Sql sql, SiteId site, SessionId session, String file, long bytes, Quota quota, Instant now)
            throws SQLException {
        sql.update(
                "INSERT INTO file_transfer_turn (site, turn) VALUES (?, 1)"
                        + " ON CONFLICT (site) DO UPDATE SET turn = file_transfer_turn.turn + 1",
                site);
        sql.update("DELETE FROM file_transfer_room WHERE site = ? AND made < ?", site, now.minus(KEPT));
        if (TransferTable.bytes(sql, site, session, now) + bytes > quota.session()) {
            return Optional.of(Quota.Full.SESSION);
        }
        if (TransferTable.bytes(sql, site, now) + bytes > quota.site()) {
            return Optional.of(Quota.Full.SITE);
        }
        sql.update(
                "INSERT INTO file_transfer_room (site, file, session, bytes, made) VALUES (?, ?, ?, ?, ?)",
                site,
                file,
                session,
                bytes,
                now);
        return Optional.empty();
    }

    /** It is a file by now, which counts by itself, or it never will be. */
    static void end(Sql sql, SiteId site, String file) throws SQLException {
        sql.update("DELETE FROM file_transfer_room WHERE site = ? AND file = ?", site, file);
    }
}
