package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.LiveSocket;
import dev.tandem.itests.harness.MediaClient;

/** Consents, seats and their limits, one session or several, notes and form: what a program sees of them by REST. */
public class ConsentIT {
    private static final String CONFIG = "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":640,\"height\":480}";

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Api anna;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
        anna = site.anna().api();
    }

    @Test
    public void W4_inSingleModeASecondSessionIsRefusedAndTheFirstIsNamed() {
        site.set("session.mode", "SINGLE");
        var first = site.support(scene);
        var second = Map.of("interaction", site.chat().interaction());
        var refused = anna.post("/sessions", second);
        assertProblem(409, "single-session", refused);
        assertEquals(first.id(), refused.body().get("session").asText());
        assertEquals("SINGLE", options().get("mode").asText());
        assertFalse(options().get("choosable").asBoolean());

        anna.post("/sessions/" + first.id() + "/end").ok();
        assertEquals(201, anna.post("/sessions", second).status());
    }

    @Test
    public void W4_whereTheSiteLetsThemAgentsChooseAndAnAdministratorDecidesOtherwise() {
        assertTrue(options().get("choosable").asBoolean());
        assertEquals(
                "SINGLE",
                anna.put("/sessions/options", Map.of("mode", "SINGLE"))
                        .ok()
                        .get("mode")
                        .asText());
        site.support(scene);
        assertProblem(
                409,
                "single-session",
                anna.post("/sessions", Map.of("interaction", site.chat().interaction())));

        var annas = "/sessions/agents/" + agentId(site.anna()) + "/options";
        var set = anna.put(annas, "{\"mode\":\"MULTI\",\"customers\":3}").ok();
        assertEquals("MULTI", set.path("effective").path("mode").asText());
        assertEquals(3, options().get("customers").asInt());
        assertProblem(403, "mode-fixed", anna.put("/sessions/options", Map.of("mode", "SINGLE")));
        assertEquals(
                201,
                anna.post("/sessions", Map.of("interaction", site.chat().interaction()))
                        .status());

        assertProblem(403, "administrator-needed", site.ben().api().get(annas));
        assertProblem(403, "administrator-needed", site.ben().api().put(annas, "{\"mode\":null,\"customers\":50}"));
        assertProblem(404, "unknown", anna.get("/sessions/agents/nobody/options"));
        assertField("customers", anna.put(annas, "{\"mode\":null,\"customers\":0}"));
        assertField("mode", anna.put(annas, "{\"mode\":\"SOME\",\"customers\":null}"));
        assertField("mode", anna.put("/sessions/options", Map.of("mode", "AGENT")));
    }

    @Test
    public void W4_W15_theShellShowsAndSetsAnAgentsOptions() {
        var agent = agentId(site.anna());
        var shown =
                Running.karaf().shell("tandem:agent-options --mode SINGLE --customers 4 " + site.name() + " " + agent);
        assertTrue(shown, shown.contains("SINGLE (set for this agent)") && shown.contains("4 (set for this agent)"));
        assertEquals(4, options().get("customers").asInt());
        shown = Running.karaf().shell("tandem:agent-options --mode site --customers site " + site.name() + " " + agent);
        assertTrue(shown, shown.contains("MULTI (the agent may choose)") && shown.contains("10 (as the site says)"));
    }

    @Test
    public void W15_severalCustomersInOneSessionAndSeveralSessionsAtOnce() {
        var support = site.support(scene);
        var other = site.support(scene);
        assertNotEquals(support.id(), other.id());
        other.join(scene);
        var seats = seat(support).ok().get("seats");
        assertEquals(2, seats.size());
        assertNotEquals(pin(seats, 0), pin(seats, 1));
        enters(support, pin(seats, 0));
        enters(support, pin(seats, 1));
        assertEquals(2, customers(support));
        assertEquals(1, customers(other));
        assertProblem(404, "unknown", site.ben().api().post("/sessions/" + support.id() + "/seats"));
    }

    @Test
    public void W16_theCustomerTooManyIsToldSoAtTheDoorAndTheAgentSeesIt() {
        var first = site.support(scene);
        var second = site.support(scene);
        site.set("session.customers", "2");
        var seats = seat(first).ok().get("seats");
        assertProblem(409, "too-many-customers", seat(first));
        var inFirst = first.join(scene);
        second.join(scene);
        assertTrue(first.now().get("refusedAt").isNull());
        assertEquals(2, first.now().path("limits").path("customers").asInt());

        assertProblem(409, "too-many-customers", first.tryJoin(pin(seats, 1)));
        assertFalse("the agent is told", first.now().get("refusedAt").isNull());
        assertProblem(409, "too-many-customers", seat(second));
        // Who is in may come back by the same PIN.
        enters(first, first.pin());

        anna.put("/sessions/agents/" + agentId(site.anna()) + "/options", "{\"mode\":null,\"customers\":3}")
                .ok();
        enters(first, pin(seats, 1));
        assertEquals(2, customers(first));
        anna.put("/sessions/agents/" + agentId(site.anna()) + "/options", "{\"mode\":null,\"customers\":null}")
                .ok();
        assertTrue(inFirst.participant(), customers(first) == 2);
    }

    @Test
    public void W16_theLimitHoldsHoweverManyComeAtTheSameMoment() throws Exception {
        var supports = IntStream.range(0, 6).mapToObj(i -> site.support(scene)).toList();
        site.set("session.customers", "3");
        var together = new CyclicBarrier(supports.size());
        var threads = Executors.newFixedThreadPool(supports.size());
        try {
            var all = new ArrayList<Callable<Integer>>();
            for (var support : supports) {
                all.add(() -> {
                    together.await();
                    return support.tryJoin(support.pin()).status();
                });
            }
            var statuses = new ArrayList<Integer>();
            for (var one : threads.invokeAll(all)) {
                statuses.add(one.get());
            }
            assertEquals(
                    statuses.toString(),
                    3,
                    statuses.stream().filter(s -> s == 200).count());
            assertEquals(
                    statuses.toString(),
                    3,
                    statuses.stream().filter(s -> s == 409).count());
            assertEquals(3, supports.stream().mapToLong(ConsentIT::customers).sum());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    public void consentIsAskedAnsweredForMinutesAndTakenBack() {
        var support = site.support(scene);
        var marie = support.join(scene);
        var path = "/sessions/" + support.id() + "/consents";
        assertProblem(404, "unknown", site.ben().api().post(path, Map.of("capability", "screen")));
        assertField("capability", anna.post(path, Map.of("capability", "No Such!")));
        var asked = anna.post(path, Map.of("capability", "screen"))
                .ok()
                .get("consents")
                .get(0);
        assertEquals("ASKED", asked.get("state").asText());
        assertEquals(marie.participant(), asked.get("of").asText());
        assertFalse("until when the answer is waited for", asked.get("until").isNull());
        anna.post(path, Map.of("capability", "screen")).ok();
        assertEquals(1, consents(marie.api(), support).size());

        var id = asked.get("id").asText();
        assertField("minutes", marie.api().post(path + "/" + id, Map.of("allow", true, "minutes", 0)));
        assertProblem(404, "unknown", anna.post(path + "/" + id, Map.of("allow", true)));
        var granted = marie.api()
                .post(path + "/" + id, Map.of("allow", true, "minutes", 5))
                .ok();
        assertEquals("GRANTED", granted.get("consents").get(0).get("state").asText());
        assertFalse(granted.get("consents").get(0).get("until").isNull());
        assertProblem(409, "consent-over", marie.api().post(path + "/" + id, Map.of("allow", false)));
        marie.api().delete(path + "/" + id).ok();

        var ledger = marie.api().get(path).ok().get("consents").get(0);
        var states = new ArrayList<String>();
        ledger.get("steps").forEach(step -> states.add(step.get("state").asText()));
        assertEquals(List.of("ASKED", "GRANTED", "REVOKED"), states);
        var shown = Running.karaf().shell("tandem:consents " + support.id());
        assertTrue(shown, shown.contains("REVOKED") && shown.contains("Marie Dupont"));
    }

    /** The sender's own socket says that it is over: nothing more can be sent. */
    @Test
    public void oneButtonStopsARunningShareAtOnce() {
        var support = site.support(scene);
        var marie = support.join(scene);
        marie.api().post("/screen/" + support.id() + "/start").ok();
        var byAct = consents(marie.api(), support).get(0);
        assertEquals("GRANTED", byAct.get("state").asText());
        assertEquals("screen", byAct.get("capability").asText());
        try (var viewer = media(anna, support, "viewer");
                var sender = media(marie.api(), support, "sender")) {
            sender.await("a viewer", t -> t.path("looking").asInt() > 0);
            sender.text(CONFIG).frame(true, 0, 1000);
            viewer.awaitFrame(0);
            var after = marie.api()
                    .delete("/sessions/" + support.id() + "/consents")
                    .ok();
            assertEquals("nothing goes on", 0, after.get("activities").size());
            assertEquals("4403 screen-stopped", sender.end());
            assertEquals("4403 screen-stopped", viewer.end());
        }
        assertEquals(
                "REVOKED", consents(marie.api(), support).get(0).get("state").asText());
        var late = media(marie.api(), support, "sender");
        assertEquals("4403 screen-stopped", late.end());
        marie.api().post("/screen/" + support.id() + "/start").ok();
        marie.api().post("/screen/" + support.id() + "/stop").ok();
        assertEquals(
                "its own stop ends a consent by act",
                "ENDED",
                consents(marie.api(), support).get(1).get("state").asText());
    }

    @Test
    public void theLedgerIsForTheCustomerTheAgentsOfItAndAuditors() {
        var support = site.support(scene);
        var seats = seat(support).ok().get("seats");
        var marie = support.join(scene);
        var paul = enters(support, pin(seats, 1));
        var path = "/sessions/" + support.id() + "/consents";
        anna.post(path, Map.of("capability", "screen", "participant", marie.participant()))
                .ok();
        anna.post(
                        path,
                        Map.of(
                                "capability",
                                "recording",
                                "participant",
                                paul.get("participant").asText()))
                .ok();
        assertEquals(2, anna.get(path).ok().get("consents").size());
        assertEquals(1, marie.api().get(path).ok().get("consents").size());
        assertProblem(404, "unknown", site.ben().api().get(path));
        assertEquals(401, Running.karaf().api().get(path).status());
        assertProblem(
                404, "unknown", anna.post(path, Map.of("capability", "screen", "participant", UUID.randomUUID())));

        anna.post("/sessions/" + support.id() + "/end").ok();
        var after = anna.get(path).ok().get("consents");
        assertEquals("ENDED", after.get(0).get("state").asText());
        assertEquals("Marie Dupont", after.get(0).get("name").asText());
        assertProblem(
                409,
                "session-ended",
                anna.post(path, Map.of("capability", "screen", "participant", marie.participant())));
        assertProblem(404, "unknown", Site.create(Running.karaf()).anna().api().get(path));
    }

    @Test
    public void WX9_notesAndOutcomeAlsoAfterTheEnd() {
        var support = site.support(scene);
        support.join(scene);
        var path = "/sessions/" + support.id() + "/notes";
        assertTrue(anna.get(path).ok().get("outcome").isNull());
        anna.put(path, Map.of("outcome", "UNRESOLVED", "text", "Printer again.\nNeeds a part."))
                .ok();
        assertEquals("UNRESOLVED", support.now().path("notes").path("outcome").asText());
        anna.post("/sessions/" + support.id() + "/end").ok();
        anna.put(path, Map.of("outcome", "RESOLVED")).ok();
        assertEquals("RESOLVED", anna.get(path).ok().get("outcome").asText());
        assertEquals("", anna.get(path).ok().get("text").asText());
        assertField("outcome", anna.put(path, Map.of("outcome", "GREAT")));
        assertField("outcome", anna.put(path, "{\"text\":\"x\"}"));
        assertField("text", anna.put(path, Map.of("outcome", "UNKNOWN", "text", "x".repeat(4001))));
        assertProblem(404, "unknown", site.ben().api().get(path));
        assertProblem(404, "unknown", site.ben().api().put(path, Map.of("outcome", "RESOLVED")));
    }

    @Test
    public void WX9_theCustomerGivesTheFormOnceWithTheKeyOfTheEnd() {
        site.set("session.form", "true");
        var support = site.support(scene);
        var marie = support.join(scene);
        String key;
        try (var page = LiveSocket.at(marie.api(), support.id())) {
            page.await("the session", m -> m.toString().contains("\"ACTIVE\""));
            anna.post("/sessions/" + support.id() + "/end").ok();
            key = page.await("the end", m -> m.toString().contains("\"ENDED\""))
                    .findValue("form")
                    .asText();
        }
        var nobody = Running.karaf().api();
        assertField("rating", nobody.post("/form", Map.of("key", key, "rating", 6)));
        assertField("comment", nobody.post("/form", Map.of("key", key, "comment", "x".repeat(1001))));
        assertProblem(403, "form-refused", nobody.postFromElsewhere("/form", Map.of("key", key + "A", "rating", 5)));
        nobody.post("/form", Map.of("key", key, "rating", 5, "comment", "Very kind."))
                .ok();
        assertProblem(403, "form-refused", nobody.postFromElsewhere("/form", Map.of("key", key, "rating", 1)));
        var form = anna.get("/sessions/" + support.id() + "/notes")
                .ok()
                .get("forms")
                .get(0);
        assertEquals(5, form.get("rating").asInt());
        assertEquals("Very kind.", form.get("comment").asText());
        assertEquals(marie.participant(), form.get("participant").asText());
    }

    @Test
    public void theApiDocumentTellsOfAllThis() {
        var paths = anna.get("/openapi.json").ok().get("paths");
        for (var path : List.of(
                "/sessions/{id}/consents",
                "/sessions/{id}/consents/{consent}",
                "/sessions/{id}/notes",
                "/sessions/{id}/seats",
                "/sessions/options",
                "/sessions/agents/{agent}/options",
                "/form")) {
            assertTrue(path, paths.has(path));
        }
        var ask = paths.get("/sessions/{id}/consents").get("post");
        assertTrue(ask.toString(), ask.at("/parameters/0/name").asText().equals("id"));
        assertTrue(ask.toString(), ask.at("/responses/403").toString().contains("not-controller"));
    }

    /** One more customer by REST, who stays. */
    private JsonNode enters(Site.Support support, String pin) {
        var joined = support.tryJoin(pin).ok();
        scene.stays(Running.karaf().api().asCustomer(joined.get("token").asText()), support.id());
        return joined;
    }

    private JsonNode options() {
        return anna.get("/sessions/options").ok();
    }

    private Api.Reply seat(Site.Support support) {
        return anna.post("/sessions/" + support.id() + "/seats");
    }

    private static String pin(JsonNode seats, int which) {
        return seats.get(which).get("pin").asText();
    }

    private static String agentId(Site.Worker worker) {
        return worker.signIn().user().split("@")[0];
    }

    private static List<JsonNode> consents(Api api, Site.Support support) {
        var ledger = api.get("/sessions/" + support.id() + "/consents").ok().get("consents");
        return StreamSupport.stream(ledger.spliterator(), false).toList();
    }

    private static MediaClient media(Api api, Site.Support support, String role) {
        var ticket = api.post("/tickets", Map.of("for", "media", "session", support.id(), "channel", "screen"))
                .ok()
                .get("ticket")
                .asText();
        return MediaClient.open(Running.karaf().uri(), ticket, role);
    }

    private static long customers(Site.Support support) {
        return StreamSupport.stream(support.now().get("participants").spliterator(), false)
                .filter(p -> p.get("role").asText().equals("CUSTOMER"))
                .filter(p -> p.get("state").asText().equals("JOINED")
                        || p.get("state").asText().equals("DISCONNECTED"))
                .count();
    }

    private static void assertProblem(int status, String code, Api.Reply reply) {
        assertEquals(reply.text(), status, reply.status());
        assertEquals(reply.text(), code, reply.code());
    }

    private static void assertField(String field, Api.Reply reply) {
        assertEquals(reply.text(), 400, reply.status());
        assertEquals(reply.text(), field, reply.body().path("field").asText());
    }
}
