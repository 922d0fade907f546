package dev.tandem.itests.benchmarks;

import java.util.List;
import java.util.Map;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.LiveSocket;

/**
 * An agent and a customer in a session on a simulated call, begun by REST. Who has no page counts as lost before a longer
 * measurement is over.
 *
 * @param token the customer's
 * @param pages those that it has opened
 */
public record Pair(Api agent, Api customer, String token, String session, List<LiveSocket> pages)
        implements AutoCloseable {
    /** Without pages. @param door where the customer comes in */
    public static Pair open(Api agent, Api door, String site, String name) {
        agent.put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
        var call = agent.post("/platform/simulate", Map.of("kind", "CALL", "customer", name))
                .ok()
                .get("interaction")
                .asText();
        agent.post("/platform/interactions/" + call + "/accept").ok();
        var view = agent.post("/sessions", Map.of("interaction", call)).ok();
        var pin = view.get("seats").get(0).get("pin").asText();
        var joined = door.post("/join", Map.of("pin", pin, "site", site)).ok();
        var token = joined.get("token").asText();
        var session = view.get("id").asText();
        return new Pair(agent, door.asCustomer(token), token, session, List.of());
    }

    /** With a new page of each, also after those that they had have gone with their server. */
    public Pair present() {
        return with(List.of(LiveSocket.at(agent, session), LiveSocket.at(customer, session)));
    }

    /** With a new page of the agent; the customer has one elsewhere. */
    public Pair attended() {
        return with(List.of(LiveSocket.at(agent, session)));
    }

    private Pair with(List<LiveSocket> now) {
        close();
        return new Pair(agent, customer, token, session, now);
    }

    @Override
    public void close() {
        pages.forEach(LiveSocket::close);
    }
}
