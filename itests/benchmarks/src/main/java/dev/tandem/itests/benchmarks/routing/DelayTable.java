package dev.tandem.itests.benchmarks.routing;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.Postgres;

/**
 * From a customer's request at a queue's link to the offer on the agent's socket, at a started distribution: the request by
 * HTTP, a session and an item made of it, the router's offer, the frame of the agent's own topic. Customers come at a fixed
 * rate whether answers come or not; the agent accepts and ends each session, so that there is always room.
 */
final class DelayTable {
    private static final int SECONDS = Integer.getInteger("tandem.routing.seconds", 10);
    /** A server is measured as it is after some minutes of work: what it does is compiled by then. */
    private static final int WARM_UP = Integer.getInteger("tandem.routing.warmup", 2_000);

    private static final int WARM_UP_CUSTOMERS = 4;
    private static final Duration WARM_UP_PATIENCE = Duration.ofMinutes(3);
    private static final Duration CALM_PATIENCE = Duration.ofSeconds(60);
    private static final int[] RATES = {20, 100};
    private static final String SLUG = "bench";

    private final Path distribution;
    private final Path work;

    DelayTable(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work.resolve("delay");
    }

    void print(PrintStream out) throws Exception {
        Files.createDirectories(work);
        out.println(
                "From a customer's request at a queue's link to the offer on the agent's socket, a started distribution, "
                        + SECONDS + " s each, after up to " + WARM_UP + " others who came one after another");
        out.println(
                "| journal on | requests/s | answered | offered | the answer: p50, ms | p99, ms | the offer: p50, ms"
                        + " | p99, ms | the generator's cores |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        try (var karaf = Karaf.unpack(distribution, work.resolve("sqlite"))) {
            print(out, "SQLite", karaf);
        }
        try (var postgres = Postgres.make(work.resolve("postgres")).start();
                var karaf = Karaf.unpack(distribution, work.resolve("postgresql"))) {
            Files.deleteIfExists(karaf.home().resolve("etc/org.ops4j.datasource-tandem.cfg"));
            karaf.configure("org.ops4j.datasource-tandem.cfg", postgres.dataSource());
            print(out, "PostgreSQL", karaf);
        }
    }

    private static void print(PrintStream out, String name, Karaf karaf) throws Exception {
        // Entries are counted by address; each of these customers has one.
        karaf.configure("dev.tandem.web.cfg", Map.of("trustedProxies", "127.0.0.1"));
        karaf.start();
        var agent = karaf.api().as(karaf.administrator());
        var me = agent.get("/platform/me").ok().get("agent").get("id").asText();
        agent.put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
        agent.post(
                        "/webacd/queues",
                        Map.of(
                                "slug",
                                SLUG,
                                "name",
                                "Bench",
                                "offerSeconds",
                                60,
                                "wrapUpSeconds",
                                0,
                                "entry",
                                Map.of("enabled", true),
                                "members",
                                List.of(Map.of("agent", me, "rank", 1))))
                .ok();
        agent.put("/webacd/agents/" + me, Map.of("capacity", 20, "inbound", true, "skills", Map.of()))
                .ok();
        try (var page = new OfferPage(agent)) {
            var warm = new Load(karaf.uri(), agent, page).warmUp();
            out.println("(" + name + ": " + warm + " served before it was measured)");
            for (int rate : RATES) {
                awaitCalm(agent);
                var load = new Load(karaf.uri(), agent, page);
                var cpu = ownCpu();
                load.run(rate, SECONDS);
                var cores = ownCpu().minus(cpu).toMillis() / 1e3 / SECONDS;
                var answers = load.delays(load.answered);
                var offers = load.delays(page.arrivals(load.items));
                out.printf(
                        Locale.ROOT,
                        "| %s | %d | %d | %d | %.1f | %.1f | %.1f | %.1f | %.2f |%n",
                        name,
                        rate,
                        answers.length,
                        offers.length,
                        at(answers, 0.5),
                        at(answers, 0.99),
                        at(offers, 0.5),
                        at(offers, 0.99),
                        cores);
                load.firstRefusal.ifPresent(text -> out.println("the first refusal: " + text));
            }
        }
    }

    /** Nobody of the rate before is still waiting. */
    private static void awaitCalm(Api agent) {
        long end = System.nanoTime() + CALM_PATIENCE.toNanos();
        while (System.nanoTime() < end && waits(agent)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private static boolean waits(Api agent) {
        var me = agent.get("/webacd/me").ok();
        boolean mine = me.get("offers").size() > 0 || me.get("work").size() > 0;
        for (var queue : me.get("queues")) {
            mine |= queue.get("waiting").asLong() > 0;
        }
        return mine;
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double at(double[] sorted, double part) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1L, Math.round(part * sorted.length))];
    }

    /** Customers who come by the link, and the agent who accepts and ends. */
    private static final class Load {
        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        private static final AtomicInteger CUSTOMERS = new AtomicInteger();

        private final URI base;
        private final Api agent;
        private final OfferPage page;
        /** When each request was sent, by its number. */
        private final Map<Integer, Long> sent = new ConcurrentHashMap<>();

        private final Map<Integer, Long> answered = new ConcurrentHashMap<>();
        private final Map<Integer, String> items = new ConcurrentHashMap<>();
        private volatile Optional<String> firstRefusal = Optional.empty();

        Load(URI base, Api agent, OfferPage page) {
            this.base = base;
            this.agent = agent;
            this.page = page;
        }

        void run(int rate, int seconds) throws InterruptedException {
            var threads = Executors.newCachedThreadPool();
            var began = System.nanoTime();
            for (int i = 0; i < rate * seconds; i++) {
                var left = began + i * 1_000_000_000L / rate - System.nanoTime();
                if (left > 0) {
                    LockSupport.parkNanos(left);
                }
                int number = i;
                threads.execute(() -> come(number));
            }
            threads.shutdown();
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        }

        /** A few at a time, each as soon as the one before has gone; how many came. */
        int warmUp() throws InterruptedException {
            var threads = Executors.newCachedThreadPool();
            long end = System.nanoTime() + WARM_UP_PATIENCE.toNanos();
            var next = new AtomicInteger();
            for (int i = 0; i < WARM_UP_CUSTOMERS; i++) {
                threads.execute(() -> {
                    int number = next.getAndIncrement();
                    while (number < WARM_UP && System.nanoTime() < end) {
                        come(number);
                        number = next.getAndIncrement();
                    }
                });
            }
            threads.shutdown();
            threads.awaitTermination(WARM_UP_PATIENCE.toSeconds() + 60, TimeUnit.SECONDS);
            return answered.size();
        }

        private void come(int number) {
            int customer = CUSTOMERS.incrementAndGet();
            var address = "10." + (customer >> 16 & 255) + "." + (customer >> 8 & 255) + "." + (customer & 255);
            var request = HttpRequest.newBuilder(URI.create(base + "/api/webacd/entry/" + SLUG))
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .header("X-Forwarded-For", address)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Marie Dupont\",\"language\":\"fr\"}"))
                    .build();
            try {
                sent.put(number, System.nanoTime());
                var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 201) {
                    refused("entry: " + answer.statusCode() + " " + answer.body());
                    return;
                }
                answered.put(number, System.nanoTime());
                var entered = Api.tree(answer.body());
                var item = entered.get("item").asText();
                items.put(number, item);
                serve(
                        item,
                        entered.get("session").asText(),
                        entered.get("token").asText());
            } catch (IOException | RuntimeException e) {
                refused(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Where the machine is too slow for that rate the customer goes again, so that not all the others wait too. */
        private void serve(String item, String session, String token) {
            var offer = page.offer(item);
            if (offer.isEmpty()) {
                new Api(base).asCustomer(token).post("/sessions/" + session + "/leave");
                return;
            }
            var accepted = agent.post("/webacd/offers/" + offer.get() + "/accept");
            var ended = agent.post("/sessions/" + session + "/end");
            if (accepted.status() / 100 != 2 || ended.status() / 100 != 2) {
                refused("accept: " + accepted.status() + " " + accepted.text() + ", end: " + ended.status() + " "
                        + ended.text());
            }
        }

        private void refused(String text) {
            if (firstRefusal.isEmpty()) {
                firstRefusal = Optional.of(text);
            }
        }

        /** Sorted, in milliseconds. */
        double[] delays(Map<Integer, Long> arrivals) {
            return arrivals.entrySet().stream()
                    .filter(one -> sent.containsKey(one.getKey()))
                    .mapToDouble(one -> (one.getValue() - sent.get(one.getKey())) / 1e6)
                    .sorted()
                    .toArray();
        }
    }
}
