package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.regex.Pattern;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;

import dev.tandem.itests.harness.Await;

/** Customers come by a queue's link: its page, its form, its rules, and the wait. */
public class EntryIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Routing routing;

    @Before
    public void aSite() {
        site = Site.create(Running.karaf());
        routing = new Routing(scene, site);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator wrong(Customer customer, String field) {
        return customer.page().locator("[data-field='" + field + "'] .wrong");
    }

    @Test
    public void WX1_anAdministratorMakesAQueueAndACustomerComesByItsLinkToTheAgentWhomARuleNames() {
        routing.skill("french");
        var printers = routing.queue("printers", Map.of("members", Routing.members(site.anna(), site.ben())));
        routing.say(site.anna(), 2, true, Map.of("french", 2)).say(site.ben(), 2, true, Map.of("french", 5));
        makeTheQueueAndItsRule();
        routing.available(site.anna(), site.ben());
        var ben = Desktop.signedIn(scene.agent(site, site.ben(), "en-GB"), site);
        var offers = Routing.offers(ben);

        var marie = routing.at(new Routing.Queue(routing, "", "help"), scene.customer("fr-FR"));
        var page = marie.page();
        assertThat(page.locator("[data-open=yes] button.primary")).hasText("Démarrer l’assistance");
        page.locator("form button.primary").click();
        assertThat(wrong(marie, "mail")).hasText("Veuillez remplir ce champ.");
        assertThat(page.locator("#name")).isFocused();
        page.locator("#name").fill("Marie D.");
        page.getByLabel("Société").fill("Une société dont le nom est trop long");
        page.getByLabel("Numéro").fill("douze");
        page.getByLabel("E-mail").fill("marie@");
        page.locator("form button.primary").click();
        assertThat(wrong(marie, "company")).hasText("Ce texte compte 37 caractères ; 20 au plus sont possibles.");
        assertThat(wrong(marie, "serial")).hasText("Veuillez écrire un nombre.");
        assertThat(wrong(marie, "mail")).containsText("anna@example.org");
        page.getByLabel("Société").fill("Acme");
        page.getByLabel("Produit").selectOption("Laser");
        page.getByLabel("Numéro").fill("4711");
        page.getByLabel("E-mail").fill("marie@example.org");
        Routing.send(marie);
        assertThat(marie.text("Quelqu’un est sollicité pour vous en ce moment."))
                .isVisible();

        var card = offers.of("Marie D.");
        assertThat(card).containsText("Acme");
        assertThat(card).containsText("Queue: Printers");
        assertThat(card).containsText("French");
        assertThat(card).containsText(Pattern.compile("Waiting for 0:\\d\\d"));
        assertThat(card.locator("dl")).containsText("Product");
        assertThat(card.locator("dl")).containsText("Laser");
        assertThat(card.locator("dl")).containsText("marie@example.org");
        assertTrue(
                "who lacks the skill is not asked",
                Routing.mine(site.anna()).get("offers").isEmpty());
        var item = Routing.mine(site.ben()).get("offers").get(0).get("item").asText();
        var why =
                site.anna().api().get("/webacd/items/" + item + "/explanations").ok();
        assertEquals("CHOSEN", reason(why, site.ben()));
        assertEquals("SKILL_MISSING", reason(why, site.anna()));
        var first =
                site.anna().api().get("/webacd/items?queue=" + printers.id()).ok();
        assertTrue(
                "it is offered, so nobody waits: " + first, first.get("items").isEmpty());

        offers.accept("Marie D.");
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertThat(card).isHidden();
        assertThat(marie.text("Ben Cole")).isVisible();
        var request = ben.show("Request");
        assertThat(request).containsText("Marie D.");
        assertThat(request).containsText("Acme");
        assertThat(request).containsText("4711");
        assertThat(request).containsText("Printers");
        ben.showChat();
        page.getByLabel("Votre message").fill("Bonjour");
        page.getByLabel("Votre message").press("Enter");
        assertThat(ben.chat().message("Bonjour")).isVisible();
        assertThat(marie.nameField()).isHidden();
    }

    private static String reason(com.fasterxml.jackson.databind.JsonNode why, Site.Worker agent) {
        for (var one : why.get("rounds").get(0).get("why").get("considered")) {
            if (one.get("agent").asText().equals(Routing.id(agent))) {
                return one.get("reason").asText();
            }
        }
        throw new AssertionError(agent.name() + " was not considered: " + why);
    }

    /** All in the Administration tab: a queue with a link, a form of four questions and Anna, and a rule. */
    private void makeTheQueueAndItsRule() {
        var admin = Administration.open(scene.agent(site), site, "routing-queues");
        var page = admin.page();
        button(page, "New queue").click();
        page.locator("#f-name").fill("Help");
        page.locator("#add-member").selectOption(new SelectOption().setLabel("Anna Bell"));
        page.locator("#f-entry-enabled").check();
        page.locator("#f-entry-openText-en").fill("Start support");
        page.locator("#f-entry-openText-fr").fill("Démarrer l’assistance");
        page.locator("#f-entry-closedText-en").fill("Write to us");
        question(page, 0, "company", "TEXT", "Company", "Société");
        page.locator("#f-entry-fields-0-max").fill("20");
        question(page, 1, "product", "CHOICE", "Product", "Produit");
        page.locator("#f-entry-fields-1-options").fill("Laser\nInk");
        question(page, 2, "serial", "NUMBER", "Number", "Numéro");
        question(page, 3, "mail", "EMAIL", "E-mail", "E-mail");
        page.locator("[data-question=mail]").getByLabel("An answer is needed").check();
        button(page, "Make the queue").click();
        assertThat(page.locator("[data-link] a")).hasText(site.karaf().uri() + "/q/" + site.name() + "/help");
        admin.section("routing-rules");
        page.locator("#rules")
                .fill("company = \"Acme\" and language = \"fr\" and form.product = \"Laser\""
                        + " -> queue printers, priority 3, skill french >= 4");
        assertThat(page.getByText("No mistakes")).isVisible();
        button(page, "Publish…").click();
        button(page, "Publish").click();
        // The page stays open: an agent without one counts as away.
        assertThat(page.locator("[data-version='1']")).containsText("Holds now");
    }

    private static void question(Page page, int at, String key, String type, String english, String french) {
        button(page, "Add a question").click();
        var field = "#f-entry-fields-" + at;
        page.locator(field + "-label-en").fill(english);
        page.locator(field + "-label-fr").fill(french);
        page.locator(field + "-key").fill(key);
        page.locator(field + "-type").selectOption(type);
    }

    @Test
    public void WX1_aClosedQueueHasAnotherButtonAndOpensUnderTheCustomersEyes() {
        var queue = routing.queue(
                "help",
                Map.of(
                        "hours", Routing.closed(),
                        "entry",
                                Map.of(
                                        "enabled",
                                        true,
                                        "openText",
                                        Map.of("en", "Start support"),
                                        "closedText",
                                        Map.of("en", "Write to us", "nl", "Schrijf ons"),
                                        "closedUrl",
                                        "https://example.org/write")));
        var person = scene.customer("nl-NL");
        person.context().clock().install();
        var page = routing.at(queue, person).page();
        var link = page.locator("[data-open=no] a");
        assertThat(link).hasText("Schrijf ons");
        assertThat(link).hasAttribute("href", "https://example.org/write");
        assertThat(page.getByText("Er is nu niemand aanwezig.")).isVisible();
        assertEquals(409, routing.enter(queue, Map.of("name", "Marie")).status());

        queue.set(Map.of("hours", Routing.open()));
        page.clock().fastForward(31_000);
        assertThat(page.locator("[data-open=yes] button.primary")).hasText("Start support");

        queue.set(Map.of("hours", Routing.closed()));
        page.locator("#name").fill("Marie");
        page.locator("form button.primary").click();
        assertThat(link).hasText("Schrijf ons");
        queue.set(Map.of("entry", Map.of("enabled", false)));
        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("Hier is niets");
    }

    @Test
    public void WX1_aFullQueueRefusesWithAReasonUntilSomebodyLeaves() {
        var queue = routing.queue("help", Map.of("largestLength", 1));
        var first = routing.waitsAt(queue, "Paul");
        var marie = routing.at(queue, scene.customer("it-IT"));
        marie.page().locator("#name").fill("Marie");
        marie.page().locator("form button.primary").click();
        assertThat(marie.page().getByRole(AriaRole.ALERT)).containsText("moltissime persone");
        assertEquals("queue-full", routing.enter(queue, Map.of("name", "Eva")).code());
        first.leave();
        Await.until("the place is free", Routing.LONG, () -> queue.waiting() == 0);
        Routing.send(marie);
        assertThat(marie.text("Sei il prossimo.")).isVisible();
    }

    @Test
    public void WX3_placeAndWaitFollowTheOthersAndEachCanBeSwitchedOff() {
        var queue = routing.queue("help", Map.of("offerSeconds", 600, "members", Routing.members(site.anna())));
        routing.capacity(1, site.anna()).available(site.anna());
        var paul = routing.waitsAt(queue, "Paul");
        Routing.offered(site.anna(), "Paul");
        var eva = routing.waitsAt(queue, "Eva");
        var marie = routing.customerAt(queue, "Marie");
        var wait = Routing.wait(marie);
        assertThat(wait).containsText("You are number 3 in Help.");
        assertThat(wait).containsText("It takes about 10 minutes.");
        assertThat(marie.text("Your place in the queue: 3. Estimated wait: about 10 minutes."))
                .isVisible();

        eva.leave();
        assertThat(wait).containsText("You are number 2 in Help.");
        assertThat(wait).containsText("It takes about 5 minutes.");

        queue.set(Map.of("showPosition", false));
        assertThat(marie.text("You are number 2 in Help.")).isHidden();
        assertThat(marie.text("It takes about 5 minutes.")).isVisible();
        queue.set(Map.of("showWait", false));
        assertThat(marie.text("It takes about 5 minutes.")).isHidden();
        queue.set(Map.of("showPosition", true));
        assertThat(wait).containsText("You are number 2 in Help.");
        assertThat(marie.text("It takes about 5 minutes.")).isHidden();

        paul.leave();
        assertThat(wait).containsText("Somebody is being asked for you right now.");
        Routing.offered(site.anna(), "Marie");
    }

    @Test
    public void aCustomerWhoReloadsKeepsThePlaceAndOneWhoLeavesIsOfferedToNobody() {
        var queue = routing.queue("help", Map.of("members", Routing.members(site.ben())));
        var first = routing.waitsAt(queue, "Paul");
        var marie = routing.customerAt(queue, "Marie");
        routing.waitsAt(queue, "Eva");
        assertThat(marie.text("You are number 2 in Help.")).isVisible();
        marie.page().reload();
        assertThat(marie.text("You are number 2 in Help.")).isVisible();
        assertEquals(3, queue.waiting());
        first.leave();
        assertThat(marie.text("You are next.")).isVisible();

        routing.capacity(1, site.ben()).available(site.ben());
        var ben = Desktop.signedIn(scene.agent(site, site.ben(), "en-GB"), site);
        var offers = Routing.offers(ben);
        assertThat(offers.of("Marie")).isVisible();
        assertThat(marie.text("Somebody is being asked for you right now.")).isVisible();
        marie.page().reload();
        assertThat(marie.text("Somebody is being asked for you right now.")).isVisible();
        assertThat(offers.of("Marie")).isVisible();
        marie.button("Leave").click();
        assertThat(offers.of("Marie")).isHidden();
        assertThat(ben.text("Marie is no longer offered to you")).isVisible();
        assertThat(offers.of("Eva")).isVisible();
    }

    @Test
    public void aCustomerForWhomNobodyComesInTimeIsToldSo() {
        var queue = routing.queue("help", Map.of("largestWaitSeconds", 10));
        routing.away(site.anna(), site.ben());
        var marie = routing.customerAt(queue, "Marie");
        assertThat(marie.text("Nobody was free just now")).isVisible();
        assertEquals(0, queue.waiting());
    }
}
