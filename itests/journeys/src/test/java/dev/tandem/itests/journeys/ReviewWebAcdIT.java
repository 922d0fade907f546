package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** WebACD's pages, looked at state by state. */
public class ReviewWebAcdIT {
    private static final String LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Max";
    private static final List<Map<String, Object>> FORM = List.of(
            field("company", "TEXT", true, "Company", "Entreprise", "Azienda", "Bedrijf"),
            with(
                    field("product", "CHOICE", true, "Product", "Produit", "Prodotto", "Product"),
                    List.of("Laser", "Ink")),
            field("copies", "NUMBER", false, "Copies a day", "Copies par jour", "Copie al giorno", "Afdrukken per dag"),
            field("mail", "EMAIL", false, "E-mail address", "Adresse e-mail", "Indirizzo e-mail", "E-mailadres"),
            with(
                    field(
                            "what",
                            "TEXT",
                            false,
                            "What happens?",
                            "Que se passe-t-il ?",
                            "Che cosa succede?",
                            "Wat gebeurt er?"),
                    500));

    @Rule
    public final Scene scene = Scene.withAxe();

    private final Site site = Site.create(Running.karaf());
    private final Routing routing = new Routing(scene, site);
    private Review review;

    /** Whoever comes by REST has no page that shows that they are there. */
    @Before
    public void site() {
        site.set("session.grace", "600");
        site.anna()
                .api()
                .put(
                        "/platform/sign-ins/" + Routing.id(site.anna()) + "/roles",
                        Map.of("roles", List.of("AGENT", "SUPERVISOR", "ADMINISTRATOR")))
                .ok();
    }

    /** All at once, so that one run tells all. */
    @After
    public void nothingFound() {
        review.nothingFound();
    }

    private static Map<String, Object> field(String key, String type, boolean required, String... labels) {
        var label = Map.of("en", labels[0], "fr", labels[1], "it", labels[2], "nl", labels[3]);
        return Map.of("key", key, "type", type, "required", required, "label", label);
    }

    private static Map<String, Object> with(Map<String, Object> field, Object more) {
        var all = new java.util.HashMap<>(field);
        all.put(more instanceof List ? "options" : "max", more);
        return all;
    }

    private Routing.Queue printers(Map<String, Object> wishes) {
        var all = new java.util.HashMap<String, Object>(Map.of(
                "name", "Printers, scanners and copiers", "offerSeconds", 600, "wrapUpSeconds", 600, "entry", entry()));
        all.putAll(wishes);
        return routing.queue("printers", all);
    }

    private static Map<String, Object> entry() {
        return Map.of("enabled", true, "fields", FORM);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    @Test
    public void customers() {
        review = new Review("webacd-customers");
        var queue = printers(Map.of());
        var closed = routing.queue("night", Map.of("name", "Night desk", "hours", Routing.closed()));
        var page = routing.at(queue).page();
        assertThat(page.locator("form[data-open=yes]")).isVisible();
        review.look(page, "entry");
        page.locator("form button.primary").click();
        assertThat(page.locator("[aria-invalid=true]").first()).isFocused();
        review.look(page, "entry refused");

        routing.waitsAt(queue, LONG, Map.of("company", "Acme", "product", "Laser"));
        page.locator("#name").fill("Marie Dupont");
        page.locator("[data-field=company] input").fill("Acme");
        page.locator("[data-field=product] select").selectOption("Ink");
        var customer = Routing.send(new Customer(scene.customer(), page));
        assertThat(customer.text("2nd")
                        .or(customer.text("place 2"))
                        .or(customer.text("number 2"))
                        .first())
                .isVisible();
        review.look(page, "wait");

        page.navigate(site.karaf().uri() + closed.path());
        assertThat(page.locator("[data-open=no]")).isVisible();
        review.look(page, "entry closed");
        page.navigate(site.karaf().uri() + "/q/" + site.name() + "/nothing");
        assertThat(page.getByText("There is nothing here")).isVisible();
        review.look(page, "entry unknown");
    }

    @Test
    public void agents() {
        review = new Review("webacd-agents");
        var queue = printers(Map.of("members", Routing.members(site.ben())));
        var picked = routing.queue("picked", Map.of("name", "Spare parts", "pick", true));
        var quick = routing.queue("quick", Map.of("name", "Quick ones", "offerSeconds", 5));
        routing.capacity(2, site.ben()).away(site.anna()).available(site.ben());
        var desktop = Desktop.signedIn(scene.agent(site, site.ben(), "en-GB"), site);
        var page = desktop.page();
        var offers = Routing.offers(desktop);

        var answers = Map.of(
                "company", "Acme Office Supplies International",
                "product", "Laser",
                "copies", "1200",
                "what", "It says “paper jam” since Monday, though there is no paper in it at all.");
        var first = routing.waitsAt(queue, LONG, answers);
        first.api()
                .post("/chat/" + first.session(), Map.of("text", "Hello? Is anybody there?"))
                .ok();
        assertThat(offers.of("Acme Office")).isVisible();
        review.look(page, "offer with form and chat");
        var second = routing.waitsAt(queue, "محمد بن عبد الرحمن", Map.of("company", "Nord", "product", "Ink"));
        assertThat(offers.all()).hasCount(2);
        page.locator("article details summary").first().click();
        review.look(page, "two offers");

        offers.accept("Acme Office");
        assertThat(desktop.support()).isVisible();
        second.leave();
        assertThat(offers.all()).hasCount(0);
        desktop.show("Request");
        assertThat(page.getByText("paper jam")).isVisible();
        review.look(page, "request");

        desktop.sessionCommand("Transfer session").click();
        assertThat(page.locator("label[data-queue]").first()).isVisible();
        page.locator("#reason").fill("x".repeat(346));
        review.look(page, "transfer to a queue");
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Agents"))
                .click();
        assertThat(page.locator("label[data-agent]").first()).isVisible();
        page.locator("#reason").fill("She is in a hurry.");
        button(page, "Transfer session").click();
        review.look(page, "transfer to agents");
        button(page, "Cancel").click();

        routing.capacity(1, site.ben());
        routing.waitsAt(picked, LONG);
        routing.waitsAt(picked, "Carlo Rossi");
        page.locator("[data-pick='" + picked.id() + "']").click();
        assertThat(page.getByText("Carlo Rossi")).isVisible();
        review.look(page, "pick list");
        page.keyboard().press("Escape");

        desktop.endSession();
        assertThat(page.locator("[data-wrap-up]")).isVisible();
        review.look(page, "wrap-up");
        picked.set(Map.of("hours", Routing.closed()));
        routing.capacity(2, site.ben());
        routing.waitsAt(quick, "Pia Berg");
        assertThat(page.locator("[data-missed]")).isVisible();
        review.look(page, "not answered");
    }

    @Test
    public void administration() throws IOException {
        review = new Review("webacd-administration");
        routing.skill("french").skill("hardware");
        routing.say(site.ben(), 3, true, Map.of("french", 7, "hardware", 3));
        printers(Map.of(
                "description",
                "Everything that prints, for customers with a contract",
                "skills",
                Map.of("mode", "ALL", "required", List.of(Map.of("skill", "french", "level", 3)), "relax", List.of())));
        routing.queue("night", Map.of("name", "Night desk", "hours", Routing.closed(), "members", List.of()));
        routing.rules("company = \"Acme\" -> queue printers, priority 2");

        var admin = Administration.open(scene.agent(site), site, "routing-queues");
        var page = admin.page();
        assertThat(page.locator("[data-slug=printers]")).isVisible();
        review.look(page, "queues");
        button(page, "Printers, scanners and copiers").click();
        assertThat(page.locator("form#queue")).isVisible();
        page.locator("#f-offerSeconds").fill("4");
        button(page, "Monday to Friday, 8 to 17").click();
        button(page, "Add a date").click();
        assertThat(page.locator("#f-offerSeconds-wrong")).isVisible();
        review.look(page, "queue");
        button(page, "Delete the queue").click();
        review.look(page, "queue to be deleted");
        page.keyboard().press("Escape");

        admin.section("routing-rules");
        page.locator("#rules")
                .fill("company = \"Acme\" -> queue plotters\nlanguage = \"fr\" -> queue printers, skill french >= 3");
        assertThat(page.locator("[data-code=rule-unknown-queue]")).isVisible();
        review.look(page, "rules with a mistake");
        page.locator("#rules").fill("language = \"fr\" -> queue printers, skill french >= 3");
        assertThat(page.getByText("No mistakes")).isVisible();
        button(page, "Try").click();
        assertThat(page.locator(".steps")).isVisible();
        review.look(page, "rules tried");
        button(page, "Publish…").click();
        review.look(page, "rules to be published");
        page.keyboard().press("Escape");

        admin.section("routing-agents");
        assertThat(page.locator("#agents")).isVisible();
        review.look(page, "agents and skills");
        button(page, "Edit Ben Cole").click();
        review.look(page, "agent");
        page.keyboard().press("Escape");

        admin.section("routing-configuration");
        var file = page.waitForDownload(() -> button(page, "Save as a file").click());
        var changed = Files.createTempFile("routing", ".json");
        Files.writeString(changed, Files.readString(file.path()).replace("Night desk", "Night shift"));
        page.getByLabel("File (JSON)").setInputFiles(changed);
        assertThat(page.locator("#plan")).isVisible();
        review.look(page, "configuration");
        Files.delete(changed);
    }

    @Test
    public void monitor() {
        review = new Review("webacd-monitor");
        var queue = printers(Map.of("members", Routing.members(site.ben())));
        routing.queue("night", Map.of("name", "Night desk", "hours", Routing.closed()));
        routing.available(site.ben());
        var page = Desktop.signedIn(scene.agent(site), site).page();
        page.navigate(site.karaf().uri() + "/desktop#monitor/monitor");
        routing.waitsAt(queue, LONG, Map.of("company", "Acme", "product", "Laser"));
        Routing.accept(site.ben(), Routing.offered(site.ben(), LONG));
        routing.waitsAt(queue, "Carlo Rossi", Map.of("company", "Acme", "product", "Ink"));
        var full = page.locator("#agents tbody tr").filter(new Locator.FilterOptions().setHasText("1 of 1"));
        assertThat(full).isVisible();
        page.locator("#renew").click();
        assertThat(page.locator(".numbers")).containsText("100%");
        page.mouse().move(0, 0);
        review.look(page, "monitor");
        page.locator("#offers").getByRole(AriaRole.BUTTON).first().click();
        assertThat(page.getByText("Was asked")).isVisible();
        review.look(page, "why");
        page.keyboard().press("Escape");
        page.locator("#queues").getByRole(AriaRole.BUTTON).first().click();
        assertThat(page.getByText("Carlo Rossi")).isVisible();
        review.look(page, "waiting");
        page.keyboard().press("Escape");
        page.locator("#table").click();
        assertThat(page.getByText("By queue, over the whole period")).isVisible();
        page.locator("#table").scrollIntoViewIfNeeded();
        page.mouse().move(0, 0);
        review.look(page, "history as a table");
    }
}
