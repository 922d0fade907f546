package dev.tandem.itests.benchmarks.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.tandem.itests.harness.Api;

/** A bare relay on Node with the package {@code ws}, which npm fetches into a folder of its own. */
final class NodeRelay implements Relay {
    private static final long LONGEST_FETCH_SECONDS = 120;

    private final Process process;
    private final URI uri;
    private final String name;

    private NodeRelay(Process process, URI uri, String name) {
        this.process = process;
        this.uri = uri;
        this.name = name;
    }

    /** Starts it, or says why it cannot be had here and gives nothing. */
    static Optional<NodeRelay> start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (InputStream script = NodeRelay.class.getResourceAsStream("relay.mjs")) {
            Files.write(folder.resolve("relay.mjs"), script.readAllBytes());
        }
        Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
        try {
            var npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "ws@8")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("npm.log").toFile())
                    .start();
            if (!npm.waitFor(LONGEST_FETCH_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                System.out.println("No peer: npm could not fetch ws, see " + folder.resolve("npm.log"));
                return Optional.empty();
            }
            var process = new ProcessBuilder(List.of("node", "relay.mjs"))
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var line = new BufferedReader(process.inputReader()).readLine();
            if (line == null) {
                System.out.println("No peer: node did not start");
                return Optional.empty();
            }
            var words = line.split(" ");
            return Optional.of(new NodeRelay(
                    process, URI.create("http://127.0.0.1:" + words[0]), "Node " + words[1] + ", ws " + words[2]));
        } catch (IOException e) {
            System.out.println("No peer: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void share() {
        // Whoever comes as a sender is one.
    }

    @Override
    public Link open(String role) throws IOException {
        var link = Link.open(uri, "/media");
        link.text(Api.json(Map.of("op", "hello", "role", role)));
        link.flush();
        return link;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
