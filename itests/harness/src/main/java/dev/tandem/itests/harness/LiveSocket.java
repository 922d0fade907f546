package dev.tandem.itests.harness;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** A socket of the live channel or of media, as a program speaks it. */
public final class LiveSocket implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().sslContext(AnyCertificate.context()).build();
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private LiveSocket(URI server, String path, Optional<String> origin) {
        var builder = CLIENT.newWebSocketBuilder().connectTimeout(LONGEST);
        origin.ifPresent(value -> builder.header("Origin", value));
        socket = builder.buildAsync(URI.create(server.toString().replaceFirst("^http", "ws") + path), new Listener())
                .join();
    }

    /** Opens {@code /live} or {@code /media}. */
    public static LiveSocket open(URI server, String path) {
        return new LiveSocket(server, path, Optional.of(server.toString()));
    }

    /**
     * A page of somebody that looks at a session, and so makes that participant present until its line is lost. See
     * {@link StayingPage}.
     */
    public static LiveSocket at(Api who, String session) {
        return at(who, session, UUID.randomUUID());
    }

    /** The same page again. */
    static LiveSocket at(Api who, String session, UUID page) {
        var ticket =
                who.post("/tickets", Map.of("for", "live")).ok().get("ticket").asText();
        var socket = open(who.base(), "/live");
        try {
            socket.send(Map.of("op", "hello", "ticket", ticket, "page", page.toString()));
            socket.await("welcome", m -> m.path("op").asText().equals("welcome"));
            socket.send(Map.of("op", "subscribe", "topic", "session/" + session));
            socket.await("the session", m -> m.path("type").asText().equals("session.state"));
            return socket;
        } catch (RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    /** The HTTP status with which the handshake from that origin is refused, or empty if it is not. */
    public static Optional<Integer> refusal(URI server, String path, String origin) {
        try (var socket = new LiveSocket(server, path, Optional.of(origin))) {
            return Optional.empty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return Optional.of(refused.getResponse().statusCode());
            }
            throw e;
        }
    }

    public LiveSocket send(Map<String, ?> message) {
        return sendText(Api.json(message));
    }

    public LiveSocket sendText(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** The first message that fits, from the beginning on. */
    public JsonNode await(String what, Predicate<JsonNode> fits) {
        try {
            return Await.value(
                    what, LONGEST, () -> received.stream().filter(fits).findFirst());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; received " + received + ", closed " + closed.getNow(0), e);
        }
    }

    public List<JsonNode> received() {
        return List.copyOf(received);
    }

    /** The code with which the server closes it. */
    public int closeCode() {
        return Await.value("the socket's end", LONGEST, () -> Optional.ofNullable(closed.getNow(null)));
    }

    public boolean open() {
        return !closed.isDone();
    }

    /** Done when the socket has closed, for whatever reason. */
    CompletableFuture<Integer> end() {
        return closed.copy();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(Api.tree(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(1006);
        }
    }
}
