package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** REST below {@code /api} in one person's name. Immutable. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(AnyCertificate.context())
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** An answer. {@code body} is a missing node if there was no JSON. */
    public record Reply(int status, JsonNode body, String text, HttpHeaders headers) {
        /** The body, if the request succeeded. */
        public JsonNode ok() {
            if (status < 200 || status > 299) {
                throw new AssertionError("HTTP " + status + ": " + text);
            }
            return body;
        }

        public String code() {
            var type = body.path("type").asText("");
            return body.path("code").asText(type.substring(type.lastIndexOf(':') + 1));
        }
    }

    private final URI base;
    private final Map<String, String> headers;

    public Api(URI base) {
        this(base, Map.of());
    }

    private Api(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    public Api as(Karaf.SignIn agent) {
        var basic = Base64.getEncoder()
                .encodeToString((agent.user() + ":" + agent.password()).getBytes(StandardCharsets.UTF_8));
        return with("Authorization", "Basic " + basic);
    }

    public Api asCustomer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same with one more header. */
    public Api with(String header, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new Api(base, more);
    }

    public URI base() {
        return base;
    }

    public Reply get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    public Reply post(String path) {
        return send("POST", path, HttpRequest.BodyPublishers.noBody(), key());
    }

    public Reply post(String path, Map<String, ?> body) {
        return post(path, json(body));
    }

    public Reply post(String path, String body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body), withType(key()));
    }

    /** The same from an address that nobody else has, for an attempt that is to fail. */
    public Reply postFromElsewhere(String path, Map<String, ?> body) {
        try (var line = Line.elsewhere(base)) {
            return new Api(line.uri(), headers).post(path, body);
        }
    }

    public Reply put(String path, Map<String, ?> body) {
        return send("PUT", path, HttpRequest.BodyPublishers.ofString(json(body)), withType(key()));
    }

    public Reply put(String path, String body) {
        return send("PUT", path, HttpRequest.BodyPublishers.ofString(body), withType(key()));
    }

    public Reply delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody(), key());
    }

    /** A page or file outside {@code /api}. */
    public Reply page(String path) {
        return send(base.resolve(path), "GET", HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    private Reply send(String method, String path, HttpRequest.BodyPublisher body, Map<String, String> more) {
        return send(URI.create(base + "/api" + path), method, body, more);
    }

    private Reply send(URI uri, String method, HttpRequest.BodyPublisher body, Map<String, String> more) {
        var request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).method(method, body);
        more.forEach(request::setHeader);
        headers.forEach(request::setHeader);
        try {
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(answer.statusCode(), tree(answer.body()), answer.body(), answer.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Map<String, String> key() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static Map<String, String> withType(Map<String, String> some) {
        var more = new java.util.HashMap<>(some);
        more.put("Content-Type", "application/json");
        return more;
    }

    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static JsonNode tree(String text) {
        try {
            var tree = JSON.readTree(text);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
