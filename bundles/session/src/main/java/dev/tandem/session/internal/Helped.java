package dev.tandem.session.internal;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.tandem.journal.Database;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.internal.SessionState.Person;

/**
 * Which sessions agents control, and how many customers they help there. The row of a session is there while it lives and
 * its controller is in it. What is written here is judged in the transaction of the event, which goes on alone in its site:
 * so a limit holds however many come at the same moment, on whatever node.
 */
final class Helped {
    /** The event would take an agent beyond what it says is the most. Nothing of it is stored. */
    static final class Beyond extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Beyond(String what) {
            super(what, null, false, false);
        }

        static boolean is(Throwable failure) {
            return Stream.iterate(failure, t -> t != null, Throwable::getCause).anyMatch(Beyond.class::isInstance);
        }
    }

    private final Database database;

    Helped(Database database) {
        this.database = database;
    }

    /** Where nobody was in control before, nobody is now: there is no row to delete. */
    private static boolean leavesControl(Fact fact) {
        return fact instanceof Fact.Opened
                || fact instanceof Fact.SeatOpened
                || fact instanceof Fact.TermsSet
                || fact instanceof Fact.Joined;
    }

    /** @throws Beyond for a customer too many, or a second session of an agent who has one at once */
    static void write(Sql sql, Recorded<Fact> recorded, SessionState after) throws SQLException {
        var site = recorded.site();
        var session = recorded.stream();
        var agent = after.controller()
                .filter(c -> after.living())
                .flatMap(after::person)
                .filter(Person::present)
                .flatMap(Person::agent);
        if (agent.isEmpty()) {
            if (!leavesControl(recorded.event())) {
                sql.later(session, "DELETE FROM session_helped WHERE site = ? AND session = ?", site, session);
            }
            return;
        }
        long customers = after.people().stream()
                .filter(p -> p.role() == Role.CUSTOMER && p.present())
                .count();
        sql.later(
                session,
                "INSERT INTO session_helped (site, session, agent, customers) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (site, session) DO UPDATE SET agent = excluded.agent, customers = excluded.customers",
                site,
                session,
                agent.get(),
                customers);
        if (recorded.event() instanceof Fact.Joined joined && joined.limit().isPresent()) {
            long all = count(sql, "SELECT sum(customers) AS n FROM session_helped", site, agent.get());
            if (all > joined.limit().get()) {
                throw new Beyond(all + " customers");
            }
        } else if (recorded.event() instanceof Fact.Started started
                && started.alone().orElse(false)) {
            long all = count(sql, "SELECT count(*) AS n FROM session_helped", site, agent.get());
            if (all > 1) {
                throw new Beyond(all + " sessions");
            }
        }
    }

    private static long count(Sql sql, String select, SiteId site, AgentId agent) throws SQLException {
        return sql.first(select + " WHERE site = ? AND agent = ?", row -> row.getLong("n"), site, agent)
                .orElse(0L);
    }

    /** How many customers an agent helps in other sessions than that one. */
    long elsewhere(SiteId site, AgentId agent, UUID but) {
        return database.ask(sql -> sql.first(
                        "SELECT sum(customers) AS n FROM session_helped WHERE site = ? AND agent = ? AND session <> ?",
                        row -> row.getLong("n"),
                        site,
                        agent,
                        but)
                .orElse(0L));
    }

    /** All that are controlled, the oldest first. */
    List<SupportSessions.Controlled> controlled(SiteId site) {
        return database.ask(sql -> sql.all(
                "SELECT session, agent FROM session_helped WHERE site = ? ORDER BY session",
                row -> new SupportSessions.Controlled(
                        new SessionId(Sql.uuid(row, "session")), new AgentId(row.getString("agent"))),
                site));
    }

    /** A session that an agent controls and is in; the oldest. */
    Optional<UUID> controlled(SiteId site, AgentId agent) {
        return database.ask(sql -> sql.first(
                "SELECT session FROM session_helped WHERE site = ? AND agent = ? ORDER BY session",
                row -> Sql.uuid(row, "session"),
                site,
                agent));
    }
}
