package dev.tandem.filetransfer.testing;

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

/**
 * The real clamd of this computer, in a folder of its own, with one signature of its own: nothing is downloaded. It can go and
 * come back.
 */
public final class DebiansClamd implements Closeable {
    /** The pattern that all scanners take for a virus by agreement; in two pieces, so that none finds it here. */
    public static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    public static final int STREAM_MOST = 4 << 20;
    public static final int FILE_MOST = 2 << 20;

    private final Path program;
    private final Path configuration;
    private final Path socket;
    private final int port;
    private Process process;

    private DebiansClamd(Path program, Path configuration, Path socket, int port) throws IOException {
        this.program = program;
        this.configuration = configuration;
        this.socket = socket;
        this.port = port;
        this.process = begin();
    }

    /** Where it is, if it is installed. */
    public static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "clamd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder empty, and of a short name, since the paths of sockets are short */
    public static DebiansClamd start(Path program, Path folder) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var signatures = Files.createDirectory(folder.resolve("signatures"));
        var pattern = HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII));
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
        return new DebiansClamd(program, configuration, socket, port);
    }

    /** Again, after it was down. */
    public void up() throws IOException {
        process = begin();
    }

    private Process begin() throws IOException {
        var begun = new ProcessBuilder(program.toString(), "--config-file=" + configuration)
                .redirectErrorStream(true)
                .start();
        var said = new StringBuilder();
        var out = new BufferedReader(new InputStreamReader(begun.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            // The last that it says before it serves.
            if (line.contains("Self checking")) {
                return begun;
            }
        }
        throw new IOException("clamd does not start: " + said);
    }

    public void down() {
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

    /** The path of its socket. */
    public String unix() {
        return socket.toString();
    }

    /** Host and port. */
    public String tcp() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        down();
    }
}
