package dev.tandem.journal.internal;

import java.sql.SQLException;

import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/** Forgets people. A kind that is not open is asked when it is opened again. */
final class Erasure {
    private record Pending(SiteId site, String subject) {}

    private final SqlDatabase database;
    private final Lanes lanes;

    Erasure(SqlDatabase database, Lanes lanes) {
        this.database = database;
        this.lanes = lanes;
    }

    long erase(SiteId site, String subject) {
        return database.write(sql -> {
            var rows = sql.update("DELETE FROM journal_personal WHERE site = ? AND subject = ?", site, subject);
            for (var name : sql.all("SELECT kind FROM journal_kind ORDER BY kind", row -> row.getString(1))) {
                var open = lanes.kind(name);
                if (open.isPresent()) {
                    open.get().kind().erase(sql, site, subject);
                } else {
                    sql.update(
                            "INSERT INTO journal_erasure (site, subject, kind) VALUES (?, ?, ?)"
                                    + " ON CONFLICT (site, subject, kind) DO NOTHING",
                            site,
                            subject,
                            name);
                }
            }
            return (long) rows;
        });
    }

    /** Makes a kind known, and does what was to be erased while it was not open. */
    void opened(OpenKind<?, ?> kind) {
        var known = database.read(
                sql -> known(sql, kind.name()) && pending(sql, kind.name()).isEmpty());
        if (!known) {
            database.write(sql -> {
                sql.update("INSERT INTO journal_kind (kind) VALUES (?) ON CONFLICT (kind) DO NOTHING", kind.name());
                for (var one : pending(sql, kind.name())) {
                    kind.kind().erase(sql, one.site(), one.subject());
                }
                sql.update("DELETE FROM journal_erasure WHERE kind = ?", kind.name());
                return null;
            });
        }
    }

    private static boolean known(Sql sql, String kind) throws SQLException {
        return sql.first("SELECT 1 FROM journal_kind WHERE kind = ?", row -> true, kind)
                .isPresent();
    }

    private static java.util.List<Pending> pending(Sql sql, String kind) throws SQLException {
        return sql.all(
                "SELECT site, subject FROM journal_erasure WHERE kind = ?",
                row -> new Pending(new SiteId(row.getString(1)), row.getString(2)),
                kind);
    }
}
