package dev.tandem.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import dev.tandem.journal.Sql;

/**
 * A connection to PostgreSQL that a part of the journal keeps for itself, outside of any transaction. An answer that does not
 * come within some seconds is a failure. Used by one thread; only {@link #cut} may come from another.
 */
final class OwnLine {
    /** The channel of all nodes on this database and schema, as an expression. */
    static final String CHANNEL = "'tandem_' || md5(current_schema())";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SqlDatabase database;
    private final String name;
    private final Duration patience;
    private volatile Optional<Connection> connection = Optional.empty();

    /** @param name what the database shows of it */
    OwnLine(SqlDatabase database, String name) {
        this(database, name, PATIENCE);
    }

    /** @param patience how long an answer may take */
    OwnLine(SqlDatabase database, String name, Duration patience) {
        this.database = database;
        this.name = name;
        this.patience = patience;
    }

    boolean isOpen() {
        return connection.isPresent();
    }

    /** Opens it; it must not be open. */
    void open() throws SQLException {
        var opened = database.connect();
        connection = Optional.of(opened);
        opened.setAutoCommit(true);
        opened.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
        sql().all("SELECT set_config('application_name', ?, false)", row -> true, name);
        // What goes over it is told, not kept: nobody need wait for a disk.
        sql().update("SET synchronous_commit = off");
    }

    Connection connection() throws SQLException {
        return connection.orElseThrow(() -> new SQLException("the line is not open"));
    }

    Sql sql() throws SQLException {
        return new Sql(connection());
    }

    /** The channel of all nodes on this database and schema. */
    String channel() throws SQLException {
        return sql().first("SELECT " + CHANNEL, row -> row.getString(1)).orElseThrow();
    }

    /** Ends it, so that a thread that waits on it fails at once. */
    void cut() {
        connection.ifPresent(line -> {
            try {
                line.abort(Runnable::run);
            } catch (SQLException e) {
                // It is of no use any more in any case.
            }
        });
    }

    /** Gives the connection back, as it was found if it still works. */
    void close() {
        connection.ifPresent(line -> {
            try (line) {
                var sql = new Sql(line);
                sql.update("UNLISTEN *");
                sql.update("RESET synchronous_commit");
                sql.update("RESET application_name");
            } catch (SQLException e) {
                // The pool throws it away.
            }
        });
        connection = Optional.empty();
    }
}
