package dev.tandem.itests.journeys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real clamd of this computer, in a folder of its own, with one signature of its own: nothing is downloaded. It can go and come back. */
final class ClamDaemon implements AutoCloseable {
    /** The pattern that all scanners take for a virus by agreement; in two pieces, so that none finds it here. */
    static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private final Path program;
    private final Path socket;
    private final Path configuration;
    private Process process;

    private ClamDaemon(Path program, Path socket, Path configuration) {
        this.program = program;
        this.socket = socket;
        this.configuration = configuration;
    }

    /** Where it is, if it is installed. */
    static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "clamd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static ClamDaemon start(Path program) throws IOException {
        // Paths of sockets are short.
        var folder = Files.createTempDirectory("tandem-clamd");
        var signatures = Files.createDirectory(folder.resolve("signatures"));
        var pattern = HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(signatures.resolve("local.ndb"), "Eicar-Local:0:*:" + pattern + "\n");
        var socket = folder.resolve("clamd.ctl");
        var configuration = Files.writeString(
                folder.resolve("clamd.conf"),
                """
                Foreground yes
                LocalSocket %s
                DatabaseDirectory %s
                TemporaryDirectory %s
                MaxThreads 2
                AlertExceedsMax yes
                """
                        .formatted(socket, signatures, folder));
        var clamd = new ClamDaemon(program, socket, configuration);
        clamd.up();
        Runtime.getRuntime().addShutdownHook(new Thread(clamd::down));
        return clamd;
    }

    void up() throws IOException {
        process = new ProcessBuilder(program.toString(), "--config-file=" + configuration)
                .redirectErrorStream(true)
                .start();
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

    void down() {
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

    String socket() {
        return socket.toString();
    }

    @Override
    public void close() {
        down();
    }
}
