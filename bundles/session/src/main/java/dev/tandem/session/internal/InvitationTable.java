package dev.tandem.session.internal;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Database;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/** The read model of invitations: what a token opens. A link does not name its site. */
final class InvitationTable {
    private final Database database;

    InvitationTable(Database database) {
        this.database = database;
    }

    /** What a token opens. */
    record Found(SiteId site, UUID session, UUID invitation) {}

    static void write(Sql sql, Recorded<Fact> recorded) throws SQLException {
        var site = recorded.site();
        var session = recorded.stream();
        var fact = recorded.event();
        if (fact instanceof Fact.InvitationMade made) {
            sql.update(
                    "INSERT INTO session_invitation (site, session, invitation, hash) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (site, session, invitation) DO NOTHING",
                    site,
                    session,
                    made.invitation(),
                    made.token());
        } else if (fact instanceof Fact.InvitationWithdrawn withdrawn) {
            sql.update(
                    "DELETE FROM session_invitation WHERE site = ? AND session = ? AND invitation = ?",
                    site,
                    session,
                    withdrawn.invitation());
        } else if (fact instanceof Fact.Ended) {
            sql.update("DELETE FROM session_invitation WHERE site = ? AND session = ?", site, session);
        }
    }

    Optional<Found> find(String tokenHash) {
        return database.read(sql -> sql.first(
                "SELECT site, session, invitation FROM session_invitation WHERE hash = ?",
                row -> new Found(
                        new SiteId(row.getString("site")), Sql.uuid(row, "session"), Sql.uuid(row, "invitation")),
                tokenHash));
    }
}
