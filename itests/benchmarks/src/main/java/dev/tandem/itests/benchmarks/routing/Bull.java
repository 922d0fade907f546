package dev.tandem.itests.benchmarks.routing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.tandem.itests.harness.Folders;
import dev.tandem.itests.harness.Ports;

/**
 * BullMQ on a Redis of its own that writes every command to its log and syncs it before it answers. npm fetches BullMQ into a
 * folder of its own; Redis is the one that is installed.
 */
final class Bull implements Contestant {
    private static final long LONGEST_FETCH_SECONDS = 120;

    private final Process redis;
    private final Process node;
    private final BufferedReader says;
    private final PrintStream hears;
    private final String name;

    private Bull(Process redis, Process node) throws IOException {
        this.redis = redis;
        this.node = node;
        this.says = node.inputReader(StandardCharsets.UTF_8);
        this.hears = new PrintStream(node.getOutputStream(), true, StandardCharsets.UTF_8);
        this.name = says.readLine();
    }

    /** Starts it, or says why it cannot be had here and gives nothing. */
    static Optional<Contestant> start(Path folder) throws InterruptedException {
        Process redis = null;
        try {
            Folders.delete(folder.resolve("redis"));
            Files.createDirectories(folder.resolve("redis"));
            var port = Integer.toString(Ports.free(1).get(0));
            if (!fetched(folder)) {
                System.out.println("No BullMQ: npm could not fetch it, see " + folder.resolve("npm.log"));
                return Optional.empty();
            }
            redis = new ProcessBuilder(
                            "redis-server",
                            "--port",
                            port,
                            "--bind",
                            "127.0.0.1",
                            "--appendonly",
                            "yes",
                            "--appendfsync",
                            "always",
                            "--save",
                            "",
                            "--dir",
                            folder.resolve("redis").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
            kill(redis);
            var node = new ProcessBuilder(List.of("node", "bull.mjs", port))
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("node.log").toFile())
                    .start();
            kill(node);
            var started = new Bull(redis, node);
            if (started.name == null) {
                System.out.println("No BullMQ: it did not start, see " + folder.resolve("node.log"));
                started.close();
                return Optional.empty();
            }
            return Optional.of(started);
        } catch (IOException e) {
            if (redis != null) {
                redis.destroyForcibly();
            }
            System.out.println("No BullMQ on Redis: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void kill(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    private static boolean fetched(Path folder) throws IOException, InterruptedException {
        try (InputStream script = Bull.class.getResourceAsStream("bull.mjs")) {
            Files.write(folder.resolve("bull.mjs"), script.readAllBytes());
        }
        Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
        if (Files.exists(folder.resolve("node_modules/bullmq"))
                && Files.exists(folder.resolve("node_modules/ioredis"))) {
            return true;
        }
        var npm = new ProcessBuilder(
                        "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "bullmq@6", "ioredis@5")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        if (!npm.waitFor(LONGEST_FETCH_SECONDS, TimeUnit.SECONDS)) {
            npm.destroyForcibly();
            return false;
        }
        return npm.exitValue() == 0;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double rate(int workers, long nanos) throws IOException {
        hears.println(workers + " " + TimeUnit.NANOSECONDS.toMillis(nanos));
        var line = says.readLine();
        if (line == null) {
            throw new IOException("BullMQ has ended");
        }
        return Double.parseDouble(line);
    }

    @Override
    public void close() {
        node.destroyForcibly();
        redis.destroyForcibly();
    }
}
