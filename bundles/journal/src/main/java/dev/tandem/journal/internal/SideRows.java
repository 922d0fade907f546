package dev.tandem.journal.internal;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;

import dev.tandem.journal.Sql;

/** Deadlines and personal rows: rarer than events, and the same in both dialects. */
final class SideRows {
    private static final String SET =
            "INSERT INTO journal_deadline (site, kind, stream, name, due, generation) VALUES (?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (site, kind, stream, name)"
                    + " DO UPDATE SET due = excluded.due, generation = excluded.generation";
    private static final String END =
            "DELETE FROM journal_deadline WHERE site = ? AND kind = ? AND stream = ? AND name = ?";
    private static final String PERSONAL =
            "INSERT INTO journal_personal (site, id, subject, salt, text) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (site, id) DO NOTHING";

    private SideRows() {}

    /** They are put off where that spares a round trip. */
    static void write(Session session, String site, Writes writes) throws SQLException {
        // Of several changes of one deadline the last counts, so that those that set and those that end go together.
        var changes = new LinkedHashMap<Which, Writes.DeadlineChange>();
        writes.deadlines.forEach(change -> changes.put(new Which(change.key(), change.name()), change));
        for (var change : changes.values()) {
            deadline(session.sql(), site, change);
        }
        for (var row : writes.personal) {
            session.sql()
                    .later(
                            row.ref(),
                            PERSONAL,
                            site,
                            row.ref().id(),
                            row.subject(),
                            row.salt(),
                            row.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Which(StreamKey key, String name) {}

    private static void deadline(Sql sql, String site, Writes.DeadlineChange change) throws SQLException {
        var key = change.key();
        if (change.due().isPresent()) {
            sql.later(
                    change,
                    SET,
                    site,
                    key.kind(),
                    key.stream(),
                    change.name(),
                    change.due().get(),
                    change.generation());
        } else {
            sql.later(change, END, site, key.kind(), key.stream(), change.name());
        }
    }

    /** Whether the deadline is still the one that was found due. */
    static boolean stands(Session session, String site, StreamKey key, Deadlines.Due due) throws SQLException {
        var find = session.prepared("SELECT 1 FROM journal_deadline"
                + " WHERE site = ? AND kind = ? AND stream = ? AND name = ? AND generation = ?");
        find.setString(1, site);
        find.setString(2, key.kind());
        find.setString(3, key.stream().toString());
        find.setString(4, due.name());
        find.setString(5, due.generation().toString());
        try (var rows = find.executeQuery()) {
            return rows.next();
        }
    }
}
