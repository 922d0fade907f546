package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/** Customers really come by a link; then what came is simulated, and judged by other rules. */
public class SimulatorIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Rule
    public final Scene scene = Scene.withAxe();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Routing routing;
    private Routing.Queue printers;
    private Routing.Queue repairs;
    private Instant from;

    @Before
    public void anHourOfWork() {
        site = Site.create(karaf);
        routing = new Routing(scene, site);
        from = Instant.now().minusSeconds(600);
        var form = Map.of(
                "enabled",
                true,
                "fields",
                List.of(Map.of("key", "product", "label", Map.of("en", "Product"), "type", "TEXT")));
        printers = routing.queue("printers", Map.of("members", Routing.members(site.ben()), "entry", form));
        repairs = routing.queue("repairs", Map.of("members", Routing.members(site.anna())));
        routing.capacity(1, site.anna(), site.ben()).available(site.ben());
    }

    private JsonNode post(String path, Map<String, ?> body) {
        return site.anna().api().post("/webacd/" + path, body).ok();
    }

    private JsonNode traffic() {
        return site.anna()
                .api()
                .get("/webacd/simulations/traffic?from=" + from + "&to="
                        + Instant.now().plusSeconds(1))
                .ok();
    }

    private static JsonNode of(JsonNode queues, Routing.Queue queue) {
        return StreamSupport.stream(queues.spliterator(), false)
                .filter(one -> one.get("queue").asText().equals(queue.id()))
                .findFirst()
                .orElseThrow();
    }

    /** Ben has the first until it is done; the second goes; the third waits. */
    private void threeCome() {
        var first = routing.waitsAt(printers, "Marie", Map.of("product", "Laser"));
        Routing.accept(site.ben(), Routing.offered(site.ben(), "Marie"));
        var second = routing.waitsAt(printers, "Luca", Map.of("product", "Ink"));
        second.leave();
        site.ben().api().post("/sessions/" + first.session() + "/end").ok();
        routing.away(site.ben());
        routing.waitsAt(printers, "Sofie", Map.of("product", "Laser"));
        Await.until("all is recorded", LONG, () -> {
            var of = of(traffic().get("queues"), printers);
            return of.get("items").asInt() == 3
                    && !of.get("handlingSeconds").isNull()
                    && !of.get("patienceSeconds").isNull();
        });
    }

    /** So much that no machine has done it before the keys are pressed. */
    @Test
    public void ctrlCInTheShellEndsTheRun() throws IOException {
        var scenarios = folder.newFile("scenarios.json").toPath();
        Files.writeString(
                scenarios,
                """
                {"traffic": {"kind": "GENERATED", "from": "2026-11-01T00:00:00Z", "to": "2026-11-15T00:00:00Z",
                             "seed": 1, "always": true,
                             "queues": [{"queue": "%s", "perHour": 5900, "handlingSeconds": 60, "patienceSeconds": 600}]},
                 "scenarios": [{"name": "A", "shifts": "ALWAYS"}, {"name": "B", "shifts": "ALWAYS"},
                               {"name": "C", "shifts": "ALWAYS"}, {"name": "D", "shifts": "ALWAYS"}]}
                """
                        .formatted(printers.id()));
        try (var terminal = karaf.terminal()) {
            terminal.type("tandem:simulate --file " + scenarios + " " + site.name())
                    .shows("Scenario 1 of 4", LONG)
                    .interrupt()
                    .shows("Cancelled.", LONG)
                    // The shell is there for the next command.
                    .type("tandem:queues " + site.name())
                    .shows("LONGEST_IDLE", LONG);
            Await.until("it has ended", LONG, () -> !List.of("WAITING", "RUNNING")
                    .contains(simulations().get(0).get("state").asText()));
            assertEquals(simulations().toString(), 1, simulations().size());
            assertEquals("CANCELLED", simulations().get(0).get("state").asText());
            assertTrue(terminal.screen(), !terminal.screen().contains("Service level"));
        }
    }

    private JsonNode simulations() {
        return site.anna().api().get("/webacd/simulations").ok().get("simulations");
    }

    @Test
    public void whatReallyCameIsSimulatedSideBySideAndJudgedByOtherRules() {
        threeCome();
        var to = Instant.now().toString();
        var begun = post(
                "simulations",
                Map.of(
                        "traffic",
                        Map.of("kind", "RECORDED", "from", from.toString(), "to", to),
                        "serviceLevelSeconds",
                        20,
                        "answerSeconds",
                        0,
                        "scenarios",
                        List.of(
                                Map.of("name", "As it is"),
                                Map.of(
                                        "name",
                                        "Ready",
                                        "shifts",
                                        "ALWAYS",
                                        "more",
                                        List.of(Map.of("queue", printers.id(), "agents", 3))),
                                Map.of(
                                        "name",
                                        "Lasers to repairs",
                                        "shifts",
                                        "ALWAYS",
                                        "rulesText",
                                        "form.product = \"laser\" -> queue repairs"))));
        var path = "/webacd/simulations/" + begun.get("id").asText();
        var done = Await.value("the simulation is over", LONG, () -> Optional.of(
                        site.anna().api().get(path).ok())
                .filter(one ->
                        !List.of("WAITING", "RUNNING").contains(one.get("state").asText())));
        assertEquals(done.toString(), "DONE", done.get("state").asText());
        assertEquals(3, done.get("items").asInt());
        var ready = done.get("scenarios").get(1).get("totals");
        assertEquals(3, ready.get("arrived").asInt());
        assertEquals(3, ready.get("answered").asInt());
        assertEquals(1.0, ready.get("serviceLevel").asDouble(), 1e-9);
        var lasers = done.get("scenarios").get(2);
        assertEquals(2, lasers.get("rerouted").asInt());
        assertEquals(0, lasers.get("unknown").asInt());
        assertEquals(2, of(lasers.get("queues"), repairs).get("arrived").asInt());
        assertEquals(1, of(lasers.get("queues"), printers).get("arrived").asInt());
        assertTrue(done.get("scenarios").get(0).get("intervals").size() <= 200);

        var diff = post(
                "rules/diff",
                Map.of("from", from.toString(), "to", to, "text", "form.product = \"laser\" -> queue repairs"));
        assertEquals(
                List.of(3, 3, 2, 0),
                List.of(
                        diff.get("items").asInt(),
                        diff.get("judged").asInt(),
                        diff.get("changed").asInt(),
                        diff.get("unknown").asInt()));
        assertEquals(repairs.id(), diff.get("moves").get(0).get("to").asText());

        var told = karaf.shell("tandem:simulate --from " + from + " --to " + to + " --queues " + site.name());
        assertTrue(told, told.contains("Service level") && told.contains("Printers"));

        assertEquals(204, site.anna().api().delete(path).status());
        assertEquals(404, site.anna().api().get(path).status());
        assertEquals(
                "administrator-needed",
                site.ben().api().get("/webacd/simulations").code());
        assertEquals("the shell's", 1, simulations().size());
    }
}
