package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Sql;

/**
 * What a database of SQLite knows of moves from it: a row for each that was begun, and on the one that was done that this
 * database is not to be used any more. Not one of the tables that a slice's files make, since most databases never move.
 *
 * @param to the URL of the database that took its place
 */
public record MovedMark(UUID id, String to, Instant at) {
    private static final String TABLE =
            "CREATE TABLE IF NOT EXISTS journal_move (id TEXT NOT NULL PRIMARY KEY, target TEXT NOT NULL,"
                    + " at INTEGER NOT NULL, done INTEGER NOT NULL)";

    /** Before anything is copied, so that a copy that was broken off is known again. */
    public void begin(Sql sql) throws SQLException {
        sql.update(TABLE);
        sql.update("INSERT INTO journal_move (id, target, at, done) VALUES (?, ?, ?, 0)", id, to, at);
    }

    /** From this commit on the other database is the one. */
    public void done(Sql sql) throws SQLException {
        sql.update("UPDATE journal_move SET done = 1, at = ? WHERE id = ?", at, id);
    }

    /** Whether a move of that id was begun from here and not done. */
    public static boolean begun(Sql sql, String id) throws SQLException {
        return known(sql)
                && sql.first("SELECT 1 FROM journal_move WHERE id = ? AND done = 0", row -> true, id)
                        .isPresent();
    }

    /** The move that was done, if one was. */
    public static Optional<MovedMark> find(Sql sql) throws SQLException {
        return known(sql)
                ? sql.first(
                        "SELECT id, target, at FROM journal_move WHERE done = 1",
                        row -> new MovedMark(Sql.uuid(row, "id"), row.getString("target"), Sql.instant(row, "at")))
                : Optional.empty();
    }

    private static boolean known(Sql sql) throws SQLException {
        return sql.first("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'journal_move'", row -> true)
                .isPresent();
    }

    /** Why nothing may start on it. */
    public String refusal() {
        return "This database of SQLite was moved to " + to + " on " + at + " and is not used any more;"
                + " etc/org.ops4j.datasource-tandem.cfg must name that one.";
    }
}
