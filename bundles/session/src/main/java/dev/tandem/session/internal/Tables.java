package dev.tandem.session.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Database;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;

/** The read models of sessions: which live, and what PINs and tokens open. Names are not copied here. */
final class Tables {
    private static final List<String> MIGRATIONS = List.of(
            "001_sessions.sql",
            "002_pages.sql",
            "003_helped.sql",
            "004_control.sql",
            "005_invitations.sql",
            "006_transfer.sql",
            "007_newest.sql");

    /** A session without an interaction, or without an agent of its own. */
    private static final String NONE = "";

    private static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final Database database;

    Tables(Database database) {
        this.database = database;
    }

    /** A session of a site. */
    record Key(SiteId site, UUID session) {}

    /** A living session of an interaction. */
    record Living(UUID session, AgentId agent) {}

    /** What a PIN opens. */
    record Place(UUID session, UUID seat) {}

    /** Whom a viewer's link or token belongs to. */
    record Viewer(SiteId site, UUID session, UUID viewer) {}

    /** Whom a token belongs to. */
    record Holder(UUID session, UUID participant) {}

    void migrate() {
        database.migrate("session", Tables.class, MIGRATIONS);
    }

    /** Written with the event. A second living session of an interaction, a PIN or number in use, fails here. */
    static void write(Sql sql, Recorded<Fact> recorded, SessionState after) throws SQLException {
        var site = recorded.site();
        var session = recorded.stream();
        var fact = recorded.event();
        if (fact instanceof Fact.Started started) {
            sql.later(
                    session,
                    "INSERT INTO session_session (site, session, command, interaction, number, agent, living, started_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (site, session) DO NOTHING",
                    site,
                    session,
                    started.command(),
                    started.interaction(),
                    started.number(),
                    started.agent(),
                    started.at());
        } else if (fact instanceof Fact.Opened opened) {
            sql.later(
                    session,
                    "INSERT INTO session_session (site, session, command, interaction, number, agent, living, started_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (site, session) DO NOTHING",
                    site,
                    session,
                    opened.command(),
                    NONE,
                    opened.number(),
                    NONE,
                    opened.at());
        } else if (fact instanceof Fact.HandedOver) {
            sql.later(
                    session,
                    "UPDATE session_session SET interaction = ? WHERE site = ? AND session = ?",
                    NONE,
                    site,
                    session);
        } else if (fact instanceof Fact.SeatOpened opened) {
            sql.later(
                    session,
                    "INSERT INTO session_pin (site, session, seat, hash) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (site, session, seat) DO NOTHING",
                    site,
                    session,
                    opened.seat(),
                    opened.pinHash());
        } else if (fact instanceof Fact.Joined joined) {
            sql.later(
                    session,
                    "INSERT INTO session_token (site, hash, session, participant) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (site, hash) DO NOTHING",
                    site,
                    joined.token(),
                    session,
                    joined.participant());
        } else if (fact instanceof Fact.AssistantJoined joined) {
            sql.later(
                    session,
                    "INSERT INTO session_assistant (site, session, agent) VALUES (?, ?, ?)"
                            + " ON CONFLICT (site, session, agent) DO NOTHING",
                    site,
                    session,
                    joined.agent());
        } else if (fact instanceof Fact.ViewerInvited invited) {
            sql.later(
                    session,
                    "INSERT INTO session_viewer (site, session, viewer, link, token) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (site, session, viewer) DO NOTHING",
                    site,
                    session,
                    invited.viewer(),
                    invited.link(),
                    invited.token());
        } else if (fact instanceof Fact.ViewerRevoked revoked) {
            sql.later(
                    session,
                    "DELETE FROM session_viewer WHERE site = ? AND session = ? AND viewer = ?",
                    site,
                    session,
                    revoked.viewer());
        } else if (fact instanceof Fact.Removed removed) {
            forgetToken(sql, site, session, removed.participant());
            forgetPin(sql, site, session, after.person(removed.participant()).flatMap(SessionState.Person::seat));
        } else if (fact instanceof Fact.SeatTakenOver taken) {
            forgetToken(sql, site, session, taken.from());
        } else if (fact instanceof Fact.Left left) {
            forgetToken(sql, site, session, left.participant());
        } else if (fact instanceof Fact.Ended ended) {
            sql.later(
                    session,
                    "UPDATE session_session SET living = 0, ended_at = ? WHERE site = ? AND session = ?",
                    ended.at(),
                    site,
                    session);
            sql.later(session, "DELETE FROM session_pin WHERE site = ? AND session = ?", site, session);
            sql.later(session, "DELETE FROM session_token WHERE site = ? AND session = ?", site, session);
            sql.later(session, "DELETE FROM session_assistant WHERE site = ? AND session = ?", site, session);
            sql.later(session, "DELETE FROM session_viewer WHERE site = ? AND session = ?", site, session);
        }
    }

    /** The PIN of who was removed lets nobody in any more. */
    private static void forgetPin(Sql sql, SiteId site, UUID session, Optional<UUID> seat) throws SQLException {
        if (seat.isPresent()) {
            sql.later(
                    session,
                    "DELETE FROM session_pin WHERE site = ? AND session = ? AND seat = ?",
                    site,
                    session,
                    seat.get());
        }
    }

    private static void forgetToken(Sql sql, SiteId site, UUID session, UUID participant) throws SQLException {
        sql.later(
                session,
                "DELETE FROM session_token WHERE site = ? AND session = ? AND participant = ?",
                site,
                session,
                participant);
    }

    List<Key> living() {
        return database.ask(sql -> sql.all(
                "SELECT site, session FROM session_session WHERE living = 1 ORDER BY site, session",
                row -> new Key(new SiteId(row.getString("site")), Sql.uuid(row, "session"))));
    }

    /** Those that live, and those that have ended since then; the newest first. */
    List<Key> since(Optional<Instant> ended) {
        return database.ask(sql -> sql.all(
                "SELECT site, session FROM session_session WHERE living = 1 OR ended_at >= ?"
                        + " ORDER BY started_at DESC, site, session",
                row -> new Key(new SiteId(row.getString("site")), Sql.uuid(row, "session")),
                ended.orElse(NEVER)));
    }

    /** Those of a site, or those of a number; the newest first. */
    List<UUID> latest(SiteId site, Optional<String> number, int most) {
        var from = "SELECT session FROM session_session WHERE site = ?";
        var order = " ORDER BY started_at DESC, session LIMIT ?";
        return database.read(sql -> number.isEmpty()
                ? sql.all(from + order, row -> Sql.uuid(row, "session"), site, most)
                : sql.all(from + " AND number = ?" + order, row -> Sql.uuid(row, "session"), site, number.get(), most));
    }

    /** Whose a session is. */
    Optional<SiteId> site(UUID session) {
        return database.ask(sql -> sql.first(
                "SELECT site FROM session_session WHERE session = ?",
                row -> new SiteId(row.getString("site")),
                session));
    }

    Optional<Living> living(SiteId site, InteractionId interaction) {
        return database.ask(sql -> sql.first(
                "SELECT session, agent FROM session_session WHERE site = ? AND interaction = ? AND living = 1",
                row -> new Living(Sql.uuid(row, "session"), new AgentId(row.getString("agent"))),
                site,
                interaction));
    }

    /** What that start has started, be it over. */
    Optional<UUID> startedBy(SiteId site, UUID command) {
        return database.ask(sql -> sql.first(
                "SELECT session FROM session_session WHERE site = ? AND command = ?",
                row -> Sql.uuid(row, "session"),
                site,
                command));
    }

    /** The living sessions that an agent has started or come into, the earliest first; be it that the agent has left. */
    List<UUID> of(SiteId site, AgentId agent) {
        return database.ask(sql -> sql.all(
                "SELECT session FROM session_session WHERE site = ? AND living = 1 AND (agent = ? OR session IN"
                        + " (SELECT session FROM session_assistant WHERE site = ? AND agent = ?))"
                        + " ORDER BY started_at, session",
                row -> Sql.uuid(row, "session"),
                site,
                agent.value(),
                site,
                agent.value()));
    }

    Optional<UUID> numbered(SiteId site, String number) {
        return database.ask(sql -> sql.first(
                "SELECT session FROM session_session WHERE site = ? AND number = ? AND living = 1",
                row -> Sql.uuid(row, "session"),
                site,
                number));
    }

    /** Whose link that is. */
    Optional<Viewer> viewerByLink(String linkHash) {
        return database.ask(sql ->
                sql.first("SELECT site, session, viewer FROM session_viewer WHERE link = ?", Tables::viewer, linkHash));
    }

    Optional<Viewer> viewerByToken(SiteId site, String tokenHash) {
        return database.ask(sql -> sql.first(
                "SELECT site, session, viewer FROM session_viewer WHERE site = ? AND token = ?",
                Tables::viewer,
                site,
                tokenHash));
    }

    private static Viewer viewer(ResultSet row) throws SQLException {
        return new Viewer(new SiteId(row.getString("site")), Sql.uuid(row, "session"), Sql.uuid(row, "viewer"));
    }

    boolean numberInUse(SiteId site, String number) {
        return numbered(site, number).isPresent();
    }

    Optional<Place> place(SiteId site, String pinHash) {
        return database.ask(sql -> sql.first(
                "SELECT session, seat FROM session_pin WHERE site = ? AND hash = ?",
                row -> new Place(Sql.uuid(row, "session"), Sql.uuid(row, "seat")),
                site,
                pinHash));
    }

    Optional<Holder> holder(SiteId site, String tokenHash) {
        return database.ask(sql -> sql.first(
                "SELECT session, participant FROM session_token WHERE site = ? AND hash = ?",
                row -> new Holder(Sql.uuid(row, "session"), Sql.uuid(row, "participant")),
                site,
                tokenHash));
    }
}
