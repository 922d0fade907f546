package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;

/** What the customer's computer says of itself: asked for, allowed, shown, saved, taken back. */
public class SystemInformationIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Desktop anna;
    private Customer marie;

    @Before
    public void annaHelpsMarie() {
        site = Site.create(Running.karaf());
        anna = Desktop.supporting(scene.agent(site), site);
        marie = Customer.join(scene.customer(), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
    }

    private Locator panel() {
        return anna.show("System");
    }

    @Test
    public void WX7_systemInformationIsShownWithConsentRefreshedSavedAndTakenBack() throws IOException {
        var panel = panel();
        panel.locator("#ask").click();
        assertThat(panel).containsText("Waiting for");
        var question = marie.page().locator("#consent");
        assertThat(question).containsText("see what kind of computer and browser you use");
        // Nothing is told before the answer.
        assertEquals(0, told());
        marie.button("Allow for the session").click();
        assertThat(panel).containsText("Chromium");
        assertThat(panel).containsText("Operating system");
        assertEquals(1, told());

        panel.locator("#refresh").click();
        assertThat(panel.locator(".sheet")).isVisible();
        var file = anna.page().waitForDownload(() -> panel.locator("#save").click());
        assertTrue(file.suggestedFilename().startsWith("system-information-"));
        assertTrue(Files.readString(file.path()).contains("Operating system: "));
        assertEquals("_blank", panel.locator("#print").getAttribute("target"));
        var page = anna.page().context().newPage();
        page.addInitScript("window.print = () => document.documentElement.dataset.printed = 'yes'");
        page.navigate(site.karaf().uri() + panel.locator("#print").getAttribute("href"));
        assertThat(page.locator("html[data-printed]")).hasCount(1);
        assertThat(page.getByText(
                        "Operating system", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true)))
                .isVisible();

        marie.button("Stop everything").click();
        assertThat(panel).containsText("does not allow it any more");
        assertEquals(0, told());
    }

    @Test
    public void WX7_customerWhoDoesNotWantToIsLeftAlone() {
        var panel = panel();
        panel.locator("#ask").click();
        // One button of that name on the whole page: the place to share the screen calls its own otherwise.
        marie.button("Not now").click();
        assertThat(panel).containsText("does not want that");
        assertThat(panel.locator("#ask")).hasText("Ask again");
        var items = Map.of("items", List.of(Map.of("key", "os", "value", "Linux")));
        assertEquals(
                "an agent tells nothing in the customer's name",
                404,
                site.anna()
                        .api()
                        .put("/device/" + session() + "/information", items)
                        .status());
    }

    private String session() {
        return site.anna()
                .api()
                .get("/sessions?mine=true")
                .ok()
                .get("sessions")
                .get(0)
                .get("id")
                .asText();
    }

    private int told() {
        return site.anna()
                .api()
                .get("/device/" + session() + "/information")
                .ok()
                .get("reports")
                .size();
    }
}
