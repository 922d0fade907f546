package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.tandem.itests.harness.Folders;

/**
 * A file of 1 GB up and down, a hundred at once, and what a kill costs: Tandem next to nginx, {@code @tus/server} and a peer that
 * promises what Tandem promises. Everything on one disk; the servers take turns, and the medians stand in the tables.
 */
public final class FilesBenchmark {
    /** B13's largest file. */
    static final long WHOLE = Long.getLong("tandem.files.bytes", 1L << 30);

    private static final int PIECE = 1 << 20;

    private final Path distribution;
    private final Path work;
    private final PrintStream out;

    /** @param work a folder on the disk to be measured */
    public FilesBenchmark(Path distribution, Path work, PrintStream out) {
        this.distribution = distribution;
        this.work = work.resolve("files");
        this.out = out;
    }

    private interface Part {
        void print() throws Exception;
    }

    private interface Start {
        FileServer start() throws Exception;
    }

    public void print() throws IOException {
        Folders.delete(work.resolve("servers"));
        Files.createDirectories(work);
        var file = work.resolve("whole.bin");
        fill(file);
        var servers = new ArrayList<FileServer>();
        try {
            var folder = work.resolve("servers");
            start(servers, "nginx", () -> NginxDav.start(folder.resolve("nginx")));
            start(servers, "@tus/server", () -> TusPeer.node(work.resolve("node")));
            start(
                    servers,
                    "durable peer",
                    () -> TusPeer.durable(Files.createDirectories(folder.resolve("end")), DurablePeer.When.AT_THE_END));
            start(
                    servers,
                    "durable peer",
                    () -> TusPeer.durable(
                            Files.createDirectories(folder.resolve("meanwhile")), DurablePeer.When.MEANWHILE));
            start(servers, "Tandem", () -> TandemFiles.start(distribution, folder.resolve("tandem")));
            out.printf(
                    "Files of %,d bytes on loopback, %s; MB are 10^6 bytes, CPU is the server's, user and system%n%n",
                    WHOLE, Curl.version());
            part(() -> new UpTable(servers, file, work.resolve("node"), out).print());
            revive(servers);
            part(() -> new DownTable(servers, file, out).print());
            revive(servers);
            part(() -> new CrowdTable(servers, work, out).print());
            revive(servers);
            part(() -> new KillTable(servers, file, work.resolve("node"), out).print());
        } finally {
            servers.forEach(FileServer::close);
            Files.deleteIfExists(file);
            Folders.delete(work.resolve("servers"));
        }
    }

    private void start(List<FileServer> servers, String name, Start start) {
        try {
            servers.add(start.start());
        } catch (Exception | AssertionError e) {
            out.println("No " + name + ": " + e.getMessage());
        }
    }

    /** A server that has ended by itself is told of, and started again. */
    private void revive(List<FileServer> servers) throws IOException {
        for (var server : servers) {
            if (!server.processes().stream().allMatch(ProcessHandle::isAlive)) {
                out.println(server.name() + " had ended by itself");
                server.killAndStart();
            }
        }
    }

    private void part(Part part) {
        try {
            part.print();
        } catch (Exception | AssertionError e) {
            out.println("Not measured: " + e);
        }
        out.println();
    }

    /** So that nothing of one server's bytes is still on its way to the disk when the next one is measured. */
    static void settle(Path folder) throws IOException {
        new ProcessBuilder("sync", "--file-system", folder.toString())
                .start()
                .onExit()
                .join();
    }

    /**
     * Takes as much memory into use as a file needs in the page cache, and frees it. A virtual machine that reports free pages gets
     * its memory from the host piece by piece, by faults that cost several times what copying a file costs: without this, whoever
     * writes into pages that somebody else has just freed is measured as fast, and who comes later as slow.
     */
    static void warm(Path folder) throws IOException {
        var file = folder.resolve("warm.bin");
        var zeros = ByteBuffer.allocateDirect(PIECE);
        try (var to = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            // The same again for what the client and the connection need.
            for (long at = 0; at < 2 * WHOLE; at += PIECE) {
                to.write(zeros.clear());
            }
        }
    }

    private static void fill(Path file) throws IOException {
        var random = new Random(7);
        var bytes = new byte[PIECE];
        try (var to = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long at = 0; at < WHOLE; at += PIECE) {
                random.nextBytes(bytes);
                to.write(ByteBuffer.wrap(bytes));
            }
            to.force(true);
        }
    }
}
