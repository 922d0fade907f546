package dev.tandem.itests.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.tandem.itests.benchmarks.files.FilesBenchmark;
import dev.tandem.itests.benchmarks.nodes.NodesTables;
import dev.tandem.itests.benchmarks.relay.FanOutBenchmark;
import dev.tandem.itests.benchmarks.relay.RelayBenchmark;
import dev.tandem.itests.benchmarks.routing.RoutingBenchmark;
import dev.tandem.itests.benchmarks.screen.ScreenBenchmark;
import dev.tandem.journal.bench.JournalBenchmark;

/** Prints the tables of the README, with date and machine. Asserts nothing. */
public final class Benchmarks {
    private interface Table {
        void print() throws Exception;
    }

    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        var distribution = Path.of(System.getProperty("tandem.distribution"));
        var work = Path.of(System.getProperty("tandem.work"));
        var routing = new RoutingBenchmark(distribution, work);
        var tables = new HashMap<String, Table>(Map.of(
                "engine", routing::printEngine,
                "offers", routing::printOffers,
                "offer-delay", routing::printDelays,
                "router-start", routing::printRebuild,
                "files", () -> new FilesBenchmark(distribution, work, System.out).print()));
        tables.putAll(Map.of(
                "journal", () -> JournalBenchmark.main(new String[] {work.toString()}),
                "start", () -> new StartBenchmark(distribution, work).print(),
                "desktop", () -> new DesktopBenchmark(distribution, work).print(),
                "screen", () -> new ScreenBenchmark(distribution, work).print(),
                "relay", () -> new RelayBenchmark(distribution, work).print(),
                "routing", routing::print,
                "fanout", () -> new FanOutBenchmark(distribution, work).print(),
                "recording", () -> new FanOutBenchmark(distribution, work).printRecording(),
                "nodes",
                        () -> new NodesTables(distribution, work, Path.of(System.getProperty("tandem.nodes.nginx")))
                                .print()));
        Machine.print();
        for (var name : names.length == 0
                ? List.of("journal", "start", "desktop", "screen", "relay", "fanout", "nodes", "routing", "files")
                : List.of(names)) {
            var table = tables.get(name);
            if (table == null) {
                System.out.println("no table " + name + "; there are " + tables.keySet());
            } else {
                System.out.println();
                table.print();
            }
        }
        System.exit(0); // Playwright's driver and SSH leave threads behind
    }
}
