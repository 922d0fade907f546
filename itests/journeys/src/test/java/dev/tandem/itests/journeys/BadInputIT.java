package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.UUID;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.LiveSocket;

/** What must not go through, and what it is told. */
public class BadInputIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Site.Support support;

    @Before
    public void support() {
        site = Site.create(Running.karaf());
        support = site.support(scene);
    }

    @Test
    public void unknownForeignAndLeftSessionsAre404() {
        var other = Site.create(Running.karaf());
        var path = "/sessions/" + support.id();
        assertProblem(404, "unknown", site.anna().api().get("/sessions/" + UUID.randomUUID()));
        assertProblem(404, "unknown", other.anna().api().get(path));
        assertProblem(404, "unknown", site.ben().api().get(path));
        for (var door : new String[] {"/chat/" + support.id(), "/screen/" + support.id()}) {
            assertProblem(404, "unknown", other.anna().api().get(door));
            assertProblem(404, "unknown", site.ben().api().get(door));
        }
        for (var deed : new String[] {"/leave", "/end", "/renew", "/send-link"}) {
            assertProblem(404, "unknown", other.anna().api().post(path + deed));
        }
        var customer = support.join(scene);
        customer.api().post(path + "/leave").ok();
        var after = customer.api().get(path);
        assertTrue("customer who left: " + after.status(), after.status() == 404 || after.status() == 401);
    }

    @Test
    public void agentWhoLeftIsAStranger() {
        support.join(scene);
        var path = "/sessions/" + support.id();
        site.anna().api().post(path + "/leave").ok();
        assertProblem(404, "unknown", site.anna().api().get("/chat/" + support.id()));
        assertProblem(404, "unknown", site.anna().api().post("/chat/" + support.id(), Map.of("text", "still here?")));
    }

    @Test
    public void nobodyGetsInWithoutASignIn() {
        var nobody = Running.karaf().api();
        assertEquals(401, nobody.get("/sessions/" + support.id()).status());
        assertEquals(401, nobody.post("/tickets", Map.of("for", "live")).status());
        assertEquals(
                401,
                nobody.asCustomer("made-up").get("/sessions/" + support.id()).status());
        assertEquals(401, nobody.get("/settings").status());
    }

    @Test
    public void bodiesThatAreNoJsonAreRefused() {
        var agent = site.anna().api();
        assertProblem(400, null, agent.post("/sessions", "{\"interaction\":"));
        assertProblem(400, null, agent.post("/sessions", "[1,2]"));
        assertProblem(400, null, agent.post("/chat/" + support.id(), "hello"));
        assertProblem(400, null, agent.post("/chat/" + support.id(), ""));
    }

    @Test
    public void wrongTypesAndWordsNameTheField() {
        var agent = site.anna().api();
        assertField("interaction", agent.post("/sessions", "{\"interaction\":{\"id\":7}}"));
        assertField("interaction", agent.post("/sessions", "{}"));
        assertField("text", agent.post("/chat/" + support.id(), "{\"text\":[\"a\"]}"));
        assertField("text", agent.post("/chat/" + support.id(), Map.of("text", "")));
        assertField("text", agent.post("/chat/" + support.id(), Map.of("text", "x".repeat(4_001))));
        assertField("kind", agent.post("/platform/simulate", "{\"kind\":\"TELEGRAM\"}"));
        assertField("for", agent.post("/tickets", "{\"for\":\"everything\"}"));
        var customer = support.join(scene).api();
        assertField("name", customer.put("/sessions/" + support.id() + "/me", Map.of("name", " ")));
        assertField("name", customer.put("/sessions/" + support.id() + "/me", Map.of("name", "n".repeat(61))));
    }

    @Test
    public void bodiesOver64KilobytesAreRefused() {
        var big = Api.json(Map.of("text", "x".repeat(66_000)));
        assertProblem(413, null, site.anna().api().post("/chat/" + support.id(), big));
        assertProblem(413, null, Running.karaf().api().post("/join", Api.json(Map.of("pin", "1".repeat(66_000)))));
    }

    @Test
    public void aRepeatOfACommandGetsTheFirstAnswer() {
        var keyed = site.anna().api().with("Idempotency-Key", UUID.randomUUID().toString());
        var path = "/chat/" + support.id();
        var first = keyed.post(path, Map.of("text", "once")).ok();
        var again = keyed.post(path, Map.of("text", "once")).ok();
        assertEquals(first.get("number"), again.get("number"));
        var bad = site.anna().api().with("Idempotency-Key", "7").post(path, Map.of("text", "x"));
        assertEquals(bad.text(), 400, bad.status());
    }

    @Test
    public void settingsTakeOnlyWhatTheyTakeAndOnlyFromAdministrators() {
        assertProblem(400, null, site.anna().api().put("/settings/session.grace", Map.of("value", "soon")));
        assertProblem(400, null, site.anna().api().put("/settings/no.such.setting", Map.of("value", "1")));
        assertEquals(
                403,
                site.ben()
                        .api()
                        .put("/settings/session.grace", Map.of("value", "9"))
                        .status());
    }

    @Test
    public void unsafeRequestsOfForeignPagesAreRefused() {
        var signIn = site.anna().signIn();
        var cookie = Running.karaf()
                .api()
                .post("/platform/sign-in", Map.of("user", signIn.user(), "password", signIn.password()))
                .headers()
                .firstValue("set-cookie")
                .orElseThrow();
        assertTrue(cookie, cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        var page = Running.karaf().api().with("Cookie", cookie.split(";")[0]);
        var path = "/chat/" + support.id();
        var text = Map.of("text", "hello");
        assertProblem(
                403,
                "foreign-origin",
                page.with("Origin", "http://evil.example").post(path, text));
        assertProblem(
                403, "foreign-origin", page.with("Sec-Fetch-Site", "cross-site").post(path, text));
        page.with("Origin", Running.karaf().uri().toString()).post(path, text).ok();
    }

    @Test
    public void socketsWithoutATicketOrWithAUsedOneAreClosed() {
        var server = Running.karaf().uri();
        try (var silent = LiveSocket.open(server, "/live")) {
            assertEquals(4401, silent.closeCode());
        }
        try (var madeUp = LiveSocket.open(server, "/live").send(hello("made-up"))) {
            assertEquals(4401, madeUp.closeCode());
        }
        var ticket = ticket();
        try (var first = LiveSocket.open(server, "/live").send(hello(ticket));
                var second = LiveSocket.open(server, "/live")) {
            first.await("welcome", m -> m.path("op").asText().equals("welcome"));
            second.send(hello(ticket));
            assertEquals(4401, second.closeCode());
            assertTrue(first.open());
        }
        try (var media =
                LiveSocket.open(server, "/media").send(Map.of("op", "hello", "ticket", ticket(), "role", "viewer"))) {
            assertEquals("a ticket for live is none for media", 4401, media.closeCode());
        }
    }

    @Test
    public void socketsOfForeignPagesAreRefused() {
        var server = Running.karaf().uri();
        assertEquals(403, (int)
                LiveSocket.refusal(server, "/live", "http://evil.example").orElse(0));
        assertEquals(403, (int)
                LiveSocket.refusal(server, "/media", "http://evil.example").orElse(0));
    }

    @Test
    public void liveTopicsOfOthersAreGoneAndBigMessagesEndTheSocket() {
        var other = Site.create(Running.karaf());
        var ticket = other.anna()
                .api()
                .post("/tickets", Map.of("for", "live"))
                .ok()
                .get("ticket")
                .asText();
        try (var socket = LiveSocket.open(Running.karaf().uri(), "/live").send(hello(ticket))) {
            socket.await("welcome", m -> m.path("op").asText().equals("welcome"));
            var topic = "session/" + support.id();
            socket.send(Map.of("op", "subscribe", "topic", topic, "after", 0));
            var gone = socket.await("gone", m -> m.path("op").asText().equals("gone"));
            assertEquals(404, gone.get("problem").get("status").asInt());
            socket.sendText("{\"op\":\"ping\",\"x\":\"" + "x".repeat(9_000) + "\"}");
            assertEquals(4413, socket.closeCode());
        }
    }

    private String ticket() {
        return site.anna()
                .api()
                .post("/tickets", Map.of("for", "live"))
                .ok()
                .get("ticket")
                .asText();
    }

    private static Map<String, ?> hello(String ticket) {
        return Map.of("op", "hello", "ticket", ticket, "page", UUID.randomUUID().toString());
    }

    private static void assertField(String field, Api.Reply reply) {
        assertProblem(400, null, reply);
        assertEquals(reply.text(), field, reply.body().path("field").asText());
    }

    /** @param code null if any will do */
    private static void assertProblem(int status, String code, Api.Reply reply) {
        assertEquals(reply.text(), status, reply.status());
        assertTrue(
                "content type of " + reply.text() + ": " + reply.headers().firstValue("content-type"),
                reply.headers().firstValue("content-type").orElse("").startsWith("application/problem+json"));
        if (code != null) {
            assertEquals(reply.text(), code, reply.code());
        }
        assertTrue("leaks: " + reply.text(), !reply.text().matches("(?s).*(dev\\.tandem|java\\.|Exception|jackson).*"));
    }
}
