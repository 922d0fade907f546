package dev.tandem.journal.internal.move;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Sql;
import dev.tandem.journal.internal.Chains;
import dev.tandem.journal.internal.Course;
import dev.tandem.journal.internal.MovedMark;
import dev.tandem.journal.internal.Session;
import dev.tandem.journal.internal.SqlDatabase;
import dev.tandem.journal.internal.Unable;

/**
 * Moves a running node from SQLite to an empty database of PostgreSQL.
 *
 * <p>All that happens there is one transaction, so that a cancelled or broken move leaves nothing. The order of the last
 * steps decides what a crash leaves: the new configuration lies ready, PostgreSQL commits, SQLite is marked as moved, and
 * the configuration takes its place. Before the mark SQLite is in use and whole; from the mark on PostgreSQL has everything
 * and SQLite lets nobody start on it. A copy that was committed and never came into use is known by its id and replaced
 * by the next try.
 */
public final class Move {
    private static final Logger LOG = LoggerFactory.getLogger(Move.class);
    private static final Refusal HELD = new Refusal(
            Refusal.Reason.BUSY, "database-moving", "The database is being moved. Writing goes on in a while.");
    private static final long ONE_AT_A_TIME = 0x54616e64656d4dL;

    private final SqlDatabase database;
    private final DataSourceFile file;
    private final Clock clock;

    /** @param etc the folder of the file that says where the database is */
    public Move(SqlDatabase database, Path etc, Clock clock) {
        this.database = database;
        this.file = new DataSourceFile(etc);
        this.clock = clock;
    }

    /**
     * What has come over.
     *
     * @param tables how many tables
     * @param rows how many rows in all
     */
    public record Moved(Chains chains, int tables, long rows, Path before) {}

    /**
     * Moves. When it returns the node may write no more on SQLite and will come up on PostgreSQL by itself.
     *
     * @param source opens the target
     * @throws Unable with what was wrong; the node works on SQLite as before
     * @throws CancellationException if it was cancelled, likewise
     */
    public Moved run(Target target, DataSource source, Course course) {
        if (database.dialect() != Dialect.SQLITE) {
            throw new Unable("This node is on PostgreSQL already.");
        }
        refuseStrangers();
        course.at("Reaching the new database");
        try (var connection = source.getConnection()) {
            return run(target, connection, course);
        } catch (SQLException e) {
            throw new Unable("PostgreSQL says: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Unable("The new configuration cannot be written: " + e.getMessage(), e);
        }
    }

    /** Every slice that has tables must say how they are made on PostgreSQL, and only a slice that runs can. */
    private void refuseStrangers() {
        var asked = database.asked();
        List<String> slices =
                database.read(sql -> sql.all("SELECT DISTINCT slice FROM journal_migration", row -> row.getString(1)));
        var strangers = new TreeSet<>(slices);
        strangers.removeAll(asked.keySet());
        if (!strangers.isEmpty()) {
            throw new Unable(
                    "There are tables of " + String.join(", ", strangers)
                            + ", which does not run here. Install or start it, since only it knows how to make them on PostgreSQL.");
        }
        asked.values().stream()
                .filter(one -> one.postgres().isEmpty())
                .findFirst()
                .ifPresent(one -> {
                    throw new Unable(
                            "The part " + one.slice() + " does not know how to make its tables on PostgreSQL.");
                });
    }

    private Moved run(Target target, Connection connection, Course course) throws SQLException, IOException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            throw new Unable("This is no PostgreSQL.");
        }
        var to = new Session(connection, Dialect.POSTGRESQL, true);
        try {
            empty(to.sql());
            to.commit();
            database.readSession(session -> Chains.verify(session, "Verifying the chain", course));
            var mark = new MovedMark(UUID.randomUUID(), target.url(), clock.instant());
            database.write(sql -> {
                mark.begin(sql);
                return null;
            });
            file.prepare(mark.id(), mark.at(), target);
            Moved moved;
            try {
                moved = database.exclusively(HELD, from -> {
                    var copied = copy(from, to, mark, course);
                    course.pointOfNoReturn();
                    to.commit();
                    mark.done(from.sql());
                    return copied;
                });
            } catch (SQLException | RuntimeException | Error e) {
                file.discard();
                throw e;
            }
            LOG.info("The database was moved to {}", target);
            hold(mark);
            to.sql().update("DROP TABLE journal_move");
            to.commit();
            return moved;
        } catch (SQLException | RuntimeException | Error e) {
            to.rollback();
            throw e;
        } finally {
            to.close();
        }
    }

    private void hold(MovedMark mark) {
        try {
            file.complete(mark.at());
        } catch (IOException e) {
            throw new Unable(
                    "PostgreSQL has everything, and SQLite is not used any more; but " + file.file()
                            + " could not be replaced (" + e.getMessage() + "). Rename " + file.next() + " to it.",
                    e);
        }
    }

    /** Refuses a database that is not empty, unless all in it is a copy of this very database that never came into use. */
    private void empty(Sql to) throws SQLException {
        if (!to.first("SELECT pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), ONE_AT_A_TIME)
                .orElseThrow()) {
            throw new Unable("Another move to that database is under way.");
        }
        var encoding = to.first("SHOW server_encoding", row -> row.getString(1)).orElseThrow();
        if (!encoding.equals("UTF8")) {
            throw new Unable("That database is in " + encoding + "; it must be in UTF8 (createdb --encoding UTF8).");
        }
        var tables = Tables.ofTarget(to);
        if (tables.isEmpty()) {
            return;
        }
        if (!leftover(to, tables)) {
            throw new Unable("That database is not empty, it has the tables "
                    + String.join(", ", tables.subList(0, Math.min(tables.size(), 5)))
                    + (tables.size() > 5 ? " and " + (tables.size() - 5) + " more" : "") + ". Give an empty one.");
        }
        LOG.info("A copy of an earlier move, which never came into use, is replaced");
        for (var table : tables) {
            to.update("DROP TABLE " + Tables.quoted(table) + " CASCADE");
        }
    }

    private boolean leftover(Sql to, List<String> tables) throws SQLException {
        if (!tables.contains("journal_move") || !tables.contains("journal_node")) {
            return false;
        }
        var ids = to.all("SELECT id FROM journal_move", row -> row.getString(1));
        var nodes = to.first("SELECT COUNT(*) FROM journal_node", row -> row.getLong(1))
                .orElseThrow();
        return nodes == 0 && ids.size() == 1 && database.read(sql -> MovedMark.begun(sql, ids.get(0)));
    }

    /** Everything, within the transactions of both sides; the target's is not committed here. */
    private Moved copy(Session from, Session to, MovedMark mark, Course course) throws SQLException {
        empty(to.sql());
        course.at("Making the tables");
        makeTables(to.sql());
        var tables = Tables.matched(from.sql(), to.sql());
        for (var table : tables) {
            new TableCopy(table).run(from, to, course);
        }
        // No node of before is a node there. The epochs stay, since they must only rise.
        to.sql().update("UPDATE journal_lease SET node = NULL");
        to.sql().update("CREATE TABLE journal_move (id TEXT NOT NULL)");
        to.sql().update("INSERT INTO journal_move (id) VALUES (?)", mark.id());
        var there = Chains.verify(to, "Verifying the chain on PostgreSQL", course);
        var here = Chains.read(from);
        if (!there.equals(here)) {
            throw new Unable("The chains do not end alike: " + here + " here, " + there + " there.");
        }
        return new Moved(
                there,
                tables.size(),
                tables.stream().mapToLong(Tables.Table::rows).sum(),
                file.file());
    }

    private void makeTables(Sql to) throws SQLException {
        var asked = new ArrayList<>(database.asked().values());
        // The journal's first: others may refer to it.
        asked.sort(java.util.Comparator.comparing(
                        (dev.tandem.journal.internal.Asked one) -> !one.slice().equals("journal"))
                .thenComparing(one -> one.slice()));
        for (var one : asked) {
            one.postgres().orElseThrow().run(to);
        }
    }
}
