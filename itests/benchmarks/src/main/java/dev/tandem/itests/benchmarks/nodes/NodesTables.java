package dev.tandem.itests.benchmarks.nodes;

import java.io.PrintStream;
import java.nio.file.Path;

import dev.tandem.itests.harness.Cluster;
import dev.tandem.itests.harness.Nginx;
import dev.tandem.itests.harness.Postgres;
import dev.tandem.journal.bench.NodesBenchmark;

/** What several nodes cost and bring: commands per second, a page's delay on another node, the time after a kill. */
public final class NodesTables {
    private static final int SECONDS = Integer.getInteger("tandem.nodes.seconds", 20);

    private final Path distribution;
    private final Path work;
    private final Path example;

    /** @param example docs/nginx-two-nodes.conf */
    public NodesTables(Path distribution, Path work, Path example) {
        this.distribution = distribution;
        this.work = work.resolve("nodes");
        this.example = example;
    }

    public void print() throws Exception {
        var out = System.out;
        NodesBenchmark.main(new String[0]);
        out.println();
        try (var postgres = Postgres.make(work.resolve("postgres")).start();
                var cluster = Cluster.unpack(distribution, work, postgres, 2).start()) {
            delays(out, cluster);
            out.println();
            var a = cluster.node("a");
            var b = cluster.node("b");
            try (var nginx = Nginx.start(example, work.resolve("nginx"), a.uri(), b.uri())) {
                new BackInService(cluster, nginx.uri()).print(out);
            }
        }
    }

    private static void delays(PrintStream out, Cluster cluster) throws Exception {
        var a = cluster.node("a");
        var b = cluster.node("b");
        var agent = a.api().as(cluster.administrator());
        PageDelay.head(out);
        for (int rate : new int[] {100, 1_000}) {
            new PageDelay(a.uri(), a.uri(), agent, SECONDS).print(out, "the same node", rate);
            new PageDelay(a.uri(), b.uri(), agent, SECONDS).print(out, "the other node", rate);
        }
    }
}
