package dev.tandem.webacd.internal.metrics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.metrics.Visit.Outcome;

/** The stays of work items. Nothing personal stands in it. An event that comes once more changes nothing. */
final class VisitTable {
    /** What takes longer counts for so long. */
    static final Duration LONGEST_HANDLING = Duration.ofHours(24);

    private static final String COLUMNS =
            "SELECT queue, transfer, since, entered, outcome, left_at, agent, ended_at FROM webacd_visit_v1 WHERE site = ?";
    private static final String LATEST = " WHERE site = ? AND item = ? AND position < ? AND entry ="
            + " (SELECT MAX(entry) FROM webacd_visit_v1 WHERE site = ? AND item = ?)";

    private final Database database;

    VisitTable(Database database) {
        this.database = database;
    }

    /** Where an event stands: whose it is, its place in the site's order, its time. */
    record At(SiteId site, UUID item, long position, Instant time) {}

    void submitted(At at, Optional<UUID> queue, boolean transfer) {
        database.write(sql -> insert(sql, at, queue, transfer, at.time()));
    }

    void moved(At at, UUID to) {
        database.write(sql -> {
            record Before(boolean transfer, Instant since) {}
            var before = sql.first(
                    "SELECT transfer, since FROM webacd_visit_v1 WHERE site = ? AND item = ? AND position < ?"
                            + " ORDER BY entry DESC LIMIT 1",
                    row -> new Before(row.getInt("transfer") == 1, Sql.instant(row, "since")),
                    at.site(),
                    at.item(),
                    at.position());
            if (before.isPresent()) {
                end(sql, at, Outcome.MOVED);
                // A transfer is counted where it came to.
                return insert(sql, at, Optional.of(to), false, before.get().since());
            }
            return 0;
        });
    }

    /** An answer that came to nothing, since the agent could not take it, is followed by another one, which counts. */
    void answered(At at, String agent) {
        database.write(
                sql -> latest(sql, at, "outcome = ?, left_at = ?, agent = ?", Outcome.ANSWERED, at.time(), agent));
    }

    /** Handled by another agent, and answered no earlier or later by that. */
    void passed(At at, String agent) {
        database.write(sql -> latest(sql, at, "agent = ?", agent));
    }

    void done(At at) {
        database.write(sql -> latest(sql, at, "ended_at = ?", at.time()));
    }

    void ended(At at, Outcome how) {
        database.write(sql -> end(sql, at, how));
    }

    static void erase(Sql sql, SiteId site, String agent) throws SQLException {
        sql.update("UPDATE webacd_visit_v1 SET agent = NULL WHERE site = ? AND agent = ?", site, agent);
    }

    /** Who it was that answered before that moment. */
    void forget(SiteId site, Instant before) {
        database.write(sql -> sql.update(
                "UPDATE webacd_visit_v1 SET agent = NULL WHERE site = ? AND left_at < ? AND agent IS NOT NULL",
                site,
                before));
    }

    /** What was never handed over was never in a queue, for anybody who counts. */
    void neverCame(At at) {
        database.write(sql -> sql.update(
                "DELETE FROM webacd_visit_v1 WHERE site = ? AND item = ? AND position < ?",
                at.site(),
                at.item(),
                at.position()));
    }

    private static int insert(Sql sql, At at, Optional<UUID> queue, boolean transfer, Instant since)
            throws SQLException {
        return sql.update(
                "INSERT INTO webacd_visit_v1 (site, item, entry, queue, transfer, since, entered, outcome, position)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, item, entry) DO NOTHING",
                at.site(),
                at.item(),
                at.position(),
                queue,
                transfer,
                since,
                at.time(),
                Outcome.WAITING,
                at.position());
    }

    private static int end(Sql sql, At at, Outcome how) throws SQLException {
        return latest(sql, at, "outcome = ?, left_at = ?", how, at.time());
    }

    /** Changes an item's latest visit, unless it knows of this or of something later. @param set columns for the values */
    private static int latest(Sql sql, At at, String set, Object... values) throws SQLException {
        var where = Stream.of(at.position(), at.site(), at.item(), at.position(), at.site(), at.item());
        var all = Stream.concat(Stream.of(values), where).toArray();
        return sql.update("UPDATE webacd_visit_v1 SET " + set + ", position = ?" + LATEST, all);
    }

    /** Those that came in that time, or left their queue in it, or whose work ended in it, or went on in it. */
    void between(SiteId site, Instant from, Instant to, What what) {
        each(site, " AND entered >= ? AND entered < ?", what.entered(), from, to);
        each(site, " AND left_at >= ? AND left_at < ?", what.left(), from, to);
        each(site, " AND ended_at >= ? AND ended_at < ? AND outcome = 'ANSWERED'", what.handled(), from, to);
        each(
                site,
                " AND left_at >= ? AND left_at < ? AND outcome = 'ANSWERED'",
                what.worked(),
                from.minus(LONGEST_HANDLING),
                to);
    }

    /** Who hears of which. */
    record What(Consumer<Visit> entered, Consumer<Visit> left, Consumer<Visit> handled, Consumer<Visit> worked) {}

    private void each(SiteId site, String which, Consumer<Visit> what, Instant from, Instant to) {
        database.read(sql -> sql.all(COLUMNS + which, VisitTable::visit, site, from, to))
                .forEach(what);
    }

    private static final String FIRST =
            " FROM webacd_visit_v1 f WHERE f.site = ? AND f.entered >= ? AND f.entered < ? AND f.entered = f.since"
                    + " AND f.entry = (SELECT MIN(m.entry) FROM webacd_visit_v1 m WHERE m.site = f.site AND m.item = f.item)";

    long count(SiteId site, Instant from, Instant to) {
        return database.read(sql -> sql.first("SELECT COUNT(*) AS n" + FIRST, row -> row.getLong("n"), site, from, to))
                .orElse(0L);
    }

    /** The first stay of each item with what became of the last. */
    List<Kept.Came> came(SiteId site, Instant from, Instant to, Optional<Kept.Came> after, int most) {
        var last = after.map(Kept.Came::at).orElse(Instant.EPOCH);
        return database.read(sql -> sql.all(
                "SELECT c.item, c.entry, c.queue, c.since, l.outcome, l.left_at, l.ended_at FROM (SELECT f.site, f.item,"
                        + " f.entry, f.queue, f.since" + FIRST
                        + " AND (f.entered > ? OR f.entered = ? AND f.entry > ?) ORDER BY f.entered, f.entry LIMIT ?) c"
                        + " JOIN webacd_visit_v1 l ON l.site = c.site AND l.item = c.item AND l.entry ="
                        + " (SELECT MAX(m.entry) FROM webacd_visit_v1 m WHERE m.site = c.site AND m.item = c.item)"
                        + " ORDER BY c.since, c.entry",
                VisitTable::came,
                site,
                after.isPresent() ? last : from,
                to,
                last,
                last,
                after.map(Kept.Came::place).orElse(0L),
                most));
    }

    private static Kept.Came came(ResultSet row) throws SQLException {
        var outcome = Outcome.valueOf(row.getString("outcome"));
        return new Kept.Came(
                Sql.uuid(row, "item"),
                row.getLong("entry"),
                Optional.ofNullable(row.getString("queue")).map(UUID::fromString),
                Sql.instant(row, "since"),
                outcome == Outcome.ANSWERED,
                outcome == Outcome.ABANDONED,
                maybe(row, "left_at"),
                maybe(row, "ended_at"));
    }

    private static Visit visit(ResultSet row) throws SQLException {
        return new Visit(
                Optional.ofNullable(row.getString("queue")).map(UUID::fromString),
                row.getInt("transfer") == 1,
                Sql.instant(row, "since"),
                Sql.instant(row, "entered"),
                Outcome.valueOf(row.getString("outcome")),
                maybe(row, "left_at"),
                Optional.ofNullable(row.getString("agent")),
                maybe(row, "ended_at"));
    }

    private static Optional<Instant> maybe(ResultSet row, String column) throws SQLException {
        long at = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    }
}
