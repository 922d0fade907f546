package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Await;

/** How much agents get: capacity, inbound, sessions that WebACD has not given; and who knows a customer. */
public class CapacityIT {
    private static final String PAUL = "Paul Roy";

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Routing routing;

    @Before
    public void everybody() {
        site = Site.create(Running.karaf());
        routing = new Routing(scene, site);
    }

    private Routing.Queue bensQueue() {
        return routing.queue("help", Map.of("members", Routing.members(site.ben())));
    }

    /** Waits until the router says that about Ben and the one who waits. */
    private void reason(Routing.Queue queue, String reason) {
        Await.until("Ben is not asked: " + reason, Routing.LONG, () -> {
            var waiting = site.anna()
                    .api()
                    .get("/webacd/items?queue=" + queue.id())
                    .ok()
                    .get("items");
            return !waiting.isEmpty()
                    && site.anna()
                            .api()
                            .get("/webacd/items/" + waiting.get(0).get("item").asText() + "/explanations")
                            .text()
                            .contains(reason);
        });
    }

    @Test
    public void WX6_anAgentInAnOrdinarySessionGetsNoOfferUntilItEnds() {
        var queue = bensQueue();
        routing.capacity(1, site.ben());
        site.arrive("CALL", site.ben());
        var ben = Desktop.open(scene.agent(site, site.ben(), "en-GB"), site, "Marie Dupont")
                .start();
        Await.until(
                "it counts",
                Routing.LONG,
                () -> Routing.mine(site.ben()).get("load").get("other").asInt() == 1);
        routing.customerAt(queue, PAUL);
        reason(queue, "FULL");
        assertEquals(0, Routing.mine(site.ben()).get("offers").size());
        ben.endSession();
        Routing.offered(site.ben(), PAUL);
        assertThat(Routing.offers(ben).of(PAUL)).isVisible();
        assertEquals(0, Routing.mine(site.ben()).get("load").get("other").asInt());
    }

    @Test
    public void WX6_alsoARouterThatHasJustStartedKnowsOfTheOrdinarySession() {
        var queue = bensQueue();
        routing.capacity(1, site.ben());
        site.arrive("CALL", site.ben());
        var ben = Desktop.open(scene.agent(site, site.ben(), "en-GB"), site, "Marie Dupont")
                .start();
        routing.customerAt(queue, PAUL);
        reason(queue, "FULL");
        site.karaf().shell("bundle:restart dev.tandem.webacd");
        Await.until(
                "WebACD is back",
                Routing.LONG.multipliedBy(2),
                () -> site.anna().api().get("/webacd/items?queue=" + queue.id()).status() == 200);
        reason(queue, "FULL");
        ben.endSession();
        Routing.offered(site.ben(), PAUL);
    }

    @Test
    public void WX6_twoAtOnceAreGivenToWhoMayHaveTwo() {
        var queue = bensQueue();
        routing.capacity(2, site.ben());
        site.arrive("CALL", site.ben());
        Desktop.open(scene.agent(site, site.ben(), "en-GB"), site, "Marie Dupont")
                .start();
        routing.customerAt(queue, PAUL);
        Routing.offered(site.ben(), PAUL);
    }

    @Test
    public void WX6_whoTakesNothingInboundIsAskedOnceTheyDo() {
        var queue = bensQueue();
        routing.available(site.ben()).say(site.ben(), 1, false, Map.of());
        routing.customerAt(queue, PAUL);
        reason(queue, "NO_INBOUND");
        routing.say(site.ben(), 1, true, Map.of());
        Routing.offered(site.ben(), PAUL);
    }

    @Test
    public void whoHasHelpedACustomerLastIsAskedFirst() {
        var mail = Map.of(
                "key", "mail", "label", Map.of("en", "E-mail"), "type", "EMAIL", "required", true, "recognises", true);
        var queue = routing.queue(
                "help", Map.of("entry", Map.of("enabled", true, "fields", List.of(mail)), "preferredSeconds", 600));
        routing.away(site.anna()).available(site.ben());
        var first = routing.waitsAt(queue, "Marie", Map.of("mail", "marie@example.org"));
        Routing.accept(site.ben(), Routing.offered(site.ben(), "Marie"));
        site.ben().api().post("/sessions/" + first.session() + "/end").ok();
        Await.until("Ben is free", Routing.LONG, () -> Routing.mine(site.ben())
                .get("work")
                .isEmpty());
        // Anna has never had anything: she has been idle for longest.
        routing.available(site.anna());
        routing.waitsAt(queue, "Marie again", Map.of("mail", " MARIE@example.org"));
        Routing.offered(site.ben(), "Marie again");
        assertEquals(0, Routing.mine(site.anna()).get("offers").size());
    }
}
