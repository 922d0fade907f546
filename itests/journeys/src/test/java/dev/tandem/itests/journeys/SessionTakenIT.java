package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Karaf;

/** A session changes hands, by a slice of a third party that routes it in the simplest way: whoever is first has it. */
public class SessionTakenIT {
    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Desktop anna;
    private Customer marie;

    @Before
    public void together() {
        site = Site.create(karaf);
        anna = Desktop.supporting(scene.agent(site), site);
        marie = Customer.join(scene.customer(), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
    }

    @After
    public void asBefore() {
        if (karaf.shell("bundle:list -t 0 -s --no-format").contains("org.example.odd")) {
            karaf.shell("bundle:uninstall org.example.odd");
        }
    }

    @Test
    public void W33_W37_W39_theCustomerStaysWhileTheSessionGoesToAnotherAgent() {
        anna.show("Session");
        assertThat(anna.button("Transfer session")).isHidden();
        karaf.shell("bundle:install -s file:" + System.getProperty("tandem.odd"));
        assertThat(anna.button("Transfer session")).isVisible();
        anna.showChat();
        anna.chat().say("It is the printer on the first floor");
        marie.share();
        assertThat(anna.picture().canvas()).isVisible();

        anna.sessionCommand("Transfer session").click();
        var dialog = anna.page().locator("#transfer-session");
        dialog.getByRole(AriaRole.BUTTON, named("Keep it")).click();
        assertThat(dialog.getByRole(AriaRole.BUTTON, named("Let it go"))).isHidden();
        anna.sessionCommand("Transfer session").click();
        dialog.getByRole(AriaRole.BUTTON, named("Let it go")).click();
        assertThat(anna.text("You have handed over the session")).isVisible();

        assertThat(marie.text("You are being connected to another agent")).isVisible();
        assertThat(marie.text("Screen sharing has ended.")).isVisible();
        assertThat(marie.text("Whoever is first will help you")).isVisible();
        assertThat(marie.button("Share my screen")).isHidden();
        marie.chat().say("I am still here");
        assertThat(marie.chat().message("I am still here")).isVisible();
        assertEquals(409, site.anna().api().get("/sessions/" + marie.session()).status());

        var path = "/odd-relay/" + marie.session() + "/catch";
        assertEquals(200, site.ben().api().post(path).status());
        assertEquals("the first one has it", 409, site.anna().api().post(path).status());
        var ben = Desktop.signedIn(scene.agent(site, site.ben(), "en-GB"), site);
        ben.page().locator("[data-session='" + marie.session() + "']").first().click();
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertThat(marie.text("You are connected with Ben Cole")).isVisible();
        ben.showChat();
        assertThat(ben.chat().message("It is the printer on the first floor")).isVisible();
        assertThat(ben.chat().message("I am still here")).isVisible();
        ben.chat().say("I take over");
        assertThat(marie.chat().message("I take over")).isVisible();
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
