package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Karaf;

/** A supervisor watches queues, agents and offers, asks why, and looks at what happened. */
public class MonitorIT {
    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Routing routing;
    private Routing.Queue queue;

    /** Its name begins as a formula of a spreadsheet would. */
    @Before
    public void aQueueWhereBenHelps() {
        site = Site.create(karaf);
        site.anna()
                .api()
                .put(
                        "/platform/sign-ins/" + Routing.id(site.anna()) + "/roles",
                        Map.of("roles", List.of("AGENT", "SUPERVISOR", "ADMINISTRATOR")))
                .ok();
        routing = new Routing(scene, site);
        queue = routing.queue(
                "printers",
                Map.of(
                        "name",
                        "=Printers",
                        "offerSeconds",
                        600,
                        "wrapUpSeconds",
                        600,
                        "members",
                        Routing.members(site.ben())));
    }

    private static Locator row(Page page, String table) {
        return page.locator("#" + table + " tbody tr").first();
    }

    private static void close(Page page) {
        page.locator("tandem-dialog[open]")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Close").setExact(true))
                .last()
                .click();
        assertThat(page.locator("tandem-dialog[open]")).hasCount(0);
    }

    /** Where the columns of the queues and of the agents stand. */
    private static Object places(Page page) {
        return page.locator("#queues thead th, #agents thead th")
                .evaluateAll("all => all.map(one => Math.round(one.getBoundingClientRect().x))");
    }

    @Test
    public void numbersChangeInPlaceAndADecisionIsExplained() throws IOException {
        // Nobody sits at these customers' pages: they are waited for as long as a machine with much to do may need.
        site.set("session.grace", "600");
        var page = Desktop.signedIn(scene.agent(site), site).page();
        page.navigate(karaf.uri() + "/desktop#monitor/monitor");
        assertThat(row(page, "queues")).containsText("=Printers");
        assertThat(row(page, "queues")).containsText("Open");
        var ben = page.locator("#agents tbody tr").filter(new Locator.FilterOptions().setHasText("Ben Cole"));
        assertThat(ben).containsText("Not signed in");
        page.evaluate("() => { window.marked = true; }");
        var places = places(page);

        routing.available(site.ben());
        assertThat(ben).containsText("Available");
        routing.waitsAt(queue, "Marie Dupont");
        assertThat(row(page, "offers")).containsText("Is being asked");
        assertThat(row(page, "offers")).containsText("Ben Cole");
        assertThat(ben).containsText("Is being asked");
        routing.waitsAt(queue, "Carlo Rossi");
        var numbers = row(page, "queues").locator("td.n");
        assertThat(numbers.nth(0)).hasText("1");
        assertThat(numbers.nth(1)).hasText("1");
        assertThat(numbers.nth(3)).hasText(Pattern.compile("\\d:\\d\\d"));

        row(page, "offers").getByRole(AriaRole.BUTTON).click();
        var dialog = page.locator("tandem-dialog[open]");
        assertThat(dialog).containsText("Most idle");
        assertThat(dialog).containsText("Was asked");
        close(page);
        page.locator("#queues").getByRole(AriaRole.BUTTON).click();
        assertThat(dialog).containsText("Carlo Rossi");
        dialog.getByText("Why is nobody asked?").click();
        assertThat(dialog).containsText("Was being asked for somebody else");
        dialog.getByText("Back").click();
        assertThat(dialog).containsText("Carlo Rossi");
        close(page);

        Routing.accept(site.ben(), Routing.offered(site.ben(), "Marie Dupont"));
        assertThat(ben).containsText("1 of 1");
        assertThat(ben).containsText("=Printers, for");
        assertThat(numbers.nth(2)).hasText("1");
        assertThat(numbers.last()).hasText("100%");
        assertEquals("columns keep their places", places, places(page));
        assertEquals("the page was not loaded anew", true, page.evaluate("() => window.marked"));

        page.locator("#renew").click();
        assertThat(page.locator(".numbers")).containsText("100%");
        assertThat(page.locator("svg.plot")).hasCount(3);
        // The last hour has a point, and its numbers are told.
        assertThat(page.locator("svg.plot path.s0[d^=M]").first()).isAttached();
        assertThat(page.locator("svg.plot title").filter(new Locator.FilterOptions().setHasText("Answered: 1")))
                .hasCount(1);
        page.locator("#table").click();
        var printers = page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName("=Printers"))
                .last();
        assertThat(printers).isVisible();
        var csv = page.waitForDownload(() -> page.locator("#csv").click());
        assertTrue(csv.suggestedFilename(), csv.suggestedFilename().endsWith("-hour.csv"));
        var lines = Files.readString(csv.path(), StandardCharsets.UTF_8);
        assertTrue("no formula for a spreadsheet in " + lines, lines.contains("\r\n'=Printers,"));
    }

    @Test
    public void itIsForSupervisorsOnly() {
        assertEquals(403, site.ben().api().get("/webacd/monitor").status());
        assertEquals(403, site.ben().api().get("/webacd/metrics").status());
        assertEquals(403, site.ben().api().get("/webacd/metrics/csv").status());
        assertEquals("invalid", code("interval=minute"));
        assertEquals("invalid", code("interval=15m&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z"));
        assertEquals("invalid", code("from=yesterday"));
        assertEquals("invalid", code("from=%2B1000000000-12-31T00:00:00Z"));
        assertEquals(
                404,
                site.anna().api().get("/webacd/metrics?queue=" + site.name()).status());
        assertEquals(
                200,
                site.anna().api().get("/webacd/metrics?queue=" + queue.id()).status());
    }

    private String code(String query) {
        var reply = site.anna().api().get("/webacd/metrics?" + query);
        assertEquals(reply.toString(), 400, reply.status());
        return reply.code();
    }
}
