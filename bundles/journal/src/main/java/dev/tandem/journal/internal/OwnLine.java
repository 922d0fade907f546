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
    private volatile Optional<Opened> opened = Optional.empty();

    /** A connection with the one object for it, since that keeps statements as long as the connection is there. */
    private record Opened(Connection connection, Sql sql) {}

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
        return opened.isPresent();
    }

    /** Opens it; it must not be open. */
    void open() throws SQLException {
        var connection = database.connect();
        opened = Optional.of(new Opened(connection, new Sql(connection)));
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
        sql().all("SELECT set_config('application_name', ?, false)", row -> true, name);
        // What goes over it is told, not kept: nobody need wait for a disk.
        sql().update("SET synchronous_commit = off");
    }

    private Opened opened() throws SQLException {
        return opened.orElseThrow(() -> new SQLException("the line is not open"));
    }

    Connection connection() throws SQLException {
        return opened().connection();
    }

    Sql sql() throws SQLException {
        return opened().sql();
    }

    /** The channel of all nodes on this database and schema. */
    String channel() throws SQLException {
        return sql().first("SELECT " + CHANNEL, row -> row.getString(1)).orElseThrow();
    }

    /** Ends it, so that a thread that waits on it fails at once. */
    void cut() {
        opened.ifPresent(line -> {
            try {
                line.connection().abort(Runnable::run);
            } catch (SQLException e) {
                // It is of no use any more in any case.
            }
        });
    }

    /** Gives the connection back, as it was found if it still works. */
    void close() {
        opened.ifPresent(line -> {
            try (var connection = line.connection()) {
                line.sql().update("UNLISTEN *");
                line.sql().update("RESET synchronous_commit");
                line.sql().update("RESET application_name");
            } catch (SQLException e) {
                // The pool throws it away.
            }
        });
        opened = Optional.empty();
    }
}
