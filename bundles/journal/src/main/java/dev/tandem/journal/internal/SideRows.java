package dev.tandem.journal.internal;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;

/** Deadlines and personal rows: rarer than events, and the same in both dialects. */
final class SideRows {
    private static final String SET =
            "INSERT INTO journal_deadline (site, kind, stream, name, due, generation) VALUES (?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (site, kind, stream, name)"
                    + " DO UPDATE SET due = excluded.due, generation = excluded.generation";
    private static final String END =
            "DELETE FROM journal_deadline WHERE site = ? AND kind = ? AND stream = ? AND name = ?";

    private SideRows() {}

    static void write(Session session, String site, Writes writes) throws SQLException {
        if (!writes.deadlines.isEmpty()) {
            deadlines(session, site, writes);
        }
        if (!writes.personal.isEmpty()) {
            personal(session, site, writes);
        }
    }

    private record Which(StreamKey key, String name) {}

    private static void deadlines(Session session, String site, Writes writes) throws SQLException {
        // Of several changes of one deadline the last counts, so that those that set and those that end go together.
        var changes = new LinkedHashMap<Which, Writes.DeadlineChange>();
        writes.deadlines.forEach(change -> changes.put(new Which(change.key(), change.name()), change));
        for (boolean set : new boolean[] {true, false}) {
            var some = changes.values().stream()
                    .filter(change -> change.due().isPresent() == set)
                    .toList();
            if (!some.isEmpty()) {
                var statement = session.prepared(set ? SET : END);
                statement.clearBatch();
                for (var change : some) {
                    bind(statement, site, change);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }

    private static void bind(PreparedStatement statement, String site, Writes.DeadlineChange change)
            throws SQLException {
        statement.setString(1, site);
        statement.setString(2, change.key().kind());
        statement.setString(3, change.key().stream().toString());
        statement.setString(4, change.name());
        if (change.due().isPresent()) {
            statement.setLong(5, change.due().get().toEpochMilli());
            statement.setString(6, change.generation().toString());
        }
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
