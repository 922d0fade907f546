package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Karaf;

/** An administrator makes a queue, its members, its link and its rules, in the desktop. */
public class RoutingAdministrationIT {
    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Site site;

    @Before
    public void withQueues() {
        site = Site.create(karaf);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    public void aQueueFromItsNameToItsEndWithRules() throws IOException {
        var admin = Administration.open(scene.agent(site), site, "routing-agents");
        var page = admin.page();
        button(page, "New skill").click();
        page.getByLabel("Skill", new Page.GetByLabelOptions().setExact(true)).fill("French");
        button(page, "Save").click();
        assertThat(page.locator("#f-skill-wrong")).hasText("1 to 40 small letters, digits and inner hyphens.");
        page.getByLabel("Skill", new Page.GetByLabelOptions().setExact(true)).fill("french");
        button(page, "Save").click();
        assertThat(page.locator("[data-skill=french]")).isVisible();

        admin.section("routing-queues");
        button(page, "New queue").click();
        page.locator("#f-name").fill("Printers & co");
        assertThat(page.locator("#f-slug")).hasValue("printers-co");
        page.locator("#f-slug").fill("printers");
        // What is not saved is still there after another page.
        admin.section("routing-rules");
        admin.section("routing-queues");
        assertThat(page.locator("#f-slug")).hasValue("printers");
        assertThat(page.locator("#f-name")).hasValue("Printers & co");
        page.locator("#f-offerSeconds").fill("4");
        assertThat(page.locator("#f-offerSeconds-wrong")).hasText("From 5 to 600.");
        button(page, "Make the queue").click();
        assertThat(page.locator("#f-offerSeconds")).isFocused();
        page.locator("#f-offerSeconds").fill("15");
        page.locator("#add-member")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Anna Bell"));
        button(page, "Ask for a skill").click();
        button(page, "Add a step").click();
        button(page, "Monday to Friday, 8 to 17").click();
        assertThat(page.getByText("Open 45 hours a week")).isVisible();
        page.locator("#f-hours-week-0-0-from").fill("7");
        page.locator("#f-hours-week-0-0-from").blur();
        assertThat(page.locator("#f-hours-week-0-0-from")).hasValue("07:00");
        button(page, "Around the clock").click();
        button(page, "Add a date").click();
        page.locator("#f-hours-holidays-0-date").fill("2027-12-25");
        page.locator("#f-entry-enabled").check();
        button(page, "Add a question").click();
        page.locator("#f-entry-fields-0-label-en").fill("Product");
        page.locator("#f-entry-fields-0-key").fill("product");
        page.locator("#f-entry-fields-0-type").selectOption("CHOICE");
        page.locator("#f-entry-fields-0-options").fill("Laser\nInk");
        page.locator("#f-start-screen").selectOption("VIEW");
        button(page, "Make the queue").click();
        assertThat(page.locator("[data-link]")).isVisible();
        assertThat(page.locator("[data-link] a")).hasText(karaf.uri() + "/q/" + site.name() + "/printers");
        page.locator("#f-pick").check();
        button(page, "Save").click();
        assertThat(button(page, "Save")).isDisabled();
        button(page, "Queues").click();
        var row = page.locator("[data-slug=printers]");
        assertThat(row).containsText("Open");
        assertThat(row).containsText("Most idle");
        var queue = site.anna()
                .api()
                .get("/webacd/queues")
                .ok()
                .get("queues")
                .get(0)
                .get("queue");
        assertEquals(15, queue.get("offerSeconds").asInt());
        assertTrue(queue.get("pick").asBoolean());

        admin.section("routing-rules");
        var paper = page.locator("#rules");
        paper.fill("company = \"Acme\" -> queue plotters");
        assertThat(page.locator("[data-code=rule-unknown-queue]")).containsText("Line 1, column 21");
        assertThat(page.locator(".paper mark")).containsText("plotters");
        assertThat(button(page, "Save draft")).isDisabled();
        paper.fill("company = \"Acme\" -> queue printers, priority 2, skill french >= 3");
        assertThat(page.getByText("No mistakes")).isVisible();
        admin.section("routing-agents");
        admin.section("routing-rules");
        assertThat(paper).hasValue("company = \"Acme\" -> queue printers, priority 2, skill french >= 3");
        assertThat(page.getByText("No mistakes")).isVisible();
        page.getByLabel("Company").fill("Acme");
        button(page, "Try").click();
        assertThat(page.locator("[data-rule='1']")).containsText("Queue printers. Rule 1 decides. Priority 2.");
        page.getByLabel("Company").fill("Beta");
        button(page, "Try").click();
        assertThat(page.locator(".steps")).containsText("company = \"Acme\", but it is \"Beta\"");
        button(page, "Publish…").click();
        page.getByLabel("Note").fill("first");
        button(page, "Publish").click();
        assertThat(page.locator("[data-version='1']")).containsText("Holds now");
        paper.fill("company = \"Acme\" -> queue printers");
        assertThat(page.getByText("No mistakes")).isVisible();
        button(page, "Publish…").click();
        button(page, "Publish").click();
        assertThat(page.locator("[data-version='2']")).containsText("Holds now");
        button(page, "Go back to version 1").click();
        button(page, "Go back to this").click();
        assertThat(page.locator("[data-version='3']")).containsText("as version 1");

        admin.section("routing-configuration");
        var file = page.waitForDownload(() -> button(page, "Save as a file").click());
        var text = Files.readString(file.path(), StandardCharsets.UTF_8);
        assertTrue(text, text.contains("\"slug\": \"printers\""));
        var changed = Files.createTempFile("routing", ".json");
        Files.writeString(changed, text.replace("Printers & co", "Printing"));
        page.getByLabel("File (JSON)").setInputFiles(changed);
        assertThat(page.locator("#plan [data-change=queue-set]")).hasText("Queues set: 1");
        button(page, "Do it").click();
        assertThat(page.getByText("The import is done and holds now.")).isVisible();

        admin.section("routing-agents");
        button(page, "Edit Anna Bell").click();
        page.locator("#f-capacity").fill("3");
        button(page, "Add a skill").click();
        button(page, "Save").click();
        assertThat(page.locator("#agents tr", new Page.LocatorOptions().setHasText("Anna Bell")))
                .containsText("french 5");

        admin.section("routing-queues");
        button(page, "Printing").click();
        button(page, "Delete the queue").click();
        page.locator("tandem-dialog[open] button.danger").click();
        assertThat(page.getByText("The rules that hold need this. Change the rules first."))
                .isVisible();
    }
}
