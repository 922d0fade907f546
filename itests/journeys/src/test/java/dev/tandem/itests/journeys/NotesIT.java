package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

/** Notes and outcome of a session. */
public class NotesIT {
    @Rule
    public final Scene scene = new Scene();

    @Test
    public void WX9_leavingAsksForNotesAndAnOutcomeAndADraftIsKept() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        Customer.join(scene.customer(), site, desktop.pinDigits());
        var session = desktop.session();
        assertThat(desktop.statusLine()).isVisible();
        desktop.button("Leave session").click();
        var notes = desktop.page().locator("#notes");
        assertThat(notes.getByLabel("Unknown")).isChecked();
        notes.getByLabel("Unresolved").check();
        notes.getByLabel("Notes", new Locator.GetByLabelOptions().setExact(true))
                .fill("The toner is empty; somebody brings one.");

        // Back for a moment: what was typed is still there at the next leave.
        desktop.page()
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText("Return to the session"))
                .click();
        assertThat(desktop.statusLine()).isVisible();
        desktop.endSession();
        assertThat(notes.getByLabel("Unresolved")).isChecked();
        assertThat(notes.getByLabel("Notes", new Locator.GetByLabelOptions().setExact(true)))
                .hasValue("The toner is empty; somebody brings one.");
        notes.getByLabel("Resolved", new Locator.GetByLabelOptions().setExact(true))
                .check();
        button(notes, "Save notes").click();
        assertThat(notes).containsText("Notes are saved.");
        var saved = site.anna().api().get("/sessions/" + session + "/notes").ok();
        assertEquals("RESOLVED", saved.get("outcome").asText());
        assertEquals(
                "The toner is empty; somebody brings one.", saved.get("text").asText());
        assertEquals(
                "no stranger reads them",
                404,
                site.ben().api().get("/sessions/" + session + "/notes").status());
    }

    @Test
    public void WX9_theCustomerWhoLeavesBeforeTheEndIsAskedHowItWas() {
        var site = Site.create(Running.karaf());
        site.set("session.form", "true");
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        var session = customer.session();
        customer.button("Leave").click();
        var form = customer.page().locator("#feedback");
        form.getByTitle("4 of 5, good").click();
        button(form, "Send").click();
        assertThat(customer.text("Thank you for your answer.")).isVisible();
        var given =
                site.anna().api().get("/sessions/" + session + "/notes").ok().get("forms");
        assertEquals(4, given.get(0).get("rating").asInt());
        // The way back is still there.
        assertThat(customer.text("Come back")).isVisible();
    }

    @Test
    public void WX9_notesCanBeSkipped() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        desktop.endSession();
        var notes = desktop.page().locator("#notes");
        button(notes, "Skip").click();
        assertThat(notes.locator("form")).isHidden();
        desktop.page()
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText("Back to the call"))
                .click();
        assertThat(desktop.button("Remote support")).isVisible();
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
