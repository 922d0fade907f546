package dev.tandem.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Database;
import dev.tandem.journal.Refusal;

/** The database of the node. {@link DatabaseDoor} publishes it once it can be worked with. */
public final class SqlDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(SqlDatabase.class);
    private static final int TRIES = 3;

    private final Sessions sessions;
    private final List<String> risks;
    private final DataSource source;
    private final Gate gate = new Gate();
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final ThreadLocal<Session> reading = new ThreadLocal<>();
    private final ThreadLocal<Boolean> writing = ThreadLocal.withInitial(() -> false);

    public SqlDatabase(DataSource source) {
        this.source = source;
        this.sessions = new Sessions(source);
        try {
            refuseMoved();
            migrate("journal", SqlDatabase.class, List.of("001_journal.sql", "002_nodes.sql"));
            LOG.info("The journal stands on {}", sessions.product());
            this.risks = findRisks();
            risks.forEach(
                    risk -> LOG.warn("PostgreSQL runs with {}: what was acknowledged may be lost in a crash", risk));
        } catch (RuntimeException e) {
            sessions.close();
            throw e;
        }
    }

    private void refuseMoved() {
        if (dialect() == Dialect.SQLITE) {
            read(MovedMark::find).ifPresent(mark -> {
                throw new Unable(mark.refusal());
            });
        }
    }

    /** What it is and where: {@code PostgreSQL 15.14 (127.0.0.1:5432/tandem)}. */
    String product() {
        return sessions.product();
    }

    /** Its settings, when it was opened, by which a crash may lose what was acknowledged. */
    List<String> risks() {
        return risks;
    }

    private List<String> findRisks() {
        if (dialect() != Dialect.POSTGRESQL) {
            return List.of();
        }
        return read(sql -> sql.all(
                "SELECT name || ' = off' FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit',"
                        + " 'full_page_writes') AND setting = 'off' ORDER BY name",
                row -> row.getString(1)));
    }

    void close() {
        sessions.close();
    }

    @Override
    public Dialect dialect() {
        return sessions.dialect();
    }

    @Override
    public void migrate(String slice, Class<?> anchor, List<String> files) {
        var migration = Migration.of(dialect(), slice, anchor, files);
        write(sql -> {
            migration.run(sql);
            return null;
        });
        asked.put(slice, Asked.of(dialect(), slice, anchor, files));
    }

    /** What slices have asked of {@link #migrate} in this node's life, by their names. */
    public Map<String, Asked> asked() {
        return Map.copyOf(asked);
    }

    /** A connection of one's own, which the caller closes; on SQLite it may write in spite of {@link #exclusively}. */
    public Connection connect() throws SQLException {
        return source.getConnection();
    }

    /** Why writers are held off just now, if they are. */
    Optional<Refusal> heldOff() {
        return gate.why();
    }

    /**
     * Holds off all who write, with that refusal, waits for those under way, and works within a transaction that sees the
     * last of them. If the work fails its transaction is rolled back and writers are let in again; if it succeeds they are
     * never let in again.
     */
    public <T> T exclusively(Refusal why, Sessions.Use<T> work) throws SQLException {
        gate.close(why);
        try {
            return writeSession(session -> {
                session.begin();
                try {
                    var result = work.with(session);
                    session.commit();
                    gate.seal();
                    return result;
                } catch (SQLException | RuntimeException | Error e) {
                    rollBack(session, e);
                    throw e;
                }
            });
        } catch (SQLException | RuntimeException | Error e) {
            gate.open();
            throw e;
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        return readSession(session -> work.with(session.sql()));
    }

    @Override
    public <T> T ask(Work<T> question) {
        return askSession(session -> question.with(session.sql()));
    }

    @Override
    public <T> T write(Work<T> work) {
        for (int tried = 1; ; tried++) {
            try {
                return writeSession(session -> {
                    session.begin();
                    try {
                        var result = work.with(session.sql());
                        session.commit();
                        return result;
                    } catch (SQLException | RuntimeException | Error e) {
                        rollBack(session, e);
                        throw e;
                    }
                });
            } catch (SQLException e) {
                if (tried == TRIES || !SqlFaults.passing(e)) {
                    throw new DatabaseException("writing failed", e);
                }
            }
        }
    }

    /** Reads within one snapshot; joins a read that this thread is in. */
    public <T> T readSession(Sessions.Use<T> use) {
        try {
            var joined = reading.get();
            if (joined != null) {
                return use.with(joined);
            }
            return sessions.reader(session -> {
                reading.set(session);
                try {
                    session.begin();
                    var result = use.with(session);
                    session.commit();
                    return result;
                } catch (SQLException | RuntimeException | Error e) {
                    rollBack(session, e);
                    throw e;
                } finally {
                    reading.remove();
                }
            });
        } catch (SQLException e) {
            throw new DatabaseException("reading failed", e);
        }
    }

    /** Asks one question; joins a read that this thread is in. To end a transaction would be a round trip of its own. */
    <T> T askSession(Sessions.Use<T> question) {
        if (dialect() == Dialect.SQLITE || reading.get() != null) {
            return readSession(question);
        }
        try {
            return sessions.reader(session -> session.outside(question));
        } catch (SQLException e) {
            throw new DatabaseException("reading failed", e);
        }
    }

    /** A session that writes. The caller begins and ends the transaction. */
    <T> T writeSession(Sessions.Use<T> use) throws SQLException {
        if (writing.get()) {
            throw new IllegalStateException("within a transaction no other one can be started");
        }
        gate.pass();
        writing.set(true);
        try {
            return sessions.writer(session -> {
                // Only here, since it may have closed while this thread waited for the session.
                gate.pass();
                return use.with(session);
            });
        } finally {
            writing.set(false);
        }
    }

    /** Whether this thread is in a writing transaction. */
    boolean isWriting() {
        return writing.get();
    }

    static void rollBack(Session session, Throwable cause) {
        try {
            session.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
