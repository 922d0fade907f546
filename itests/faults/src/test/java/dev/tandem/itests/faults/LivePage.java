package dev.tandem.itests.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.itests.harness.Api;

/**
 * A page as a program: keeps a socket of the live channel open, comes back on the next node when it loses it, and goes on
 * at the numbers where it stopped. A line that says nothing for a while is given up, as a browser's page does.
 */
final class LivePage implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final long PING_MILLIS = 1_000;
    private static final long SILENCE_NANOS = Duration.ofSeconds(4).toNanos();

    private final Client client;
    private final UUID page = UUID.randomUUID();
    private final List<String> topics;
    private final Consumer<JsonNode> hears;
    private final Map<String, List<Long>> received = new ConcurrentHashMap<>();
    private final Map<String, Long> until = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int node;

    LivePage(Client client, int node, List<String> topics) {
        this(client, node, topics, message -> {});
    }

    /** @param hears every message of the topics; returns at once */
    LivePage(Client client, int node, List<String> topics, Consumer<JsonNode> hears) {
        this.hears = hears;
        this.client = client;
        this.node = node;
        this.topics = List.copyOf(topics);
        topics.forEach(topic -> received.put(topic, new ArrayList<>()));
    }

    /** Ends, once it has received these numbers. */
    void closeAfter(Map<String, Long> numbers) {
        until.putAll(numbers);
        closeIfDone();
    }

    /** Ends at once. */
    void close() {
        closed.countDown();
    }

    boolean done() {
        return closed.getCount() == 0;
    }

    List<Evidence.Page> evidence() {
        return topics.stream()
                .map(topic -> new Evidence.Page(
                        client.name(), topic, numbers(topic), topic.startsWith("chat/"), until.getOrDefault(topic, 0L)))
                .toList();
    }

    private List<Long> numbers(String topic) {
        var list = received.get(topic);
        synchronized (list) {
            return List.copyOf(list);
        }
    }

    private long last(String topic) {
        var numbers = numbers(topic);
        return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    }

    private void closeIfDone() {
        if (!until.isEmpty() && until.entrySet().stream().allMatch(entry -> last(entry.getKey()) >= entry.getValue())) {
            close();
        }
    }

    @Override
    public void run() {
        while (!done()) {
            var servers = List.copyOf(client.world().nodes().values());
            try {
                stay(servers.get(Math.floorMod(node++, servers.size())));
            } catch (IOException | CompletionException e) {
                pause(200);
            }
        }
    }

    private void stay(URI server) throws IOException {
        var ticket = ticket(server);
        var line = new Line();
        var socket = HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .header("Origin", server.toString())
                .buildAsync(URI.create(server.toString().replaceFirst("^http", "ws") + "/live"), line)
                .orTimeout(4, TimeUnit.SECONDS)
                .join();
        try {
            send(socket, Map.of("op", "hello", "ticket", ticket, "page", page.toString()));
            for (var topic : topics) {
                send(socket, Map.of("op", "subscribe", "topic", topic, "after", last(topic)));
            }
            while (!done() && line.open()) {
                pause(PING_MILLIS);
                send(socket, Map.of("op", "ping"));
            }
        } finally {
            socket.abort();
        }
    }

    private static void send(WebSocket socket, Map<String, ?> message) {
        socket.sendText(Api.json(message), true).orTimeout(4, TimeUnit.SECONDS).join();
    }

    private String ticket(URI server) throws IOException {
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(server + "/api/tickets"))
                            .timeout(Duration.ofSeconds(4))
                            .header("Authorization", client.authorization())
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"for\":\"live\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body()).get("ticket").asText();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void pause(long millis) {
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    private final class Line implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final Map<String, Boolean> gone = new HashMap<>();
        private volatile boolean over;
        private volatile long heardAt = System.nanoTime();

        boolean open() {
            return !over && System.nanoTime() - heardAt < SILENCE_NANOS;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heardAt = System.nanoTime();
            text.append(data);
            if (last) {
                try {
                    heard(JSON.readTree(text.toString()));
                } catch (JsonProcessingException e) {
                    over = true;
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void heard(JsonNode message) {
            var topic = message.path("topic").asText();
            if (message.has("number") && received.containsKey(topic) && !over) {
                var list = received.get(topic);
                synchronized (list) {
                    list.add(message.get("number").asLong());
                }
                hears.accept(message);
                closeIfDone();
            }
            if (message.path("op").asText().equals("gone")) {
                // Asked again later on the next line: while nodes differ it may be a mistake, and that would be seen.
                gone.put(topic, true);
                over = gone.size() == topics.size() && !until.isEmpty();
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            over = true;
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            over = true;
        }
    }
}
