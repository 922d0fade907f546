package dev.tandem.itests.benchmarks.nodes;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

import dev.tandem.itests.benchmarks.Pair;
import dev.tandem.itests.harness.AnyCertificate;
import dev.tandem.itests.harness.Api;

/** Sessions on simulated calls, each with a customer who has joined. */
final class Sessions {
    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(AnyCertificate.context())
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Sessions() {}

    /** The agent is present, the customer comes by a page of the measurement's own. */
    static Pair open(Api agent, URI node) {
        return Pair.open(agent, new Api(node), "main", "Marie Dupont").attended();
    }
}
