package dev.tandem.journal.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

import org.postgresql.ds.PGSimpleDataSource;

import dev.tandem.journal.internal.JournalRuntime;

/**
 * A node of {@link NodesBenchmark}: for each line {@code WRITERS MILLIS} on its input it writes for that long and says how
 * many commands a second it was.
 */
public final class WriterNode {
    private WriterNode() {}

    /** @param args the database's URL, the node's name, and whether it rings and listens */
    public static void main(String[] args) throws Exception {
        var source = new PGSimpleDataSource();
        source.setUrl(args[0]);
        var rings = Boolean.parseBoolean(args[2]);
        try (var runtime = rings
                        ? JournalRuntime.node(source, args[1])
                        : JournalRuntime.openSilent(source, Clock.systemUTC());
                var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var journal = Rate.journal(runtime, runtime.journal().open(new Talk()));
            System.out.println("ready");
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                var words = line.split(" ");
                var rate = Rate.of(journal, Integer.parseInt(words[0]), Long.parseLong(words[1]) * 1_000_000);
                System.out.println("rate " + rate);
            }
        }
        System.exit(0);
    }
}
