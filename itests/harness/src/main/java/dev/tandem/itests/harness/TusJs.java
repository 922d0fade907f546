package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** A program with tus-js-client on Node, as others write one: a process of its own, with one upload at a time. */
public final class TusJs implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(180);
    private static final String CLIENT = "tus-js-client@4";

    private final Process process;
    private final PrintStream orders;
    private final List<JsonNode> said = new ArrayList<>();
    private final String version;

    private TusJs(Process process) {
        this.process = process;
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        var ears = new Thread(this::hear, "tus-js");
        ears.setDaemon(true);
        ears.start();
        version = await("ready").path("version").asText();
    }

    /** @param folder where npm puts the client */
    public static TusJs start(Path folder) throws IOException {
        NodePackages.fetch(folder, List.of(CLIENT));
        var script = NodePackages.script(folder, TusJs.class, "tus.mjs");
        var process = new ProcessBuilder("node", script.getFileName().toString())
                .directory(folder.toFile())
                .redirectError(folder.resolve("tus-js.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new TusJs(process);
    }

    public String version() {
        return version;
    }

    /**
     * Begins to send a file. The client's own options are taken as they are ({@code chunkSize}, {@code parallelUploads},
     * {@code headers}, {@code metadata}, {@code retryDelays}, {@code uploadUrl} ...); besides {@code store}, the file where it
     * keeps what it has begun, {@code again} to go on with what stands there, {@code checksum} with the name of an algorithm,
     * {@code wrongChecksumAt} an offset, and {@code stall}, milliseconds without any progress after which it starts again.
     */
    public TusJs upload(String endpoint, Path file, Map<String, ?> options) {
        var order = new HashMap<String, Object>(options);
        order.put("order", "upload");
        order.put("endpoint", endpoint);
        order.put("file", file.toString());
        orders.println(Api.json(order));
        return this;
    }

    /** Stops sending, and returns when it has. */
    public void pause() {
        orders.println(Api.json(Map.of("order", "pause")));
        await("paused");
    }

    /** Stops sending and has the upload deleted. */
    public void terminate() {
        orders.println(Api.json(Map.of("order", "terminate")));
        await("terminated");
    }

    /** The first event of that name; another end than this fails at once. */
    public JsonNode await(String event) {
        return Await.value("the event '" + event + "' of tus-js-client", LONGEST, () -> {
            var found = all(event).stream().findFirst();
            if (found.isEmpty() && !event.equals("failed")) {
                all("failed").stream().findFirst().ifPresent(failure -> {
                    throw new AssertionError("tus-js-client failed: " + failure);
                });
            }
            if (found.isEmpty() && !process.isAlive()) {
                throw new AssertionError("node has ended by itself");
            }
            return found;
        });
    }

    /** Until the server has acknowledged so many bytes. */
    public void awaitAccepted(long offset) {
        Await.until("tus-js-client to be told of " + offset + " bytes", LONGEST, () -> {
            all("failed").stream().findFirst().ifPresent(failure -> {
                throw new AssertionError("tus-js-client failed: " + failure);
            });
            return accepted() >= offset;
        });
    }

    /** How many bytes the server has acknowledged to this process, by an answer to what it sent. */
    public long accepted() {
        return last("accepted").map(event -> event.path("offset").asLong()).orElse(0L);
    }

    /** Everything of that kind so far, in order. */
    public synchronized List<JsonNode> all(String event) {
        return said.stream()
                .filter(one -> one.path("event").asText().equals(event))
                .toList();
    }

    public Optional<JsonNode> last(String event) {
        var all = all(event);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private void hear() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var event = Api.tree(line);
                synchronized (this) {
                    said.add(event);
                }
            }
        } catch (IOException e) {
            // Killed.
        }
    }

    /** As somebody who closes the lid: nothing is told to the server. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
