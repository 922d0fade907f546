package dev.tandem.itests.benchmarks.nodes;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.tandem.itests.benchmarks.Pair;
import dev.tandem.itests.harness.Api;

/**
 * From the commit on one node to the page on the other: customers write by REST on the first node at a given rate, whether
 * the answers come or not; their pages hang on the second one. Counted from the answer to the request, which is sent right
 * after the commit, and from the request.
 */
final class PageDelay {
    /** What a customer may write in a second without being told to wait. */
    private static final int EACH = 8;

    private final URI writes;
    private final URI shows;
    private final Api agent;
    private final int seconds;

    private record Customer(Pair pair, ChatPage page) implements AutoCloseable {
        @Override
        public void close() {
            page.close();
            pair.close();
        }
    }

    /** @param agent signed in at the first node */
    PageDelay(URI writes, URI shows, Api agent, int seconds) {
        this.writes = writes;
        this.shows = shows;
        this.agent = agent;
        this.seconds = seconds;
    }

    void print(PrintStream out, String title, int rate) throws Exception {
        var customers = new ArrayList<Customer>();
        for (int i = 0; i < Math.max(4, (rate + EACH - 1) / EACH); i++) {
            customers.add(join());
        }
        var sent = new ConcurrentHashMap<String, Long>();
        var answered = new ConcurrentHashMap<String, Long>();
        var refused = new AtomicInteger();
        load(customers, rate, 3, new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), refused, "m-0-");
        refused.set(0);
        var cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        var began = System.nanoTime();
        load(customers, rate, seconds, sent, answered, refused, "m-1-");
        var took = (System.nanoTime() - began) / 1e9;
        var own = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .minus(cpu);
        var arrivals = new ConcurrentHashMap<String, Long>();
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (arrivals.size() < answered.size() && System.nanoTime() < until) {
            customers.forEach(customer -> arrivals.putAll(customer.page().arrivals()));
            LockSupport.parkNanos(50_000_000);
            arrivals.keySet().retainAll(answered.keySet());
        }
        var fromAnswer = delays(answered, arrivals);
        var fromRequest = delays(sent, arrivals);
        out.printf(
                "| %s | %,d | %,.0f | %d | %d | %.1f | %.1f | %.1f | %.1f | %.2f |%n",
                title,
                rate,
                answered.size() / took,
                refused.get(),
                answered.size() - arrivals.size(),
                at(fromAnswer, 0.5),
                at(fromAnswer, 0.99),
                at(fromRequest, 0.5),
                at(fromRequest, 0.99),
                own.toMillis() / 1e3 / took);
        customers.forEach(Customer::close);
    }

    static void head(PrintStream out) {
        out.println(
                "| page on | asked, /s | committed, /s | refused | never shown | after the answer: p50, ms | p99, ms | after the request: p50, ms | p99, ms | the generator's cores |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    }

    private Customer join() throws InterruptedException {
        var joined = Sessions.open(agent, writes);
        var page = new ChatPage(Sessions.CLIENT, new Api(shows).asCustomer(joined.token()), joined.session());
        return new Customer(joined, page);
    }

    private void load(
            List<Customer> customers,
            int rate,
            int forSeconds,
            Map<String, Long> sent,
            Map<String, Long> answered,
            AtomicInteger refused,
            String prefix)
            throws InterruptedException {
        var threads = Executors.newFixedThreadPool(Math.min(customers.size(), 32));
        var began = System.nanoTime();
        for (int i = 0; i < rate * forSeconds; i++) {
            var left = began + i * 1_000_000_000L / rate - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
            var customer = customers.get(i % customers.size());
            var text = prefix + i;
            sent.put(text, System.nanoTime());
            threads.execute(() -> {
                try {
                    var request = HttpRequest.newBuilder(URI.create(
                                    writes + "/api/chat/" + customer.pair().session()))
                            .timeout(Duration.ofSeconds(20))
                            .header("Authorization", "Bearer " + customer.pair().token())
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                            .build();
                    if (Sessions.CLIENT
                                            .send(request, HttpResponse.BodyHandlers.discarding())
                                            .statusCode()
                                    / 100
                            == 2) {
                        answered.put(text, System.nanoTime());
                    } else {
                        refused.incrementAndGet();
                    }
                } catch (java.io.IOException e) {
                    refused.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        threads.shutdown();
        threads.awaitTermination(30, TimeUnit.SECONDS);
    }

    private static double[] delays(Map<String, Long> from, Map<String, Long> arrivals) {
        return arrivals.entrySet().stream()
                .filter(entry -> from.containsKey(entry.getKey()))
                .mapToDouble(entry -> (entry.getValue() - from.get(entry.getKey())) / 1e6)
                .sorted()
                .toArray();
    }

    private static double at(double[] sorted, double part) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1L, Math.round(part * sorted.length))];
    }
}
