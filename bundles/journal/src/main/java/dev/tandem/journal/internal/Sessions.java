package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

import dev.tandem.journal.Database.Dialect;

/**
 * The sessions of a node, kept open between uses since their prepared statements are worth it: on SQLite one that writes,
 * on PostgreSQL up to four, and up to six that read. The pool behind the data source must allow ten,
 * and a few more for lines of their own.
 */
public final class Sessions implements AutoCloseable {
    private static final int READERS = 6;
    private static final long MAY_BE_STALE = TimeUnit.SECONDS.toNanos(5);
    private static final long OLD = TimeUnit.MINUTES.toNanos(10);

    private record Idle(Session session, long born, long since) {}

    private final DataSource source;
    private final Dialect dialect;
    private final String product;
    private final Shelf writers;
    private final Shelf readers;
    private final AtomicBoolean closed = new AtomicBoolean();

    Sessions(DataSource source) {
        this.source = source;
        try (var connection = source.getConnection()) {
            var about = connection.getMetaData();
            var name = about.getDatabaseProductName();
            this.dialect = switch (name) {
                case "SQLite" -> Dialect.SQLITE;
                case "PostgreSQL" -> Dialect.POSTGRESQL;
                default -> throw new IllegalStateException("neither SQLite nor PostgreSQL: " + name);
            };
            this.product = name + " " + about.getDatabaseProductVersion() + where(about.getURL());
        } catch (SQLException e) {
            throw new DatabaseException("the database cannot be reached", e);
        }
        this.writers = new Shelf(true, dialect == Dialect.SQLITE ? 1 : 4);
        this.readers = new Shelf(false, READERS);
    }

    /** Without its parameters, in which a password could stand. */
    private static String where(String url) {
        return url == null
                ? ""
                : " ("
                        + NotReady.withoutSecrets(
                                url.replaceFirst("^jdbc:\\w+:(//)?", "").replaceFirst("\\?.*", "")) + ")";
    }

    Dialect dialect() {
        return dialect;
    }

    String product() {
        return product;
    }

    /** What is done with a session. */
    public interface Use<T> {
        T with(Session session) throws SQLException;
    }

    <T> T writer(Use<T> use) throws SQLException {
        return writers.use(use);
    }

    <T> T reader(Use<T> use) throws SQLException {
        return readers.use(use);
    }

    private Session open(boolean writes) throws SQLException {
        var connection = source.getConnection();
        try {
            var session = new Session(connection, dialect, writes);
            if (writes) {
                session.neverLinger();
            }
            return session;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        closed.set(true);
        writers.clear();
        readers.clear();
    }

    private final class Shelf {
        private final boolean writes;
        private final Semaphore permits;
        private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();

        Shelf(boolean writes, int most) {
            this.writes = writes;
            // Fair, so that no lane waits for ever on SQLite, where all share one.
            this.permits = new Semaphore(most, true);
        }

        <T> T use(Use<T> use) throws SQLException {
            permits.acquireUninterruptibly();
            try {
                var taken = take();
                var done = false;
                try {
                    taken.session().used();
                    var result = use.with(taken.session());
                    done = true;
                    return result;
                } finally {
                    giveBack(taken, done);
                }
            } finally {
                permits.release();
            }
        }

        private Idle take() throws SQLException {
            if (closed.get()) {
                throw new IllegalStateException("the journal is closed");
            }
            for (var found = idle.pollFirst(); found != null; found = idle.pollFirst()) {
                var now = System.nanoTime();
                if (now - found.born() < OLD
                        && (now - found.since() < MAY_BE_STALE
                                || found.session().sound())) {
                    return found;
                }
                found.session().close();
            }
            var now = System.nanoTime();
            return new Idle(open(writes), now, now);
        }

        private void giveBack(Idle taken, boolean done) {
            if (closed.get() || !done && !taken.session().sound()) {
                taken.session().close();
            } else {
                idle.addFirst(new Idle(taken.session(), taken.born(), System.nanoTime()));
                if (closed.get()) {
                    clear();
                }
            }
        }

        private void clear() {
            for (var found = idle.pollFirst(); found != null; found = idle.pollFirst()) {
                found.session().close();
            }
        }
    }
}
