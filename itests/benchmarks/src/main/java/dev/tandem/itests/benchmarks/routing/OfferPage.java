package dev.tandem.itests.benchmarks.routing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;

/** What an agent's page does that shows offers: its socket, and when each offer came. */
final class OfferPage implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final int OFFER_SECONDS = 5;

    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> offers = new ConcurrentHashMap<>();
    private final CountDownLatch welcome = new CountDownLatch(1);
    private final WebSocket socket;

    OfferPage(Api agent) throws InterruptedException {
        var ticket = agent.post("/tickets", Map.of("for", "live")).ok();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", agent.base().toString())
                .buildAsync(URI.create(agent.base().toString().replaceFirst("^http", "ws") + "/live"), new Listener())
                .join();
        say(Map.of("op", "hello", "ticket", ticket.get("ticket").asText(), "page", UUID.randomUUID()));
        if (!welcome.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no welcome");
        }
        say(Map.of("op", "subscribe", "topic", "webacd/me", "after", 0));
    }

    private void say(Map<String, ?> message) {
        socket.sendText(Api.json(message), true).join();
    }

    /** The offer of that item, once it has come; nothing if it does not come soon. */
    Optional<String> offer(String item) {
        return future(item)
                .copy()
                .<Optional<String>>thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), OFFER_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private CompletableFuture<String> future(String item) {
        return offers.computeIfAbsent(item, unseen -> new CompletableFuture<>());
    }

    /** When those items were offered, by {@code System.nanoTime()}. */
    Map<Integer, Long> arrivals(Map<Integer, String> items) {
        var found = new HashMap<Integer, Long>();
        items.forEach((number, item) -> {
            var at = arrivals.get(item);
            if (at != null) {
                found.put(number, at);
            }
        });
        return found;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void heard(JsonNode message, long now) {
        for (var list : message.findValues("offers")) {
            for (var offer : list) {
                var item = offer.get("item").asText();
                arrivals.putIfAbsent(item, now);
                future(item).complete(offer.get("id").asText());
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            var now = System.nanoTime();
            text.append(data);
            if (last) {
                if (text.indexOf("\"welcome\"") >= 0) {
                    welcome.countDown();
                }
                heard(Api.tree(text.toString()), now);
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
