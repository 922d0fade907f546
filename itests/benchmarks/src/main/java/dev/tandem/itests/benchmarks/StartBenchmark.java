package dev.tandem.itests.benchmarks;

import java.nio.file.Path;

import dev.tandem.itests.harness.Karaf;

/** From the process's start to the first healthy REST answer, and the memory then. */
final class StartBenchmark {
    private static final int RUNS = 5;

    private final Path distribution;
    private final Path work;

    StartBenchmark(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work;
    }

    void print() {
        var first = new Sample();
        var warm = new Sample();
        var memory = new Sample();
        for (int run = 0; run < RUNS; run++) {
            try (var karaf = Karaf.unpack(distribution, work.resolve("start"))) {
                first.add(secondsToHealth(karaf));
                memory.add(karaf.residentMegabytes());
                karaf.stop();
                warm.add(secondsToHealth(karaf));
                memory.add(karaf.residentMegabytes());
                karaf.stop();
            }
        }
        System.out.println("Start to a healthy REST answer, " + RUNS + " runs");
        System.out.println("| | median | least | most | aim |");
        System.out.println("|---|---|---|---|---|");
        System.out.println("| first start, s | " + first.cells("%.1f") + " | 15 |");
        System.out.println("| warm start, s | " + warm.cells("%.1f") + " | 5 |");
        System.out.println("| resident memory after it, MB | " + memory.cells("%.0f") + " | 300 |");
    }

    private static double secondsToHealth(Karaf karaf) {
        long start = System.nanoTime();
        karaf.start();
        return (System.nanoTime() - start) / 1e9;
    }
}
