package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.Before;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Line;

/** The doors of WebACD through the real web stack: bounds, bodies that are none, requests that are sent again. */
public class WebAcdDoorsIT {
    private static final String KEY = "Idempotency-Key";

    private Site site;
    private Api admin;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
        admin = site.anna().api();
    }

    private static Map<String, Object> form(String slug) {
        return Map.of("slug", slug, "name", slug, "entry", Map.of("enabled", true));
    }

    private JsonNode queue(String slug) {
        return admin.post("/webacd/queues", form(slug)).ok();
    }

    private static Map<String, Object> said(String name) {
        return Map.of("name", name, "language", "en", "answers", Map.of());
    }

    private static void assertProblem(int status, String code, Api.Reply reply) {
        assertEquals(reply.text(), status + " " + code, reply.status() + " " + reply.code());
        assertTrue(
                reply.text(),
                reply.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"));
    }

    @Test
    public void whoComesTooOftenIsToldWhenToTryAgainAndNobodyElseIsHindered() {
        queue("printers");
        var path = "/webacd/entry/" + site.name() + "/printers";
        try (var line = Line.elsewhere(Running.karaf().api().base())) {
            var here = new Api(line.uri());
            var key = UUID.randomUUID().toString();
            var first = here.with(KEY, key).post(path, said("Marie")).ok();
            var replies = IntStream.range(0, 40)
                    .mapToObj(i -> here.post(path, said("Marie " + i)))
                    .dropWhile(reply -> reply.status() < 300)
                    .findFirst()
                    .orElseThrow();
            assertProblem(429, "too-many-attempts", replies);
            assertTrue(
                    Long.parseLong(replies.headers().firstValue("Retry-After").orElseThrow()) > 0);
            // A request whose answer was lost counts once, and is answered as the first.
            var again = here.with(KEY, key).post(path, said("Marie")).ok();
            assertEquals(first.get("token"), again.get("token"));
            assertEquals(first.get("session"), again.get("session"));
        }
        try (var line = Line.elsewhere(Running.karaf().api().base())) {
            new Api(line.uri()).post(path, said("Luca")).ok();
        }
    }

    @Test
    public void bodiesThatAreNoneAreRefusedAtEveryDoor() {
        var id = queue("printers").get("id").asText();
        var doors = List.of(
                "/webacd/queues",
                "/webacd/configuration",
                "/webacd/rules/check",
                "/webacd/rules/try",
                "/webacd/rules/diff",
                "/webacd/rules/rollback",
                "/webacd/simulations",
                "/webacd/transfers",
                "/webacd/entry/" + site.name() + "/printers");
        for (var door : doors) {
            assertProblem(400, "not-json", admin.post(door, "{\"a\":"));
            assertProblem(400, "not-json", admin.post(door, ""));
            assertEquals(door, 400, admin.post(door, "[1,2]").status());
            assertEquals(door, 400, admin.post(door, "{\"nonsense\":1}").status());
            var large = admin.post(door, "\"" + "x".repeat(70_000) + "\"");
            assertEquals(door, door.endsWith("configuration") ? 400 : 413, large.status());
        }
        for (var door : List.of("/webacd/queues/" + id, "/webacd/configuration/site", "/webacd/rules/draft")) {
            assertProblem(400, "not-json", admin.put(door, "{"));
            assertEquals(door, 400, admin.put(door, "{\"nonsense\":1}").status());
            assertProblem(413, "too-large", admin.put(door, "\"" + "x".repeat(70_000) + "\""));
        }
        assertEquals(
                "nothing has changed",
                1,
                admin.get("/webacd/queues").ok().get("queues").size());
    }

    @Test
    public void aRoutingOfAnySizeThatASiteMayHaveGoesInAndOut() {
        var members = List.of(
                Map.of("agent", Routing.id(site.anna()), "rank", 1),
                Map.of("agent", Routing.id(site.ben()), "rank", 2));
        var queues = IntStream.range(0, 600)
                .mapToObj(i -> {
                    var queue = new HashMap<String, Object>(form("q" + i));
                    queue.put("members", members);
                    return queue;
                })
                .toList();
        var body = Api.json(Map.of("format", 1, "queues", queues));
        assertTrue(body.length() > 64 * 1024);
        var once = admin.with(KEY, UUID.randomUUID().toString());
        var first = once.post("/webacd/configuration", body).ok();
        assertEquals(600, first.get("changes").get("queue-set").asInt());
        assertEquals(
                "sent again", first, once.post("/webacd/configuration", body).ok());
        var out = admin.get("/webacd/configuration").ok();
        assertEquals(600, out.get("queues").size());
        assertEquals(
                "what came out goes in",
                0,
                admin.post("/webacd/configuration?mode=replace", out.toString())
                        .ok()
                        .get("changes")
                        .size());
        var beyond = admin.post("/webacd/configuration", body + " ".repeat(8 * 1024 * 1024));
        assertProblem(413, "too-large", beyond);
        assertTrue(beyond.text(), beyond.text().contains("8 MB"));
        assertEquals(403, site.ben().api().post("/webacd/configuration", body).status());
    }

    @Test
    public void whatIsSentAgainIsAnsweredAsTheFirstAndDoneOnce() {
        var create = admin.with(KEY, UUID.randomUUID().toString());
        var made = create.post("/webacd/queues", form("printers")).ok();
        assertEquals(
                made.get("id"),
                create.post("/webacd/queues", form("printers")).ok().get("id"));
        assertEquals(1, admin.get("/webacd/queues").ok().get("queues").size());
        var id = made.get("id").asText();

        admin.put("/webacd/rules/draft", Map.of("text", "always -> queue printers"))
                .ok();
        var publish = admin.with(KEY, UUID.randomUUID().toString());
        assertEquals(
                publish.post("/webacd/rules/publish", Map.of()).ok(),
                publish.post("/webacd/rules/publish", Map.of()).ok());
        assertEquals(1, admin.get("/webacd/rules/versions").ok().get("versions").size());
        admin.put("/webacd/rules/draft", Map.of("text", "always -> queue printers, priority 2"))
                .ok();
        admin.post("/webacd/rules/publish", Map.of()).ok();
        var back = admin.with(KEY, UUID.randomUUID().toString());
        assertEquals(
                back.post("/webacd/rules/rollback", Map.of("version", 1)).ok(),
                back.post("/webacd/rules/rollback", Map.of("version", 1)).ok());

        var simulate = admin.with(KEY, UUID.randomUUID().toString());
        var traffic = Map.of(
                "kind", "GENERATED",
                "from", "2026-03-02T08:00:00Z",
                "to", "2026-03-02T09:00:00Z",
                "queues", List.of(Map.of("queue", id, "perHour", 5, "handlingSeconds", 60)));
        var request = Map.of("traffic", traffic, "scenarios", List.of(Map.of("name", "As it is")));
        assertEquals(
                simulate.post("/webacd/simulations", request).ok().get("id"),
                simulate.post("/webacd/simulations", request).ok().get("id"));
        assertEquals(1, admin.get("/webacd/simulations").ok().get("simulations").size());

        admin.put("/webacd/rules/draft", Map.of("text", "")).ok();
        admin.post("/webacd/rules/publish", Map.of()).ok();
        var delete = admin.with(KEY, UUID.randomUUID().toString());
        delete.delete("/webacd/queues/" + id).ok();
        delete.delete("/webacd/queues/" + id).ok();
        assertProblem(404, "unknown", admin.delete("/webacd/queues/" + id));
    }
}
