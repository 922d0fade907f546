package dev.tandem.journal.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Sql;

/** A connection with the statements prepared on it. Used by one thread at a time. */
final class Session {
    private final Connection connection;
    private final Dialect dialect;
    private final boolean writes;
    private final Sql sql;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Session(Connection connection, Dialect dialect, boolean writes) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.writes = writes;
        this.sql = new Sql(connection);
        if (dialect == Dialect.SQLITE) {
            // Explicit BEGIN IMMEDIATE below: a transaction that starts by reading could not become a writer later.
            connection.setAutoCommit(true);
            try (var pragma = connection.createStatement()) {
                pragma.execute("PRAGMA busy_timeout=10000");
                pragma.execute("PRAGMA journal_mode=WAL");
                pragma.execute("PRAGMA synchronous=FULL");
                pragma.execute("PRAGMA foreign_keys=ON");
                pragma.execute("PRAGMA query_only=" + (writes ? "OFF" : "ON"));
            }
        } else {
            connection.setAutoCommit(true);
            connection.setReadOnly(!writes);
            connection.setTransactionIsolation(
                    writes ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
        }
    }

    Sql sql() {
        return sql;
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The statement, prepared once per connection. Whoever uses it closes its result, not the statement. */
    PreparedStatement prepared(String text) throws SQLException {
        var known = statements.get(text);
        if (known == null) {
            known = connection.prepareStatement(text);
            statements.put(text, known);
        }
        return known;
    }

    void begin() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            prepared(writes ? "BEGIN IMMEDIATE" : "BEGIN").executeUpdate();
        }
    }

    void commit() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            prepared("COMMIT").executeUpdate();
        } else {
            connection.commit();
        }
    }

    void rollback() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            prepared("ROLLBACK").executeUpdate();
        } else {
            connection.rollback();
        }
    }

    void savepoint() throws SQLException {
        prepared("SAVEPOINT command").executeUpdate();
    }

    void release() throws SQLException {
        prepared("RELEASE SAVEPOINT command").executeUpdate();
    }

    void undo() throws SQLException {
        prepared("ROLLBACK TO SAVEPOINT command").executeUpdate();
        release();
    }

    boolean sound() {
        try {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Gives the connection back as it was found. */
    void close() {
        try {
            for (var statement : statements.values()) {
                statement.close();
            }
            if (dialect == Dialect.SQLITE) {
                sql.update("PRAGMA query_only=OFF");
            } else {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // It goes away anyhow.
        } finally {
            try {
                connection.close();
            } catch (SQLException e) {
                // As above.
            }
        }
    }
}
