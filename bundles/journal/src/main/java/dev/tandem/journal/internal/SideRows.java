package dev.tandem.journal.internal;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Deadlines and personal rows: rarer than events, and the same in both dialects. */
final class SideRows {
    private SideRows() {}

    static void write(Session session, String site, Writes writes) throws SQLException {
        for (var change : writes.deadlines) {
            deadline(session, site, change);
        }
        if (!writes.personal.isEmpty()) {
            personal(session, site, writes);
        }
    }

    private static void deadline(Session session, String site, Writes.DeadlineChange change) throws SQLException {
        var set = change.due().isPresent();
        var statement = session.prepared(
                set
                        ? "INSERT INTO journal_deadline (site, kind, stream, name, due, generation) VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (site, kind, stream, name)"
                                + " DO UPDATE SET due = excluded.due, generation = excluded.generation"
                        : "DELETE FROM journal_deadline WHERE site = ? AND kind = ? AND stream = ? AND name = ?");
        statement.setString(1, site);
        statement.setString(2, change.key().kind());
        statement.setString(3, change.key().stream().toString());
        statement.setString(4, change.name());
        if (set) {
            statement.setLong(5, change.due().get().toEpochMilli());
            statement.setString(6, change.generation().toString());
        }
        statement.executeUpdate();
    }

    private static void personal(Session session, String site, Writes writes) throws SQLException {
        var insert =
                session.prepared("INSERT INTO journal_personal (site, id, subject, salt, text) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (site, id) DO NOTHING");
        insert.clearBatch();
        for (var row : writes.personal) {
            insert.setString(1, site);
            insert.setString(2, row.ref().id().toString());
            insert.setString(3, row.subject());
            insert.setBytes(4, row.salt());
            insert.setBytes(5, row.text().getBytes(StandardCharsets.UTF_8));
            insert.addBatch();
        }
        insert.executeBatch();
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
