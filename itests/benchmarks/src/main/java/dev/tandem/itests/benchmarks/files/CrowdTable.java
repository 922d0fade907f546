package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A hundred files at once, each on a connection of its own. */
final class CrowdTable {
    private static final int ROUNDS = Integer.getInteger("tandem.files.rounds", 3);
    private static final int CROWD = Integer.getInteger("tandem.files.crowd", 100);
    private static final long SIZE = 10 << 20;

    private final List<FileServer> servers;
    private final Path folder;
    private final PrintStream out;

    CrowdTable(List<FileServer> servers, Path folder, PrintStream out) {
        this.servers = servers;
        this.folder = folder;
        this.out = out;
    }

    void print() {
        var figures = new Figures();
        var attempts = new Attempts(out);
        var unmeasured = new Figures();
        for (int round = -1; round < ROUNDS; round++) {
            for (int i = 0; i < servers.size(); i++) {
                var server = servers.get((i + Math.max(0, round)) % servers.size());
                var into = round < 0 ? unmeasured : figures;
                attempts.at(server.name(), () -> measure(server, into));
            }
        }
        out.printf("%d at once, %,d bytes each, %d rounds, median (least–most)%n", CROWD, SIZE, ROUNDS);
        out.println(
                "| server | up, MB/s | CPU, s | memory growth, MB | told to come later | making the places, s | all offered after, s "
                        + "| down, MB/s | CPU, s | memory growth, MB |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (var server : servers) {
            var row = server.name();
            out.println(String.join(
                    " | ",
                    "| " + row,
                    figures.cell(row, "up", "%.0f"),
                    figures.median(row, "cpu up", "%.2f"),
                    figures.cell(row, "memory up", "%.0f"),
                    figures.median(row, "later", "%.0f"),
                    figures.median(row, "places", "%.1f"),
                    figures.median(row, "ready", "%.1f"),
                    figures.cell(row, "down", "%.0f"),
                    figures.median(row, "cpu down", "%.2f"),
                    figures.cell(row, "memory down", "%.0f") + " |"));
        }
    }

    private void measure(FileServer server, Figures into) throws IOException {
        FilesBenchmark.settle(folder);
        var row = server.name();
        long began = System.nanoTime();
        var places = new ArrayList<FileServer.Request>();
        for (int i = 0; i < CROWD; i++) {
            places.add(server.place(SIZE));
        }
        into.add(row, "places", (System.nanoTime() - began) / 1e9);
        FilesBenchmark.warm(folder);
        var gauge = Gauge.from(server);
        var up = Crowd.send(places, SIZE);
        into.add(row, "up", CROWD * SIZE / 1e6 / up.seconds());
        into.add(row, "later", up.putOff());
        into.add(row, "cpu up", gauge.cpuSeconds());
        into.add(row, "memory up", gauge.growth());
        began = System.nanoTime();
        var fetches = new ArrayList<FileServer.Request>();
        for (var place : places) {
            fetches.add(server.fetch(place.uri()));
        }
        into.add(row, "ready", (System.nanoTime() - began) / 1e9);
        gauge = Gauge.from(server);
        var down = Crowd.fetch(fetches, SIZE);
        into.add(row, "down", CROWD * SIZE / 1e6 / down.seconds());
        into.add(row, "cpu down", gauge.cpuSeconds());
        into.add(row, "memory down", gauge.growth());
        for (var place : places) {
            server.forget(place.uri());
        }
    }
}
