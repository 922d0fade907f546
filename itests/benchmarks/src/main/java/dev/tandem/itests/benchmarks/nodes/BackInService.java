package dev.tandem.itests.benchmarks.nodes;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Cluster;

/**
 * How long after a {@code kill -9} of a node, through the proxy: until the next command is acknowledged, until a page that
 * hung on that node hears again, and until a ticket for the session's media names a living node. A command that fails is
 * sent again with the same key every 20 ms; the page and the ticket are tried every 100 ms.
 */
final class BackInService {
    private static final int ROUNDS = Integer.getInteger("tandem.nodes.kills", 4);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final URI front;

    BackInService(Cluster cluster, URI front) {
        this.cluster = cluster;
        this.front = front;
    }

    private record Times(double command, double page, double media) {}

    void print(PrintStream out) throws Exception {
        var all = new ArrayList<Times>();
        for (int round = 0; round < ROUNDS; round++) {
            all.add(kill(cluster.names().get(round % 2)));
        }
        out.println("| after a kill -9 of one of two nodes, s | median | longest |");
        out.println("|---|---:|---:|");
        row(
                out,
                "the next command is acknowledged",
                all.stream().map(Times::command).toList());
        row(
                out,
                "a page of that node hears again",
                all.stream().map(Times::page).toList());
        row(
                out,
                "the session's media have a node",
                all.stream().map(Times::media).toList());
    }

    private static void row(PrintStream out, String what, List<Double> seconds) {
        var sorted = seconds.stream().sorted().toList();
        out.printf("| %s | %.2f | %.2f |%n", what, sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }

    /** The session lives on the node that is killed: its page hangs there, and its media. */
    private Times kill(String name) throws Exception {
        var victim = cluster.node(name);
        var session = Sessions.open(victim.api().as(cluster.administrator()), victim.uri());
        var direct = victim.api().asCustomer(session.token());
        var through = new Api(front).asCustomer(session.token());
        direct.post("/tickets", Map.of("for", "media", "session", session.session(), "channel", "screen"))
                .ok();
        var page = new ChatPage(Sessions.CLIENT, direct, session.session());
        direct.post("/chat/" + session.session(), Map.of("text", "m-0-0")).ok();
        Await.until("the page hears", LONGEST, () -> page.arrivals().containsKey("m-0-0"));

        var media = new double[1];
        var heard = new double[1];
        victim.killHard();
        var killed = System.nanoTime();
        var asking = thread(() -> media[0] = untilDone(killed, 100, () -> named(through, session.session(), name)));
        var listening = thread(() -> heard[0] = untilDone(killed, 100, () -> hears(through, session.session())));
        var key = UUID.randomUUID().toString();
        var command = untilDone(
                killed,
                20,
                () -> through.with("Idempotency-Key", key)
                                .post("/chat/" + session.session(), Map.of("text", "m-0-1"))
                                .status()
                        == 201);
        asking.join();
        listening.join();
        page.close();
        session.close();
        victim.start();
        return new Times(command, heard[0], media[0]);
    }

    private interface Attempt {
        boolean works() throws Exception;
    }

    private static double untilDone(long since, long pause, Attempt attempt) {
        while (System.nanoTime() - since < LONGEST.toNanos()) {
            try {
                if (attempt.works()) {
                    return (System.nanoTime() - since) / 1e9;
                }
            } catch (Exception | AssertionError e) {
                // Not yet: that is what is measured.
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
        return Double.NaN;
    }

    private static boolean named(Api through, String session, String dead) {
        var ticket = through.post("/tickets", Map.of("for", "media", "session", session, "channel", "screen"));
        return ticket.status() == 200 && !ticket.body().get("url").asText().endsWith("/" + dead);
    }

    /** A new socket, and on it the messages that were written before. */
    private static boolean hears(Api through, String session) throws Exception {
        try (var page = new ChatPage(Sessions.CLIENT, through, session)) {
            Await.until("the page hears", Duration.ofSeconds(5), () -> page.arrivals()
                    .containsKey("m-0-0"));
            return true;
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task);
        thread.start();
        return thread;
    }
}
