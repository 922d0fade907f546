package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the tus protocol says, for the servers that speak it. */
final class TusFiles {
    private static final Map<String, String> VERSION = Map.of("Tus-Resumable", "1.0.0");

    private TusFiles() {}

    static FileServer.Request place(FileServer.Tus tus, long size) throws IOException {
        var headers = headers(tus);
        headers.put("Upload-Length", Long.toString(size));
        var metadata = tus.metadata().entrySet().stream()
                .map(one -> one.getKey() + " "
                        + Base64.getEncoder().encodeToString(one.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(","));
        if (!metadata.isEmpty()) {
            headers.put("Upload-Metadata", metadata);
        }
        var made = Http.send("POST", tus.endpoint(), headers);
        if (made.statusCode() != 201) {
            throw new IOException("HTTP " + made.statusCode() + " instead of an upload: " + made.body());
        }
        var upload =
                tus.endpoint().resolve(made.headers().firstValue("Location").orElseThrow());
        var patch = headers(tus);
        patch.put("Upload-Offset", "0");
        patch.put("Content-Type", "application/offset+octet-stream");
        return new FileServer.Request("PATCH", upload, patch);
    }

    static long offset(FileServer.Tus tus, URI upload) throws IOException {
        var head = Http.send("HEAD", upload, headers(tus));
        return head.headers()
                .firstValueAsLong("Upload-Offset")
                .orElseThrow(() -> new IOException("HTTP " + head.statusCode() + " without an offset"));
    }

    static void delete(FileServer.Tus tus, URI upload) throws IOException {
        Http.send("DELETE", upload, headers(tus));
    }

    private static Map<String, String> headers(FileServer.Tus tus) {
        var headers = new HashMap<>(tus.headers());
        headers.putAll(VERSION);
        return headers;
    }
}
