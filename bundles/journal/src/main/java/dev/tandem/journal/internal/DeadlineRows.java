package dev.tandem.journal.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/** The rows of deadlines, as who fires them needs them. */
final class DeadlineRows {
    /** What the lease of a site is called whose holder fires its deadlines. */
    static final String LEASE = "deadlines";

    private static final int AT_ONCE = 100;
    /** Only those of sites whose lease this node holds. */
    private static final String MINE = " FROM journal_deadline AS d JOIN journal_lease AS l"
            + " ON l.site = d.site AND l.name = '" + LEASE + "' AND l.node = ? WHERE d.kind IN (";
    /** One look into the index for each site, however many deadlines there are. */
    private static final String SITES = "WITH RECURSIVE known (site) AS (SELECT MIN(site) FROM journal_deadline"
            + " UNION ALL SELECT (SELECT MIN(site) FROM journal_deadline WHERE site > known.site) FROM known"
            + " WHERE known.site IS NOT NULL) SELECT site FROM known WHERE site IS NOT NULL";

    /** One that has fallen due. */
    record Row(SiteId site, String kind, UUID stream, Deadlines.Due due) {
        private static Row read(ResultSet row) throws SQLException {
            return new Row(
                    new SiteId(row.getString(1)),
                    row.getString(2),
                    UUID.fromString(row.getString(3)),
                    new Deadlines.Due(row.getString(4), UUID.fromString(row.getString(5))));
        }
    }

    private final SqlDatabase database;

    DeadlineRows(SqlDatabase database) {
        this.database = database;
    }

    /** The sites that have any. */
    List<SiteId> sites() {
        return database.read(sql -> sql.all(SITES, row -> new SiteId(row.getString(1))));
    }

    /** The first of those that are due, of kinds that are open. */
    List<Row> due(UUID me, Collection<String> kinds, Instant now) {
        return select(
                "SELECT d.site, d.kind, d.stream, d.name, d.generation" + MINE,
                ") AND d.due <= ? ORDER BY d.due LIMIT " + AT_ONCE,
                Row::read,
                me,
                kinds,
                List.of(now));
    }

    /** When the next one falls due. */
    Optional<Instant> next(UUID me, Collection<String> kinds) {
        return select(
                        "SELECT d.due" + MINE,
                        ") ORDER BY d.due LIMIT 1",
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        me,
                        kinds,
                        List.of())
                .stream()
                .findFirst();
    }

    private <T> List<T> select(
            String head, String tail, Sql.Row<T> reader, UUID me, Collection<String> kinds, List<Object> last) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        var marks = String.join(", ", Collections.nCopies(kinds.size(), "?"));
        var values = new ArrayList<Object>();
        values.add(me);
        values.addAll(kinds);
        values.addAll(last);
        return database.read(sql -> sql.all(head + marks + tail, reader, values.toArray()));
    }

    void putOff(Row row, Instant until) {
        database.write(sql -> sql.update(
                "UPDATE journal_deadline SET due = ? WHERE site = ? AND kind = ? AND stream = ? AND name = ?"
                        + " AND generation = ?",
                until,
                row.site(),
                row.kind(),
                row.stream(),
                row.due().name(),
                row.due().generation()));
    }
}
