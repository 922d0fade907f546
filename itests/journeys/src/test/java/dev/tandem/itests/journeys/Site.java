package dev.tandem.itests.journeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Karaf;

/** A site of a journey's own, with two agents, of whom the first is also its administrator. */
record Site(Karaf karaf, String name, List<Worker> workers) {

    /** Somebody who works there. */
    record Worker(Karaf.SignIn signIn, String name, Api api) {}

    static Site create(Karaf karaf) {
        return create(karaf, karaf.administrator());
    }

    static Site create(Karaf karaf, Karaf.SignIn administrator) {
        return create(karaf, administrator, List.of("Anna Bell", "Ben Cole"));
    }

    /** @param agents at least two; the first is the administrator */
    static Site create(Karaf karaf, Karaf.SignIn administrator, List<String> agents) {
        var name = "j" + UUID.randomUUID().toString().substring(0, 8);
        var made = karaf.api()
                .as(administrator)
                .post(
                        "/platform/sites",
                        Map.of(
                                "site", name,
                                "agents", agents,
                                "administrators", agents.subList(0, 1)))
                .ok();
        var workers = new ArrayList<Worker>();
        for (var agent : made.get("agents")) {
            var signIn = new Karaf.SignIn(
                    agent.get("user").asText(), agent.get("password").asText());
            workers.add(
                    new Worker(signIn, agent.get("name").asText(), karaf.api().as(signIn)));
        }
        return new Site(karaf, name, List.copyOf(workers));
    }

    /** The site that is there from the first start, with its administrator in Anna's place. */
    static Site main(Karaf karaf) {
        var signIn = karaf.administrator();
        return new Site(
                karaf,
                "main",
                List.of(new Worker(signIn, "Ada Admin", karaf.api().as(signIn))));
    }

    /** The same site as another node shows it. */
    Site at(Karaf node) {
        return new Site(
                node,
                name,
                workers.stream()
                        .map(worker -> new Worker(
                                worker.signIn(), worker.name(), node.api().as(worker.signIn())))
                        .toList());
    }

    Worker anna() {
        return workers.get(0);
    }

    Worker ben() {
        return workers.get(1);
    }

    /** Changes a setting of this site. */
    void set(String key, String value) {
        anna().api().put("/settings/" + key, Map.of("value", value)).ok();
    }

    /** A call that Anna has taken. */
    Arrived call() {
        return arrive("CALL", anna());
    }

    /** A chat that Anna has taken. */
    Arrived chat() {
        return arrive("CHAT", anna());
    }

    Arrived arrive(String kind, Worker agent) {
        return arrive(kind, agent, "Marie Dupont");
    }

    /** An interaction with somebody of that name, which that agent has taken. */
    Arrived arrive(String kind, Worker agent, String customer) {
        agent.api().put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
        var made = agent.api()
                .post("/platform/simulate", Map.of("kind", kind, "customer", customer))
                .ok();
        var id = made.get("interaction").asText();
        var accepted =
                agent.api().post("/platform/interactions/" + id + "/accept").ok();
        return new Arrived(id, accepted.path("visitor").asText(""));
    }

    /** An interaction; {@code visitor} is the path of the simulated chat customer's page. */
    record Arrived(String interaction, String visitor) {}

    /** A session that Anna has started on a call, by REST. */
    Support support() {
        var view = anna().api()
                .post("/sessions", Map.of("interaction", call().interaction()))
                .ok();
        return new Support(this, view);
    }

    /** The same with a page of Anna's, so that it lasts as long as the scene. */
    Support support(Scene scene) {
        var support = support();
        scene.stays(anna().api(), support.id());
        return support;
    }

    /** A session as REST shows it to its agent. */
    record Support(Site site, JsonNode view) {
        String id() {
            return view.get("id").asText();
        }

        String pin() {
            return view.get("seats").get(0).get("pin").asText();
        }

        String url() {
            return view.get("seats").get(0).get("url").asText();
        }

        JsonNode now() {
            return site.anna().api().get("/sessions/" + id()).ok();
        }

        Api.Reply tryJoin(String pin) {
            return site.karaf().api().post("/join", Map.of("pin", pin, "site", site.name()));
        }

        /** The customer joins by REST. */
        Seated join() {
            var joined = tryJoin(pin()).ok();
            var token = joined.get("token").asText();
            return new Seated(
                    token,
                    joined.get("participant").asText(),
                    site.karaf().api().asCustomer(token));
        }

        /** The same with a page of the customer's. */
        Seated join(Scene scene) {
            var seated = join();
            scene.stays(seated.api(), id());
            return seated;
        }
    }

    /** A customer who has joined by REST. */
    record Seated(String token, String participant, Api api) {}
}
