package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine's nginx with one of the project's own examples. Only what a reader is told to change is changed, and the
 * ports, since a test is not root.
 */
public final class Nginx implements AutoCloseable {
    /** The name in the example. */
    public static final String HOST = "desk.example";

    private static final String NODE_A = "127.0.0.1:8181";
    private static final String NODE_B = "127.0.0.1:8182";

    private final Path folder;
    private final int http;
    private final int https;
    private final Process process;

    private Nginx(Path folder, int http, int https, Process process) {
        this.folder = folder;
        this.http = http;
        this.https = https;
        this.process = process;
    }

    /** @param example docs/nginx.conf */
    public static Nginx start(Path example, Path folder, URI tandem) {
        return start(example, folder, List.of(new Change("127.0.0.1:8181", tandem.getAuthority())));
    }

    /**
     * In front of two nodes whose names are a and b.
     *
     * @param example docs/nginx-two-nodes.conf
     */
    public static Nginx start(Path example, Path folder, URI a, URI b) {
        return start(
                example, folder, List.of(new Change(NODE_A, a.getAuthority()), new Change(NODE_B, b.getAuthority())));
    }

    private static Nginx start(Path example, Path folder, List<Change> nodes) {
        try {
            Files.createDirectories(folder.resolve("temp"));
            var ports = Ports.free(2);
            var pair = SelfSigned.make(folder, HOST);
            var changes = new ArrayList<>(nodes);
            changes.addAll(List.of(
                    new Change(
                            "/etc/letsencrypt/live/desk.example/fullchain.pem",
                            pair.certificate().toString()),
                    new Change(
                            "/etc/letsencrypt/live/desk.example/privkey.pem",
                            pair.key().toString()),
                    new Change(
                            "/var/log/nginx/access.log",
                            folder.resolve("access.log").toString()),
                    new Change("listen 80;", "listen 127.0.0.1:" + ports.get(0) + ";"),
                    new Change("listen 443 ssl", "listen 127.0.0.1:" + ports.get(1) + " ssl"),
                    // The machine of a test may have no IPv6.
                    new Change("    listen [::]:", "    #listen [::]:")));
            var site = example(example, changes);
            Files.writeString(folder.resolve("site.conf"), site);
            Files.writeString(folder.resolve("nginx.conf"), main(folder));
            var process = new ProcessBuilder(
                            nginx().toString(),
                            "-p",
                            folder + "/",
                            "-c",
                            folder.resolve("nginx.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("nginx.log").toFile())
                    .start();
            var started = new Nginx(folder, ports.get(0), ports.get(1), process);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            started.awaitDoor();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Change(String from, String to) {}

    private static String example(Path file, List<Change> changes) throws IOException {
        var changed = Files.readString(file);
        for (var change : changes) {
            if (!changed.contains(change.from())) {
                throw new AssertionError(file.getFileName() + " has no \"" + change.from() + "\"");
            }
            changed = changed.replace(change.from(), change.to());
        }
        return changed;
    }

    /** What Debian's own nginx.conf has around the sites, as far as it matters. */
    private static String main(Path folder) {
        var temp = folder.resolve("temp");
        return """
                user %1$s;
                daemon off;
                worker_processes 1;
                pid %2$s/nginx.pid;
                error_log %2$s/error.log info;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path %2$s/body;
                  proxy_temp_path %2$s/proxy;
                  fastcgi_temp_path %2$s/fastcgi;
                  uwsgi_temp_path %2$s/uwsgi;
                  scgi_temp_path %2$s/scgi;
                  include %3$s;
                }
                """
                .formatted(System.getProperty("user.name"), temp, folder.resolve("site.conf"));
    }

    private static Path nginx() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no nginx: apt-get install nginx-light"));
    }

    private void awaitDoor() {
        Await.until("nginx to listen", Duration.ofSeconds(20), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("nginx has ended:\n" + log());
            }
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), https)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** Where people find it, if their browser takes {@link #HOST} for this machine. */
    public URI uri() {
        return URI.create("https://" + HOST + ":" + https);
    }

    /** The same door by address. */
    public URI byAddress() {
        return URI.create("https://127.0.0.1:" + https);
    }

    /** Without TLS. */
    public URI plain() {
        return URI.create("http://127.0.0.1:" + http);
    }

    public String log() {
        try {
            var error = folder.resolve("temp/error.log");
            return Files.readString(folder.resolve("nginx.log")) + (Files.exists(error) ? Files.readString(error) : "");
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        process.destroy(); // TERM: the workers end with it
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
