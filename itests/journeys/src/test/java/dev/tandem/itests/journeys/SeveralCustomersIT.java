package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import java.util.Map;
import java.util.regex.Pattern;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** One agent and several customers: in one session, and in several at once. */
public class SeveralCustomersIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    @Test
    public void W17_customersStandInTheParticipantsPanelAndSelectingANameHelpsThatOne() {
        var anna = Desktop.supporting(scene.agent(site), site);
        var session = new Site.Support(site, mine().get(0));
        var marie = Customer.join(scene.customer(), session.url(), "Marie D.");
        assertThat(anna.statusLine()).isVisible();
        var paul = Customer.join(scene.customer(), seat(session), "Paul R.");
        assertThat(anna.participant("Marie D.")).containsText("is being helped");
        assertThat(anna.participant("Paul R.")).not().containsText("is being helped");
        var name = anna.participant("Paul R.")
                .getByRole(AriaRole.BUTTON, button("Paul R.").setExact(true));
        assertThat(name).hasAttribute("aria-pressed", "false");
        // By keyboard as by mouse.
        name.focus();
        anna.page().keyboard().press("Enter");
        assertThat(anna.participant("Paul R.")).containsText("is being helped");
        assertThat(anna.participant("Marie D.")).not().containsText("is being helped");
        assertThat(anna.notice()).containsText("Paul R. is being helped now.");
        assertThat(anna.support()).hasAttribute("data-assisted", id(session, "Paul R."));
        assertThat(paul.button("Share my screen")).isVisible();
        assertThat(marie.button("Share my screen")).isHidden();
        // Whoever is helped goes; the other one is helped without a click.
        paul.button("Leave").click();
        assertThat(anna.support()).hasAttribute("data-assisted", id(session, "Marie D."));
    }

    @Test
    public void W19_switchingCustomerEndsSharingAndClosesTheShareWindow() {
        var anna = Desktop.supporting(scene.agent(site), site);
        var session = new Site.Support(site, mine().get(0));
        var marie = Customer.join(scene.customer(), session.url(), "Marie D.");
        assertThat(anna.statusLine()).isVisible();
        var paul = Customer.join(scene.customer(), seat(session), "Paul R.");
        marie.share();
        assertThat(anna.picture().canvas()).isVisible();
        var window =
                anna.page().waitForPopup(() -> anna.page().locator("#pop-out").click());
        assertThat(window.locator("canvas")).isVisible();
        anna.participant("Paul R.")
                .getByRole(AriaRole.BUTTON, button("Paul R.").setExact(true))
                .click();
        assertThat(anna.notice()).containsText("Screen sharing has ended.");
        anna.page().waitForCondition(window::isClosed);
        assertThat(marie.button("Stop sharing")).isHidden();
        assertEquals(0, session.now().get("activities").size());
        paul.share();
        assertThat(anna.picture().canvas()).isVisible();
    }

    @Test
    public void customerIsRemovedAfterAQuestionAndDoesNotComeBackByThatPin() {
        var anna = Desktop.supporting(scene.agent(site), site);
        var session = new Site.Support(site, mine().get(0));
        Customer.join(scene.customer(), session.url(), "Marie D.");
        assertThat(anna.statusLine()).isVisible();
        var url = seat(session);
        var paul = Customer.join(scene.customer(), url, "Paul R.");
        anna.participant("Paul R.")
                .getByRole(AriaRole.BUTTON, button("Remove Paul R. from the session"))
                .click();
        assertThat(anna.text("Remove Paul R.?")).isVisible();
        anna.page().locator("button.danger.primary").click();
        assertThat(anna.participant("Paul R.")).isHidden();
        assertThat(paul.chat().field()).isHidden();
        var pin = url.substring(url.lastIndexOf('/') + 1);
        assertEquals(403, session.tryJoin(pin).status());
        assertEquals("ACTIVE", session.now().get("state").asText());
    }

    @Test
    public void W20_eachCustomerHasASessionTabAndSelectingItSwitches() {
        site.set("session.mode", "MULTI");
        var anna = Desktop.supporting(scene.agent(site), site);
        var first = mine().get(0);
        var marie = Customer.join(scene.customer(), new Site.Support(site, first).url(), "Marie D.");
        assertThat(anna.statusLine()).isVisible();
        var strip = anna.page().getByRole(AriaRole.TABLIST, new Page.GetByRoleOptions().setName("Your sessions"));
        assertThat(strip).isHidden();

        site.arrive("CALL", site.anna());
        anna.page().locator("platform-interactions .item").nth(1).click();
        anna.start();
        var second = mine().get(1);
        var paul = Customer.join(scene.customer(), new Site.Support(site, second).url(), "Paul R.");
        assertThat(anna.statusLine()).isVisible();
        assertThat(strip.getByRole(AriaRole.TAB)).hasCount(2);
        assertThat(tab(strip, "Marie D.")).hasAttribute("aria-selected", "false");
        assertThat(tab(strip, "Paul R.")).hasAttribute("aria-selected", "true");

        // What Marie writes meanwhile is counted on her tab.
        marie.chat().say("Are you still there?");
        assertThat(tab(strip, "Marie D.")).containsText("1");
        marie.share();
        tab(strip, "Marie D.").click();
        assertThat(tab(strip, "Marie D.")).hasAttribute("aria-selected", "true");
        assertThat(tab(strip, "Marie D.")).isFocused();
        assertThat(anna.support().locator("canvas")).isVisible();
        assertThat(anna.participant("Marie D.")).isVisible();
        // By keyboard to the other one, of whom nothing is shared.
        anna.page().keyboard().press("Shift+Tab");
        tab(strip, "Marie D.").focus();
        anna.page().keyboard().press("ArrowRight");
        anna.page().keyboard().press("Enter");
        assertThat(tab(strip, "Paul R.")).hasAttribute("aria-selected", "true");
        assertThat(anna.participant("Paul R.")).isVisible();
        // One ends, the other one goes on alone.
        site.anna()
                .api()
                .post("/sessions/" + second.get("id").asText() + "/end")
                .ok();
        assertThat(paul.text("Thank you")).isVisible();
        anna.page().locator("platform-interactions .item").nth(0).click();
        assertThat(anna.participant("Marie D.")).isVisible();
        assertThat(strip).isHidden();
    }

    private static Locator tab(Locator strip, String name) {
        return strip.getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    private static Locator.GetByRoleOptions button(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private JsonNode mine() {
        return site.anna().api().get("/sessions?mine=true").ok().get("sessions");
    }

    /** The address of one more seat. */
    private String seat(Site.Support session) {
        var seats = site.anna()
                .api()
                .post("/sessions/" + session.id() + "/seats", Map.of())
                .ok()
                .get("seats");
        return seats.get(seats.size() - 1).get("url").asText();
    }

    private static String id(Site.Support session, String name) {
        for (var participant : session.now().get("participants")) {
            if (participant.get("name").asText().equals(name)) {
                return participant.get("id").asText();
            }
        }
        throw new AssertionError(name + " is not in the session");
    }
}
