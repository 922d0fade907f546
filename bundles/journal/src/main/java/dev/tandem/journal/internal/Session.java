package dev.tandem.journal.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.Sql;

/** A connection with the statements prepared on it. Used by one thread at a time. */
public final class Session {
    /** After so many uses plans are made anew for the first time, and then always after this many times as many. */
    private static final long PLANS_LAST = 64;

    private static final long TIMES = 8;

    private final Connection connection;
    private final Dialect dialect;
    private final boolean writes;
    private final Sql sql;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private long uses;
    private long planUntil = PLANS_LAST;

    public Session(Connection connection, Dialect dialect, boolean writes) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.writes = writes;
        // A round trip costs more than a statement; on SQLite there is none.
        this.sql = new Sql(connection, dialect == Dialect.POSTGRESQL);
        connection.setAutoCommit(true);
        if (dialect == Dialect.SQLITE) {
            openSqlite();
        } else {
            openPostgres();
        }
        connection.setAutoCommit(false);
    }

    private void openSqlite() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=10000");
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA foreign_keys=ON");
            // 16 MB: what is written again and again meanwhile is carried over once.
            statement.execute("PRAGMA wal_autocheckpoint=4000");
            if (writes) {
                statement.execute("CREATE TABLE IF NOT EXISTS journal_lock (held INTEGER)");
            }
            statement.execute("PRAGMA query_only=" + (writes ? "OFF" : "ON"));
        }
    }

    private void openPostgres() throws SQLException {
        connection.setReadOnly(!writes);
        connection.setTransactionIsolation(
                writes ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_REPEATABLE_READ);
        if (writes) {
            // Writers look rows up by key; planning that anew costs more than doing it.
            sql.update("SET plan_cache_mode = force_generic_plan");
        }
    }

    /**
     * Lets the database end a transaction that waits for this node for too long: one that is suspended in the middle of it
     * must not hold up the others. On SQLite there are none.
     */
    void neverLinger() throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            sql.update("SET idle_in_transaction_session_timeout = " + Nodes.PATIENCE.toMillis());
            connection.commit();
        }
    }

    /**
     * To be called before each use, where nothing has been begun. PostgreSQL plans a statement once; while a table is empty
     * every index that begins with the site seems as good as the key, and the one that was taken goes through all rows of the
     * site later. So the first plans do not last, however long it takes until somebody analyzes the table.
     */
    void used() throws SQLException {
        uses++;
        if (dialect == Dialect.POSTGRESQL && uses == planUntil) {
            planUntil *= TIMES;
            outside(session -> sql.update("DISCARD PLANS"));
        }
    }

    public Sql sql() {
        return sql;
    }

    public Connection connection() {
        return connection;
    }

    public Dialect dialect() {
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

    /**
     * Begins. On SQLite the first statement of a writer must write, even if it changes nothing: it takes the one lock, and
     * waits for it; a transaction that starts by reading may find that it cannot write any more.
     */
    void begin() throws SQLException {
        if (dialect == Dialect.SQLITE && writes) {
            prepared("DELETE FROM journal_lock WHERE held = 1").executeUpdate();
        }
    }

    public void commit() throws SQLException {
        sql.flush();
        connection.commit();
    }

    public void rollback() throws SQLException {
        sql.forget();
        connection.rollback();
    }

    /** Executes one statement as a transaction of its own, where none has been begun: begin and commit cost as much again. */
    void executeAlone(PreparedStatement statement) throws SQLException {
        connection.setAutoCommit(true);
        try {
            statement.execute();
        } finally {
            connection.setAutoCommit(false);
        }
    }

    /** What is done outside of any transaction, where none has been begun. */
    <T> T outside(Sessions.Use<T> use) throws SQLException {
        connection.setAutoCommit(true);
        try {
            return use.with(this);
        } finally {
            connection.setAutoCommit(false);
        }
    }

    void savepoint() throws SQLException {
        prepared("SAVEPOINT command").executeUpdate();
    }

    void release() throws SQLException {
        sql.flush();
        prepared("RELEASE SAVEPOINT command").executeUpdate();
    }

    void undo() throws SQLException {
        sql.forget();
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
    public void close() {
        try {
            for (var statement : statements.values()) {
                statement.close();
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            if (dialect == Dialect.SQLITE) {
                sql.update("PRAGMA query_only=OFF");
            } else {
                sql.update("RESET plan_cache_mode");
                sql.update("RESET idle_in_transaction_session_timeout");
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
