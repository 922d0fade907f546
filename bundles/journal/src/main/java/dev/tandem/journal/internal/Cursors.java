package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/** How far one subscriber has heard, as it is stored. What is stored under a lease is stored only while that is held. */
final class Cursors {
    /** @param owed from where on events of kinds that were not open are still to be heard */
    record Stored(long position, Map<String, Long> owed) {
        static final Stored NONE = new Stored(0, Map.of());
    }

    private final SqlDatabase database;
    private final String name;

    Cursors(SqlDatabase database, String name) {
        this.database = database;
        this.name = name;
    }

    /** Those of the sites that have any. */
    Map<SiteId, Stored> load(Collection<SiteId> sites) {
        return database.read(sql -> {
            var loaded = new HashMap<SiteId, Stored>();
            sql.all(
                    "SELECT site, position FROM journal_cursor WHERE name = ?",
                    row -> loaded.put(new SiteId(row.getString(1)), new Stored(row.getLong(2), new TreeMap<>())),
                    name);
            sql.all(
                    "SELECT site, kind, position FROM journal_skipped WHERE name = ?",
                    row -> loaded.computeIfAbsent(new SiteId(row.getString(1)), s -> new Stored(0, new TreeMap<>()))
                            .owed()
                            .put(row.getString(2), row.getLong(3)),
                    name);
            loaded.keySet().retainAll(sites);
            return loaded;
        });
    }

    /** Stores what has changed. By site, so that nodes lock leases in one order. */
    void store(SortedMap<String, Map.Entry<SiteId, Progress>> changed) {
        database.write(sql -> {
            for (var one : changed.values()) {
                if (holds(sql, one.getValue().lease)) {
                    store(sql, one.getKey(), one.getValue());
                }
            }
            return true;
        });
    }

    private boolean holds(Sql sql, Optional<Lease> lease) throws SQLException {
        if (lease.isEmpty()) {
            return true;
        }
        var text = "SELECT 1 FROM journal_lease WHERE site = ? AND name = ? AND node = ? AND epoch = ?"
                + (database.dialect() == Dialect.POSTGRESQL ? " FOR SHARE" : "");
        var held = lease.get();
        return sql.first(text, row -> true, held.site(), held.name(), held.node(), held.epoch())
                .isPresent();
    }

    private void store(Sql sql, SiteId site, Progress progress) throws SQLException {
        sql.update(
                "INSERT INTO journal_cursor (site, name, position) VALUES (?, ?, ?)"
                        + " ON CONFLICT (site, name) DO UPDATE SET position = excluded.position",
                site,
                name,
                progress.position);
        sql.update("DELETE FROM journal_skipped WHERE site = ? AND name = ?", site, name);
        for (var owed : progress.owed.entrySet()) {
            sql.update(
                    "INSERT INTO journal_skipped (site, name, kind, position) VALUES (?, ?, ?, ?)",
                    site,
                    name,
                    owed.getKey(),
                    owed.getValue());
        }
    }
}
