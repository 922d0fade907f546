package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.platform.SiteId;

/** A process that is killed while many write loses nothing that it has acknowledged. */
public class CrashTest {
    private static final SiteId SITE = new SiteId("acme");
    private static final int ENOUGH = 2_000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** The process: eight threads pay into eight accounts and say so, until it is killed. */
    public static final class Writer {
        public static void main(String[] args) {
            var runtime = JournalRuntime.openRunning(source(Path.of(args[0])), Clock.systemUTC());
            Ledger.tables(runtime.database());
            var streams = runtime.journal().open(new Ledger());
            for (int n = 0; n < 8; n++) {
                var account = new UUID(7, n);
                new Thread(() -> {
                            while (true) {
                                var id = runtime.ids().next();
                                var command = new Command<>(SITE, account, id, "system", Ledger.Balance.class);
                                var answer = streams.execute(command, (state, now) -> Ledger.pay(state, 1));
                                var version = ((Answer.Accepted<?>) answer).version();
                                // One write of one line: no other thread's comes in between.
                                System.out.println(account + " " + id + " " + version);
                            }
                        })
                        .start();
            }
        }
    }

    private static SQLiteDataSource source(Path folder) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("crash.db"));
        return source;
    }

    private record Acknowledged(UUID account, UUID id, long version) {}

    @Test
    public void nothingAcknowledgedIsLost() throws Exception {
        var path = folder.getRoot().toPath();
        long before = 0;
        for (int round = 0; round < 2; round++) {
            var acknowledged = runAndKill(path);
            assertTrue(acknowledged.size() + " acknowledged", acknowledged.size() >= ENOUGH);
            try (var runtime = JournalRuntime.open(source(path), Clock.systemUTC())) {
                var streams = runtime.journal().open(new Ledger());
                for (var one : acknowledged) {
                    var again = streams.execute(
                            new Command<>(SITE, one.account(), one.id(), "system", Ledger.Balance.class),
                            (state, now) -> {
                                throw new AssertionError("lost: " + one);
                            });
                    assertEquals(new Answer.Accepted<>(new Ledger.Balance(one.version()), one.version()), again);
                }
                var verification = runtime.journal().verify(SITE);
                assertTrue(verification.toString(), verification.ok());
                assertTrue(verification.events() >= before + acknowledged.size());
                before = verification.events();
                var rows = runtime.database()
                        .read(sql -> sql.first("SELECT SUM(balance) FROM ledger_account", row -> row.getLong(1)));
                assertEquals("read model and events agree", before, (long) rows.orElseThrow());
            }
        }
    }

    private static List<Acknowledged> runAndKill(Path folder) throws Exception {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var acknowledged = new ArrayList<Acknowledged>();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (acknowledged.size() < ENOUGH) {
                acknowledged.add(parse(lines.readLine()));
            }
            // kill -9, in the middle of whatever it does; by its handle, which leaves what it said to be read.
            process.toHandle().destroyForcibly();
            process.waitFor();
            var rest = lines.lines().toList();
            // The last line may be cut off.
            rest.stream()
                    .limit(Math.max(0, rest.size() - 1))
                    .map(CrashTest::parse)
                    .forEach(acknowledged::add);
        }
        return acknowledged;
    }

    private static Acknowledged parse(String line) {
        var parts = line.split(" ");
        return new Acknowledged(UUID.fromString(parts[0]), UUID.fromString(parts[1]), Long.parseLong(parts[2]));
    }
}
