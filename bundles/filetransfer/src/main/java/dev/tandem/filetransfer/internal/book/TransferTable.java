package dev.tandem.filetransfer.internal.book;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;

/** The read models: a row per transfer and per file, by which they are found, counted and looked after. Nothing personal. */
final class TransferTable {
    static final List<String> MIGRATIONS = List.of("001_file_transfers.sql");

    /** Where a transfer is to be found. */
    record Found(SiteId site, TransferId transfer) {}

    private TransferTable() {}

    static void project(Sql sql, Recorded<Fact> event, TransferState after) throws SQLException {
        var site = event.site();
        var id = event.stream();
        var fact = event.event();
        if (fact instanceof Fact.Announced announced) {
            sql.update(
                    "INSERT INTO file_transfer (site, id, session, state, announced, position) VALUES (?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (site, id) DO NOTHING",
                    site,
                    id,
                    announced.session(),
                    State.ARRIVING,
                    announced.at(),
                    event.position());
        } else if (fact instanceof Fact.FileAdded added) {
            sql.update(
                    "INSERT INTO file_transfer_file (site, file, transfer, session, state, bytes) VALUES (?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (site, file) DO NOTHING",
                    site,
                    added.file(),
                    id,
                    after.announced().orElseThrow().session(),
                    FileState.ARRIVING,
                    added.size().orElse(0L));
        } else if (fact instanceof Fact.FileReady ready) {
            file(sql, site, ready.file(), FileState.READY, ready.size());
        } else if (fact instanceof Fact.FileRefused refused) {
            file(sql, site, refused.file(), FileState.REFUSED, 0);
        } else if (fact instanceof Fact.FileTakenBack back) {
            file(sql, site, back.file(), FileState.TAKEN_BACK, 0);
        } else if (over(after.state())) {
            sql.update("UPDATE file_transfer_file SET bytes = 0 WHERE site = ? AND transfer = ?", site, id);
        }
        sql.update(
                "UPDATE file_transfer SET state = ?, position = ? WHERE site = ? AND id = ?",
                after.state(),
                event.position(),
                site,
                id);
    }

    /** Whether its bytes are no longer kept. */
    private static boolean over(State state) {
        return !state.open() && state != State.DONE;
    }

    private static void file(Sql sql, SiteId site, String file, FileState state, long bytes) throws SQLException {
        sql.update(
                "UPDATE file_transfer_file SET state = ?, bytes = ? WHERE site = ? AND file = ?",
                state,
                bytes,
                site,
                file);
    }

    /** Those of a session, the oldest first. */
    static List<UUID> of(Sql sql, SiteId site, SessionId session, int most) throws SQLException {
        return sql.all(
                "SELECT id FROM file_transfer WHERE site = ? AND session = ? ORDER BY announced, id LIMIT ?",
                row -> Sql.uuid(row, "id"),
                site,
                session,
                most);
    }

    /** Those of a session that are not over, or whose bytes are still kept. */
    static List<UUID> kept(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.all(
                "SELECT id FROM file_transfer WHERE site = ? AND session = ? AND state IN (?, ?, ?, ?)",
                row -> Sql.uuid(row, "id"),
                site,
                session,
                State.ARRIVING,
                State.OFFERED,
                State.AGREED,
                State.DONE);
    }

    /** The transfer to which a file belongs. */
    static Optional<UUID> transferOf(Sql sql, SiteId site, String file) throws SQLException {
        return sql.first(
                "SELECT transfer FROM file_transfer_file WHERE site = ? AND file = ?",
                row -> Sql.uuid(row, "transfer"),
                site,
                file);
    }

    /** Those of all sites in which bytes may be coming. */
    static List<Found> arriving(Sql sql) throws SQLException {
        return sql.all(
                "SELECT site, id FROM file_transfer WHERE state = ? ORDER BY announced",
                row -> new Found(new SiteId(row.getString("site")), new TransferId(Sql.uuid(row, "id"))),
                State.ARRIVING);
    }

    /** Bytes that the site keeps, or has made room for. */
    static long bytes(Sql sql, SiteId site) throws SQLException {
        return sql.first(
                        "SELECT coalesce(sum(bytes), 0) FROM file_transfer_file WHERE site = ?",
                        row -> row.getLong(1),
                        site)
                .orElse(0L);
    }

    /** The same of a session. */
    static long bytes(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.first(
                        "SELECT coalesce(sum(bytes), 0) FROM file_transfer_file WHERE site = ? AND session = ?",
                        row -> row.getLong(1),
                        site,
                        session)
                .orElse(0L);
    }

    /** What has last happened to a transfer of that session, as a number that ascends; 0 if there is none. */
    static long position(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.first(
                        "SELECT coalesce(max(position), 0) FROM file_transfer WHERE site = ? AND session = ?",
                        row -> row.getLong(1),
                        site,
                        session)
                .orElse(0L);
    }
}
