package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tandem.itests.harness.Folders;
import dev.tandem.itests.harness.NodePackages;
import dev.tandem.itests.harness.Ports;

/** A program that is told a port and a folder, says its version when it listens, and speaks tus below {@code /files}. */
final class TusPeer implements FileServer {
    private final List<String> command;
    private final Path folder;
    private final String promises;
    private final Tus tus;
    private String name;
    private Process process;

    private TusPeer(String name, String promises, List<String> command, Path folder, int port) throws IOException {
        this.name = name;
        this.promises = promises;
        this.command = List.copyOf(command);
        this.folder = folder;
        tus = new Tus(URI.create("http://127.0.0.1:" + port + "/files"), Map.of(), Map.of("filename", "f.bin"));
        start();
    }

    /** {@code @tus/server} on Node, which npm fetches. */
    static TusPeer node(Path folder) throws IOException {
        NodePackages.fetch(folder, List.of("@tus/server@2", "@tus/file-store@2"));
        NodePackages.script(folder, TusPeer.class, "tus-server.mjs");
        return make("@tus/server", "nothing", List.of("node", "tus-server.mjs"), folder);
    }

    /** {@link DurablePeer} in a Java of its own. */
    static TusPeer durable(Path folder, DurablePeer.When when) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var classes = System.getProperty("java.class.path");
        return make(
                when == DurablePeer.When.AT_THE_END ? "durable peer" : "durable peer, syncs meanwhile",
                "survives a power cut",
                List.of(java, "-Xmx64m", "-cp", classes, DurablePeer.class.getName(), when.name()),
                folder);
    }

    private static TusPeer make(String name, String promises, List<String> command, Path folder) throws IOException {
        var data = folder.resolve("data");
        Folders.delete(data);
        Files.createDirectories(data);
        int port = Ports.free(1).get(0);
        var whole = new ArrayList<>(command);
        whole.add(Integer.toString(port));
        whole.add(data.toString());
        return new TusPeer(name, promises, whole, folder, port);
    }

    private void start() throws IOException {
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("peer.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var version = process.inputReader().readLine();
        if (version == null) {
            throw new IOException(name + " did not start, see " + folder.resolve("peer.log"));
        }
        if (!name.contains(version)) {
            name = name + " " + version;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String promises() {
        return promises;
    }

    @Override
    public Request place(long size) throws IOException {
        return TusFiles.place(tus, size);
    }

    @Override
    public Optional<Tus> tus() {
        return Optional.of(tus);
    }

    @Override
    public Request fetch(URI uploaded) {
        return new Request("GET", uploaded, Map.of());
    }

    @Override
    public long offset(URI upload) throws IOException {
        return TusFiles.offset(tus, upload);
    }

    @Override
    public void forget(URI uploaded) throws IOException {
        TusFiles.delete(tus, uploaded);
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of(process.toHandle());
    }

    @Override
    public void killAndStart() throws IOException {
        close();
        start();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
