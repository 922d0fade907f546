package dev.tandem.journal.internal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Many small statements: each costs microseconds here, since no wire is between. */
final class SqliteStore implements Store {
    @Override
    public Head begin(Session session, String site, Collection<UUID> commands, Map<UUID, StoredAnswer> answers)
            throws SQLException {
        // Takes the lock of the database too, since it writes.
        var head = head(session, site);
        var find = session.prepared(
                "SELECT kind, stream, type, accepted, version, body FROM journal_command WHERE site = ? AND id = ?");
        for (var id : commands) {
            find.setString(1, site);
            find.setString(2, id.toString());
            try (var rows = find.executeQuery()) {
                if (rows.next()) {
                    answers.put(id, answer(id, rows));
                }
            }
        }
        return head;
    }

    private static StoredAnswer answer(UUID id, ResultSet row) throws SQLException {
        return new StoredAnswer(
                id,
                row.getString(1),
                UUID.fromString(row.getString(2)),
                row.getString(3),
                row.getInt(4) != 0,
                row.getLong(5),
                row.getString(6));
    }

    private static Head head(Session session, String site) throws SQLException {
        var take = session.prepared(
                "UPDATE journal_site SET position = position WHERE site = ? RETURNING position, batch_hash");
        take.setString(1, site);
        try (var rows = take.executeQuery()) {
            if (rows.next()) {
                return new Head(rows.getLong(1), rows.getBytes(2));
            }
        }
        session.sql()
                .update("INSERT INTO journal_site (site, position, batch_hash) VALUES (?, 0, ?)", site, Hashes.NONE);
        return new Head(0, Hashes.NONE);
    }

    @Override
    public void streams(Session session, String site, Collection<StreamKey> keys, Reader reader) throws SQLException {
        var find = session.prepared("SELECT version, name, payload, hash FROM journal_event"
                + " WHERE site = ? AND kind = ? AND stream = ? ORDER BY version");
        for (var key : keys) {
            find.setString(1, site);
            find.setString(2, key.kind());
            find.setString(3, key.stream().toString());
            try (var rows = find.executeQuery()) {
                while (rows.next()) {
                    reader.event(key, rows.getLong(1), rows.getString(2), rows.getString(3), rows.getBytes(4));
                }
            }
        }
    }

    @Override
    public void commit(Session session, String site, Head before, Writes writes) throws SQLException {
        if (!writes.events.isEmpty()) {
            var count = writes.events.size();
            var insert = session.prepared("INSERT INTO journal_event (" + EventRow.COLUMNS
                    + ", batch_hash, site) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            for (int i = 0; i < count; i++) {
                bind(insert, writes.events.get(i));
                insert.setBytes(12, i == count - 1 ? writes.batchHash : null);
                insert.setString(13, site);
                insert.executeUpdate();
            }
            var move = session.prepared("UPDATE journal_site SET position = ?, batch_hash = ? WHERE site = ?");
            move.setLong(1, before.position() + count);
            move.setBytes(2, writes.batchHash);
            move.setString(3, site);
            move.executeUpdate();
        }
        var insert =
                session.prepared("INSERT INTO journal_command (id, kind, stream, type, accepted, version, body, site)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        for (var answer : writes.answers) {
            bind(insert, answer);
            insert.setString(8, site);
            insert.executeUpdate();
        }
        SideRows.write(session, site, writes);
        session.commit();
    }

    private static void bind(PreparedStatement insert, Writes.Hashed event) throws SQLException {
        var row = event.row();
        insert.setLong(1, row.position());
        insert.setString(2, row.kind());
        insert.setString(3, row.stream());
        insert.setLong(4, row.version());
        insert.setString(5, row.id());
        insert.setString(6, row.name());
        insert.setLong(7, row.at());
        insert.setString(8, row.actor());
        insert.setString(9, row.command());
        insert.setString(10, row.payload());
        insert.setBytes(11, event.hash());
    }

    private static void bind(PreparedStatement insert, StoredAnswer answer) throws SQLException {
        insert.setString(1, answer.command().toString());
        insert.setString(2, answer.kind());
        insert.setString(3, answer.stream().toString());
        insert.setString(4, answer.type());
        insert.setInt(5, answer.accepted() ? 1 : 0);
        insert.setLong(6, answer.version());
        insert.setString(7, answer.body());
    }
}
