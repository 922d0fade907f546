package dev.tandem.journal.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.Sql;

/** The rows of nodes. On PostgreSQL its clock counts, unless a test moves the hands. */
final class NodeRows {
    private static final long PATIENCE = Nodes.PATIENCE.toMillis();

    /**
     * What a beat has found.
     *
     * @param alive whether the row of this node was still there
     * @param micros the time of the database, since 1970
     * @param others who else is there
     */
    record Beat(boolean alive, long micros, Set<UUID> others) {}

    /** Who has the name. */
    record Namesake(UUID id, Instant seen) {}

    private final Dialect dialect;
    private final Clock clock;
    private final boolean byHand;
    /** The time in microseconds, as an expression with one value to bind. */
    private final String now;

    /** @param byHand whether the given clock counts, and not that of the database */
    NodeRows(Dialect dialect, Clock clock, boolean byHand) {
        this.dialect = dialect;
        this.clock = clock;
        this.byHand = byHand || dialect == Dialect.SQLITE;
        this.now = dialect == Dialect.SQLITE
                ? "CAST(? AS INTEGER)"
                : "COALESCE(?::bigint, (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint)";
    }

    private Optional<Long> hands() {
        return byHand ? Optional.of(clock.millis() * 1_000) : Optional.empty();
    }

    /** The time of the database in microseconds. */
    long micros(Sql sql) throws SQLException {
        return sql.first("SELECT " + now, row -> row.getLong(1), hands()).orElseThrow();
    }

    /**
     * Writes the row of a new life; on SQLite it is the only one. One of the same name whose node has not been heard of for
     * too long gives way.
     *
     * @return who else has the name, if it cannot be had
     */
    Optional<Namesake> register(Sql sql, Node node) throws SQLException {
        var at = micros(sql) / 1_000;
        if (dialect == Dialect.SQLITE) {
            sql.update("DELETE FROM journal_node");
        }
        sql.update(
                "DELETE FROM journal_node WHERE name = ? AND (seen < ? OR seen > ?)",
                node.name(),
                at - PATIENCE,
                at + PATIENCE);
        var made = sql.update(
                "INSERT INTO journal_node (id, name, release, state, since, seen, fingerprint)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                node.id(),
                node.name(),
                node.release(),
                node.state(),
                at,
                at,
                node.fingerprint());
        return made == 1
                ? Optional.empty()
                : sql.first(
                        "SELECT id, seen FROM journal_node WHERE name = ?",
                        row -> new Namesake(Sql.uuid(row, "id"), Sql.instant(row, "seen")),
                        node.name());
    }

    /**
     * Says that the node lives, and takes those away who have not said so for too long, in one statement. Nobody waits here:
     * a row that is being written is alive.
     *
     * @param sweeps whether it may judge others: only who has been in touch all the while, for it may be the database that
     *     was away. One whose own row is old does not judge either
     */
    Beat beat(Sql sql, UUID me, boolean sweeps) throws SQLException {
        var others = new HashSet<UUID>();
        return sql.all(
                        "WITH now AS MATERIALIZED (SELECT " + now
                                + " AS micros),"
                                + " old AS (SELECT n.id FROM journal_node AS n, now, journal_node AS own"
                                + " WHERE own.id = ? AND ABS(own.seen - now.micros / 1000) <= " + PATIENCE
                                + " AND n.id <> own.id AND ABS(n.seen - now.micros / 1000) > " + PATIENCE
                                + " FOR UPDATE OF n SKIP LOCKED),"
                                + " dead AS (DELETE FROM journal_node AS n USING old WHERE n.id = old.id AND ? = 1"
                                + " RETURNING n.id),"
                                + " me AS (UPDATE journal_node SET seen = now.micros / 1000 FROM now WHERE id = ?"
                                + " RETURNING id)"
                                + " SELECT now.micros, (SELECT COUNT(*) FROM me) AS alive, n.id FROM now"
                                + " LEFT JOIN journal_node AS n ON n.id <> ? AND n.id NOT IN (SELECT id FROM dead)",
                        row -> {
                            Optional.ofNullable(row.getString(3))
                                    .map(UUID::fromString)
                                    .ifPresent(others::add);
                            return new Beat(row.getInt(2) == 1, row.getLong(1), others);
                        },
                        hands(),
                        me,
                        sweeps,
                        me,
                        me)
                .get(0);
    }

    void remove(Sql sql, UUID me) throws SQLException {
        sql.update("DELETE FROM journal_node WHERE id = ?", me);
    }

    void state(Sql sql, UUID me, Node.State state) throws SQLException {
        sql.update("UPDATE journal_node SET state = ? WHERE id = ?", state, me);
    }

    void fingerprint(Sql sql, UUID me, String digest) throws SQLException {
        sql.update("UPDATE journal_node SET fingerprint = ? WHERE id = ?", digest, me);
    }

    List<Node> all(Sql sql) throws SQLException {
        return sql.all(
                "SELECT n.id, n.name, n.release, n.state, n.since, n.seen, n.fingerprint,"
                        + " (SELECT COUNT(*) FROM journal_lease WHERE node = n.id) AS leases"
                        + " FROM journal_node AS n ORDER BY n.name",
                NodeRows::read);
    }

    private static Node read(ResultSet row) throws SQLException {
        return new Node(
                Sql.uuid(row, "id"),
                row.getString("name"),
                row.getString("release"),
                Node.State.valueOf(row.getString("state")),
                Sql.instant(row, "since"),
                Sql.instant(row, "seen"),
                Optional.ofNullable(row.getString("fingerprint")),
                row.getInt("leases"));
    }
}
