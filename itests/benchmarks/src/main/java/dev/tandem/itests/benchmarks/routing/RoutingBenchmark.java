package dev.tandem.itests.benchmarks.routing;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How long WebACD's engine takes for a decision, and how that grows. */
public final class RoutingBenchmark {
    private static final int CPU_OPERATIONS = 40_000;

    private final Path work;

    private final Path distribution;

    /** @param work a folder on the disk to be measured */
    public RoutingBenchmark(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work.resolve("routing");
    }

    public void print() throws Exception {
        printEngine();
        System.out.println();
        printOffers();
        System.out.println();
        printDelays();
        System.out.println();
        printRebuild();
    }

    /** From the request to the agent's socket. */
    public void printDelays() throws Exception {
        new DelayTable(distribution, work).print(System.out);
    }

    public void printRebuild() throws Exception {
        new RebuildTable(work).print(System.out);
    }

    public void printOffers() throws Exception {
        new OffersTable(work).print(System.out);
    }

    public void printEngine() throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                        .include(Routing.class.getName())
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        System.out.println("WebACD's engine, JMH, one thread: a decision with its explanation and the facts around it");
        System.out.println(
                "| agents/waiting | | median, µs | 99 %, µs | decisions/s | times the median of the row before "
                        + "| of CPU time: median | 99 % |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|");
        for (var kind : new String[] {"agentBecomesFree", "itemComes"}) {
            double before = 0;
            for (var result : results) {
                if (result.getPrimaryResult().getLabel().equals(kind)) {
                    before = print(result, before);
                }
            }
        }
        System.out.println();
        new SimulatedDay().print();
    }

    private static double print(RunResult result, double before) {
        var sampled = result.getPrimaryResult().getStatistics();
        double median = sampled.getPercentile(50);
        boolean free = result.getPrimaryResult().getLabel().equals("agentBecomesFree");
        var size = result.getParams().getParam("agentsAndWaiting");
        var cpu = cpuMicros(size, free);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %,.0f | %s | %.1f | %.1f |%n",
                size,
                free ? "an agent becomes free" : "an item comes",
                median,
                sampled.getPercentile(99),
                1e6 / sampled.getMean(),
                before == 0 ? "" : String.format(Locale.ROOT, "%.2f", median / before),
                cpu[CPU_OPERATIONS / 2],
                cpu[CPU_OPERATIONS / 100 * 99]);
        return median;
    }

    /** The same by the thread's own time, sorted: what a machine that is busy with other things does not distort. */
    private static double[] cpuMicros(String size, boolean free) {
        var routing = new Routing();
        routing.agentsAndWaiting = size;
        routing.fill();
        var threads = ManagementFactory.getThreadMXBean();
        var micros = new double[CPU_OPERATIONS];
        for (int i = -CPU_OPERATIONS / 2; i < CPU_OPERATIONS; i++) {
            long start = threads.getCurrentThreadCpuTime();
            var decision = free ? routing.agentBecomesFree() : routing.itemComes();
            long end = threads.getCurrentThreadCpuTime();
            if (i >= 0 && decision.number() >= 0) {
                micros[i] = (end - start) / 1e3;
            }
        }
        Arrays.sort(micros);
        return micros;
    }
}
