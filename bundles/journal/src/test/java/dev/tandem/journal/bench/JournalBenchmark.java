package dev.tandem.journal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.internal.JournalRuntime;

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
    private static final long ROUND = Long.getLong("bench.millis", 1_000) * 1_000_000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);

    private JournalBenchmark() {}

    public static void main(String[] args) throws Exception {
        var out = System.out;
        var folder = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "target"), "bench");
        out.println("| database | writers | journal, commands/s | bare insert, rows/s | journal / bare |");
        out.println("|---|---:|---:|---:|---:|");
        var sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + folder.resolve("journal.db"));
        measure(out, "SQLite", sqlite, BareInserts.sharedConnection(folder));
        try (var server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .start()) {
            measure(
                    out,
                    "PostgreSQL",
                    server.getPostgresDatabase(),
                    BareInserts.ownConnections(server.getPostgresDatabase()));
        }
        delete(folder);
    }

    private static void measure(PrintStream out, String name, DataSource source, Rate.Writers bare) throws Exception {
        try (var runtime = JournalRuntime.openRunning(source, Clock.systemUTC())) {
            var streams = runtime.journal().open(new Talk());
            var journal = Rate.journal(runtime, streams);
            // Many writers make the virtual machine warm soonest.
            Rate.of(journal, 64, ROUND);
            Rate.of(bare, 64, ROUND);
            for (int count : new int[] {1, 64}) {
                var journals = new ArrayList<Double>();
                var bares = new ArrayList<Double>();
                for (int round = -1; round < ROUNDS; round++) {
                    var one = Rate.of(journal, count, ROUND);
                    var other = Rate.of(bare, count, ROUND);
                    if (round >= 0) {
                        journals.add(one);
                        bares.add(other);
                    }
                }
                var mine = Rate.median(journals);
                var theirs = Rate.median(bares);
                out.printf("| %s | %d | %,.0f | %,.0f | %.2f |%n", name, count, mine, theirs, mine / theirs);
            }
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
