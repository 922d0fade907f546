package dev.tandem.journal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.platform.SiteId;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Acknowledged commands per second next to bare JDBC inserts of the same row, each in its own transaction, with the same
 * settings of durability. Prints a markdown table; asserts nothing. On SQLite the bare writers share one connection, since
 * it has one writer; on PostgreSQL each has its own.
 *
 * <p>The argument is a folder on the disk to be measured; {@code target} if there is none. The system properties
 * {@code bench.rounds} (7) and {@code bench.millis} (1000) make it shorter. The rounds of journal and bare insert alternate, so that a slow moment of the machine meets both.
 */
public final class JournalBenchmark {
    private static final SiteId SITE = new SiteId("bench");
    private static final long ROUND = Long.getLong("bench.millis", 1_000) * 1_000_000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
    private static final String PAYLOAD_TEXT =
            "a line of chat as people write them, of some eighty characters or so, at most";

    record Said(long number, String text) {}

    private static final class Talk implements StreamKind<Long, Said> {
        private static final EventTypes<Said> EVENTS = EventTypes.<Said>none().with("talk.said.v1", Said.class);

        @Override
        public String name() {
            return "talk";
        }

        @Override
        public EventTypes<Said> events() {
            return EVENTS;
        }

        @Override
        public Long initial() {
            return 0L;
        }

        @Override
        public Long evolve(Long state, Said event) {
            return event.number();
        }
    }

    /** One writer's work, again and again. */
    private interface Work {
        void once() throws SQLException;
    }

    /** Makes a writer's work and, at the end, what it holds is closed with the process. */
    private interface Writers {
        Work writer(int number) throws SQLException;
    }

    private JournalBenchmark() {}

    public static void main(String[] args) throws Exception {
        var out = System.out;
        var folder = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "target"), "bench");
        out.println("| database | writers | journal, commands/s | bare insert, rows/s | journal / bare |");
        out.println("|---|---:|---:|---:|---:|");
        var sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + folder.resolve("journal.db"));
        measure(out, "SQLite", sqlite, sharedConnection(folder));
        try (var server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .start()) {
            measure(out, "PostgreSQL", server.getPostgresDatabase(), ownConnections(server.getPostgresDatabase()));
        }
        delete(folder);
    }

    private static void measure(PrintStream out, String name, DataSource source, Writers bare) throws Exception {
        try (var runtime = JournalRuntime.openRunning(source, Clock.systemUTC())) {
            var streams = runtime.journal().open(new Talk());
            var journal = journal(runtime, streams);
            // Many writers make the virtual machine warm soonest.
            rate(journal, 64);
            rate(bare, 64);
            for (int count : new int[] {1, 64}) {
                var rates = new ArrayList<double[]>();
                for (int round = -1; round < ROUNDS; round++) {
                    var both = new double[] {rate(journal, count), rate(bare, count)};
                    if (round >= 0) {
                        rates.add(both);
                    }
                }
                var mine = median(rates, 0);
                var theirs = median(rates, 1);
                out.printf("| %s | %d | %,.0f | %,.0f | %.2f |%n", name, count, mine, theirs, mine / theirs);
            }
        }
    }

    private static double median(List<double[]> rates, int column) {
        return rates.stream()
                .map(rate -> rate[column])
                .sorted(Comparator.naturalOrder())
                .toList()
                .get(rates.size() / 2);
    }

    private static double rate(Writers writers, int count) throws Exception {
        var stop = new AtomicBoolean();
        var done = new AtomicLong();
        var start = new CyclicBarrier(count + 1);
        var failure = new ArrayList<Exception>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            var work = writers.writer(i);
            var thread = new Thread(() -> {
                try {
                    start.await();
                    long mine = 0;
                    while (!stop.get()) {
                        work.once();
                        mine++;
                    }
                    done.addAndGet(mine);
                } catch (Exception e) {
                    synchronized (failure) {
                        failure.add(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.await();
        var began = System.nanoTime();
        var left = ROUND;
        while (left > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(left);
            left = ROUND - (System.nanoTime() - began);
        }
        stop.set(true);
        for (var thread : threads) {
            thread.join();
        }
        var took = System.nanoTime() - began;
        if (!failure.isEmpty()) {
            throw failure.get(0);
        }
        return done.get() * 1e9 / took;
    }

    private static Writers journal(JournalRuntime runtime, Streams<Long, Said> streams) {
        return number -> {
            var stream = runtime.ids().next();
            return () -> {
                var command = new Command<>(SITE, stream, runtime.ids().next(), "agent:anna", None.class);
                var answer = streams.execute(
                        command, (state, now) -> Decision.accept(List.of(new Said(state + 1, PAYLOAD_TEXT))));
                if (answer instanceof Answer.Refused<None> refused) {
                    throw new IllegalStateException(refused.refusal().detail());
                }
            };
        };
    }

    /** The table of events with its keys, and nothing else. */
    private static String table(String bytes, String end) {
        return "CREATE TABLE IF NOT EXISTS bare (site TEXT NOT NULL, position BIGINT NOT NULL, kind TEXT NOT NULL,"
                + " stream TEXT NOT NULL, version BIGINT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,"
                + " at BIGINT NOT NULL, actor TEXT NOT NULL, command TEXT NOT NULL, payload TEXT NOT NULL, hash "
                + bytes
                + " NOT NULL, batch_hash " + bytes
                + ", PRIMARY KEY (site, position), UNIQUE (site, kind, stream, version))"
                + end;
    }

    private static Writers sharedConnection(Path folder) throws SQLException {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("bare.db"));
        var connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute(table("BLOB", " WITHOUT ROWID"));
        }
        var insert = new Insert(connection);
        var lock = new ReentrantLock();
        return number -> () -> {
            lock.lock();
            try {
                insert.once();
            } finally {
                lock.unlock();
            }
        };
    }

    private static Writers ownConnections(DataSource source) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(table("BYTEA", ""));
        }
        var inserts = new Insert[64];
        for (int i = 0; i < inserts.length; i++) {
            inserts[i] = new Insert(source.getConnection());
        }
        return number -> inserts[number]::once;
    }

    /** A bare insert on a connection that commits by itself. */
    private static final class Insert implements Work {
        private static final AtomicLong POSITION = new AtomicLong();

        private final PreparedStatement statement;
        private final String stream = UUID.randomUUID().toString();
        private final byte[] hash = new byte[32];

        Insert(Connection connection) throws SQLException {
            this.statement =
                    connection.prepareStatement("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        }

        @Override
        public void once() throws SQLException {
            var position = POSITION.incrementAndGet();
            Arrays.fill(hash, (byte) position);
            statement.setString(1, SITE.value());
            statement.setLong(2, position);
            statement.setString(3, "talk");
            statement.setString(4, stream);
            statement.setLong(5, position);
            statement.setString(6, UUID.randomUUID().toString());
            statement.setString(7, "talk.said.v1");
            statement.setLong(8, System.currentTimeMillis());
            statement.setString(9, "agent:anna");
            statement.setString(10, UUID.randomUUID().toString());
            statement.setString(11, "{\"number\":" + position + ",\"text\":\"" + PAYLOAD_TEXT + "\"}");
            statement.setBytes(12, hash);
            statement.setBytes(13, hash);
            statement.executeUpdate();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
