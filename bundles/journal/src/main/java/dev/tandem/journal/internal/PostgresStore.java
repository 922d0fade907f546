package dev.tandem.journal.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Few round trips, however many rows there are. */
final class PostgresStore implements Store {
    private static final String LOCK = "SELECT position, batch_hash FROM journal_site WHERE site = ? FOR UPDATE";
    /** One look into the index for each, whatever the planner believes of a table that was empty a moment ago. */
    private static final String ANSWERS = "SELECT c.id, c.kind, c.stream, c.type, c.accepted, c.version, c.body"
            + " FROM unnest(?::text[]) AS wanted (id) CROSS JOIN LATERAL ("
            + "SELECT * FROM journal_command WHERE site = ? AND id = wanted.id LIMIT 1) AS c";
    /** Two statements, so that the second sees what was committed while the first waited for its lock. */
    private static final String BEGIN = LOCK + "; " + ANSWERS;

    private static final String STREAMS = "SELECT wanted.kind, wanted.stream, e.version, e.name, e.payload, e.hash"
            + " FROM unnest(?::text[], ?::text[]) AS wanted (kind, stream) CROSS JOIN LATERAL ("
            + "SELECT version, name, payload, hash FROM journal_event"
            + " WHERE site = ? AND kind = wanted.kind AND stream = wanted.stream ORDER BY version LIMIT ALL OFFSET 0)"
            + " AS e";
    private static final String MOVE = "UPDATE journal_site SET position = ?, batch_hash = ? WHERE site = ?";
    /**
     * Nobody waits for the counter row here, since the read models may be locked already: whoever holds it may wait for
     * them. If it is held or has moved the division fails, and with it the transaction.
     */
    private static final String MOVE_IF = "WITH free AS (SELECT site FROM journal_site"
            + " WHERE site = ? AND position = ? AND batch_hash = ? FOR UPDATE SKIP LOCKED),"
            + " moved AS (UPDATE journal_site AS s SET position = ?, batch_hash = ? FROM free WHERE s.site = free.site"
            + " RETURNING s.site)";

    /** A lease that is held stays so until the end of the transaction; for one that is lost the division fails. */
    private static final String FENCE = "SELECT 1 / COUNT(*) FROM (" + LeaseRows.FENCE + " FOR SHARE) AS held";

    /** Rows go by columns, as arrays, so that the statement is the same for any number of them. */
    private static final String EVENTS = "INSERT INTO journal_event (site, " + EventRow.COLUMNS + ", batch_hash)"
            + " SELECT ?, e.* FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[],"
            + " ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[]) AS e";

    private static final String COMMANDS = "INSERT INTO journal_command"
            + " (site, id, kind, stream, type, accepted, version, body) SELECT ?, c.* FROM"
            + " unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[]) AS c";

    @Override
    public Head begin(Session session, String site, Collection<UUID> commands, Map<UUID, StoredAnswer> answers)
            throws SQLException {
        session.begin();
        var statement = session.prepared(BEGIN);
        statement.setString(1, site);
        statement.setString(3, site);
        statement.setArray(2, texts(session.connection(), commands, UUID::toString));
        statement.execute();
        Head head;
        try (var rows = statement.getResultSet()) {
            head = rows.next() ? new Head(rows.getLong(1), rows.getBytes(2)) : null;
        }
        statement.getMoreResults();
        try (var rows = statement.getResultSet()) {
            while (rows.next()) {
                var answer = answer(rows);
                answers.put(answer.command(), answer);
            }
        }
        if (head == null) {
            session.sql()
                    .update(
                            "INSERT INTO journal_site (site, position, batch_hash) VALUES (?, 0, ?)"
                                    + " ON CONFLICT (site) DO NOTHING",
                            site,
                            Hashes.NONE);
            return begin(session, site, commands, answers);
        }
        return head;
    }

    private static StoredAnswer answer(ResultSet row) throws SQLException {
        return new StoredAnswer(
                UUID.fromString(row.getString(1)),
                row.getString(2),
                UUID.fromString(row.getString(3)),
                row.getString(4),
                row.getInt(5) != 0,
                row.getLong(6),
                row.getString(7));
    }

    @Override
    public void streams(Session session, String site, Collection<StreamKey> keys, Reader reader) throws SQLException {
        var find = session.prepared(STREAMS);
        var connection = session.connection();
        find.setArray(1, texts(connection, keys, StreamKey::kind));
        find.setArray(2, texts(connection, keys, key -> key.stream().toString()));
        find.setString(3, site);
        try (var rows = find.executeQuery()) {
            while (rows.next()) {
                reader.event(
                        new StreamKey(rows.getString(1), UUID.fromString(rows.getString(2))),
                        rows.getLong(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getBytes(6));
            }
        }
    }

    @Override
    public void commit(Session session, String site, Head before, Writes writes) throws SQLException {
        SideRows.write(session, site, writes);
        // All in one round trip, the commit too; the driver sees the transaction end.
        var text = new StringBuilder();
        if (!writes.events.isEmpty()) {
            text.append(MOVE).append("; ").append(insertEvents(writes)).append("; ");
        }
        text.append(insertCommands(writes)).append("; COMMIT");
        session.sql().flushWith(text.toString(), (insert, first) -> {
            int next = first;
            if (!writes.events.isEmpty()) {
                insert.setLong(first, before.position() + writes.events.size());
                insert.setBytes(first + 1, writes.batchHash);
                insert.setString(first + 2, site);
                next = first + 3;
            }
            bind(insert, next, site, writes);
        });
    }

    @Override
    public void commitAhead(Session session, String site, Head before, Writes writes) throws SQLException {
        SideRows.write(session, site, writes);
        var text = MOVE_IF + ", events AS (" + insertEvents(writes) + "), commands AS (" + insertCommands(writes)
                + ") SELECT 1 / COUNT(*) FROM moved";
        if (!writes.begun && writes.leases.isEmpty() && !session.sql().defers()) {
            var insert = session.prepared(text);
            bindAhead(insert, 1, site, before, writes);
            session.executeAlone(insert);
            return;
        }
        var fences = (FENCE + "; ").repeat(writes.leases.size());
        session.sql().flushWith(fences + text + "; COMMIT", (insert, first) -> {
            int next = first;
            for (var lease : writes.leases) {
                insert.setString(next, lease.site().value());
                insert.setString(next + 1, lease.name());
                insert.setString(next + 2, lease.node().toString());
                insert.setLong(next + 3, lease.epoch());
                next += 4;
            }
            bindAhead(insert, next, site, before, writes);
        });
    }

    private static void bindAhead(PreparedStatement insert, int first, String site, Head before, Writes writes)
            throws SQLException {
        insert.setString(first, site);
        insert.setLong(first + 1, before.position());
        insert.setBytes(first + 2, before.batchHash());
        insert.setLong(first + 3, before.position() + writes.events.size());
        insert.setBytes(first + 4, writes.batchHash);
        bind(insert, first + 5, site, writes);
    }

    private static String insertEvents(Writes writes) {
        return writes.events.size() == 1 ? InsertOne.EVENT : EVENTS;
    }

    private static String insertCommands(Writes writes) {
        return writes.answers.size() == 1 ? InsertOne.COMMAND : COMMANDS;
    }

    private static void bind(PreparedStatement insert, int first, String site, Writes writes) throws SQLException {
        var next = first;
        if (writes.events.size() == 1) {
            next = InsertOne.event(insert, next, site, writes.events.get(0), writes.batchHash);
        } else if (!writes.events.isEmpty()) {
            next = bindEvents(insert, next, site, writes);
        }
        if (writes.answers.size() == 1) {
            InsertOne.command(insert, next, site, writes.answers.get(0));
        } else {
            bindCommands(insert, next, site, writes.answers);
        }
    }

    private static int bindEvents(PreparedStatement insert, int first, String site, Writes writes) throws SQLException {
        var events = writes.events;
        var connection = insert.getConnection();
        var batchHashes = new byte[events.size()][];
        batchHashes[events.size() - 1] = writes.batchHash;
        insert.setString(first, site);
        insert.setArray(
                first + 1, numbers(connection, events, event -> event.row().position()));
        insert.setArray(
                first + 2, texts(connection, events, event -> event.row().kind()));
        insert.setArray(first + 3, texts(connection, events, event -> event.row().stream()));
        insert.setArray(
                first + 4, numbers(connection, events, event -> event.row().version()));
        insert.setArray(
                first + 5, texts(connection, events, event -> event.row().id()));
        insert.setArray(
                first + 6, texts(connection, events, event -> event.row().name()));
        insert.setArray(
                first + 7, numbers(connection, events, event -> event.row().at()));
        insert.setArray(
                first + 8, texts(connection, events, event -> event.row().actor()));
        insert.setArray(
                first + 9, texts(connection, events, event -> event.row().command()));
        insert.setArray(
                first + 10, texts(connection, events, event -> event.row().payload()));
        var hashes = events.stream().map(Writes.Hashed::hash).toArray(byte[][]::new);
        insert.setArray(first + 11, connection.createArrayOf("bytea", hashes));
        insert.setArray(first + 12, connection.createArrayOf("bytea", batchHashes));
        return first + 13;
    }

    private static void bindCommands(PreparedStatement insert, int first, String site, List<StoredAnswer> answers)
            throws SQLException {
        var connection = insert.getConnection();
        insert.setString(first, site);
        insert.setArray(
                first + 1, texts(connection, answers, answer -> answer.command().toString()));
        insert.setArray(first + 2, texts(connection, answers, StoredAnswer::kind));
        insert.setArray(
                first + 3, texts(connection, answers, answer -> answer.stream().toString()));
        insert.setArray(first + 4, texts(connection, answers, StoredAnswer::type));
        insert.setArray(first + 5, numbers(connection, answers, answer -> answer.accepted() ? 1 : 0));
        insert.setArray(first + 6, numbers(connection, answers, StoredAnswer::version));
        insert.setArray(first + 7, texts(connection, answers, StoredAnswer::body));
    }

    // Arrays of these very types go over the wire as binary.

    private static <T> Array texts(Connection connection, Collection<T> rows, Function<T, String> value)
            throws SQLException {
        return connection.createArrayOf("text", rows.stream().map(value).toArray(String[]::new));
    }

    private static <T> Array numbers(Connection connection, Collection<T> rows, ToLongFunction<T> value)
            throws SQLException {
        return connection.createArrayOf(
                "int8", rows.stream().mapToLong(value).boxed().toArray(Long[]::new));
    }
}
