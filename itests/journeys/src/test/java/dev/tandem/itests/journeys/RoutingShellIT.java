package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/** The routing of a site in Karaf's shell, and what an administrator by REST is told of what cannot be. */
public class RoutingShellIT {
    @Rule
    public final Scene scene = new Scene();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Routing routing;

    @Before
    public void aSite() {
        site = Site.create(karaf);
        routing = new Routing(scene, site);
    }

    @After
    public void noSeeds() {
        karaf.shell("config:property-delete --pid dev.tandem.webacd configurations");
    }

    private String shell(String command) {
        return karaf.shell("tandem:" + command);
    }

    private static void says(String told, String... what) {
        for (var one : what) {
            assertTrue(one + " in " + told, told.contains(one));
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.getRoot().toPath().resolve(name), text);
    }

    private JsonNode rules() {
        return site.anna().api().get("/webacd/rules").ok();
    }

    @Test
    public void queuesAndAgentsAreShownAndSet() {
        var printers = routing.queue("printers", Map.of("strategy", "ROUND_ROBIN", "hours", Routing.closed()));
        routing.fallback(routing.queue("standby", Map.of("members", List.of())));
        says(shell("queues " + site.name()), "printers", "closed", "ROUND_ROBIN", "standby", "open");
        says(shell("queues " + site.name()), "What nobody takes goes to standby.");
        says(shell("queue " + site.name() + " printers"), "\"slug\" : \"printers\"", "\"ROUND_ROBIN\"");
        says(shell("queue " + site.name() + " plotters"), "There is no queue plotters. tandem:queues lists them.");

        var ben = Routing.id(site.ben());
        says(shell("routing-agents " + site.name()), ben, "Ben Cole", "printers 1");
        shell("routing-agents --capacity 3 --inbound false " + site.name() + " " + ben);
        var said = site.anna().api().get("/webacd/agents/" + ben).ok();
        assertEquals(3, said.get("capacity").asInt());
        assertFalse(said.get("inbound").asBoolean());
        says(shell("routing-agents --capacity 21 " + site.name() + " " + ben), "capacity: ", "1 to 20");
        says(shell("routing-agents --capacity 3 " + site.name()), "Whose capacity? Name an agent.");
        assertEquals(
                3,
                site.anna()
                        .api()
                        .get("/webacd/agents/" + ben)
                        .ok()
                        .get("capacity")
                        .asInt());

        says(shell("queue --delete " + site.name() + " printers"), "The queue printers is deleted.");
        assertEquals(
                404, site.anna().api().get("/webacd/queues/" + printers.id()).status());
    }

    @Test
    public void itIsShownWhichNodeRoutesTheSite() {
        routing.queue("printers");
        Await.until("the site has a router", Routing.LONG, () -> duties().contains("router"));
        var sites = shell("nodes --sites");
        assertTrue(
                sites,
                Pattern.compile(site.name() + "\\b.*\\brouter\\b")
                        .matcher(sites)
                        .find());
        says(shell("nodes"), "router: ");
        var seen = site.anna().api().get("/nodes").ok();
        assertEquals(
                "no other site's name is told: " + seen,
                Set.of(site.name()),
                Set.copyOf(seen.findValues("sites").stream()
                        .flatMap(named -> StreamSupport.stream(named.spliterator(), false))
                        .map(JsonNode::asText)
                        .toList()));
        var admin = Administration.open(scene.agent(site), site, "nodes");
        assertThat(admin.nodes().first().locator("[data-duty=router]")).hasText("Routes the work of: " + site.name());
        assertThat(admin.check("routers")).containsText("Routing");
    }

    private List<String> duties() {
        return site.anna().api().get("/nodes").ok().findValuesAsText("what");
    }

    /** Nobody is lost with a queue, whoever deletes it. */
    @Test
    public void aQueueInWhichSomebodyWaitsIsDeletedOnceItIsDrainedOrMoved() {
        var printers = routing.queue("printers");
        var plotters = routing.queue("plotters");
        routing.capacity(1, site.anna(), site.ben()).away(site.anna(), site.ben());
        var marie = routing.waitsAt(printers, "Marie");
        var jean = routing.waitsAt(printers, "Jean");
        var first = site.anna()
                .api()
                .get("/webacd/items?queue=" + printers.id())
                .ok()
                .get("items");

        var api = site.anna().api();
        var refused = api.delete("/webacd/queues/" + printers.id());
        assertEquals("409 queue-not-empty", refused.status() + " " + refused.code());
        assertTrue(refused.text(), refused.text().contains("2"));
        says(
                shell("queue --delete " + site.name() + " printers"),
                "2 items are in this queue; let it drain, or move them");
        assertEquals(2, printers.waiting());
        var nowhere = api.delete("/webacd/queues/" + printers.id() + "?moveTo=" + printers.id());
        assertEquals("400 queue-unknown", nowhere.status() + " " + nowhere.code());

        says(shell("queue --delete --move-to plotters " + site.name() + " printers"), "The queue printers is deleted.");
        assertEquals(404, api.get("/webacd/queues/" + printers.id()).status());
        var moved = api.get("/webacd/items?queue=" + plotters.id()).ok().get("items");
        assertEquals(
                "in their order, since when they came",
                first.findValuesAsText("since"),
                moved.findValuesAsText("since"));
        assertEquals(first.findValuesAsText("item"), moved.findValuesAsText("item"));

        marie.leave();
        Await.until("one waits", Routing.LONG, () -> plotters.waiting() == 1);
        assertEquals(
                "queue-not-empty", api.delete("/webacd/queues/" + plotters.id()).code());
        routing.available(site.ben());
        Routing.accept(site.ben(), Routing.offered(site.ben(), "Jean"));
        // Who is being helped is in it still: the wrap-up is this queue's.
        assertEquals(
                "queue-not-empty", api.delete("/webacd/queues/" + plotters.id()).code());
        site.ben().api().post("/sessions/" + jean.session() + "/end").ok();
        Await.until(
                "it can be deleted",
                Routing.LONG,
                () -> api.delete("/webacd/queues/" + plotters.id()).status() == 204);
    }

    @Test
    public void rulesAreCheckedDraftedPublishedAndRolledBackByOneCommand() throws IOException {
        routing.queue("printers");
        routing.queue("plotters");
        var wrong = file(
                "wrong.txt",
                """
                company = "Acme" -> queue scanners
                language = "fr" and language = "nl" -> queue printers
                always -> queue printers
                company = "Beta" -> queue plotters
                """);
        says(
                shell("routing-rules --check " + wrong + " " + site.name()),
                "line 1, column 21: ",
                "scanners",
                "line 2, column ",
                "line 4, column ");
        says(shell("routing-rules --draft " + wrong + " " + site.name()), "scanners");
        assertTrue(rules().toString(), rules().get("draft").isNull());

        var first = file("first.txt", "company = \"Acme\" -> queue printers\n");
        says(shell("routing-rules --check " + first + " " + site.name()), "Nothing is wrong with it.");
        says(
                shell("routing-rules --draft " + first + " " + site.name()),
                "# Draft, not yet published",
                "queue printers");
        says(shell("routing-rules --publish --note first " + site.name()), "# Version 1");
        var second = file("second.txt", "company = \"Acme\" -> queue plotters\n");
        says(shell("routing-rules --draft " + second + " --publish " + site.name()), "# Version 2", "queue plotters");
        says(shell("routing-rules --rollback 1 " + site.name()), "# Version 3", "queue printers");
        assertTrue(rules().toString(), rules().get("text").asText().contains("queue printers"));
        says(shell("routing-rules --versions " + site.name()), "first", "shell:itests");
        says(shell("routing-rules --rollback 9 " + site.name()), "9");
    }

    /** From one site to the next, by a file and by what {@code etc/} names for a site that has none. */
    @Test
    public void theWholeConfigurationGoesOutAndInAndSeedsASite() {
        routing.skill("french").queue("printers", Map.of("largestLength", 7, "hours", Routing.closed()));
        routing.rules("company = \"Acme\" -> queue printers, skill french >= 2");
        var out = folder.getRoot().toPath().resolve("routing.json");
        says(shell("routing-export " + site.name() + " " + out), "Written to " + out);
        says(shell("routing-export " + site.name()), "\"slug\" : \"printers\"", "\"french\"");

        var other = Site.create(karaf);
        var ids = Map.of(
                Routing.id(site.anna()), Routing.id(other.anna()), Routing.id(site.ben()), Routing.id(other.ben()));
        var theirs = translated(out, ids);
        says(shell("routing-import --dry-run " + other.name() + " " + theirs), "It would change:", "queue-set");
        assertEquals(
                0, other.anna().api().get("/webacd/queues").ok().get("queues").size());
        says(shell("routing-import " + other.name() + " " + theirs), "Changed:", "queue-set");
        assertSameRouting(other);
        says(shell("routing-import " + other.name() + " " + theirs), "nothing");

        var third = Site.create(karaf);
        ids = Map.of(
                Routing.id(site.anna()), Routing.id(third.anna()), Routing.id(site.ben()), Routing.id(third.ben()));
        var seed = translated(out, ids);
        karaf.shell("config:property-set --pid dev.tandem.webacd configurations " + third.name() + "=" + seed);
        Await.until(
                "the site has a routing",
                Routing.LONG,
                () -> third.anna()
                                .api()
                                .get("/webacd/queues")
                                .ok()
                                .get("queues")
                                .size()
                        == 1);
        assertSameRouting(third);
    }

    private static void assertSameRouting(Site site) {
        var queue = site.anna().api().get("/webacd/queues").ok().get("queues").get(0);
        assertEquals("printers", queue.get("queue").get("slug").asText());
        assertEquals(7, queue.get("queue").get("largestLength").asInt());
        assertFalse(queue.get("open").asBoolean());
        assertEquals(2, queue.get("queue").get("members").size());
        assertTrue(
                site.anna().api().get("/webacd/rules").ok().get("text").asText().contains("french >= 2"));
    }

    /** The file with the agents of another site. */
    private Path translated(Path file, Map<String, String> ids) {
        try {
            var text = Files.readString(file);
            for (var one : ids.entrySet()) {
                text = text.replace('"' + one.getKey() + '"', '"' + one.getValue() + '"');
            }
            return Files.writeString(Files.createTempFile(folder.getRoot().toPath(), "routing", ".json"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
