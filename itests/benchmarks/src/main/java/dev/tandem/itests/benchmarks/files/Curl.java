package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One request by curl, and how long it took by curl's own clock. */
final class Curl {
    private Curl() {}

    /** @return seconds */
    static double send(FileServer.Request request, Path file) throws IOException {
        return run(request, List.of("--upload-file", file.toString(), "--header", "Expect:"));
    }

    /** What comes is thrown away. */
    static double fetch(FileServer.Request request) throws IOException {
        return run(request, List.of());
    }

    static String version() throws IOException {
        var process = new ProcessBuilder("curl", "--version").start();
        var first = process.inputReader().readLine();
        process.onExit().join();
        return String.valueOf(first).replaceAll("^(curl \\S+).*", "$1");
    }

    private static double run(FileServer.Request request, List<String> more) throws IOException {
        var command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--output",
                "/dev/null",
                "--write-out",
                "%{http_code} %{time_total}",
                "--request",
                request.method()));
        command.addAll(more);
        request.headers().forEach((name, value) -> {
            command.add("--header");
            command.add(name + ": " + value);
        });
        command.add(request.uri().toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.onExit().join();
        if (!said.matches("2\\d\\d [\\d.]+")) {
            throw new IOException("curl " + request.method() + ": " + said);
        }
        return Double.parseDouble(said.substring(4));
    }
}
