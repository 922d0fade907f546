package dev.tandem.filetransfer.clamav.internal;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real clamd of this computer, in a folder of its own, with one signature: {@link Given#EICAR}. */
final class DebiansClamd implements Closeable {
    static final int STREAM_MOST = 4 << 20;
    static final int FILE_MOST = 2 << 20;

    private final Process process;
    private final Path socket;
    private final int port;

    private DebiansClamd(Process process, Path socket, int port) {
        this.process = process;
        this.socket = socket;
        this.port = port;
    }

    /** Where it is, if it is installed. */
    static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "clamd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static DebiansClamd start(Path program, Path folder) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var signatures = Files.createDirectory(folder.resolve("signatures"));
        var pattern = HexFormat.of().formatHex(Given.EICAR.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(signatures.resolve("local.ndb"), "Eicar-Local:0:*:" + pattern + "\n");
        var socket = folder.resolve("clamd.ctl");
        var configuration = Files.writeString(
                folder.resolve("clamd.conf"),
                """
                Foreground yes
                LocalSocket %s
                TCPAddr 127.0.0.1
                TCPSocket %d
                DatabaseDirectory %s
                TemporaryDirectory %s
                StreamMaxLength %d
                MaxFileSize %d
                MaxThreads 4
                AlertExceedsMax yes
                """
                        .formatted(socket, port, signatures, folder, STREAM_MOST, FILE_MOST));
        var process = new ProcessBuilder(program.toString(), "--config-file=" + configuration)
                .redirectErrorStream(true)
                .start();
        var clamd = new DebiansClamd(process, socket, port);
        clamd.await();
        return clamd;
    }

    private void await() throws IOException {
        var said = new StringBuilder();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            // The last that it says before it serves.
            if (line.contains("Self checking")) {
                return;
            }
        }
        throw new IOException("clamd does not start: " + said);
    }

    String unix() {
        return socket.toString();
    }

    String tcp() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
