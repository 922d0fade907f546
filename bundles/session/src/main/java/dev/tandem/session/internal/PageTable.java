package dev.tandem.session.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Database;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.session.internal.Presence.Key;

/** The table of open pages. Every statement says what is to be, so that doing it twice does no harm. */
final class PageTable {
    private static final String OF = " WHERE site = ? AND session = ? AND participant = ?";

    /** Stands for the pages of somebody of whom none is known, until one comes. */
    private static final UUID NONE = new UUID(0, 0);

    /** Until a page is noted of who comes, at no node. */
    private static final UUID NOWHERE = new UUID(0, 0);

    private final Database database;

    PageTable(Database database) {
        this.database = database;
    }

    /** A page of a participant. */
    record Page(Key key, UUID page) {}

    /**
     * What a page at this node is now.
     *
     * @param fresh it has come since the last time, so what it said before about closing is over
     * @param goneAt since when it is gone again; empty while it is there
     * @param notedAs the id of this node under which it stands here; it may have had another one than now, and of
     *     an attempt whose answer was lost nobody knows under which
     */
    record Change(Page page, boolean fresh, Optional<Instant> goneAt, UUID notedAs) {}

    /**
     * Written with the event: of who comes in by whatever way a page is expected. If none is noted within that time it is as if
     * one had gone, and each node looks for such.
     */
    static void expect(Sql sql, Recorded<Fact> recorded) throws SQLException {
        var who = recorded.event().cameIn();
        if (who.isPresent()) {
            var key = new Key(recorded.site(), recorded.stream(), who.get());
            sql.update(
                    "INSERT INTO session_page (site, session, participant, page, node, closing, gone_at)"
                            + " SELECT ?, ?, ?, ?, ?, 0, ? WHERE NOT EXISTS (SELECT 1 FROM session_page" + OF
                            + " AND gone_at IS NULL) ON CONFLICT (site, session, participant, page, node)"
                            + " DO UPDATE SET gone_at = excluded.gone_at",
                    key.site(),
                    key.session(),
                    key.participant(),
                    NONE,
                    NOWHERE,
                    recorded.at().plus(Presence.ARRIVAL),
                    key.site(),
                    key.session(),
                    key.participant());
        }
    }

    Pages of(Key key) {
        return database.read(sql -> of(sql, key));
    }

    private static Pages of(Sql sql, Key key) throws SQLException {
        return new Pages(sql.all(
                "SELECT page, node, closing, gone_at FROM session_page" + OF,
                PageTable::row,
                key.site(),
                key.session(),
                key.participant()));
    }

    void write(UUID node, Collection<Change> changes) {
        database.write(sql -> {
            for (var change : changes) {
                write(sql, node, change);
            }
            return null;
        });
    }

    private static void write(Sql sql, UUID node, Change change) throws SQLException {
        var key = change.page().key();
        var page = change.page().page();
        if (change.fresh()) {
            sql.update(
                    "DELETE FROM session_page" + OF + " AND page = ?",
                    key.site(),
                    key.session(),
                    key.participant(),
                    NONE);
            put(sql, key, page, node, false, change.goneAt());
        } else if (change.goneAt().isPresent()) {
            sql.update(
                    "UPDATE session_page SET gone_at = ?" + OF + " AND page = ? AND node IN (?, ?) AND gone_at IS NULL",
                    change.goneAt().get(),
                    key.site(),
                    key.session(),
                    key.participant(),
                    page,
                    node,
                    change.notedAs());
        } else if (of(sql, key).rows().stream()
                .noneMatch(row -> row.closing() && row.page().equals(page))) {
            put(sql, key, page, node, false, Optional.empty());
        }
    }

    private static void put(Sql sql, Key key, UUID page, UUID node, boolean closing, Optional<Instant> goneAt)
            throws SQLException {
        sql.update(
                "INSERT INTO session_page (site, session, participant, page, node, closing, gone_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, " + goneAt.map(at -> "?").orElse("NULL") + ")"
                        + " ON CONFLICT (site, session, participant, page, node)"
                        + " DO UPDATE SET closing = excluded.closing, gone_at = excluded.gone_at",
                values(key, page, node, closing, goneAt));
    }

    private static Object[] values(Key key, UUID page, UUID node, boolean closing, Optional<Instant> goneAt) {
        var values = new ArrayList<Object>(List.of(key.site(), key.session(), key.participant(), page, node, closing));
        goneAt.ifPresent(values::add);
        return values.toArray();
    }

    /**
     * Notes that a page is about to go. The participant's rows are held meanwhile, so that of two pages which say so at two
     * nodes one hears that it was the last.
     *
     * @return the participant's pages before
     */
    Pages closing(Key key, UUID page, UUID node, Instant now) {
        return database.write(sql -> {
            sql.update("UPDATE session_page SET closing = closing" + OF, key.site(), key.session(), key.participant());
            var before = of(sql, key);
            int known = sql.update(
                    "UPDATE session_page SET closing = 1, gone_at = COALESCE(gone_at, ?)" + OF + " AND page = ?",
                    now,
                    key.site(),
                    key.session(),
                    key.participant(),
                    page);
            if (known == 0) {
                put(sql, key, page, node, true, Optional.of(now));
            }
            return before;
        });
    }

    /** No page has ever been noted, or all is well. */
    boolean isEmpty() {
        return database.ask(sql -> sql.first("SELECT 1 FROM session_page LIMIT 1", row -> true))
                .isEmpty();
    }

    /** A participant who counts as connected and of whom no page is known: as if one went at that time. */
    void miss(Key key, UUID node, Instant at) {
        database.write(sql -> {
            if (of(sql, key).rows().isEmpty()) {
                put(sql, key, NONE, node, false, Optional.of(at));
            }
            return null;
        });
    }

    /** The nodes at which pages are. */
    List<UUID> nodes() {
        return database.ask(sql ->
                sql.all("SELECT DISTINCT node FROM session_page WHERE gone_at IS NULL", row -> Sql.uuid(row, "node")));
    }

    /** All that counts as there at a node. */
    List<Page> at(UUID node) {
        return database.ask(sql -> sql.all(
                "SELECT site, session, participant, page FROM session_page WHERE node = ? AND gone_at IS NULL",
                row -> new Page(key(row), Sql.uuid(row, "page")),
                node));
    }

    /** Notes that a node's pages are gone. @return whose */
    List<Key> gone(UUID node, Instant now) {
        return database.write(sql -> sql.all(
                "UPDATE session_page SET gone_at = ? WHERE node = ? AND gone_at IS NULL"
                        + " RETURNING site, session, participant",
                PageTable::key,
                now,
                node));
    }

    /** Who has a page that went before that moment: somebody should have looked after it. */
    List<Key> goneBefore(Instant moment) {
        return database.ask(sql -> sql.all(
                "SELECT DISTINCT site, session, participant FROM session_page WHERE gone_at < ?",
                PageTable::key,
                moment));
    }

    void forget(Key key, Instant goneUntil) {
        database.write(sql -> sql.update(
                "DELETE FROM session_page" + OF + " AND gone_at <= ?",
                key.site(),
                key.session(),
                key.participant(),
                goneUntil));
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(new SiteId(row.getString("site")), Sql.uuid(row, "session"), Sql.uuid(row, "participant"));
    }

    private static Pages.Row row(ResultSet row) throws SQLException {
        long goneAt = row.getLong("gone_at");
        var gone = row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(goneAt));
        return new Pages.Row(Sql.uuid(row, "page"), Sql.uuid(row, "node"), row.getInt("closing") == 1, gone);
    }
}
