package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Karaf;

/** An administrator simulates: more agents, a simulation that is ended, and what other rules would change. */
public class SimulatorPageIT {
    @Rule
    public final Scene scene = Scene.withAxe();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Routing routing;
    private Routing.Queue printers;

    @Before
    public void twoQueues() {
        site = Site.create(karaf);
        routing = new Routing(scene, site);
        printers = routing.queue("printers", Map.of("members", Routing.members(site.ben())));
        routing.queue("accounts", Map.of("members", Routing.members(site.anna())));
        routing.capacity(1, site.anna(), site.ben());
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A scenario's part of a measure. */
    private static Locator told(Page page, String measure, String scenario) {
        return page.locator("[data-measure=" + measure + "] [data-scenario=" + scenario + "] [data-verdict]");
    }

    /** Adds a change to a scenario, the first of which is 0. */
    private static void change(Page page, int scenario, String kind) {
        page.locator("#add-" + scenario + " .opener").click();
        page.locator("#add-" + scenario + " [data-id=" + kind + "]").click();
    }

    private static void come(Page page, String slug, String perHour, String handling) {
        var inputs = page.locator(".rates [data-queue=" + slug + "] input");
        inputs.nth(0).fill(perHour);
        inputs.nth(1).fill(handling);
    }

    /** Ben alone is asked for twice what he can do; with three more nearly everybody is answered at once. */
    @Test
    public void aDayThatIsMadeUpWithMoreAgents() throws IOException {
        var admin = Administration.open(scene.agent(site), site, "routing-simulator");
        var page = admin.page();
        var review = new Review("simulator");
        assertThat(page.locator("#none-recorded")).containsText("Nothing was recorded in this time.");
        review.look(page, "the simulator without traffic");
        button(page, "Make up traffic").click();
        come(page, "printers", "many", "180");
        button(page, "Simulate").click();
        assertThat(page.locator(".rates [data-queue=printers] .wrong").first()).hasText("A whole number is needed.");
        come(page, "printers", "40", "180");
        come(page, "accounts", "5", "120");
        assertThat(page.locator(".rates [data-queue=printers]")).containsText("2");
        page.locator("#another").click();
        page.getByLabel("Name of scenario B").fill("Three more");
        change(page, 1, "more");
        page.locator("[data-scenario=B] [data-change=more] select")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Printers"));
        page.locator("[data-scenario=B] [data-change=more] input").first().fill("3");
        page.getByLabel("Duplicate Three more").click();
        page.getByLabel("Name of scenario C").fill("Without Ben");
        page.getByLabel("Remove More agents for a queue").last().click();
        change(page, 2, "absent");
        page.locator("[data-scenario=C] [data-change=absent] select")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Ben Cole"));

        // What is put together stays while one looks elsewhere.
        admin.section("routing-queues");
        admin.section("routing-simulator");
        assertThat(page.getByLabel("Name of scenario C")).hasValue("Without Ben");
        assertThat(page.locator(".rates [data-queue=printers] input").first()).hasValue("40");
        review.look(page, "scenarios side by side");

        button(page, "Simulate").click();
        assertThat(page.locator("#best")).hasAttribute("data-best", "B");
        assertThat(page.locator("#best")).containsText("“Three more” answers");
        for (var measure : new String[] {"serviceLevel", "answerSeconds", "abandonRate"}) {
            assertThat(told(page, measure, "B")).hasAttribute("data-verdict", "better");
        }
        assertThat(told(page, "serviceLevel", "C")).hasAttribute("data-verdict", "worse");
        assertThat(told(page, "abandonRate", "C")).hasAttribute("data-verdict", "worse");
        assertThat(page.locator("[data-plot]")).hasCount(6);
        page.locator("[data-plot=serviceLevel] summary").press("Enter");
        assertThat(page.locator("[data-plot=serviceLevel] thead th")).hasCount(4);
        page.locator("#queue").selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Printers"));
        review.look(page, "what came of the simulation");
        var file = page.waitForDownload(() -> page.locator("#csv").click());
        var lines =
                Files.readString(file.path(), StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.get(0), lines.get(0).startsWith("\ufeffscenario,queue,interval,arrived,"));
        assertEquals(
                "of each scenario the whole and its two queues",
                9,
                lines.stream().filter(line -> line.matches("[^,]+,[^,]*,,.*")).count());

        admin.section("routing-queues");
        admin.section("routing-simulator");
        assertThat(page.locator("#best")).hasAttribute("data-best", "B");
        button(page, "Routing simulator").click();
        assertThat(page.locator("[data-simulation]")).hasCount(1);
        assertThat(page.locator("[data-simulation]")).containsText("As it is, Three more, Without Ben");
        page.locator("[data-simulation] th button").click();
        assertThat(page.locator("#best")).isVisible();
        page.locator("#again").click();
        assertThat(page.locator("[data-scenario=C] [data-change=absent]")).isVisible();
        assertThat(page.locator("[data-scenario=B] [data-change=more] input").first())
                .hasValue("3");
        review.nothingFound();
    }

    /** So much that no machine has done it before the button is pressed. */
    @Test
    public void oneThatTakesLongIsEnded() {
        var admin = Administration.open(scene.agent(site), site, "routing-simulator");
        var page = admin.page();
        page.locator("[value=GENERATED]").check();
        page.locator("#f-generated-from").fill("2026-03-02T00:00");
        page.locator("#f-generated-to").fill("2026-04-01T00:00");
        come(page, "printers", "1500", "60");
        come(page, "accounts", "1000", "60");
        for (int i = 0; i < 3; i++) {
            page.locator("[data-scenario] button[aria-label^=Duplicate]")
                    .first()
                    .click();
        }
        button(page, "Simulate").click();
        assertThat(page.locator("progress")).isVisible();
        assertThat(page.locator("#items")).containsText("of 1,");
        page.locator("#cancel").click();
        assertThat(page.locator("#over")).hasText("This simulation was cancelled. You can change it and run it again.");
        assertThat(page.locator("[data-state=CANCELLED]")).isVisible();
        page.locator("#remove").click();
        assertThat(page.locator("[data-simulation]")).hasCount(0);
        assertThat(page.getByText("Nothing has been simulated yet.")).isVisible();
    }

    /** Two of three customers would be sent to another queue by a new rule. */
    @Test
    public void whatOtherRulesWouldHaveDoneIsShownBeforeTheyArePublished() {
        for (var name : new String[] {"Marie", "Paul", "Zoé"}) {
            routing.waitsAt(printers, name);
        }
        var admin = Administration.open(scene.agent(site), site, "routing-rules");
        var page = admin.page();
        assertThat(page.locator("#look")).isDisabled();
        page.locator("#rules").fill("language = \"en\" -> queue accounts, priority 2");
        page.locator("#look").click();
        var move = page.locator("#moves tbody tr");
        assertThat(move).hasCount(1);
        assertThat(move).containsText("Printers");
        assertThat(move).containsText("Accounts");
        assertThat(move).containsText("3");
        assertThat(page.locator("#examples tbody tr")).hasCount(3);
        assertThat(page.locator("#examples tbody tr").first()).containsText("Priority 2.");
        assertThat(page.locator(".flow .stream")).hasCount(1);
        var review = new Review("rules-diff");
        review.look(page, "what other rules would change");
        review.nothingFound();
        page.locator("#rules").fill("language = \"en\" -> queue printers");
        assertThat(page.getByText("The text or the period has changed since. Compare again."))
                .isVisible();
        page.locator("#look").click();
        assertThat(page.getByText("Nobody would go elsewhere.")).isVisible();
    }
}
