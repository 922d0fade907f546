package dev.tandem.itests.benchmarks.routing;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

import dev.tandem.itests.harness.Folders;
import dev.tandem.itests.harness.Postgres;

/** How long a router that begins with many waiting items needs until its first offer is heard. */
final class RebuildTable {
    private static final int WAITING = 10_000;
    private static final int SUBMITTERS = 64;
    private static final int ROUNDS = 5;
    /** One agent, whose first offer is awaited. */
    private static final List<Integer> CREW = List.of(1);

    private final Path work;

    RebuildTable(Path work) {
        this.work = work.resolve("rebuild");
    }

    void print(PrintStream out) throws Exception {
        Folders.delete(work);
        Files.createDirectories(work);
        out.printf(Locale.ROOT, "A router begins with %,d waiting items, %d rounds%n", WAITING, ROUNDS);
        out.println("| journal on | until its first offer, s: median | least | most |");
        out.println("|---|---:|---:|---:|");
        var sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + work.resolve("tandem.db"));
        print(out, "SQLite", sqlite);
        try (var postgres = Postgres.make(work.resolve("postgres")).start()) {
            print(out, "PostgreSQL", OffersTable.source(postgres));
        }
    }

    private static void print(PrintStream out, String name, DataSource source) throws Exception {
        fill(source);
        var seconds = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            try (var site = new RouterSite(source, CREW)) {
                var start = System.nanoTime();
                site.route();
                var offered = site.awaitOffer(CREW.get(0), 0);
                seconds.add((System.nanoTime() - start) / 1e9);
                // So that the next round begins as this one did, with one item less.
                site.stopRouting();
                site.take(offered, CREW.get(0), 0);
            }
        }
        seconds.sort(null);
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |%n",
                name,
                seconds.get(ROUNDS / 2),
                seconds.get(0),
                seconds.get(ROUNDS - 1));
    }

    private static void fill(DataSource source) throws InterruptedException {
        try (var site = new RouterSite(source, CREW)) {
            var left = new AtomicInteger(WAITING);
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < SUBMITTERS; i++) {
                var thread = new Thread(() -> {
                    while (left.getAndDecrement() > 0) {
                        site.submit(CREW.get(0));
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (var thread : threads) {
                thread.join();
            }
        }
    }
}
