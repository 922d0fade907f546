package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.internal.move.Move;
import dev.tandem.journal.internal.move.Unfinished;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

/**
 * A node that dies while it moves leaves SQLite in use and whole, or PostgreSQL complete; the next start and the next try
 * find their way from there.
 */
public class MoveCrashTest {
    private static final SiteId SITE = new SiteId("acme");
    private static final int ENOUGH = 400;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** When the process ends: of itself at a certain commit, or by a kill from outside. */
    private enum End {
        BEFORE_POSTGRES_COMMITS,
        BETWEEN_POSTGRES_AND_THE_MARK,
        BETWEEN_THE_MARK_AND_THE_FILE,
        KILLED
    }

    /** The process: four threads write and say what was acknowledged, and in the middle of that it moves. */
    public static final class Mover {
        public static void main(String[] args) throws InterruptedException {
            var end = End.valueOf(args[2]);
            var committed = new AtomicInteger();
            var from = watched(source(Path.of(args[0])), () -> {}, () -> {
                if (end == End.BETWEEN_THE_MARK_AND_THE_FILE && committed.get() == 2) {
                    Runtime.getRuntime().halt(9);
                }
            });
            var to = new PGSimpleDataSource();
            to.setUrl(args[1]);
            // The second commit there, after that of the check whether it is empty, is the one.
            var target = watched(
                    to,
                    () -> {
                        if (end == End.BEFORE_POSTGRES_COMMITS && committed.get() == 1) {
                            Runtime.getRuntime().halt(9);
                        }
                    },
                    () -> {
                        if (committed.incrementAndGet() == 2 && end == End.BETWEEN_POSTGRES_AND_THE_MARK) {
                            Runtime.getRuntime().halt(9);
                        }
                    });
            var runtime = JournalRuntime.openRunning(from, Clock.systemUTC());
            Ledger.tables(runtime.database());
            var streams = runtime.journal().open(new Ledger());
            var enough = new CountDownLatch(ENOUGH);
            for (int n = 0; n < 4; n++) {
                var account = new UUID(7, n);
                var writer = new Thread(() -> {
                    while (true) {
                        var id = runtime.ids().next();
                        var answer = streams.execute(
                                new Command<>(SITE, account, id, "system", Ledger.Balance.class),
                                (state, now) -> Ledger.pay(state, 1));
                        if (answer instanceof Answer.Accepted<?> accepted) {
                            System.out.println(account + " " + id + " " + accepted.version());
                            enough.countDown();
                        } else {
                            Thread.yield();
                        }
                    }
                });
                writer.setDaemon(true);
                writer.start();
            }
            // Waits without a core of its own, which the writers need.
            enough.await();
            System.out.println("moving");
            new Move((SqlDatabase) runtime.database(), Path.of(args[0]), Clock.systemUTC())
                    .run(Moving.TARGET, target, new Course());
            System.out.println("moved");
            System.exit(0);
        }
    }

    /** A source whose connections tell of each commit. */
    private static DataSource watched(DataSource source, Runnable before, Runnable after) {
        return (DataSource) Proxy.newProxyInstance(
                Mover.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    var connection = source.getConnection();
                    return Proxy.newProxyInstance(
                            Mover.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, called, values) -> {
                                var commit = called.getName().equals("commit");
                                if (commit) {
                                    before.run();
                                }
                                try {
                                    return called.invoke(connection, values);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                } finally {
                                    if (commit) {
                                        after.run();
                                    }
                                }
                            });
                });
    }

    private static SQLiteDataSource source(Path folder) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("crash.db"));
        return source;
    }

    private record Acknowledged(UUID account, UUID id, long version) {}

    @Test
    public void diesBeforePostgresCommits() throws Exception {
        dies(End.BEFORE_POSTGRES_COMMITS, 0);
    }

    @Test
    public void diesBetweenPostgresAndTheMark() throws Exception {
        dies(End.BETWEEN_POSTGRES_AND_THE_MARK, 0);
    }

    @Test
    public void diesBetweenTheMarkAndTheFile() throws Exception {
        dies(End.BETWEEN_THE_MARK_AND_THE_FILE, 0);
    }

    @Test
    public void isKilledAtAnyMoment() throws Exception {
        var random = new Random();
        for (int round = 0; round < 2; round++) {
            dies(End.KILLED, random.nextInt(1_500));
        }
    }

    private void dies(End end, int afterMillis) throws Exception {
        var path = folder.newFolder().toPath();
        Files.writeString(path.resolve(Moving.FILE), "url = jdbc:sqlite:crash.db\n");
        var target = (PGSimpleDataSource) TestDatabase.POSTGRESQL.durable(path);
        var acknowledged = run(path, target, end, afterMillis);
        assertTrue(acknowledged.size() + " acknowledged", acknowledged.size() >= ENOUGH);

        var what = end + " after " + afterMillis + " ms";
        Unfinished.settle(source(path), path);
        var onPostgres = Files.readString(path.resolve(Moving.FILE)).contains("postgresql");
        if (end != End.KILLED) {
            assertEquals(what, end == End.BETWEEN_THE_MARK_AND_THE_FILE, onPostgres);
        }
        assertTrue(what, Files.notExists(path.resolve(Moving.FILE + ".next")));
        if (onPostgres) {
            assertThrows(what, Unable.class, () -> JournalRuntime.open(source(path), Clock.systemUTC()));
            allIsThere(what, target, acknowledged);
            return;
        }
        allIsThere(what, source(path), acknowledged);
        try (var runtime = JournalRuntime.open(source(path), Clock.systemUTC())) {
            Ledger.tables(runtime.database());
            new Move((SqlDatabase) runtime.database(), path, Clock.systemUTC())
                    .run(Moving.TARGET, target, new Course());
        }
        allIsThere(what, target, acknowledged);
    }

    private static void allIsThere(String what, DataSource source, List<Acknowledged> acknowledged) {
        try (var runtime = JournalRuntime.open(source, Clock.systemUTC())) {
            Ledger.tables(runtime.database());
            var streams = runtime.journal().open(new Ledger());
            for (var one : acknowledged) {
                var again = streams.execute(
                        new Command<>(SITE, one.account(), one.id(), "system", Ledger.Balance.class), (state, now) -> {
                            throw new AssertionError(what + ", lost: " + one);
                        });
                assertEquals(what, new Answer.Accepted<>(new Ledger.Balance(one.version()), one.version()), again);
            }
            var verification = runtime.journal().verify(SITE);
            assertTrue(what + verification, verification.ok());
        }
    }

    private static List<Acknowledged> run(Path folder, PGSimpleDataSource target, End end, int afterMillis)
            throws Exception {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Mover.class.getName(),
                        folder.toString(),
                        target.getUrl() + "&user=postgres",
                        end.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var said = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("moving")
                        && end == End.KILLED
                        && !process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
                    process.toHandle().destroyForcibly();
                }
                said.add(line);
            }
            process.waitFor();
            // One that was quicker than its killer may have ended by itself.
            var ends = end == End.KILLED ? List.of(0, 137) : List.of(9);
            assertTrue("it ended as it was to: " + process.exitValue(), ends.contains(process.exitValue()));
            // The last line may be cut off.
            return said.subList(0, said.size() - 1).stream()
                    .filter(line -> !line.startsWith("mov"))
                    .map(MoveCrashTest::parse)
                    .toList();
        }
    }

    private static Acknowledged parse(String line) {
        var parts = line.split(" ");
        return new Acknowledged(UUID.fromString(parts[0]), UUID.fromString(parts[1]), Long.parseLong(parts[2]));
    }
}
