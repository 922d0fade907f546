package dev.tandem.webacd.internal.work;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/** Who gets no work until they say so, and at which nodes agents' pages are open. Statements say what is to be. */
public final class AbsentTable {
    /** An agent of a site. */
    public record Who(SiteId site, String agent) {}

    private final Database database;

    public AbsentTable(Database database) {
        this.database = database;
    }

    /** The reason for each who is absent. */
    public Map<String, String> absent(SiteId site) {
        return database
                .read(sql -> sql.all(
                        "SELECT agent, reason FROM webacd_absent WHERE site = ?",
                        row -> Map.entry(row.getString("agent"), row.getString("reason")),
                        site))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public void absent(Who who, String reason, Instant now) {
        database.write(sql -> sql.update(
                "INSERT INTO webacd_absent (site, agent, reason, since) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (site, agent) DO NOTHING",
                who.site(),
                who.agent(),
                reason,
                now));
    }

    /** @return whether the agent was absent */
    public boolean back(Who who) {
        return database.write(sql ->
                        sql.update("DELETE FROM webacd_absent WHERE site = ? AND agent = ?", who.site(), who.agent()))
                > 0;
    }

    /** The same for one reason only. */
    public boolean back(Who who, String reason) {
        return database.write(sql -> sql.update(
                        "DELETE FROM webacd_absent WHERE site = ? AND agent = ? AND reason = ?",
                        who.site(),
                        who.agent(),
                        reason))
                > 0;
    }

    public void opened(Who who, UUID page, UUID node) {
        database.write(sql -> sql.update(
                "INSERT INTO webacd_page (site, agent, page, node, gone_at) VALUES (?, ?, ?, ?, NULL)"
                        + " ON CONFLICT (site, agent, page, node) DO UPDATE SET gone_at = NULL",
                who.site(),
                who.agent(),
                page,
                node));
    }

    public void closed(Who who, UUID page, UUID node, Instant now) {
        database.write(sql -> sql.update(
                "UPDATE webacd_page SET gone_at = ? WHERE site = ? AND agent = ? AND page = ? AND node = ? AND gone_at IS NULL",
                now,
                who.site(),
                who.agent(),
                page,
                node));
    }

    /** A node is no more, and with it its pages. */
    public void closedAll(UUID node, Instant now) {
        database.write(
                sql -> sql.update("UPDATE webacd_page SET gone_at = ? WHERE node = ? AND gone_at IS NULL", now, node));
    }

    /** At which nodes pages are open. */
    public java.util.List<UUID> nodes() {
        return database.ask(sql ->
                sql.all("SELECT DISTINCT node FROM webacd_page WHERE gone_at IS NULL", row -> Sql.uuid(row, "node")));
    }

    /** Who had pages, and has had none since before that moment. */
    public java.util.List<Who> goneSince(Instant moment) {
        return database.ask(sql -> sql.all(
                "SELECT site, agent FROM webacd_page GROUP BY site, agent"
                        + " HAVING SUM(CASE WHEN gone_at IS NULL THEN 1 ELSE 0 END) = 0 AND MAX(gone_at) <= ?",
                row -> new Who(new SiteId(row.getString("site")), row.getString("agent")),
                moment));
    }

    /** Forgets pages that went before that moment; what followed has been done. */
    public void forget(Who who, Instant moment) {
        database.write(sql -> sql.update(
                "DELETE FROM webacd_page WHERE site = ? AND agent = ? AND gone_at <= ?",
                who.site(),
                who.agent(),
                moment));
    }
}
