package dev.tandem.journal.internal;

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
            move(session, site, before, writes);
        }
        insert(session, site, writes);
    }

    @Override
    public void commitAhead(Session session, String site, Head before, Writes writes) throws SQLException {
        if (!move(session, site, before, writes)) {
            throw new SQLException("another process has moved the counter row", "22000");
        }
        for (var lease : writes.leases) {
            if (!LeaseRows.holds(session, lease)) {
                throw new SQLException("a lease is lost", "22000");
            }
        }
        insert(session, site, writes);
    }

    private static boolean move(Session session, String site, Head before, Writes writes) throws SQLException {
        var move = session.prepared("UPDATE journal_site SET position = ?, batch_hash = ?"
                + " WHERE site = ? AND position = ? AND batch_hash = ?");
        move.setLong(1, before.position() + writes.events.size());
        move.setBytes(2, writes.batchHash);
        move.setString(3, site);
        move.setLong(4, before.position());
        move.setBytes(5, before.batchHash());
        return move.executeUpdate() == 1;
    }

    private static void insert(Session session, String site, Writes writes) throws SQLException {
        // As batches, since after every other insert the driver asks for the keys that were generated.
        var event = session.prepared(InsertOne.EVENT);
        event.clearBatch();
        var count = writes.events.size();
        for (int i = 0; i < count; i++) {
            InsertOne.event(event, 1, site, writes.events.get(i), i == count - 1 ? writes.batchHash : null);
            event.addBatch();
        }
        event.executeBatch();
        var command = session.prepared(InsertOne.COMMAND);
        command.clearBatch();
        for (var answer : writes.answers) {
            InsertOne.command(command, 1, site, answer);
            command.addBatch();
        }
        command.executeBatch();
        SideRows.write(session, site, writes);
        session.commit();
    }
}
