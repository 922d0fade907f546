package dev.tandem.itests.benchmarks.nodes;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

import dev.tandem.itests.harness.AnyCertificate;
import dev.tandem.itests.harness.Api;

/** Sessions on simulated calls, each with a customer who has joined. */
final class Sessions {
    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(AnyCertificate.context())
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** @param token the customer's */
    record Joined(String id, String token) {}

    private Sessions() {}

    static Joined open(Api agent, URI node) {
        agent.put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
        var call = agent.post("/platform/simulate", Map.of("kind", "CALL", "customer", "Marie Dupont"))
                .ok()
                .get("interaction")
                .asText();
        agent.post("/platform/interactions/" + call + "/accept").ok();
        var session = agent.post("/sessions", Map.of("interaction", call)).ok();
        var joined = new Api(node)
                .post(
                        "/join",
                        Map.of("pin", session.get("seats").get(0).get("pin").asText()))
                .ok();
        return new Joined(session.get("id").asText(), joined.get("token").asText());
    }
}
