package dev.tandem.journal.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Commands per second of one and of two nodes on one PostgreSQL, each node a process of its own ({@link WriterNode}), next
 * to bare inserts with the same durability, and to the same journal that neither rings nor listens. Prints a markdown table;
 * asserts nothing. The writers are shared out among the nodes. Rounds of all take turns, so that a slow moment of the machine
 * meets them all.
 */
public final class NodesBenchmark {
    private static final long ROUND = Long.getLong("bench.millis", 1_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);

    private NodesBenchmark() {}

    /** A child process that writes when it is told to. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader says;
        private final PrintStream hears;

        Child(String url, String name, boolean rings) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WriterNode.class.getName(),
                            url,
                            name,
                            Boolean.toString(rings))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            says = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            hears = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            expect("ready");
        }

        void begin(int writers, long millis) {
            hears.println(writers + " " + millis);
        }

        double rate() throws IOException {
            return Double.parseDouble(expect("rate ").substring(5));
        }

        private String expect(String start) throws IOException {
            var line = says.readLine();
            if (line == null || !line.startsWith(start)) {
                throw new IOException("a node says \"" + line + "\" where \"" + start + "\" was expected");
            }
            return line;
        }

        @Override
        public void close() {
            hears.close();
            process.onExit().join();
        }
    }

    /** A row of the table while it is measured. */
    private record Row(String name, int nodes, int writers, List<Child> children, List<Double> rates) {
        void round() throws IOException {
            for (var child : children) {
                child.begin(writers / children.size(), ROUND);
            }
            double sum = 0;
            for (var child : children) {
                sum += child.rate();
            }
            rates.add(sum);
        }
    }

    public static void main(String[] args) throws Exception {
        try (var server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .start()) {
            print(System.out, server);
        }
    }

    private static void print(PrintStream out, EmbeddedPostgres server) throws Exception {
        var url = server.getJdbcUrl("postgres", "postgres");
        var bare = BareInserts.ownConnections(server.getPostgresDatabase());
        out.println(
                "| nodes | writers | commands/s | bare inserts, rows/s | times | without the doorbell | the doorbell's cost |");
        out.println("|---:|---:|---:|---:|---:|---:|---:|");
        for (int nodes : new int[] {1, 2}) {
            try (var ringing = open(url, nodes, true)) {
                for (int writers : new int[] {nodes, 64}) {
                    var inserts = new ArrayList<Double>();
                    var with = new Row("with", nodes, writers, ringing.all(), new ArrayList<>());
                    try (var silent = open(url, nodes, false)) {
                        var without = new Row("without", nodes, writers, silent.all(), new ArrayList<>());
                        for (int round = -2; round < ROUNDS; round++) {
                            with.round();
                            without.round();
                            inserts.add(Rate.of(bare, writers, ROUND * 1_000_000));
                            if (round < 0) {
                                List.of(with.rates(), without.rates(), inserts).forEach(List::clear);
                            }
                        }
                        var mine = Rate.median(with.rates());
                        var theirs = Rate.median(inserts);
                        var quiet = Rate.median(without.rates());
                        out.printf(
                                "| %d | %d | %,.0f | %,.0f | %.2f | %,.0f | %.0f %% |%n",
                                nodes, writers, mine, theirs, mine / theirs, quiet, 100 * (1 - mine / quiet));
                    }
                }
            }
        }
    }

    private record Children(List<Child> all) implements AutoCloseable {
        @Override
        public void close() {
            all.forEach(Child::close);
        }
    }

    private static Children open(String url, int nodes, boolean rings) throws IOException {
        var all = new ArrayList<Child>();
        for (int i = 0; i < nodes; i++) {
            all.add(new Child(url, "n" + nodes + i, rings));
        }
        return new Children(List.copyOf(all));
    }
}
