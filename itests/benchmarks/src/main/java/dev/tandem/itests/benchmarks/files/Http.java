package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import dev.tandem.itests.harness.Await;

/** The small requests around the large ones. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Http() {}

    static HttpResponse<String> send(String method, URI uri, Map<String, String> headers) throws IOException {
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Until somebody listens there. */
    static void awaitDoor(URI uri, Process process) {
        Await.until("a server at " + uri, Duration.ofSeconds(60), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the server for " + uri + " has ended");
            }
            try (var socket = new Socket(uri.getHost(), uri.getPort())) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }
}
