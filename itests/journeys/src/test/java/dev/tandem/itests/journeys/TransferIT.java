package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Karaf;

/** An agent of WebACD hands a session over, in the dialog and by REST: to whom, with which words, and who gets it. */
public class TransferIT {
    /** Seven code points in one picture. */
    private static final String FAMILY = "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Routing routing;
    private Desktop anna;
    private Customer marie;

    private Site.Worker carla() {
        return site.workers().get(2);
    }

    @Before
    public void threeAgents() {
        site = Site.create(karaf, karaf.administrator(), List.of("Anna Bell", "Ben Cole", "Carla Diaz"));
        routing = new Routing(scene, site);
    }

    /** A queue that those serve. */
    private Routing.Queue queue(String slug, Site.Worker... members) {
        return routing.queue(slug, Map.of("members", Routing.members(members)));
    }

    /** Anna helps Marie, and all three work with WebACD. */
    private void supporting() {
        routing.capacity(2, site.anna(), site.ben(), carla());
        together();
    }

    private void together() {
        anna = Desktop.supporting(scene.agent(site), site);
        marie = Customer.join(scene.customer(), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
    }

    private Desktop at(Site.Worker worker) {
        var desktop = Desktop.signedIn(scene.agent(site, worker, "en-GB"), site);
        routing.available(worker);
        return desktop;
    }

    private static Locator offers(Desktop desktop) {
        return Routing.offers(desktop).all();
    }

    private String session() {
        return marie.session();
    }

    private String state() {
        return site.karaf()
                .api()
                .asCustomer(token())
                .get("/sessions/" + session())
                .ok()
                .get("state")
                .asText();
    }

    private String token() {
        return (String)
                marie.page()
                        .evaluate(
                                "() => JSON.parse(Object.values({...sessionStorage, ...localStorage}).find((v) => v.includes('token'))).token");
    }

    private void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Running.work().resolve("shots").resolve("transfer-" + name + ".png")));
    }

    @Test
    public void W32_whomWebacdGivesNoWorkIsNotOfferedIt() {
        together();
        queue("printers", site.ben());
        var panel = anna.show("Session");
        assertThat(panel.locator("#pass-control")).isVisible();
        assertThat(panel.locator("#hand-over")).hasCount(0);
        assertThat(anna.sessionCommand("Transfer control")).isVisible();
        assertThat(anna.page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Transfer session")))
                .hasCount(0);
        anna.page().keyboard().press("Escape");
        var refused = Routing.transfer(site.anna(), session(), Map.of("agents", List.of(Routing.id(site.ben()))));
        assertEquals(403, refused.status());
        assertEquals("not-webacd-agent", refused.code());
        assertEquals("ACTIVE", state());

        // Without a reload, in both directions.
        routing.capacity(1, site.anna());
        assertThat(panel.locator("#hand-over")).isVisible();
        assertThat(anna.sessionCommand("Transfer session")).isVisible();
        anna.page().keyboard().press("Escape");
        site.anna().api().delete("/webacd/agents/" + Routing.id(site.anna())).ok();
        assertThat(panel.locator("#hand-over")).hasCount(0);
        assertThat(panel.locator("#pass-control")).isVisible();
    }

    @Test
    public void W33_W34_theDialogIsReachedBothWaysAndTakesOneQueueOrAgents() {
        supporting();
        queue("printers", site.ben());
        queue("scanners", carla());
        var dialog = Handover.fromTab(anna);
        assertThat(dialog.tab("queues")).hasAttribute("aria-selected", "true");
        dialog.send().click();
        assertThat(dialog.alert()).containsText("Choose a queue.");
        dialog.queue("Printers").check();
        dialog.queue("Scanners").check();
        assertThat(dialog.queue("Printers")).not().isChecked();
        assertThat(dialog.send()).hasText("Transfer to Scanners");
        shot(anna.page(), "dialog-queues");
        dialog.agents();
        assertThat(dialog.send()).hasText("Transfer session");
        dialog.send().click();
        assertThat(dialog.alert()).containsText("Choose at least one agent.");
        assertThat(dialog.agent("Anna Bell")).hasCount(0);
        dialog.agent("Ben Cole").check();
        dialog.agent("Carla Diaz").check();
        assertThat(dialog.send()).hasText("Transfer to 2 agents");
        shot(anna.page(), "dialog-agents");
        dialog.cancel().click();
        assertThat(dialog.dialog().getByRole(AriaRole.TABLIST)).isHidden();

        // Nothing of it is left, and what is chosen in the tab that is not seen does not count.
        dialog = Handover.fromToolbar(anna);
        assertThat(dialog.queue("Scanners")).not().isChecked();
        dialog.queue("Printers").check();
        dialog.agents();
        assertThat(dialog.agent("Ben Cole")).not().isChecked();
        dialog.agent("Carla Diaz").check();
        dialog.queues();
        assertThat(dialog.queue("Printers")).isChecked();
        assertThat(dialog.send()).hasText("Transfer to Printers");
        assertEquals("ACTIVE", state());
        dialog.send().click();
        assertThat(anna.text("You have handed over the session")).isVisible();
        assertThat(marie.text("You are being connected to another agent")).isVisible();
        routing.available(carla());
        routing.available(site.ben());
        Routing.offered(site.ben(), Customer.NAME);
        assertEquals(
                "not a thing for her", 0, Routing.mine(carla()).get("offers").size());
    }

    @Test
    public void W34_restRefusesWhatIsNotOneQueueOrAgents() {
        supporting();
        var printers = queue("printers", site.ben()).id();
        var scanners = queue("scanners", carla()).id();
        var ben = Routing.id(site.ben());
        refused(400, "target-needed", Map.of());
        refused(400, "target-needed", Map.of("agents", List.of()));
        refused(400, "target-both", Map.of("queue", printers, "agents", List.of(ben)));
        refused(400, "two-queues", Map.of("queue", List.of(printers, scanners)));
        refused(400, "invalid", Map.of("queue", "printers, scanners"));
        refused(400, "invalid", Map.of("agents", List.of("")));
        refused(400, "invalid", Map.of("agents", List.of(Routing.id(site.anna()))));
        refused(404, "unknown", Map.of("queue", UUID.randomUUID().toString()));
        refused(404, "unknown-agent", Map.of("agents", List.of("nobody.here")));
        refused(404, "unknown-agent", Map.of("agents", List.of(ben, "nobody.here")));
        var elsewhere = Site.create(karaf, karaf.administrator(), List.of("Otto Fern", "Pia Graf"));
        var foreign = new Routing(scene, elsewhere).capacity(1, elsewhere.ben());
        refused(404, "unknown-agent", Map.of("agents", List.of(Routing.id(elsewhere.ben()))));
        refused(404, "unknown", Map.of("queue", foreign.queue("printers").id()));
        assertEquals("ACTIVE", state());
        assertThat(anna.support()).hasAttribute("data-controls", "true");
    }

    private Api.Reply refused(int status, String code, Map<String, ?> to) {
        var reply = Routing.transfer(site.anna(), session(), to);
        assertEquals(reply.text(), status, reply.status());
        assertEquals(reply.text(), code, reply.code());
        return reply;
    }

    @Test
    public void W34_aClosedOrFullQueueIsRefusedInTheAgentsLanguage() {
        supporting();
        var closed = queue("closed", site.ben())
                .set(Map.of("hours", Routing.closed()))
                .id();
        var small = routing.queue("full", Map.of("largestLength", 1, "members", List.of()));
        routing.waitsAt(small, "Jean");
        var full = small.id();
        var printers = queue("printers", site.ben());
        refused(409, "queue-closed", Map.of("queue", closed));
        refused(409, "queue-full", Map.of("queue", full));
        var inFrench = site.anna().api().with("Accept-Language", "fr");
        assertEquals(
                409,
                inFrench.post("/webacd/transfers", Map.of("session", session(), "queue", full))
                        .status());

        var page = anna.page();
        var dialog = Handover.fromToolbar(anna);
        assertThat(dialog.queue("Closed")).isDisabled();
        assertThat(dialog.queue("Full")).isDisabled();
        page.evaluate("() => import('tandem/kit').then((kit) => kit.setLanguage('fr'))");
        assertThat(dialog.dialog().locator("[data-queue='" + closed + "'] .state"))
                .hasText("Fermée");
        assertThat(dialog.dialog().locator("[data-queue='" + full + "'] .state"))
                .hasText("Pleine");
        dialog.queue("Printers").check();
        // The list gets old: nothing new of it comes in.
        page.route("**/webacd/transfers/targets", route -> route.abort());
        printers.set(Map.of("hours", Routing.closed()));
        dialog.send().click();
        assertThat(dialog.alert()).hasText("Cette file d’attente est fermée maintenant. Choisissez-en une autre.");
        shot(page, "refused-fr");
        assertEquals("ACTIVE", state());
    }

    @Test
    public void W35_W36_theFirstToAcceptHasItAndEachOfThemReadsTheMessage() {
        supporting();
        var ben = at(site.ben());
        var carla = at(carla());
        anna.showChat().chat().say("Which floor is it?");
        marie.chat().say("The first one");
        assertThat(anna.chat().message("The first one")).isVisible();
        var dialog = Handover.fromTab(anna).agents();
        assertThat(dialog.agent("Ben Cole.*Available")).isVisible();
        dialog.agent("Ben Cole").check();
        dialog.agent("Carla Diaz").check();
        dialog.message().fill("It smokes \uD83D\uDD25 – bring a new one");
        dialog.send().click();
        assertThat(anna.text("You have handed over the session")).isVisible();
        for (var one : List.of(ben, carla)) {
            assertThat(offers(one)).hasCount(1);
            var card = offers(one).first();
            assertThat(card).containsText("Marie D.");
            assertThat(card).containsText("It smokes \uD83D\uDD25 – bring a new one");
            assertThat(card).containsText("From Anna Bell");
            assertThat(card).containsText("1 colleague is asked too");
        }
        shot(ben.page(), "offer");
        var carlas = Routing.offered(carla(), Customer.NAME);
        offers(ben).locator("button.primary").click();
        assertThat(offers(carla)).hasCount(0);
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertThat(marie.text("You are connected with Ben Cole")).isVisible();
        var late = carla().api().post("/webacd/offers/" + carlas.get("id").asText() + "/accept");
        assertEquals(409, late.status());
        assertEquals("offer-gone", late.code());
        assertEquals(1, Routing.mine(site.ben()).get("load").get("assigned").asInt());
        assertEquals(0, Routing.mine(carla()).get("load").get("assigned").asInt());
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        shot(ben.page(), "taken");
    }

    @Test
    public void W36_everyAvailableAgentOfTheQueueReadsTheMessage() {
        supporting();
        var help =
                routing.queue("help", Map.of("strategy", "BROADCAST", "members", Routing.members(site.ben(), carla())));
        var ben = at(site.ben());
        var carla = at(carla());
        assertEquals(
                201,
                Routing.transfer(site.anna(), session(), Map.of("queue", help.id(), "reason", "Mind the third step"))
                        .status());
        for (var one : List.of(ben, carla)) {
            assertThat(offers(one)).containsText("Mind the third step");
        }
        assertThat(marie.text("You are being connected to another agent")).isVisible();
        assertThat(marie.text("Mind the third step")).hasCount(0);
    }

    @Test
    public void W35_whenAllDeclineOrLetItPassTheFallbackQueueHasItAndTheCustomerIsTold() {
        supporting();
        site.set("webacd.agents.offer", "5");
        var dan = carla();
        routing.fallback(queue("backup", dan).set(Map.of("name", "Back-up")));
        var ben = at(site.ben());
        Handover.fromTab(anna).cancel().click();
        var dialog = Handover.fromToolbar(anna).agents();
        dialog.agent("Ben Cole").check();
        dialog.send().click();
        assertThat(offers(ben)).hasCount(1);
        Routing.offers(ben).decline(Customer.NAME);
        assertThat(offers(ben)).hasCount(0);
        var told = "No one who was asked could take over. You are now waiting in the queue “Back-up”.";
        assertThat(marie.chat().log()).containsText(told);
        shot(marie.page(), "fallback");
        routing.available(dan);
        Routing.accept(dan, Routing.offered(dan, Customer.NAME));
        assertThat(marie.text("You are connected with Carla Diaz")).isVisible();

        // And on: this time nobody answers at all. Who has let it pass is away.
        routing.available(site.ben(), site.anna());
        assertEquals(
                201,
                Routing.transfer(
                                dan,
                                session(),
                                Map.of("agents", List.of(Routing.id(site.ben()), Routing.id(site.anna()))))
                        .status());
        assertThat(offers(ben)).hasCount(1);
        assertThat(offers(ben)).hasCount(0);
        routing.available(dan);
        assertThat(marie.chat().log().getByText(told)).hasCount(2);
        Routing.accept(dan, Routing.offered(dan, Customer.NAME));
        assertThat(marie.text("You are connected with Carla Diaz")).isVisible();
    }

    @Test
    public void W36_345CodePointsPassAnd346AreRefusedWithTheirCount() {
        supporting();
        var printers = queue("printers", site.ben()).id();
        // A family is one picture of seven, an accent may stand by itself, and a letter may need two units of the page.
        var most = FAMILY.repeat(40) + "e\u0301".repeat(32) + "\uD835\uDC9C";
        assertEquals(345, most.codePointCount(0, most.length()));
        var over = most + "x";
        for (var path : List.of(over, most + "\u0301", "y" + most)) {
            var refused = refused(400, "reason-too-long", Map.of("queue", printers, "reason", path));
            assertTrue(refused.text(), refused.text().contains("346"));
        }
        var dialog = Handover.fromTab(anna);
        dialog.queue("Printers").check();
        dialog.message().fill(over);
        assertThat(dialog.count()).hasText("346 of 345");
        assertThat(dialog.alert().filter(new Locator.FilterOptions().setHasText("346 characters")))
                .isVisible();
        assertThat(dialog.message()).hasAttribute("aria-invalid", "true");
        shot(anna.page(), "too-long");
        dialog.send().click();
        assertThat(dialog.dialog().getByRole(AriaRole.TABLIST)).isVisible();
        assertEquals("ACTIVE", state());
        dialog.message().fill("  " + most + "\n");
        assertThat(dialog.count()).hasText("345 of 345");
        dialog.send().click();
        assertThat(anna.text("You have handed over the session")).isVisible();
        var ben = at(site.ben());
        assertThat(offers(ben).locator("blockquote span")).hasText(most);
        shot(ben.page(), "offer-long");
        assertEquals(
                most,
                Routing.mine(site.ben()).get("offers").get(0).get("reason").asText());
    }
}
