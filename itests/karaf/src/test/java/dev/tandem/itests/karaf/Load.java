package dev.tandem.itests.karaf;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A hundred requests a second, spread over some paths; counts how each was answered. */
final class Load implements AutoCloseable {
    private static final long EVERY_MILLIS = 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final HttpClient client;
    private final List<URI> targets;

    Load(HttpClient client, URI... targets) {
        this.client = client;
        this.targets = List.of(targets);
        clock.scheduleAtFixedRate(this::one, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void one() {
        var target = targets.get((int) (sent.getAndIncrement() % targets.size()));
        var request = HttpRequest.newBuilder(target)
                .timeout(java.time.Duration.ofSeconds(10))
                .build();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).handle((answer, failure) -> {
            var word = failure == null ? Integer.toString(answer.statusCode()) : failure.toString();
            answers.computeIfAbsent(word, w -> new AtomicLong()).incrementAndGet();
            return answered.incrementAndGet();
        });
    }

    /** Waits until that many more requests have been sent and all of them have been answered. */
    void awaitAnswers(int more) throws InterruptedException {
        long goal = sent.get() + more;
        var never = new CountDownLatch(1);
        for (int steps = 0; answered.get() < goal; steps++) {
            if (steps > 3_000) {
                throw new AssertionError("answers stopped coming: " + answers);
            }
            never.await(10, TimeUnit.MILLISECONDS);
        }
    }

    /** What was not answered as it should, empty if all was well. */
    String faults(List<Integer> allowed) {
        var words = allowed.stream().map(Object::toString).collect(Collectors.toSet());
        var faults = new TreeMap<String, AtomicLong>(answers);
        faults.keySet().removeAll(words);
        return faults.isEmpty() ? "" : faults + " among " + answers;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
