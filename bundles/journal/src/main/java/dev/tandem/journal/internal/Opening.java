package dev.tandem.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Sql;

/** Opens a database after a look at whether it can be worked with, and says in plain words why it cannot. */
final class Opening {
    /** The oldest PostgreSQL, as it numbers itself: it knows plan_cache_mode, which writers set. */
    static final int OLDEST_POSTGRES = 120_000;

    /** How far the clock of a node may be from the database's when it starts. */
    static final Duration MOST_SKEW = Duration.ofSeconds(1);

    static final String FILE = "etc/org.ops4j.datasource-tandem.cfg";

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final Clock system;

    /** @param system the clock of the computer itself */
    Opening(Clock system) {
        this.system = system;
    }

    private record Server(int version, String encoding, boolean standby, Instant now) {}

    /** @throws NotReady if it cannot be worked with */
    SqlDatabase open(DataSource source) {
        try {
            try (var connection = source.getConnection()) {
                var product = connection.getMetaData().getDatabaseProductName();
                if (product.equals("PostgreSQL")) {
                    examine(connection);
                } else if (!product.equals("SQLite")) {
                    throw new NotReady(
                            "product", product + " is neither SQLite nor PostgreSQL. Correct url in " + FILE + ".");
                }
            }
            return new SqlDatabase(source);
        } catch (NotReady e) {
            throw e;
        } catch (NewerSchema e) {
            throw new NotReady(
                    "newer",
                    "The database is newer than this release of Tandem: " + e.getMessage()
                            + ". Install the newer release on this node, or name another database in " + FILE + ".",
                    e);
        } catch (Unable e) {
            throw new NotReady("moved", NotReady.withoutSecrets(e.getMessage()), e);
        } catch (SQLException e) {
            throw refused(e);
        } catch (DatabaseException e) {
            throw e.getCause() instanceof SQLException cause ? refused(cause) : failed(e);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static NotReady failed(RuntimeException e) {
        LOG.debug("Opening the database failed", e);
        return new NotReady("failed", "The database cannot be used: " + NotReady.said(e) + ".", e);
    }

    private void examine(Connection connection) throws SQLException {
        long asked = System.nanoTime();
        var before = system.instant();
        var server = server(connection);
        var halfWay = Duration.ofNanos(System.nanoTime() - asked).dividedBy(2);
        if (server.version() < OLDEST_POSTGRES) {
            throw new NotReady(
                    "version",
                    "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion() + " is too old: Tandem needs "
                            + OLDEST_POSTGRES / 10_000 + " or newer.");
        }
        if (!server.encoding().equals("UTF8")) {
            throw new NotReady(
                    "encoding",
                    "The database keeps text as " + server.encoding() + ", Tandem needs UTF8. Make another one with"
                            + " CREATE DATABASE tandem ENCODING 'UTF8' TEMPLATE template0.");
        }
        if (server.standby()) {
            throw new NotReady(
                    "standby",
                    "This PostgreSQL is a standby and takes no writes. Name the primary in " + FILE
                            + ", or all of them with targetServerType=primary in its url.");
        }
        var skew = Duration.between(before.plus(halfWay), server.now());
        if (skew.abs().minus(halfWay).compareTo(MOST_SKEW) > 0) {
            throw new NotReady(
                    "clock",
                    String.format(
                            Locale.ROOT,
                            "The clock of this computer is %.1f s %s the database's. Set it (NTP); more than %d s is not"
                                    + " allowed.",
                            skew.abs().toMillis() / 1000.0,
                            skew.isNegative() ? "ahead of" : "behind",
                            MOST_SKEW.toSeconds()));
        }
    }

    private static Server server(Connection connection) throws SQLException {
        return new Sql(connection)
                .first(
                        "SELECT current_setting('server_version_num')::int AS version,"
                                + " current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,"
                                + " (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint AS now",
                        row -> new Server(
                                row.getInt("version"),
                                row.getString("encoding"),
                                row.getBoolean("standby"),
                                Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(row.getLong("now")))))
                .orElseThrow();
    }

    private static NotReady refused(SQLException e) {
        LOG.debug("Opening the database failed", e);
        var said = NotReady.said(e);
        var state = state(e).orElse("");
        if (state.startsWith("28")) {
            return new NotReady(
                    "sign-in",
                    "The database refuses the user or the password (" + said + "). Correct user and password in " + FILE
                            + ".",
                    e);
        }
        if (state.equals("3D000")) {
            return new NotReady(
                    "missing",
                    "PostgreSQL answers, but there is no such database (" + said
                            + "). Create it with CREATE DATABASE tandem ENCODING 'UTF8' TEMPLATE template0, or correct"
                            + " url in " + FILE + ".",
                    e);
        }
        if (state.equals("42501")) {
            return new NotReady(
                    "rights",
                    "The user may not make tables in the database (" + said + "). Make it the database's owner.",
                    e);
        }
        if (state.equals("53300")) {
            return new NotReady(
                    "full",
                    "PostgreSQL takes no more connections (" + said + "). Raise its max_connections, or lower"
                            + " hikari.maximumPoolSize in " + FILE + " of the nodes.",
                    e);
        }
        return new NotReady(
                "unreachable",
                "The database cannot be reached (" + said + "). See that it runs, and that url in " + FILE
                        + " is right.",
                e);
    }

    /** What the driver says is beneath what the pool says. */
    private static Optional<String> state(Throwable failure) {
        Optional<String> found = Optional.empty();
        for (var cause = failure; cause != null && cause.getCause() != cause; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                found = Optional.of(sql.getSQLState());
            }
        }
        return found;
    }
}
