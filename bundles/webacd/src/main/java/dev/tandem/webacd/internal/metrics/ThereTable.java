package dev.tandem.webacd.internal.metrics;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/** When agents were there, as spans of time. Several nodes may write the same. */
final class ThereTable {
    private final Database database;

    ThereTable(Database database) {
        this.database = database;
    }

    /** @param state AVAILABLE or AWAY */
    record Span(String agent, String state, Instant from, Instant to) {}

    private record Last(String agent, String state, Instant from, Instant to) {}

    /**
     * So it is now.
     *
     * @param states of agents who are signed in; of others there is nothing to say
     * @param fresh whatever was not said again for so long has ended when it was said last
     */
    void now(SiteId site, Map<String, String> states, Instant now, Duration fresh) {
        database.write(sql -> {
            var begin = new TreeMap<>(states);
            var lasting = sql.all(
                    "SELECT agent, state, from_at, to_at FROM webacd_there_v1 WHERE site = ? AND lasting = 1",
                    row -> new Last(
                            row.getString("agent"),
                            row.getString("state"),
                            Sql.instant(row, "from_at"),
                            Sql.instant(row, "to_at")),
                    site);
            for (var one : lasting) {
                boolean known = !one.to().plus(fresh).isBefore(now);
                boolean same = known && one.state().equals(states.get(one.agent()));
                if (same) {
                    begin.remove(one.agent());
                } else {
                    sql.update(
                            "UPDATE webacd_there_v1 SET lasting = 0, to_at = ? WHERE site = ? AND agent = ? AND from_at = ?",
                            known && now.isAfter(one.to()) ? now : one.to(),
                            site,
                            one.agent(),
                            one.from());
                }
            }
            sql.update(
                    "UPDATE webacd_there_v1 SET to_at = ? WHERE site = ? AND lasting = 1 AND to_at < ?",
                    now,
                    site,
                    now);
            for (var one : begin.entrySet()) {
                sql.update(
                        "INSERT INTO webacd_there_v1 (site, agent, from_at, to_at, state, lasting)"
                                + " VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (site, agent, from_at)"
                                + " DO UPDATE SET state = excluded.state, lasting = 1",
                        site,
                        one.getKey(),
                        now,
                        now,
                        one.getValue());
            }
            return true;
        });
    }

    static void erase(Sql sql, SiteId site, String agent) throws SQLException {
        sql.update("DELETE FROM webacd_there_v1 WHERE site = ? AND agent = ?", site, agent);
    }

    void forget(SiteId site, Instant before) {
        database.write(sql -> sql.update("DELETE FROM webacd_there_v1 WHERE site = ? AND to_at < ?", site, before));
    }

    /** Since when it is so for each who is there. */
    Map<String, Instant> since(SiteId site) {
        return database.read(sql -> {
            var since = new TreeMap<String, Instant>();
            sql.all(
                            "SELECT agent, from_at FROM webacd_there_v1 WHERE site = ? AND lasting = 1",
                            row -> Map.entry(row.getString("agent"), Sql.instant(row, "from_at")),
                            site)
                    .forEach(one -> since.put(one.getKey(), one.getValue()));
            return since;
        });
    }

    /** Whatever of it lies in that time, as far as agents were available. */
    List<Span> available(SiteId site, Instant from, Instant to) {
        return database.read(sql -> sql.all(
                "SELECT agent, state, from_at, to_at FROM webacd_there_v1 WHERE site = ? AND to_at > ? AND from_at < ?"
                        + " AND state = 'AVAILABLE'",
                row -> new Span(
                        row.getString("agent"),
                        row.getString("state"),
                        Sql.instant(row, "from_at"),
                        Sql.instant(row, "to_at")),
                site,
                from,
                to));
    }
}
