package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Await;

/** Who is offered what, and what agents see of it: the ways of distribution, and what goes wrong in other systems. */
public class OffersIT {
    private static final String ODD = "ODD_BACKWARDS";

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Routing routing;
    private int customers;

    @Before
    public void aSite() {
        site = Site.create(Running.karaf());
        routing = new Routing(scene, site);
    }

    @After
    public void asBefore() {
        if (Running.karaf().shell("bundle:list -t 0 -s --no-format").contains("org.example.odd")) {
            Running.karaf().shell("bundle:uninstall org.example.odd");
        }
    }

    private Desktop desktop(Site.Worker worker) {
        return Desktop.signedIn(scene.agent(site, worker, "en-GB"), site);
    }

    /** Who has how many offers of those customers. */
    private Map<String, Long> shares(Stream<String> customers) {
        return customers.collect(java.util.stream.Collectors.groupingBy(
                customer -> whoIsOffered(customer).name(), java.util.stream.Collectors.counting()));
    }

    private Site.Worker whoIsOffered(String customer) {
        return Await.value("somebody is offered " + customer, Routing.LONG, () -> site.workers().stream()
                .filter(worker -> Routing.mine(worker)
                        .get("offers")
                        .findValuesAsText("name")
                        .contains(customer))
                .findFirst());
    }

    @Test
    public void WX5_everybodyIsAskedWhoComesLaterJoinsAndTheFirstHasIt() {
        var queue = routing.queue("help", Map.of("strategy", "BROADCAST"));
        routing.capacity(1, site.anna(), site.ben());
        var anna = desktop(site.anna());
        var ben = desktop(site.ben());
        routing.available(site.anna()).away(site.ben());
        routing.waitsAt(queue, "Marie");
        var annas = Routing.offers(anna).of("Marie");
        assertThat(annas).isVisible();
        assertThat(Routing.offers(ben).of("Marie")).isHidden();

        routing.available(site.ben());
        assertThat(Routing.offers(ben).of("Marie")).containsText("1 colleague is asked too");
        assertThat(annas).containsText("1 colleague is asked too");
        var late = Routing.mine(site.anna()).get("offers").get(0);
        Routing.offers(ben).accept("Marie");
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertThat(annas).isHidden();
        assertThat(anna.text("Marie is no longer offered to you: a colleague was faster"))
                .isVisible();
        var refused = site.anna().api().post("/webacd/offers/" + late.get("id").asText() + "/accept");
        assertEquals("409 offer-gone", refused.status() + " " + refused.code());
        var why = site.anna()
                .api()
                .get("/webacd/items/" + late.get("item").asText() + "/explanations")
                .ok();
        assertEquals(
                "who joined stands among those who were asked",
                2,
                why.get("rounds").get(0).get("asked").size());
    }

    @Test
    public void WX5_mostIdleGivesToWhoHasRestedLongest() {
        var queue = routing.queue("help", Map.of("strategy", "LONGEST_IDLE"));
        routing.capacity(1, site.anna(), site.ben()).available(site.anna());
        routing.available(site.ben());
        var first = routing.waitsAt(queue, "First");
        assertEquals("Anna was there first", site.anna(), whoIsOffered("First"));
        Routing.accept(site.anna(), Routing.offered(site.anna(), "First"));
        site.anna().api().post("/sessions/" + first.session() + "/end").ok();
        Await.until("Anna is free", Routing.LONG, () -> Routing.mine(site.anna())
                .get("work")
                .isEmpty());
        routing.waitsAt(queue, "Second");
        assertEquals("Ben has rested since before", site.ben(), whoIsOffered("Second"));
        routing.waitsAt(queue, "Third");
        assertEquals(site.anna(), whoIsOffered("Third"));
    }

    @Test
    public void WX5_roundRobinGivesToOneAfterTheOtherAndFewestActiveToWhoHasLeast() {
        routing.capacity(10, site.anna(), site.ben()).available(site.anna(), site.ben());
        var round = routing.queue("round", Map.of("strategy", "ROUND_ROBIN", "offerSeconds", 600));
        var turns = Stream.of("R1", "R2", "R3", "R4")
                .map(name -> whoIsOffered(routing.waitsAt(round, name).name()).name())
                .toList();
        assertEquals(List.of(turns.get(0), turns.get(1), turns.get(0), turns.get(1)), turns);
        assertTrue(!turns.get(0).equals(turns.get(1)));

        // Anna declines two, which leaves her with less.
        Stream.of("R1", "R2", "R3", "R4")
                .filter(name -> whoIsOffered(name).equals(site.anna()))
                .toList()
                .forEach(name -> Routing.decline(site.anna(), Routing.offered(site.anna(), name)));
        Await.until(
                "Ben has all",
                Routing.LONG,
                () -> Routing.mine(site.ben()).get("offers").size() == 4);
        var fewest = routing.queue("fewest", Map.of("strategy", "FEWEST_ACTIVE", "offerSeconds", 600));
        var names = List.of("F1", "F2", "F3", "F4", "F5", "F6");
        names.forEach(name -> whoIsOffered(routing.waitsAt(fewest, name).name()));
        assertEquals("four to fill up, then one each", Map.of("Anna Bell", 5L, "Ben Cole", 1L), shares(names.stream()));
    }

    /** A strategy of a third party's bundle, for a queue that works before, with and after it. */
    @Test
    public void WX5_anIntegratorsStrategyIsPluggedIntoAQueueThatRunsAndOutOfIt() {
        routing.capacity(10, site.anna(), site.ben()).available(site.anna(), site.ben());
        var queue = routing.queue("help", Map.of("offerSeconds", 600));
        var wish = site.anna().api().put("/webacd/queues/" + queue.id(), odd(queue));
        assertEquals("400 strategy-unknown", wish.status() + " " + wish.code());
        Stream.of("M1", "M2")
                .forEach(name -> whoIsOffered(routing.waitsAt(queue, name).name()));
        assertEquals("one each", Map.of("Anna Bell", 1L, "Ben Cole", 1L), shares(Stream.of("M1", "M2")));

        Running.karaf().shell("bundle:install -s file:" + System.getProperty("tandem.odd"));
        Await.until("the strategy is there", Routing.LONG, () -> site.anna()
                .api()
                .get("/webacd/queues")
                .ok()
                .get("strategies")
                .toString()
                .contains(ODD));
        queue.set(Map.of("strategy", ODD));
        var some = List.of("O1", "O2", "O3");
        some.forEach(name -> whoIsOffered(routing.waitsAt(queue, name).name()));
        assertEquals("the last in the alphabet", Map.of("Ben Cole", 3L), shares(some.stream()));
        assertEquals(ODD, orderedBy("O3"));

        // It goes: the queue works on by Most idle, and says so.
        Running.karaf().shell("bundle:uninstall org.example.odd");
        whoIsOffered(routing.waitsAt(queue, "G1").name());
        assertEquals(ODD, queue.now().get("strategy").asText());
        assertEquals("LONGEST_IDLE", orderedBy("G1"));

        Running.karaf().shell("bundle:install -s file:" + System.getProperty("tandem.odd"));
        Await.until("the strategy is back", Routing.LONG, () -> {
            var name = "B" + customers++;
            whoIsOffered(routing.waitsAt(queue, name).name());
            return orderedBy(name).equals(ODD);
        });
        assertEquals("Ben Cole", whoIsOffered("B" + (customers - 1)).name());
    }

    private static Map<String, Object> odd(Routing.Queue queue) {
        var form = new HashMap<String, Object>();
        queue.now().fields().forEachRemaining(field -> form.put(field.getKey(), field.getValue()));
        form.put("strategy", ODD);
        return form;
    }

    /** The strategy by which the latest of those who were asked for that customer was chosen. */
    private String orderedBy(String customer) {
        var offer = Routing.offered(whoIsOffered(customer), customer);
        var rounds = site.anna()
                .api()
                .get("/webacd/items/" + offer.get("item").asText() + "/explanations")
                .ok()
                .get("rounds");
        return rounds.get(0).get("why").get("strategy").asText();
    }

    @Test
    public void WX5_whatNobodyTakesOverflowsAfterTheThresholdWithItsFirstWaitingTime() {
        var second = routing.queue("second", Map.of("members", Routing.members(site.ben())));
        var first = routing.queue(
                "first",
                Map.of(
                        "members", Routing.members(site.anna()),
                        "overflow", Map.of("queue", "second", "afterSeconds", 3)));
        routing.away(site.anna()).available(site.ben());
        var ben = desktop(site.ben());
        var marie = routing.customerAt(first, "Marie");
        var card = Routing.offers(ben).of("Marie");
        assertThat(card).containsText("Queue: Second");
        assertEquals(0, first.waiting() + second.waiting());
        var offer = Routing.mine(site.ben()).get("offers").get(0);
        var item = offer.get("item").asText();
        var round = site.anna()
                .api()
                .get("/webacd/items/" + item + "/explanations")
                .ok()
                .get("rounds")
                .get(0);
        var since = java.time.Instant.parse(offer.get("since").asText());
        var asked = java.time.Instant.parse(round.get("at").asText());
        assertTrue("since " + since + ", asked " + asked, !asked.isBefore(since.plusSeconds(3)));
        Routing.offers(ben).accept("Marie");
        assertThat(marie.text("You are connected with Ben Cole")).isVisible();
    }

    @Test
    public void WX5_agentsPickWhereTheyMayAndNowhereElse() {
        var open = routing.queue("open", Map.of("pick", true));
        var shut = routing.queue("shut");
        routing.away(site.anna(), site.ben());
        var ben = desktop(site.ben());
        routing.away(site.ben());
        var offers = Routing.offers(ben);
        assertThat(offers.all()).hasCount(0);
        var marie = routing.waitsAt(open, "Marie");
        var pick = ben.page().locator("[data-pick='" + open.id() + "']");
        assertThat(pick).hasText("Pick from Open (1)");
        routing.waitsAt(open, "Paul");
        assertThat(pick).hasText("Pick from Open (2)");
        pick.click();
        var row = ben.page().locator("[data-item='" + marie.item() + "']");
        assertThat(row).containsText("Marie");
        row.getByText("Take").click();
        assertThat(ben.support()).hasAttribute("data-controls", "true");

        var eva = routing.waitsAt(shut, "Eva");
        assertThat(ben.page().locator("[data-pick='" + shut.id() + "']")).isHidden();
        var refused = site.ben().api().post("/webacd/items/" + eva.item() + "/pick");
        assertEquals("409 pick-not-allowed", refused.status() + " " + refused.code());
        assertEquals(
                404, site.ben().api().get("/webacd/items?queue=" + shut.id()).status());
        shut.set(Map.of("pick", true, "members", Routing.members(site.anna())));
        assertEquals(
                "not Ben's queue",
                404,
                site.ben().api().post("/webacd/items/" + eva.item() + "/pick").status());
        assertEquals(
                200,
                site.anna().api().post("/webacd/items/" + eva.item() + "/pick").status());
    }

    @Test
    public void anOfferThatIsNotAnsweredMakesTheAgentAwayAndGoesOnWithTheFirstWaitingTime() {
        var queue = routing.queue("help", Map.of("offerSeconds", 15));
        routing.capacity(1, site.anna(), site.ben()).away(site.ben());
        var anna = desktop(site.anna());
        routing.available(site.anna());
        routing.waitsAt(queue, "Marie");
        var since = Routing.offered(site.anna(), "Marie").get("since").asText();
        var card = Routing.offers(anna).of("Marie");
        assertThat(card).isVisible();
        assertThat(anna.text("You did not answer Marie in time.")).isVisible();
        assertThat(card).isHidden();
        assertThat(anna.text("Away (no answer)")).isVisible();
        queue.set(Map.of("offerSeconds", 60));

        routing.available(site.ben());
        var next = Routing.offered(site.ben(), "Marie");
        assertEquals("the first waiting time", since, next.get("since").asText());
        assertEquals(0, Routing.mine(site.anna()).get("offers").size());
        anna.button("Available again").click();
        assertThat(anna.text("Away (no answer)")).isHidden();
        routing.waitsAt(queue, "Paul");
        assertThat(Routing.offers(anna).of("Paul")).isVisible();

        Routing.offers(anna).decline("Paul");
        assertThat(Routing.offers(anna).of("Paul")).isHidden();
        Routing.decline(site.ben(), next);
        assertEquals("each is offered what the other has declined", site.ben(), whoIsOffered("Paul"));
        assertThat(anna.text("Away (no answer)")).isHidden();
    }

    @Test
    public void anAgentWhoClosesTheBrowserLosesTheOfferAndIsAskedAgainWhenBack() {
        var queue = routing.queue("help", Map.of("offerSeconds", 600));
        routing.capacity(1, site.anna(), site.ben()).away(site.ben());
        var person = scene.agent(site);
        var anna = Desktop.signedIn(person, site);
        routing.available(site.anna());
        routing.waitsAt(queue, "Marie");
        assertThat(Routing.offers(anna).of("Marie")).isVisible();
        anna.page().reload();
        assertThat(Routing.offers(anna).of("Marie")).isVisible();
        routing.available(site.ben());
        assertEquals(
                "a reload is no absence",
                0,
                Routing.mine(site.ben()).get("offers").size());
        person.context().newPage().navigate("about:blank");
        anna.page().close();
        var offer = Routing.offered(site.ben(), "Marie");
        assertEquals("gone", Routing.mine(site.anna()).get("absent").asText());

        var again = person.open(site.karaf().uri() + "/desktop");
        Routing.decline(site.ben(), offer);
        assertThat(new Routing.Offers(again).of("Marie")).isVisible();
    }

    @Test
    public void theQueueIsDrainedWhenItOpensWhenASettingChangesAndWhenCapacityFreesUp() {
        routing.skill("french");
        var queue = routing.queue("help", Map.of("offerSeconds", 600, "members", Routing.members(site.anna())));
        routing.capacity(1, site.anna()).away(site.anna());
        var anna = desktop(site.anna());
        var offers = Routing.offers(anna);
        var first = routing.waitsAt(queue, "First");
        List.of("Second", "Third", "Fourth").forEach(name -> routing.waitsAt(queue, name));
        queue.set(Map.of("hours", Routing.closed()));
        routing.available(site.anna());
        Await.until("the queue is closed for Anna", Routing.LONG, () -> site.anna()
                .api()
                .get("/webacd/items/" + first.item() + "/explanations")
                .ok()
                .findValuesAsText("reason")
                .contains("QUEUE_CLOSED"));
        assertEquals(4, queue.waiting());
        assertThat(offers.all()).hasCount(0);
        queue.set(Map.of("hours", Routing.open()));
        assertThat(offers.of("First")).isVisible();
        assertThat(offers.all()).hasCount(1);

        routing.say(site.anna(), 2, true, Map.of());
        assertThat(offers.of("Second")).isVisible();
        queue.set(Map.of(
                "skills",
                Map.of(
                        "mode", "ALL",
                        "required", List.of(Map.of("skill", "french", "level", 3)),
                        "relax", List.of())));
        routing.say(site.anna(), 3, true, Map.of());
        offers.decline("First");
        assertThat(offers.of("First")).isHidden();
        assertEquals("nobody can", 3, queue.waiting());
        routing.say(site.anna(), 3, true, Map.of("french", 4));
        assertThat(offers.of("Third")).isVisible();
        assertThat(offers.of("Fourth")).isVisible();
    }

    @Test
    public void theSoundRingsWhileSomethingIsOfferedAndTheAgentsMuteIsRemembered() {
        var queue = routing.queue("help", Map.of("members", Routing.members(site.anna())));
        var person = scene.agent(site);
        person.context()
                .addInitScript(
                        """
                window.tones = 0;
                const make = AudioContext.prototype.createOscillator;
                AudioContext.prototype.createOscillator = function () { window.tones++; return make.call(this); };""");
        var anna = Desktop.signedIn(person, site);
        routing.capacity(5, site.anna()).available(site.anna());
        anna.page().locator("body").click();
        assertEquals(0, tones(anna));
        var marie = routing.waitsAt(queue, "Marie");
        assertThat(Routing.offers(anna).of("Marie")).isVisible();
        Await.until("it rings and rings again", Routing.LONG, () -> tones(anna) >= 4);
        var mute = anna.page().getByText("Mute the sound");
        assertThat(mute).hasAttribute("aria-pressed", "false");
        mute.click();
        assertThat(mute).hasAttribute("aria-pressed", "true");

        anna.page().reload();
        assertThat(Routing.offers(anna).of("Marie")).isVisible();
        anna.page().keyboard().press("Shift");
        anna.page().locator("body").click();
        assertThat(mute).hasAttribute("aria-pressed", "true");
        var left = Routing.offers(anna).of("Marie").locator("[role=timer]");
        int seconds = number(left.innerText());
        Await.until("two rings have been missed", Routing.LONG, () -> number(left.innerText()) < seconds - 5);
        assertEquals("muted", 0, tones(anna));
        mute.click();
        Await.until("it rings", Routing.LONG, () -> tones(anna) > 0);
        marie.leave();
        assertThat(Routing.offers(anna).of("Marie")).isHidden();
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll("\\D", ""));
    }

    private static int tones(Desktop desktop) {
        return ((Number) desktop.page().evaluate("window.tones")).intValue();
    }
}
