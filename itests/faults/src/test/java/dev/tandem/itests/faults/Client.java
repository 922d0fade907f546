package dev.tandem.itests.faults;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.tandem.itests.faults.Attempt.Outcome;
import dev.tandem.itests.faults.Attempt.What;
import dev.tandem.itests.harness.Api;

/**
 * Somebody who issues commands, one after the other, and records each attempt. Whatever has no answer, or is put off, is
 * sent again with the same command id, to either node, until there is an answer or it is time to give up.
 */
final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** What the clients of a run have in common. */
    record World(History history, Map<String, URI> nodes, AtomicLong ops, LongSupplier giveUp) {
        boolean over() {
            return System.nanoTime() > giveUp.getAsLong();
        }
    }

    /**
     * What to do.
     *
     * @param stored how the journal names the command, given the key that the client sends
     * @param answer what to keep of the answer
     */
    record Order(
            What what,
            String on,
            String value,
            String method,
            String path,
            Map<String, ?> body,
            UnaryOperator<UUID> stored,
            Function<JsonNode, String> answer) {}

    private record Reply(Outcome outcome, int status, JsonNode body) {}

    private final World world;
    private final String name;
    private final String authorization;
    private final Random random;
    private final Optional<String> address;
    private final CountDownLatch never = new CountDownLatch(1);
    private int at;

    Client(World world, String name, String authorization, Random random) {
        this(world, name, authorization, random, Optional.empty());
    }

    /** @param address from which it comes, if entries are counted by addresses */
    Client(World world, String name, String authorization, Random random, Optional<String> address) {
        this.address = address;
        this.world = world;
        this.name = name;
        this.authorization = authorization;
        this.random = random;
        this.at = random.nextInt(world.nodes().size());
    }

    String name() {
        return name;
    }

    String authorization() {
        return authorization;
    }

    World world() {
        return world;
    }

    /** The last attempt with its body. */
    record Done(Attempt attempt, JsonNode body) {
        boolean acknowledged() {
            return attempt.outcome() == Outcome.ACKNOWLEDGED;
        }
    }

    Done run(Order order) {
        var key = UUID.randomUUID();
        var stored = order.stored().apply(key);
        long op = world.ops().incrementAndGet();
        while (true) {
            var node = node();
            long wall = System.currentTimeMillis();
            long begun = System.nanoTime();
            var reply = send(node, order.method(), order.path(), Optional.of(order.body()), Optional.of(key));
            var attempt = new Attempt(
                    op,
                    name,
                    order.what(),
                    order.on(),
                    order.value(),
                    stored,
                    node,
                    begun,
                    System.nanoTime(),
                    wall,
                    reply.outcome(),
                    reply.status(),
                    code(reply.body()),
                    reply.outcome() == Outcome.ACKNOWLEDGED ? order.answer().apply(reply.body()) : "");
            world.history().add(attempt);
            if (reply.outcome() == Outcome.ACKNOWLEDGED || reply.outcome() == Outcome.REFUSED || world.over()) {
                if (random.nextInt(4) == 0) {
                    at++;
                }
                return new Done(attempt, reply.body());
            }
            again(reply.status());
        }
    }

    /** Reads until somebody answers; empty if it is refused or time to give up. */
    Optional<JsonNode> read(String path) {
        while (true) {
            var reply = send(node(), "GET", path, Optional.empty(), Optional.empty());
            if (reply.outcome() == Outcome.ACKNOWLEDGED) {
                return Optional.of(reply.body());
            }
            if (reply.outcome() == Outcome.REFUSED || world.over()) {
                return Optional.empty();
            }
            again(reply.status());
        }
    }

    private void again(int status) {
        // Who is asked to slow down does; else the other node is tried, which may be no better.
        if (status != 429) {
            at++;
        }
        pause(100 + random.nextInt(200));
    }

    void pause(long millis) {
        try {
            never.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String node() {
        List<String> names = new ArrayList<>(world.nodes().keySet());
        return names.get(Math.floorMod(at, names.size()));
    }

    private Reply send(String node, String method, String path, Optional<Map<String, ?>> body, Optional<UUID> key) {
        var builder = HttpRequest.newBuilder(URI.create(world.nodes().get(node) + "/api" + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.map(b -> HttpRequest.BodyPublishers.ofString(Api.json(b)))
                                .orElse(HttpRequest.BodyPublishers.noBody()));
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        address.ifPresent(from -> builder.header("X-Forwarded-For", from));
        body.ifPresent(b -> builder.header("Content-Type", "application/json"));
        key.ifPresent(k -> builder.header("Idempotency-Key", k.toString()));
        try {
            var answer = HTTP.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            var tree = tree(answer.body());
            return new Reply(outcome(answer.statusCode(), code(tree)), answer.statusCode(), tree);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Reply(Outcome.PUT_OFF, 0, MissingNode.getInstance());
        } catch (IOException e) {
            return new Reply(Outcome.UNKNOWN, 0, MissingNode.getInstance());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Outcome outcome(int status, String code) {
        if (status >= 200 && status < 300) {
            return Outcome.ACKNOWLEDGED;
        }
        // A 404 that names no problem is Jetty's own: a node listens before anybody is there to answer.
        if (status == 503 || status == 429 || status == 404 && code.isEmpty()) {
            return Outcome.PUT_OFF;
        }
        return status >= 500 ? Outcome.UNKNOWN : Outcome.REFUSED;
    }

    private static JsonNode tree(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).orElse(MissingNode.getInstance());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String code(JsonNode body) {
        var type = body.path("type").asText("");
        return body.path("code").asText(type.substring(type.lastIndexOf(':') + 1));
    }
}
