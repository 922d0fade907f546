package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.move.Move;
import dev.tandem.journal.internal.move.Target;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

/** A node on SQLite that is about to move, and what has come of it. */
final class Moving implements AutoCloseable {
    static final Target TARGET = new Target("jdbc:postgresql://db.example/tandem", "tandem", "it's ä \\ secret ");
    static final String FILE = "org.ops4j.datasource-tandem.cfg";
    private static final String BEFORE = "url = jdbc:sqlite:tandem.db\n";
    private static final Set<String> OF_ONE_SIDE =
            Set.of("journal_move", "journal_lock", "journal_migration", "journal_node", "journal_lease");

    final DataSource from;
    final DataSource to;
    final Path etc;
    final TestClock clock = new TestClock();
    JournalRuntime runtime;
    Streams<Ledger.Account, Ledger.Event> streams;

    Moving(Path folder) {
        this.from = TestDatabase.SQLITE.durable(folder);
        this.to = TestDatabase.POSTGRESQL.durable(folder);
        try {
            this.etc = Files.createTempDirectory(folder, "etc");
            Files.writeString(etc.resolve(FILE), BEFORE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    void start() {
        runtime = JournalRuntime.open(from, clock);
        Ledger.tables(runtime.database());
        streams = runtime.journal().open(new Ledger());
    }

    SqlDatabase database() {
        return (SqlDatabase) runtime.database();
    }

    Answer<Ledger.Balance> pay(SiteId site, int account, UUID id, long amount) {
        return streams.execute(
                new Command<>(site, new UUID(1, account), id, "system", Ledger.Balance.class),
                (state, now) -> Ledger.pay(state, amount));
    }

    /** A payment with a note about somebody. */
    void note(SiteId site, int account, String subject, String text) {
        var seal = runtime.sealer().seal(subject, text);
        streams.execute(
                        new Command<>(site, new UUID(1, account), UUID.randomUUID(), "system", Ledger.Balance.class),
                        (state, now) -> Decision.accept(
                                        List.<Ledger.Event>of(new Ledger.Event.Paid(1, Optional.of(seal.ref()))),
                                        new Ledger.Balance(state.balance() + 1))
                                .with(seal)
                                .wake("soon", now.plusSeconds(600)))
                .orElseThrow(refusal -> new IllegalStateException(refusal.detail()));
    }

    Move.Moved move(Course course) {
        return new Move(database(), etc, clock).run(TARGET, to, course);
    }

    /** Every row of every table as text, in an order of its own. */
    static TreeMap<String, List<String>> content(DataSource source, Dialect dialect) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            var names = new ArrayList<String>();
            try (var rows = statement.executeQuery(
                    dialect == Dialect.SQLITE
                            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
                            : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            names.removeAll(OF_ONE_SIDE);
            var all = new TreeMap<String, List<String>>();
            for (var name : names) {
                try (var rows = statement.executeQuery("SELECT * FROM " + name)) {
                    var texts = new ArrayList<String>();
                    while (rows.next()) {
                        texts.add(text(rows));
                    }
                    texts.sort(null);
                    all.put(name, texts);
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(ResultSet row) throws SQLException {
        var columns = new TreeMap<String, String>();
        var names = row.getMetaData();
        for (int i = 1; i <= names.getColumnCount(); i++) {
            var value = row.getObject(i);
            columns.put(
                    names.getColumnName(i),
                    value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value));
        }
        return columns.toString();
    }

    long tablesOfTarget() {
        try (var connection = to.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing has happened: the target is empty, the configuration is the old one, and one can write. */
    void assertUnmoved(SiteId site) throws IOException {
        assertEquals(0, tablesOfTarget());
        assertEquals(BEFORE, Files.readString(etc.resolve(FILE)));
        try (var files = Files.list(etc)) {
            assertEquals(1, files.count());
        }
        var answer = pay(site, 99, UUID.randomUUID(), 1);
        assertEquals(answer.toString(), Answer.Accepted.class, answer.getClass());
    }

    @Override
    public void close() {
        runtime.close();
    }
}
