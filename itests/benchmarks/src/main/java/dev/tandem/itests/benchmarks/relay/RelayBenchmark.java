package dev.tandem.itests.benchmarks.relay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Frames of the screen's wire from one sender to some viewers, as fast as they go and a thousand a second, through Tandem as
 * it is shipped and through a bare Node relay, both under the same load in the same run.
 */
public final class RelayBenchmark {
    private static final int ROUNDS = Integer.getInteger("tandem.relay.rounds", 3);
    private static final int SECONDS = Integer.getInteger("tandem.relay.seconds", 4);
    private static final int WARM_UP_SECONDS = Integer.getInteger("tandem.relay.warmUp", 2);
    private static final int LONG_WARM_UP_SECONDS = 4 * WARM_UP_SECONDS;
    private static final int PACED = 1_000;
    private static final List<Integer> SIZES = List.of(1024, 64 * 1024);
    private static final List<Integer> VIEWERS = List.of(1, 5);

    private final Path distribution;
    private final Path work;

    public RelayBenchmark(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work;
    }

    /** One relay under one load, over all rounds. */
    private record Row(List<Double> figures, List<Double> worst, List<Double> relayCores, List<Double> loadCores) {
        Row() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    public void print() throws Exception {
        try (var tandem = TandemRelay.unbounded(distribution, work.resolve("relay"))) {
            var relays = new ArrayList<Relay>(List.of(tandem));
            NodeRelay.start(work.resolve("relay-peer")).ifPresent(relays::add);
            try {
                for (var relay : relays) {
                    for (int size : SIZES) {
                        new Load(relay, new Load.Case(size, VIEWERS.get(0), 0)).run(LONG_WARM_UP_SECONDS, 1);
                    }
                }
                System.out.println("One sender, socket clients that acknowledge, " + ROUNDS + " rounds of " + SECONDS
                        + " s, medians; cores: of the relay's process and of the load's two threads");
                atFullSpeed(relays);
                System.out.println();
                paced(relays);
            } finally {
                relays.stream().skip(1).forEach(Relay::close);
            }
        }
    }

    private void atFullSpeed(List<Relay> relays) throws Exception {
        System.out.println(
                "| at full speed | | messages/s to each | MB/s in all | cores: relay | load | times the peer |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|");
        for (int size : SIZES) {
            for (int viewers : VIEWERS) {
                var rows = measure(relays, new Load.Case(size, viewers, 0));
                for (int i = 0; i < rows.size(); i++) {
                    double all = median(rows.get(i).figures());
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %,.0f | %,.0f | %.2f | %.2f | %s |%n",
                            label(size, viewers),
                            relays.get(i).name(),
                            all / viewers,
                            all * size / 1e6,
                            median(rows.get(i).relayCores()),
                            median(rows.get(i).loadCores()),
                            i == 0 && rows.size() > 1
                                    ? ratio(all, median(rows.get(1).figures()))
                                    : "");
                }
            }
        }
    }

    private void paced(List<Relay> relays) throws Exception {
        System.out.println("| " + PACED + " a second | | median, ms | 99 %, ms | longest, ms | cores: relay | load |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|");
        for (int size : SIZES) {
            for (int viewers : VIEWERS) {
                var rows = measure(relays, new Load.Case(size, viewers, PACED));
                for (int i = 0; i < rows.size(); i++) {
                    var row = rows.get(i);
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %.2f | %.2f | %.1f | %.2f | %.2f |%n",
                            label(size, viewers),
                            relays.get(i).name(),
                            median(row.figures().subList(0, ROUNDS)),
                            median(row.figures().subList(ROUNDS, 2 * ROUNDS)),
                            median(row.worst()),
                            median(row.relayCores()),
                            median(row.loadCores()));
                }
            }
        }
    }

    /** The relays take turns, so that what else the machine does meets both. */
    private List<Row> measure(List<Relay> relays, Load.Case load) throws Exception {
        var rows = relays.stream().map(relay -> new Row()).toList();
        var tails = relays.stream().map(relay -> new ArrayList<Double>()).toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < relays.size(); i++) {
                var relay = relays.get(i);
                var row = rows.get(i);
                double before = relay.cpuSeconds();
                long began = System.nanoTime();
                var outcome = new Load(relay, load).run(WARM_UP_SECONDS, SECONDS);
                row.relayCores().add((relay.cpuSeconds() - before) / ((System.nanoTime() - began) / 1e9));
                row.loadCores().add(outcome.generatorCores());
                row.worst().add(outcome.most());
                if (load.perSecond() == 0) {
                    row.figures().add(outcome.received() / outcome.seconds());
                } else {
                    row.figures().add(outcome.p50());
                    tails.get(i).add(outcome.p99());
                }
            }
        }
        for (int i = 0; i < relays.size(); i++) {
            rows.get(i).figures().addAll(tails.get(i));
        }
        return rows;
    }

    private static String label(int size, int viewers) {
        return size / 1024 + " KB to " + viewers;
    }

    private static String ratio(double ours, double theirs) {
        return String.format(Locale.ROOT, "%.2f", ours / theirs);
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
