package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.regex.Pattern;

import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The customer's way in. */
public class JoiningIT {
    @Rule
    public final Scene scene = new Scene();

    @Test
    public void W7_W8_customerJoinsFromTheSitesNavigationWithThePin() {
        var site = Site.main(Running.karaf());
        var support = site.support(scene);
        var page = scene.customer().open(site.karaf().uri() + "/");
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Join"))
                .click();
        var customer = new Customer(null, page);
        customer.pinField().fill(support.pin());
        customer.pinField().press("Enter");
        customer.enter("Marie D.");
        assertThat(customer.button("Share my screen")).isVisible();
        assertThat(page.locator("body")).containsText("Ada Admin");
        assertEquals("ACTIVE", support.now().get("state").asText());
        site.anna().api().post("/sessions/" + support.id() + "/end").ok();
    }

    @Test
    public void B3_withoutThePinNobodyGetsIn() {
        var site = Site.create(Running.karaf());
        var support = site.support(scene);
        var page = scene.customer().open(site.karaf().uri() + "/join/" + site.name());
        var customer = new Customer(null, page);
        customer.button("Join").click();
        assertThat(customer.text("A PIN has 9 digits. Please check it.")).isVisible();
        customer.pinField().fill(support.pin().equals("111222333") ? "111222334" : "111222333");
        customer.pinField().press("Enter");
        assertThat(customer.text("This PIN does not fit.")).isVisible();
        assertThat(customer.chat().field()).isHidden();
        assertEquals("WAITING", support.now().get("state").asText());
        customer.pinField().fill(support.pin().replaceAll("(...)(...)(...)", "$1 $2-$3"));
        customer.pinField().press("Enter");
        assertThat(customer.nameField()).isVisible();
    }

    @Test
    public void B4_W8_clientUrlBringsThePinAndTakesItOutOfTheAddressBar() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        var pin = desktop.pinDigits();
        var customer = Customer.join(scene.customer(), site, pin);
        assertThat(customer.button("Share my screen")).isVisible();
        assertThat(desktop.statusLine()).isVisible();
        assertFalse(customer.page().url(), customer.page().url().contains(pin));
        assertThat(desktop.text(Customer.NAME)).isVisible();
    }

    @Test
    public void joiningIsReadableOnASmallPhone() {
        var site = Site.create(Running.karaf());
        var support = site.support(scene);
        var phone = scene.stranger(Scene.options("en-GB", 320, 640));
        var customer = Customer.join(phone, support.url());
        var wide = (Number) customer.page().evaluate("document.documentElement.scrollWidth");
        assertTrue("nothing to the right of the fold, but " + wide, wide.intValue() <= 320);
        assertThat(customer.chat().field()).isVisible();
    }

    @Test
    public void guessingInThePageIsStoppedInWords() {
        var site = Site.create(Running.karaf());
        site.support(scene);
        var page = scene.customer().open(site.karaf().uri() + "/join/" + site.name());
        var customer = new Customer(null, page);
        for (int i = 0; i < 5; i++) {
            customer.pinField().fill("00000000" + i);
            page.waitForResponse(
                    Pattern.compile(".*/api/join"), () -> customer.pinField().press("Enter"));
        }
        customer.pinField().fill("000000009");
        customer.pinField().press("Enter");
        assertThat(customer.text("Too many attempts.")).isVisible();
        assertThat(page.getByRole(AriaRole.ALERT).or(page.locator(".trouble")).first())
                .containsText(Pattern.compile("\\d"));
    }

    @Test
    public void customerLeavesAndTheAgentIsTold() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
        customer.button("Leave").click();
        assertThat(customer.chat().field()).isHidden();
        var participants =
                desktop.page().getByRole(AriaRole.TABPANEL, new Page.GetByRoleOptions().setName("Participants"));
        assertThat(participants).containsText("No customer yet");
        assertThat(participants.getByRole(AriaRole.LISTITEM).filter(named(Customer.NAME)))
                .containsText("left");
    }

    private static com.microsoft.playwright.Locator.FilterOptions named(String name) {
        return new com.microsoft.playwright.Locator.FilterOptions().setHasText(name);
    }
}
