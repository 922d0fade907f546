package dev.tandem.journal.bench;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.JournalRuntime;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * What the doorbell costs 64 writers of one node, alone and with a second node that hears and tells everything, and how long
 * after the acknowledgement on one node {@code committed} is called on the other. All in this process, on one machine: the
 * second node takes its part of the same cores. Prints markdown; asserts nothing. Rounds of all rows take turns.
 *
 * <p>System properties: {@code bench.rounds} (7), {@code bench.millis} (1000).
 */
public final class DoorbellBenchmark {
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(Long.getLong("bench.millis", 1_000));
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
    private static final int WRITERS = 64;

    /** Notes when each event was heard. */
    private static final class Stopwatch implements StreamKind<Long, Talk.Said> {
        private final Talk talk = new Talk();
        private final Map<UUID, List<Long>> heard = new ConcurrentHashMap<>();

        @Override
        public String name() {
            return "talk";
        }

        @Override
        public dev.tandem.journal.EventTypes<Talk.Said> events() {
            return talk.events();
        }

        @Override
        public Long initial() {
            return talk.initial();
        }

        @Override
        public Long evolve(Long state, Talk.Said event) {
            return talk.evolve(state, event);
        }

        @Override
        public void committed(Recorded<Talk.Said> event, Long after) {
            heard.computeIfAbsent(event.stream(), s -> new ArrayList<>()).add(System.nanoTime());
        }
    }

    private DoorbellBenchmark() {}

    public static void main(String[] args) throws Exception {
        try (var server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .start()) {
            throughput(System.out, server);
            System.out.println();
            System.out.println("| commits/s | measured | p50, ms | p99, ms | most, ms |");
            System.out.println("|---:|---:|---:|---:|---:|");
            for (int rate : new int[] {100, 1_000}) {
                delay(System.out, fresh(server, "d" + rate), rate);
            }
        }
    }

    private static DataSource fresh(EmbeddedPostgres server, String schema) throws Exception {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        return server.getDatabase("postgres", "postgres", Map.of("currentSchema", schema));
    }

    private static void throughput(PrintStream out, EmbeddedPostgres server) throws Exception {
        var alone = fresh(server, "alone");
        var met = fresh(server, "met");
        var silent = fresh(server, "silent");
        try (var a = JournalRuntime.openRunning(alone, Clock.systemUTC());
                var b = JournalRuntime.openRunning(met, Clock.systemUTC());
                var other = JournalRuntime.openRunning(met, Clock.systemUTC());
                var c = JournalRuntime.openSilent(silent, Clock.systemUTC())) {
            other.journal().open(new Talk());
            var rows = new ArrayList<Rate.Writers>();
            for (var runtime : List.of(c, a, b)) {
                rows.add(Rate.journal(runtime, runtime.journal().open(new Talk())));
            }
            var rates = List.of(new ArrayList<Double>(), new ArrayList<Double>(), new ArrayList<Double>());
            for (int round = -2; round < ROUNDS; round++) {
                for (int i = 0; i < rows.size(); i++) {
                    var rate = Rate.of(rows.get(i), WRITERS, ROUND);
                    other.settle();
                    if (round >= 0) {
                        rates.get(i).add(rate);
                    }
                }
            }
            out.println("| 64 writers | commands/s | cost |");
            out.println("|---|---:|---:|");
            var base = Rate.median(rates.get(0));
            var names = List.of("silent", "rings, nobody hears", "rings, a second node hears and tells");
            for (int i = 0; i < rows.size(); i++) {
                var rate = Rate.median(rates.get(i));
                out.printf("| %s | %,.0f | %.1f %% |%n", names.get(i), rate, 100 * (1 - rate / base));
            }
        }
    }

    /** Writes on time, as long as a commit takes no longer than its gap; returns when each was acknowledged. */
    private static List<Long> write(
            JournalRuntime runtime, Streams<Long, Talk.Said> streams, UUID stream, double rate, int total) {
        var acknowledged = new ArrayList<Long>(total);
        var began = System.nanoTime();
        for (int i = 0; i < total; i++) {
            var due = began + (long) (i * 1e9 / rate);
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var command = new Command<>(Rate.SITE, stream, runtime.ids().next(), "agent:anna", None.class);
            streams.execute(command, (state, now) -> Decision.accept(List.of(new Talk.Said(state + 1, Talk.LINE))));
            acknowledged.add(System.nanoTime());
        }
        return acknowledged;
    }

    private static void delay(PrintStream out, DataSource source, int rate) throws Exception {
        var watch = new Stopwatch();
        var writers = Math.max(1, rate / 50);
        var threads = Executors.newFixedThreadPool(writers);
        try (var here = JournalRuntime.openRunning(source, Clock.systemUTC());
                var there = JournalRuntime.openRunning(source, Clock.systemUTC())) {
            var streams = here.journal().open(new Talk());
            there.journal().open(watch);
            var each = (int) (rate * ROUNDS * (ROUND / 1e9) / writers);
            var began = System.nanoTime();
            var acknowledged = new LinkedHashMap<UUID, Future<List<Long>>>();
            for (int i = 0; i < writers; i++) {
                var stream = UUID.randomUUID();
                acknowledged.put(
                        stream, threads.submit(() -> write(here, streams, stream, (double) rate / writers, each)));
            }
            var delays = new ArrayList<Double>();
            for (var entry : acknowledged.entrySet()) {
                var times = entry.getValue().get();
                there.settle();
                var heard = watch.heard.get(entry.getKey());
                // Without the first fifth, in which everything is new.
                for (int i = each / 5; i < each; i++) {
                    delays.add(Math.max(0, heard.get(i) - times.get(i)) / 1e6);
                }
            }
            var measured = (long) writers * each * 1e9 / (System.nanoTime() - began);
            delays.sort(null);
            out.printf(
                    "| %,d | %,.0f | %.1f | %.1f | %.1f |%n",
                    rate,
                    measured,
                    delays.get(delays.size() / 2),
                    delays.get(delays.size() * 99 / 100),
                    delays.get(delays.size() - 1));
        } finally {
            threads.shutdownNow();
        }
    }
}
