package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One file down, by curl, which throws it away; it is in the kernel's cache. */
final class DownTable {
    private static final int ROUNDS = Integer.getInteger("tandem.files.rounds", 5);

    private final List<FileServer> servers;
    private final Path file;
    private final PrintStream out;

    DownTable(List<FileServer> servers, Path file, PrintStream out) {
        this.servers = servers;
        this.file = file;
        this.out = out;
    }

    void print() throws IOException {
        var figures = new Figures();
        var attempts = new Attempts(out);
        Map<FileServer, FileServer.Request> there = new LinkedHashMap<>();
        for (var server : servers) {
            attempts.at(server.name(), () -> {
                var place = server.place(FilesBenchmark.WHOLE);
                Curl.send(place, file);
                there.put(server, server.fetch(place.uri()));
                Curl.fetch(there.get(server));
            });
        }
        FilesBenchmark.settle(file);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < servers.size(); i++) {
                var server = servers.get((i + round) % servers.size());
                attempts.at(server.name(), () -> {
                    var gauge = Gauge.from(server);
                    double seconds = Curl.fetch(there.get(server));
                    figures.add(server.name(), "speed", FilesBenchmark.WHOLE / 1e6 / seconds);
                    figures.add(server.name(), "cpu", gauge.cpuSeconds());
                    figures.add(server.name(), "memory", gauge.growth());
                });
            }
        }
        out.println("Down, " + ROUNDS + " rounds, curl, median (least–most)");
        out.println("| server | MB/s | CPU, s | memory growth, MB |");
        out.println("|---|---:|---:|---:|");
        for (var server : there.keySet()) {
            out.println(String.join(
                    " | ",
                    "| " + server.name(),
                    figures.cell(server.name(), "speed", "%.0f"),
                    figures.median(server.name(), "cpu", "%.2f"),
                    figures.cell(server.name(), "memory", "%.0f") + " |"));
            attempts.at(server.name(), () -> server.forget(there.get(server).uri()));
        }
    }
}
