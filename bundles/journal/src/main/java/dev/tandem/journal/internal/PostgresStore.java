package dev.tandem.journal.internal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

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
            + " RETURNING s.site) SELECT 1 / COUNT(*) FROM moved";

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
        statement.setArray(
                2,
                session.connection()
                        .createArrayOf(
                                "text", commands.stream().map(UUID::toString).toArray()));
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
        find.setArray(
                1,
                connection.createArrayOf(
                        "text", keys.stream().map(StreamKey::kind).toArray()));
        find.setArray(
                2,
                connection.createArrayOf(
                        "text",
                        keys.stream().map(key -> key.stream().toString()).toArray()));
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
        var insert = session.prepared((writes.events.isEmpty() ? "" : MOVE + ";") + inserts(writes));
        int next = 1;
        if (!writes.events.isEmpty()) {
            insert.setLong(1, before.position() + writes.events.size());
            insert.setBytes(2, writes.batchHash);
            insert.setString(3, site);
            next = 4;
        }
        bind(insert, next, site, writes);
        insert.execute();
    }

    @Override
    public void commitAhead(Session session, String site, Head before, Writes writes) throws SQLException {
        SideRows.write(session, site, writes);
        var insert = session.prepared(MOVE_IF + ";" + inserts(writes));
        insert.setString(1, site);
        insert.setLong(2, before.position());
        insert.setBytes(3, before.batchHash());
        insert.setLong(4, before.position() + writes.events.size());
        insert.setBytes(5, writes.batchHash);
        bind(insert, 6, site, writes);
        insert.execute();
    }

    /** All in one round trip, the commit too; the driver sees the transaction end. */
    private static String inserts(Writes writes) {
        return switch (writes.events.size()) {
                    case 0 -> "";
                    case 1 -> InsertOne.EVENT + ";";
                    default -> EVENTS + ";";
                } + (writes.answers.size() == 1 ? InsertOne.COMMAND : COMMANDS) + ";COMMIT";
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
        var batchHashes = new byte[events.size()][];
        batchHashes[events.size() - 1] = writes.batchHash;
        insert.setString(first, site);
        column(insert, first + 1, "bigint", events, event -> event.row().position());
        column(insert, first + 2, "text", events, event -> event.row().kind());
        column(insert, first + 3, "text", events, event -> event.row().stream());
        column(insert, first + 4, "bigint", events, event -> event.row().version());
        column(insert, first + 5, "text", events, event -> event.row().id());
        column(insert, first + 6, "text", events, event -> event.row().name());
        column(insert, first + 7, "bigint", events, event -> event.row().at());
        column(insert, first + 8, "text", events, event -> event.row().actor());
        column(insert, first + 9, "text", events, event -> event.row().command());
        column(insert, first + 10, "text", events, event -> event.row().payload());
        var hashes = events.stream().map(Writes.Hashed::hash).toArray(byte[][]::new);
        insert.setArray(first + 11, insert.getConnection().createArrayOf("bytea", hashes));
        insert.setArray(first + 12, insert.getConnection().createArrayOf("bytea", batchHashes));
        return first + 13;
    }

    private static void bindCommands(PreparedStatement insert, int first, String site, List<StoredAnswer> answers)
            throws SQLException {
        insert.setString(first, site);
        column(insert, first + 1, "text", answers, answer -> answer.command().toString());
        column(insert, first + 2, "text", answers, StoredAnswer::kind);
        column(insert, first + 3, "text", answers, answer -> answer.stream().toString());
        column(insert, first + 4, "text", answers, StoredAnswer::type);
        column(insert, first + 5, "bigint", answers, answer -> answer.accepted() ? 1L : 0L);
        column(insert, first + 6, "bigint", answers, StoredAnswer::version);
        column(insert, first + 7, "text", answers, StoredAnswer::body);
    }

    private static <T> void column(
            PreparedStatement insert, int index, String type, List<T> rows, Function<T, Object> value)
            throws SQLException {
        insert.setArray(
                index,
                insert.getConnection()
                        .createArrayOf(type, rows.stream().map(value).toArray()));
    }
}
