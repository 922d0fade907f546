package dev.tandem.webacd.internal.work;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/**
 * Who has helped which customer last. A customer is a keyed hash here, which nobody can read without the node's secret; the row
 * goes when the person is erased of whose visit it tells, or who helped, and when it is too old to matter.
 */
public final class KnownTable {
    private static final String AGENT = "agent:";

    private final Database database;

    KnownTable(Database database) {
        this.database = database;
    }

    /**
     * That agent has helped.
     *
     * @param customer the hash
     * @param subject whom the visit was about, as it is erased
     */
    public void helped(SiteId site, String customer, String agent, String subject, Instant at) {
        database.write(sql -> sql.update(
                "INSERT INTO webacd_known (site, customer, agent, subject, helped_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (site, customer) DO UPDATE SET agent = excluded.agent, subject = excluded.subject,"
                        + " helped_at = excluded.helped_at WHERE webacd_known.helped_at <= excluded.helped_at",
                site,
                customer,
                agent,
                subject,
                at));
    }

    /** Who has helped that customer last, since then. */
    public Optional<String> helper(SiteId site, String customer, Instant since) {
        return database.ask(sql -> sql.first(
                "SELECT agent FROM webacd_known WHERE site = ? AND customer = ? AND helped_at >= ?",
                row -> row.getString("agent"),
                site,
                customer,
                since));
    }

    /** Forgets what was before that moment. @return how much that was */
    public long forget(Instant before) {
        return database.write(sql -> sql.update("DELETE FROM webacd_known WHERE helped_at < ?", before));
    }

    static void erase(Sql sql, SiteId site, String subject) throws SQLException {
        sql.update("DELETE FROM webacd_known WHERE site = ? AND subject = ?", site, subject);
        if (subject.startsWith(AGENT)) {
            sql.update(
                    "DELETE FROM webacd_known WHERE site = ? AND agent = ?", site, subject.substring(AGENT.length()));
        }
    }
}
