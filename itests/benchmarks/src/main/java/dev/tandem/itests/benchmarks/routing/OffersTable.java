package dev.tandem.itests.benchmarks.routing;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

import dev.tandem.itests.harness.Folders;
import dev.tandem.itests.harness.Postgres;

/**
 * How many items a second go all the way at 1, 8 and 64 agents: submitted, offered by the router, accepted, finished, each of
 * them durable before it counts. Next to it, in turns, what job queues do of that with the same durability: added, claimed,
 * completed. WebACD and the bare table run with their agents in this process, as their users would; BullMQ in its own.
 */
final class OffersTable {
    private static final int ROUNDS = Integer.getInteger("tandem.routing.rounds", 5);
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(Long.getLong("tandem.routing.millis", 1_000));
    private static final int WARM_UP = 3;

    private final Path work;

    OffersTable(Path work) {
        this.work = work.resolve("offers");
    }

    private record Row(List<Double> rates, List<Double> cpu) {
        Row() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    void print(PrintStream out) throws Exception {
        Files.createDirectories(work);
        Folders.delete(work.resolve("sqlite"));
        Files.createDirectories(work.resolve("sqlite"));
        var sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + work.resolve("sqlite/tandem.db"));
        var all = new ArrayList<Contestant>();
        try (var postgres = Postgres.make(work.resolve("postgres"))
                .set("max_connections", "150")
                .set("fsync", "on")
                .set("synchronous_commit", "on")
                .start()) {
            try {
                all.add(new Routed("Tandem on SQLite", sqlite));
                all.add(new Routed("Tandem on PostgreSQL", source(postgres)));
                all.add(new SkipLocked(postgres));
                Bull.start(work.resolve("bull")).ifPresent(all::add);
                print(out, measure(all));
            } finally {
                for (var one : all) {
                    one.close();
                }
            }
        }
    }

    static PGSimpleDataSource source(Postgres postgres) {
        var source = new PGSimpleDataSource();
        source.setUrl(postgres.url());
        source.setUser(Postgres.USER);
        source.setPassword(postgres.password());
        return source;
    }

    private static Map<String, Map<Integer, Row>> measure(List<Contestant> all) throws Exception {
        var rows = new LinkedHashMap<String, Map<Integer, Row>>();
        for (var one : all) {
            for (int i = 0; i < WARM_UP; i++) {
                one.rate(64, ROUND);
            }
            rows.put(one.name(), new LinkedHashMap<>());
        }
        for (int workers : Contestant.WORKERS) {
            for (int round = 0; round < ROUNDS; round++) {
                for (var one : all) {
                    var row = rows.get(one.name()).computeIfAbsent(workers, w -> new Row());
                    var cpu = cpuSeconds();
                    var began = System.nanoTime();
                    var rate = one.rate(workers, ROUND);
                    row.rates().add(rate);
                    row.cpu().add((cpuSeconds() - cpu) * 1e12 / (System.nanoTime() - began) / rate);
                }
            }
        }
        return rows;
    }

    private static void print(PrintStream out, Map<String, Map<Integer, Row>> rows) {
        out.println(
                "Items a second that were submitted, offered, accepted and finished (peers: added, claimed, completed), "
                        + ROUNDS + " rounds of each in turns");
        out.println("| | agents | items/s, median | least | most | CPU time of all its processes, ms an item |");
        out.println("|---|---:|---:|---:|---:|---:|");
        rows.forEach((name, of) -> of.forEach((workers, row) -> out.printf(
                Locale.ROOT,
                "| %s | %d | %,.0f | %,.0f | %,.0f | %.2f |%n",
                name,
                workers,
                median(row.rates()),
                row.rates().stream().mapToDouble(one -> one).min().orElse(0),
                row.rates().stream().mapToDouble(one -> one).max().orElse(0),
                median(row.cpu()))));
        for (var mine :
                rows.keySet().stream().filter(name -> name.startsWith("Tandem")).toList()) {
            for (var theirs : rows.keySet().stream()
                    .filter(name -> !name.startsWith("Tandem"))
                    .toList()) {
                var text = new StringBuilder(mine + " / " + theirs + ":");
                for (int workers : Contestant.WORKERS) {
                    text.append(String.format(
                            Locale.ROOT,
                            " %.2f at %d",
                            median(rows.get(mine).get(workers).rates())
                                    / median(rows.get(theirs).get(workers).rates()),
                            workers));
                }
                out.println(text);
            }
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** What this process and all that it has started have worked. */
    private static double cpuSeconds() {
        var own = ProcessHandle.current();
        return Stream.concat(Stream.of(own), own.descendants())
                .flatMap(one -> one.info().totalCpuDuration().stream())
                .mapToDouble(one -> one.toNanos() / 1e9)
                .sum();
    }
}
