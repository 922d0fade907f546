package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.tandem.itests.harness.TusJs;

/** {@code kill -9} in the middle of an upload in chunks, and where the client goes on when the server is back. */
final class KillTable {
    private static final int KILLS = 3;
    private static final long[] AFTER = {FilesBenchmark.WHOLE / 16, FilesBenchmark.WHOLE / 5, FilesBenchmark.WHOLE / 2};
    private static final double MB = 1e6;

    private final List<FileServer> servers;
    private final Path file;
    private final Path node;
    private final PrintStream out;

    KillTable(List<FileServer> servers, Path file, Path node, PrintStream out) {
        this.servers = servers;
        this.file = file;
        this.node = node;
        this.out = out;
    }

    void print() {
        var figures = new Figures();
        var attempts = new Attempts(out);
        for (int kill = 0; kill < KILLS; kill++) {
            for (var server : servers) {
                long after = AFTER[kill];
                if (server.tus().isPresent()) {
                    attempts.at(server.name(), () -> measure(server, after, figures));
                }
            }
        }
        out.println("kill -9 in mid-upload, tus-js-client, chunks of 8 MiB, " + KILLS
                + " kills (the machine keeps its power, so the kernel's cache survives)");
        out.println(
                "| server | acknowledged, MB | known after the restart, MB | acknowledged and sent again, MB, the most |");
        out.println("|---|---:|---:|---:|");
        for (var row : figures.rows()) {
            out.println(String.join(
                    " | ",
                    "| " + row,
                    figures.cell(row, "acknowledged", "%.1f"),
                    figures.cell(row, "known", "%.1f"),
                    figures.most(row, "again", "%.1f") + " |"));
        }
        out.println("| nginx (WebDAV) | 0 | 0 | a PUT begins anew, nothing was acknowledged |");
    }

    private void measure(FileServer server, long after, Figures into) throws IOException {
        var tus = server.tus().orElseThrow();
        try (var js = TusJs.start(node)) {
            js.upload(
                    tus.endpoint().toString(),
                    file,
                    Map.of("headers", tus.headers(), "metadata", tus.metadata(), "chunkSize", UpTable.CHUNK));
            js.awaitAccepted(after);
            server.killAndStart();
            var upload = URI.create(js.await("created").path("url").asText());
            long acknowledged = js.accepted();
            long known = server.offset(upload);
            into.add(server.name(), "acknowledged", acknowledged / MB);
            into.add(server.name(), "known", known / MB);
            into.add(server.name(), "again", Math.max(0, acknowledged - known) / MB);
            server.forget(upload);
        }
    }
}
