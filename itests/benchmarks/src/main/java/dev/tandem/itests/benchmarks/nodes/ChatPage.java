package dev.tandem.itests.benchmarks.nodes;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import dev.tandem.itests.harness.Api;

/** What a page does that shows a conversation: its socket on one node, and when each message came. */
final class ChatPage implements AutoCloseable {
    /** Each text of the load is one of a kind. */
    private static final Pattern TEXT = Pattern.compile("m-[0-9]+-[0-9]+");

    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final CountDownLatch welcome = new CountDownLatch(1);
    private final WebSocket socket;

    ChatPage(HttpClient client, Api customer, String session) throws InterruptedException {
        var ticket = customer.post("/tickets", Map.of("for", "live")).ok();
        socket = client.newWebSocketBuilder()
                .header("Origin", customer.base().toString())
                .buildAsync(
                        URI.create(customer.base().toString().replaceFirst("^http", "ws") + "/live"), new Listener())
                .join();
        say(Map.of("op", "hello", "ticket", ticket.get("ticket").asText(), "page", java.util.UUID.randomUUID()));
        if (!welcome.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no welcome");
        }
        say(Map.of("op", "subscribe", "topic", "chat/" + session, "after", 0));
    }

    private void say(Map<String, ?> message) {
        socket.sendText(Api.json(message), true).join();
    }

    /** By {@code System.nanoTime()}. */
    Map<String, Long> arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        socket.abort();
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
                var found = TEXT.matcher(text);
                while (found.find()) {
                    arrivals.putIfAbsent(found.group(), now);
                }
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
