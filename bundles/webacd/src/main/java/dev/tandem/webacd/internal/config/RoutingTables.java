package dev.tandem.webacd.internal.config;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.tandem.journal.Database;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;

/** The read models: which sites there are, names of queues that are gone, versions of rules. */
final class RoutingTables {
    private final Database database;

    RoutingTables(Database database) {
        this.database = database;
    }

    void migrate() {
        database.migrate("webacd-routing", RoutingTables.class, List.of("001_routing.sql"));
    }

    static void write(Sql sql, Recorded<RoutingFact> event) throws SQLException {
        sql.update(
                "INSERT INTO webacd_routing (site, version) VALUES (?, ?)"
                        + " ON CONFLICT (site) DO UPDATE SET version = excluded.version",
                event.site(),
                event.version());
        if (event.event() instanceof RoutingFact.QueueSet set) {
            sql.update(
                    "INSERT INTO webacd_queue (site, queue, slug, name, removed) VALUES (?, ?, ?, ?, 0)"
                            + " ON CONFLICT (site, queue) DO UPDATE SET slug = excluded.slug, name = excluded.name,"
                            + " removed = 0",
                    event.site(),
                    set.queue(),
                    set.config().slug(),
                    set.config().name());
        } else if (event.event() instanceof RoutingFact.QueueRemoved removed) {
            sql.update(
                    "UPDATE webacd_queue SET removed = 1 WHERE site = ? AND queue = ?", event.site(), removed.queue());
        } else if (event.event() instanceof RoutingFact.RulesPublished published) {
            sql.update(
                    "INSERT INTO webacd_rules (site, version, text, note, restores, at, actor)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, version) DO NOTHING",
                    event.site(),
                    published.version(),
                    published.text(),
                    published.note(),
                    published.restores(),
                    event.at(),
                    event.actor());
        }
    }

    List<SiteId> sites() {
        return database.ask(sql ->
                sql.all("SELECT site FROM webacd_routing ORDER BY site", row -> new SiteId(row.getString("site"))));
    }

    /** The names of all queues that there are or were. */
    Map<QueueId, String> names(SiteId site) {
        record Named(QueueId id, String name) {}
        return database
                .read(sql -> sql.all(
                        "SELECT queue, name FROM webacd_queue WHERE site = ?",
                        row -> new Named(new QueueId(Sql.uuid(row, "queue")), row.getString("name")),
                        site))
                .stream()
                .collect(Collectors.toMap(Named::id, Named::name));
    }

    /** The newest first. */
    List<RulesVersion> versions(SiteId site, int most) {
        return database.ask(sql -> sql.all(
                "SELECT * FROM webacd_rules WHERE site = ? ORDER BY version DESC LIMIT ?",
                RoutingTables::version,
                site,
                most));
    }

    Optional<RulesVersion> version(SiteId site, int version) {
        return database.ask(sql -> sql.first(
                "SELECT * FROM webacd_rules WHERE site = ? AND version = ?", RoutingTables::version, site, version));
    }

    private static RulesVersion version(ResultSet row) throws SQLException {
        int restores = row.getInt("restores");
        var of = row.wasNull() ? Optional.<Integer>empty() : Optional.of(restores);
        return new RulesVersion(
                row.getInt("version"),
                row.getString("text"),
                row.getString("note"),
                of,
                Sql.instant(row, "at"),
                row.getString("actor"));
    }
}
