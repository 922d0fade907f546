package dev.tandem.itests.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Ports;

/** Debian's coturn on the loopback with the lines of docs/turn.md; only the port and the secret are others. */
final class Turn implements AutoCloseable {
    private static final String HERE = "127.0.0.1";

    private final Path log;
    private final int port;
    private final Process process;

    private Turn(Path log, int port, Process process) {
        this.log = log;
        this.port = port;
        this.process = process;
    }

    /** @param page docs/turn.md */
    static Turn start(Path page, Path folder, String secret) {
        try {
            Files.createDirectories(folder);
            int port = Ports.free(1).get(0);
            var lines = Files.readAllLines(page).stream()
                    .dropWhile(line -> !line.startsWith("    listening-port"))
                    .takeWhile(line -> line.startsWith("    "))
                    .map(String::strip)
                    .map(line -> changed(line, port, secret))
                    .collect(Collectors.toList());
            var log = folder.resolve("turn.log");
            // What a test's machine needs: nothing leaves it, and no file of the system's is touched.
            lines.addAll(List.of(
                    "listening-ip=" + HERE,
                    "relay-ip=" + HERE,
                    "allow-loopback-peers",
                    "no-tls",
                    "no-dtls",
                    "log-file=" + log,
                    "simple-log",
                    "verbose",
                    "userdb=" + folder.resolve("turn.db"),
                    "pidfile=" + folder.resolve("turn.pid")));
            var config = Files.write(folder.resolve("turnserver.conf"), lines);
            Files.deleteIfExists(log);
            var process = new ProcessBuilder("turnserver", "-c", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("console.txt").toFile())
                    .start();
            var started = new Turn(log, port, process);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            Await.until("coturn at " + port, Duration.ofSeconds(60), () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("coturn has ended: " + started.log());
                }
                return answers(port);
            });
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String changed(String line, int port, String secret) {
        return line.startsWith("listening-port=")
                ? "listening-port=" + port
                : line.startsWith("static-auth-secret=") ? "static-auth-secret=" + secret : line;
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(HERE, port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    String uri() {
        return "turn:" + HERE + ":" + port + "?transport=udp";
    }

    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
