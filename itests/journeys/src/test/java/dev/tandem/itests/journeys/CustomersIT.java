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

/** Several customers in a session, and what each is asked and allows. */
public class CustomersIT {
    private static final String INFORMATION = "system-information";

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Desktop desktop;

    @Before
    public void start() {
        site = Site.create(Running.karaf());
    }

    private void supporting() {
        desktop = Desktop.supporting(scene.agent(site), site);
    }

    private Customer join(String pin, String name) {
        var url = site.karaf().uri() + "/j/" + site.name() + "/" + pin;
        return new Customer(null, scene.customer().open(url)).enter(name);
    }

    private dev.tandem.itests.harness.Api api() {
        return site.anna().api();
    }

    private String path() {
        return "/sessions/" + desktop.session();
    }

    @Test
    public void W10_W15_customersTakeTurnsInOneSession() {
        supporting();
        var marie = join(desktop.pinDigits(), "Marie");
        assertThat(marie.page().locator("[data-assisted]")).isHidden();
        var invite = desktop.invite();
        invite.button("Add a customer").click();
        assertThat(invite.pin()).hasText(Desktop.GROUPED_PIN);
        var zoe = join(invite.pinDigits(), "Zoe");
        assertThat(zoe.text("Anna Bell is helping somebody else right now.")).isVisible();
        assertThat(marie.text("It is your turn")).isVisible();
        var second = participant("Zoe");
        api().post(path() + "/assisted", Map.of("participant", second)).ok();
        assertThat(zoe.text("It is your turn")).isVisible();
        assertThat(marie.text("Anna Bell is helping somebody else right now.")).isVisible();
        zoe.button("Leave").click();
        assertThat(marie.page().locator("[data-assisted]")).isHidden();
    }

    private String participant(String name) {
        for (var person : api().get(path()).ok().get("participants")) {
            if (person.get("name").asText().equals(name)) {
                return person.get("id").asText();
            }
        }
        throw new AssertionError("nobody is called " + name);
    }

    @Test
    public void W16_aboveTheLargestNumberOfCustomersEverybodyIsToldClearly() {
        site.set("session.customers", "2");
        supporting();
        var first = desktop.pinDigits();
        var invite = desktop.invite();
        assertThat(invite.whole()).containsText("1 of 2 places");
        invite.button("Add a customer").click();
        assertThat(invite.whole()).containsText("The largest number of customers in one session is reached (2).");
        assertThat(invite.button("Add a customer")).isHidden();
        var seats = api().get(path()).ok().get("seats");
        assertEquals(2, seats.size());
        assertEquals(409, api().post(path() + "/seats").status());

        // The limit is lowered while an invitation is out: its PIN is right, and there is no place.
        join(first, "Marie");
        site.set("session.customers", "1");
        var late = scene.customer()
                .open(site.karaf().uri() + "/j/" + site.name() + "/"
                        + seats.get(1).get("pin").asText());
        assertThat(late.getByText("Your agent is helping as many people as possible right now"))
                .isVisible();
        site.set("session.customers", "2");
        late.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"))
                .click();
        new Customer(null, late).enter("Zoe");
    }

    @Test
    public void consentIsAskedInPlainWordsAllowedForATimeAndAllStoppedByOneButton() {
        supporting();
        var customer = join(desktop.pinDigits(), "Marie");
        var card = customer.page().locator("#consent");
        ask("screen");
        assertThat(card).isFocused();
        assertThat(card).containsText("Anna Bell would like to see your screen.");
        customer.button("Not now").click();
        assertThat(card).isHidden();
        assertEquals("DENIED", consent("screen"));
        assertThat(bar(customer)).isHidden();

        ask(INFORMATION);
        customer.button("Allow for 15 minutes").click();
        assertThat(card).isHidden();
        assertThat(bar(customer)).containsText(Pattern.compile("until \\d?\\d:\\d\\d"));
        assertEquals("GRANTED", consent(INFORMATION));
        // Who allows the screen is asked by the browser what to show, and it is on.
        ask("screen");
        customer.button("Allow for the session").click();
        assertThat(desktop.picture().canvas()).isVisible();
        assertThat(bar(customer)).containsText("Anna Bell can see your screen");
        assertThat(bar(customer)).containsText(Pattern.compile("until \\d?\\d:\\d\\d"));

        customer.button("Stop everything").click();
        assertThat(bar(customer)).isHidden();
        assertThat(desktop.picture().canvas()).isHidden();
        assertEquals("REVOKED", consent(INFORMATION));
        assertTrue(api().get(path()).ok().get("activities").isEmpty());

        customer.page().locator("#ledger summary").click();
        var entries = customer.page().locator("#ledger [data-capability]");
        assertThat(entries).hasCount(3);
        assertThat(entries.nth(0)).containsText("not allowed");
        assertThat(entries.nth(0)).containsText("by Anna Bell");
        assertThat(entries.nth(1)).containsText("stopped by you");
        assertEquals(
                "the auditor reads the same",
                3,
                api().get(path() + "/consents").ok().get("consents").size());
    }

    private static Locator bar(Customer customer) {
        return customer.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("What is on right now"));
    }

    private void ask(String capability) {
        api().post(path() + "/consents", Map.of("capability", capability)).ok();
    }

    /** The state of what was asked last of that capability. */
    private String consent(String capability) {
        var state = "";
        for (var one : api().get(path() + "/consents").ok().get("consents")) {
            state = one.get("capability").asText().equals(capability)
                    ? one.get("state").asText()
                    : state;
        }
        return state;
    }

    @Test
    public void WX9_theCustomerMaySayHowItWasIfTheSiteAsks() {
        site.set("session.form", "true");
        supporting();
        var customer = join(desktop.pinDigits(), "Marie");
        desktop.endSession();
        assertThat(customer.text("How was it?")).isVisible();
        customer.button("Send").click();
        assertThat(customer.text("Please choose a rating or write something.")).isVisible();
        customer.page()
                .locator("#feedback label", new Page.LocatorOptions().setHasText("4"))
                .click();
        customer.page().getByLabel("What would you like to tell us?").fill("Quick and kind.");
        customer.button("Send").click();
        assertThat(customer.text("Thank you for your answer.")).isVisible();
    }

    @Test
    public void customersPageIsReadableOnASmallPhoneWhileAskedAndAllowing() {
        supporting();
        var phone = scene.stranger(Scene.options("en-GB", 320, 640));
        var customer = Customer.join(phone, site, desktop.pinDigits());
        ask(INFORMATION);
        assertThat(customer.page().locator("#consent")).isVisible();
        fits(customer.page());
        customer.button("Allow for 15 minutes").click();
        assertThat(customer.button("Stop everything")).isVisible();
        fits(customer.page());
    }

    private static void fits(Page page) {
        var wide = (Number) page.evaluate("document.documentElement.scrollWidth");
        assertTrue("nothing to the right of the fold, but " + wide, wide.intValue() <= 320);
    }
}
