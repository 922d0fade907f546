package dev.tandem.filetransfer.internal.book;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    static final List<String> MIGRATIONS =
            List.of("001_file_transfers.sql", "002_begun.sql", "003_room.sql", "004_room_made.sql");

    /** Where a transfer is to be found. */
    record Found(SiteId site, TransferId transfer) {}

    private TransferTable() {}

    static void project(Sql sql, Recorded<Fact> event, TransferState after) throws SQLException {
        var site = event.site();
        var id = event.stream();
        var fact = event.event();
        if (fact instanceof Fact.Announced announced) {
            sql.update(
                    "INSERT INTO file_transfer (site, id, session, state, announced, begun, position)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (site, id) DO NOTHING",
                    site,
                    id,
                    announced.session(),
                    State.ARRIVING,
                    announced.at(),
                    event.position(),
                    event.position());
        } else if (fact instanceof Fact.FileAdded added) {
            RoomTable.end(sql, site, added.file());
            sql.update(
                    "INSERT INTO file_transfer_file (site, file, transfer, session, state, bytes) VALUES (?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (site, file) DO NOTHING",
                    site,
                    added.file(),
                    id,
                    after.announced().orElseThrow().session(),
                    FileState.ARRIVING,
                    added.size().orElse(0L));
        } else if (fact instanceof Fact.RoomMade made) {
            file(sql, site, made.file(), FileState.ARRIVING, made.bytes());
        } else if (fact instanceof Fact.FileSized sized) {
            file(sql, site, sized.file(), FileState.ARRIVING, sized.size());
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

    /** Those of a session that are listed: all that are open, and the latest of the others. The oldest first. */
    static List<UUID> of(Sql sql, SiteId site, SessionId session, int most) throws SQLException {
        return sql
                .all(
                        "SELECT id, begun FROM file_transfer WHERE site = ? AND session = ?"
                                + " ORDER BY CASE WHEN state IN (?, ?, ?) THEN 0 ELSE 1 END, begun DESC LIMIT ?",
                        row -> Map.entry(row.getLong("begun"), Sql.uuid(row, "id")),
                        site,
                        session,
                        State.ARRIVING,
                        State.OFFERED,
                        State.AGREED,
                        most)
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Files of a session whose bytes are not kept: they have come to nothing, or their transfer has. */
    static List<String> unwanted(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.all(
                "SELECT f.file FROM file_transfer_file f JOIN file_transfer t ON t.site = f.site AND t.id = f.transfer"
                        + " WHERE f.site = ? AND f.session = ?"
                        + " AND (f.state IN (?, ?) OR t.state NOT IN (?, ?, ?, ?))",
                row -> row.getString("file"),
                site,
                session,
                FileState.REFUSED,
                FileState.TAKEN_BACK,
                State.ARRIVING,
                State.OFFERED,
                State.AGREED,
                State.DONE);
    }

    /** How many a session has had. */
    static long count(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.first(
                        "SELECT count(*) FROM file_transfer WHERE site = ? AND session = ?",
                        row -> row.getLong(1),
                        site,
                        session)
                .orElse(0L);
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

    /** Whether any of a session is open. */
    static boolean anyOpen(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.first(
                        "SELECT 1 FROM file_transfer WHERE site = ? AND session = ? AND state IN (?, ?, ?) LIMIT 1",
                        row -> true,
                        site,
                        session,
                        State.ARRIVING,
                        State.OFFERED,
                        State.AGREED)
                .isPresent();
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

    /** Those that are not over, or whose bytes are still kept, the latest first: of one site, or of all. */
    static List<Found> latest(Sql sql, Optional<SiteId> site, int most) throws SQLException {
        var states = List.<Object>of(State.ARRIVING, State.OFFERED, State.AGREED, State.DONE);
        return sql.all(
                "SELECT site, id FROM file_transfer WHERE state IN (?, ?, ?, ?)"
                        + of(site, " AND")
                        + " ORDER BY announced DESC, id LIMIT ?",
                row -> new Found(new SiteId(row.getString("site")), new TransferId(Sql.uuid(row, "id"))),
                values(states, site, most));
    }

    private static String of(Optional<SiteId> site, String word) {
        return site.isPresent() ? word + " site = ?" : "";
    }

    private static Object[] values(List<Object> first, Optional<SiteId> site, int most) {
        var all = new ArrayList<>(first);
        site.ifPresent(all::add);
        all.add(most);
        return all.toArray();
    }

    /** The site of a transfer. Goes through all of them: for who asks seldom. */
    static Optional<SiteId> siteOf(Sql sql, UUID transfer) throws SQLException {
        return sql.first(
                "SELECT site FROM file_transfer WHERE id = ?", row -> new SiteId(row.getString("site")), transfer);
    }

    /** The sessions in which something was sent, the latest first: of one site, or of all. */
    static List<TransferBook.Place> sessions(Sql sql, Optional<SiteId> site, int most) throws SQLException {
        return sql.all(
                "SELECT site, session FROM file_transfer"
                        + of(site, " WHERE")
                        + " GROUP BY site, session ORDER BY max(announced) DESC LIMIT ?",
                row -> new TransferBook.Place(
                        new SiteId(row.getString("site")), new SessionId(Sql.uuid(row, "session"))),
                values(List.of(), site, most));
    }

    /** What a file counts towards the quotas. */
    static long room(Sql sql, SiteId site, String file) throws SQLException {
        return sql.first(
                        "SELECT bytes FROM file_transfer_file WHERE site = ? AND file = ?",
                        row -> row.getLong(1),
                        site,
                        file)
                .orElse(0L);
    }

    /** Bytes that the site keeps, or has made room for, not too long ago. */
    static long bytes(Sql sql, SiteId site, Instant now) throws SQLException {
        return sum(sql, "file_transfer_file WHERE site = ? AND bytes > 0", site)
                + sum(sql, "file_transfer_room WHERE site = ? AND made >= ?", site, now.minus(RoomTable.KEPT));
    }

    /** The same of a session. */
    static long bytes(Sql sql, SiteId site, SessionId session, Instant now) throws SQLException {
        return sum(sql, "file_transfer_file WHERE site = ? AND session = ? AND bytes > 0", site, session)
                + sum(
                        sql,
                        "file_transfer_room WHERE site = ? AND session = ? AND made >= ?",
                        site,
                        session,
                        now.minus(RoomTable.KEPT));
    }

    private static long sum(Sql sql, String of, Object... values) throws SQLException {
        return sql.first("SELECT coalesce(sum(bytes), 0) FROM " + of, row -> row.getLong(1), values)
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
