package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.Map;

import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.options.AriaRole;

/** What was asked and allowed, as agents read it in the session and auditors after it. */
public class LedgerIT {
    @Rule
    public final Scene scene = new Scene();

    @Test
    public void theLedgerIsReadInTheSessionAndLookedUpAfterIt() {
        var site = Site.create(Running.karaf());
        var anna = site.anna().api();
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        var session = customer.session();
        anna.post("/sessions/" + session + "/consents", Map.of("capability", "screen"))
                .ok();
        customer.button("Not now").click();
        var side = desktop.show("Session");
        side.getByText("What was asked and allowed").click();
        var line = side.locator("[data-capability=screen]");
        assertThat(line).containsText(Customer.NAME);
        assertThat(line).containsText("by Anna Bell");
        assertThat(line).hasAttribute("data-state", "DENIED");
        desktop.endSession();

        var found = anna.get("/consents").ok().get("sessions");
        assertEquals(session, found.get(0).get("id").asText());
        assertFalse(found.get(0).get("living").asBoolean());
        assertEquals("supervisor-needed", site.ben().api().get("/consents").code());
        var page = desktop.agent().open(site.karaf().uri() + "/desktop#admin/consents-all");
        var row = page.locator("tr[data-session='" + session + "']");
        assertThat(row).containsText(Customer.NAME);
        page.locator("#number").fill("000 000");
        page.locator("#number").press("Enter");
        assertThat(page.getByText("There is no such session.")).isVisible();
        page.locator("#number").fill(found.get(0).get("number").asText());
        page.locator("#number").press("Enter");
        var one = page.waitForPopup(() -> row.getByRole(AriaRole.LINK).click());
        assertThat(one.locator("[data-capability=screen]")).containsText("not allowed");
        assertThat(one.locator("[data-capability=screen]")).containsText(Customer.NAME);
        // Nobody else's business.
        var ben = scene.agent(site, site.ben(), "en-GB");
        Desktop.signedIn(ben, site);
        assertThat(ben.open(one.url()).locator("[role=alert]")).isVisible();
        assertEquals(
                404, site.ben().api().get("/sessions/" + session + "/consents").status());
    }
}
