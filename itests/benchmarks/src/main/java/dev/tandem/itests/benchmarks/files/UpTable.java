package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

import dev.tandem.itests.harness.TusJs;

/** One file up, by three clients. */
final class UpTable {
    private static final int ROUNDS = Integer.getInteger("tandem.files.rounds", 5);
    static final long CHUNK = 8 << 20;

    private static final String SPEED = "speed";
    private static final String CPU = "cpu";
    private static final String ALL_CPU = "cpu with the check";
    private static final String MEMORY = "memory";
    private static final String READY = "ready";

    /** A client, and how it divides the file. */
    private enum Client {
        CURL("curl, one request"),
        JS("tus-js-client, one request"),
        JS_CHUNKS("tus-js-client, chunks of 8 MiB");

        private final String title;

        Client(String title) {
            this.title = title;
        }
    }

    /** Who is compared with whom in the last columns. */
    private static final String DURABLE = "durable peer";

    private final List<FileServer> servers;
    private final Path file;
    private final Path node;
    private final PrintStream out;
    private final Figures figures = new Figures();
    private final Attempts attempts;

    UpTable(List<FileServer> servers, Path file, Path node, PrintStream out) {
        this.servers = servers;
        this.file = file;
        this.node = node;
        this.out = out;
        attempts = new Attempts(out);
    }

    void print() {
        var unmeasured = new Figures();
        for (var server : servers) {
            for (var client : Client.values()) {
                if (takes(server, client)) {
                    measure(server, client, unmeasured);
                }
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (var client : Client.values()) {
                for (int i = 0; i < servers.size(); i++) {
                    // Each is the first one once.
                    var server = servers.get((i + round) % servers.size());
                    if (takes(server, client)) {
                        measure(server, client, figures);
                    }
                }
            }
        }
        out.println("Up, " + ROUNDS + " rounds, median (least–most)");
        out.println(
                "| client | server | its answer means that the file | MB/s | of the durable peer | of the one that syncs meanwhile "
                        + "| CPU, s | with the check, s | memory growth, MB | offered after, s |");
        out.println("|---|---|---|---:|---:|---:|---:|---:|---:|---:|");
        for (var client : Client.values()) {
            for (var server : servers) {
                if (takes(server, client)) {
                    row(server, client);
                }
            }
        }
    }

    private void row(FileServer server, Client client) {
        var row = row(server.name(), client);
        out.println(String.join(
                " | ",
                "| " + client.title,
                server.name(),
                server.promises(),
                figures.cell(row, SPEED, "%.0f"),
                ratio(row, client, false),
                ratio(row, client, true),
                figures.median(row, CPU, "%.2f"),
                figures.median(row, ALL_CPU, "%.2f"),
                figures.cell(row, MEMORY, "%.0f"),
                figures.median(row, READY, "%.1f") + " |"));
    }

    private String ratio(String row, Client client, boolean meanwhile) {
        return servers.stream()
                .filter(server ->
                        server.name().startsWith(DURABLE) && server.name().contains("meanwhile") == meanwhile)
                .findFirst()
                .flatMap(peer -> figures.median(row(peer.name(), client), SPEED))
                .map(theirs -> Figures.say("%.2f", figures.median(row, SPEED).orElse(0.0) / theirs))
                .orElse("");
    }

    private boolean takes(FileServer server, Client client) {
        return !attempts.failed(row(server.name(), client))
                && (client == Client.CURL || server.tus().isPresent());
    }

    private static String row(String server, Client client) {
        return server + " " + client;
    }

    private void measure(FileServer server, Client client, Figures into) {
        attempts.at(row(server.name(), client), () -> send(server, client, into));
    }

    private void send(FileServer server, Client client, Figures into) throws IOException {
        FilesBenchmark.settle(file);
        var row = row(server.name(), client);
        URI uploaded;
        double seconds;
        var gauge = Gauge.from(server);
        if (client == Client.CURL) {
            var request = server.place(FilesBenchmark.WHOLE);
            FilesBenchmark.warm(file.getParent());
            seconds = Curl.send(request, file);
            uploaded = request.uri();
        } else {
            var tus = server.tus().orElseThrow();
            var options = new HashMap<String, Object>();
            options.put("headers", tus.headers());
            options.put("metadata", tus.metadata());
            if (client == Client.JS_CHUNKS) {
                options.put("chunkSize", CHUNK);
            }
            try (var js = TusJs.start(node)) {
                FilesBenchmark.warm(file.getParent());
                js.upload(tus.endpoint().toString(), file, options);
                seconds = js.await("done").path("millis").asDouble() / 1e3;
                uploaded = URI.create(js.await("created").path("url").asText());
            }
        }
        into.add(row, SPEED, FilesBenchmark.WHOLE / 1e6 / seconds);
        into.add(row, CPU, gauge.cpuSeconds());
        long answered = System.nanoTime();
        server.awaitReady(uploaded);
        into.add(row, READY, (System.nanoTime() - answered) / 1e9);
        into.add(row, ALL_CPU, gauge.cpuSeconds());
        into.add(row, MEMORY, gauge.growth());
        server.forget(uploaded);
    }
}
