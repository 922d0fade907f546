package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/**
 * The rows of leases. A row whose node has none is free: so nobody need touch it when a node dies. The epoch rises whenever
 * somebody takes it, and who takes it names the epoch that was seen, so that of two one gets it.
 */
final class LeaseRows {
    /** Which lease. Whoever writes several goes by this order. */
    record Key(SiteId site, String name) {
        static final Comparator<Key> ORDER =
                Comparator.comparing((Key key) -> key.site().value()).thenComparing(Key::name);

        static Key of(Lease lease) {
            return new Key(lease.site(), lease.name());
        }
    }

    /**
     * A row as it was seen.
     *
     * @param node what stands in it
     * @param living whether that node has a row
     */
    record Seen(Key key, Optional<String> node, long epoch, boolean living) {
        boolean free() {
            return !living;
        }

        Lease lease() {
            return new Lease(key.site(), key.name(), UUID.fromString(node.orElseThrow()), epoch);
        }
    }

    /** What is announced when leases have become free. */
    static final String FREED = "journal.leases";
    /** Nobody's mark: this node may hear it as well. */
    private static final UUID RINGER = new UUID(0, 0);

    /** A row as it must be, for statements that change many. */
    private record Row(String site, String name, Optional<String> node, long epoch) {}

    private static final String ROWS =
            "json_to_recordset(?::json) AS w (site TEXT, name TEXT, node TEXT, epoch BIGINT)";
    /** Those of the rows that are as they must be, locked in the order that everybody keeps to. */
    private static final String LOCKED = "locked AS MATERIALIZED (SELECT l.site, l.name FROM " + ROWS
            + " JOIN journal_lease AS l ON l.site = w.site AND l.name = w.name"
            + " WHERE l.epoch = w.epoch AND l.node IS NOT DISTINCT FROM w.node"
            + " ORDER BY l.site, l.name FOR UPDATE OF l) ";

    private static final String SEE =
            "SELECT l.site, l.name, l.node, l.epoch, n.id FROM journal_lease AS l LEFT JOIN journal_node AS n ON n.id = l.node";
    static final String FENCE = "SELECT 1 FROM journal_lease WHERE site = ? AND name = ? AND node = ? AND epoch = ?";

    private final Dialect dialect;

    LeaseRows(Dialect dialect) {
        this.dialect = dialect;
    }

    Optional<Seen> see(Sql sql, Key key) throws SQLException {
        return sql.first(SEE + " WHERE l.site = ? AND l.name = ?", LeaseRows::read, key.site(), key.name());
    }

    /** Those of whole sites that a node has. */
    List<Seen> ofSites(Sql sql) throws SQLException {
        return sql.all(
                SEE + " WHERE l.node IS NOT NULL AND l.name NOT LIKE '%/%' ORDER BY l.name, l.site", LeaseRows::read);
    }

    /** Those of the wanted ones that have rows. */
    List<Seen> see(Session session, Collection<Key> wanted) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            var seen = new ArrayList<Seen>();
            for (var key : wanted) {
                see(session.sql(), key).ifPresent(seen::add);
            }
            return seen;
        }
        var find = session.prepared("WITH wanted AS (SELECT * FROM unnest(?::text[], ?::text[]) AS w (site, name)) "
                + SEE + " JOIN wanted AS w ON w.site = l.site AND w.name = l.name");
        var sites = wanted.stream().map(key -> key.site().value()).toArray(String[]::new);
        var names = wanted.stream().map(Key::name).toArray(String[]::new);
        find.setArray(1, session.connection().createArrayOf("text", sites));
        find.setArray(2, session.connection().createArrayOf("text", names));
        var seen = new ArrayList<Seen>();
        try (var rows = find.executeQuery()) {
            while (rows.next()) {
                seen.add(read(rows));
            }
        }
        return seen;
    }

    private static Seen read(java.sql.ResultSet row) throws SQLException {
        var living = row.getString(5) != null;
        return new Seen(
                new Key(new SiteId(row.getString(1)), row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                row.getLong(4),
                living);
    }

    /**
     * Takes a lease that was seen free, or not at all. Waits for a transaction under way that is fenced by it.
     *
     * @return nothing if another was faster
     */
    Optional<Lease> take(Sql sql, Key key, Optional<Seen> seen, UUID me, long at) throws SQLException {
        if (seen.isEmpty()) {
            var made = sql.update(
                    "INSERT INTO journal_lease (site, name, node, epoch, since) VALUES (?, ?, ?, 1, ?)"
                            + " ON CONFLICT (site, name) DO NOTHING",
                    key.site(),
                    key.name(),
                    me,
                    at);
            return made == 1 ? Optional.of(new Lease(key.site(), key.name(), me, 1)) : Optional.empty();
        }
        var next = seen.get().epoch() + 1;
        var taken = sql.update(
                "UPDATE journal_lease SET node = ?, epoch = ?, since = ?"
                        + " WHERE site = ? AND name = ? AND epoch = ? AND node IS NOT DISTINCT FROM ?",
                me,
                next,
                at,
                key.site(),
                key.name(),
                seen.get().epoch(),
                seen.get().node());
        return taken == 1 ? Optional.of(new Lease(key.site(), key.name(), me, next)) : Optional.empty();
    }

    /** The same for many: on PostgreSQL in few statements, since a node that dies may have held thousands. */
    List<Lease> takeAll(Sql sql, Collection<Key> keys, Map<Key, Seen> seen, UUID me, long at) throws SQLException {
        var taken = new ArrayList<Lease>();
        if (dialect == Dialect.SQLITE) {
            for (var key : keys) {
                take(sql, key, Optional.ofNullable(seen.get(key)), me, at).ifPresent(taken::add);
            }
            return taken;
        }
        var rows = keys.stream()
                .map(key -> Optional.ofNullable(seen.get(key))
                        .map(row -> new Row(key.site().value(), key.name(), row.node(), row.epoch()))
                        .orElseGet(() -> new Row(key.site().value(), key.name(), Optional.empty(), 0)))
                .toList();
        var wanted = Codec.write(rows);
        if (keys.stream().anyMatch(key -> !seen.containsKey(key))) {
            sql.update(
                    "INSERT INTO journal_lease (site, name, node, epoch, since) SELECT site, name, NULL, 0, ?::bigint FROM "
                            + ROWS + " WHERE epoch = 0 ORDER BY site, name ON CONFLICT (site, name) DO NOTHING",
                    at,
                    wanted);
        }
        return sql.all(
                "WITH " + LOCKED + "UPDATE journal_lease AS l SET node = ?, epoch = l.epoch + 1, since = ?::bigint"
                        + " FROM locked WHERE l.site = locked.site AND l.name = locked.name"
                        + " RETURNING l.site, l.name, l.epoch",
                row -> new Lease(new SiteId(row.getString(1)), row.getString(2), me, row.getLong(3)),
                wanted,
                me,
                at);
    }

    void releaseAll(Sql sql, Collection<Lease> leases) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            var rows = leases.stream()
                    .map(lease -> new Row(
                            lease.site().value(),
                            lease.name(),
                            Optional.of(lease.node().toString()),
                            lease.epoch()))
                    .toList();
            sql.update(
                    "WITH " + LOCKED + "UPDATE journal_lease AS l SET node = NULL FROM locked"
                            + " WHERE l.site = locked.site AND l.name = locked.name",
                    Codec.write(rows));
            return;
        }
        for (var lease : leases) {
            sql.update(
                    "UPDATE journal_lease SET node = NULL WHERE site = ? AND name = ? AND node = ? AND epoch = ?",
                    lease.site(),
                    lease.name(),
                    lease.node(),
                    lease.epoch());
        }
    }

    /** Releases all that a node holds; in which sites. */
    List<Key> releaseAll(Sql sql, UUID node) throws SQLException {
        return sql.all(
                "UPDATE journal_lease SET node = NULL WHERE node = ? RETURNING site, name",
                row -> new Key(new SiteId(row.getString(1)), row.getString(2)),
                node);
    }

    /** Tells every node, once this is durable, that leases have become free. */
    void ring(Sql sql, Collection<Key> freed) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            var sites = freed.stream().map(Key::site).distinct().toList();
            for (var site : sites) {
                var text = new Knock.Announced(site, FREED).text(RINGER);
                sql.all("SELECT pg_notify(" + OwnLine.CHANNEL + ", ?)", row -> true, text);
            }
        }
    }

    /** Whether a lease is held still, and will be until the end of this transaction. */
    static boolean holds(Session session, Lease lease) throws SQLException {
        var find = session.prepared(session.dialect() == Dialect.POSTGRESQL ? FENCE + " FOR SHARE" : FENCE);
        find.setString(1, lease.site().value());
        find.setString(2, lease.name());
        find.setString(3, lease.node().toString());
        find.setLong(4, lease.epoch());
        try (var rows = find.executeQuery()) {
            return rows.next();
        }
    }
}
