package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Karaf;

/** Panels of others may throw, hang or be missing: the pages go on, and say which one it is. */
public class PanelTroublesIT {
    private static final String BROKEN = "does not work just now";

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Desktop desktop;
    private Customer customer;

    @Before
    public void together() throws Exception {
        site = Site.create(karaf);
        desktop = Desktop.supporting(scene.agent(site), site);
        customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
    }

    @After
    public void everythingIsThereAgain() {
        karaf.shell("bundle:uninstall " + HostilePanels.NAME);
        karaf.shell("bundle:start dev.tandem.ui");
        karaf.awaitHealth();
    }

    @Test
    public void panelsThatFailAreNamedAndTheRestGoesOn() throws Exception {
        karaf.shell("bundle:install -s file:" + HostilePanels.jar(Running.work().resolve("hostile")));
        for (var panel : HostilePanels.BROKEN) {
            assertThat(alert(customer.page(), panel)).containsText(BROKEN);
            desktop.tab(panel.title()).click();
            assertThat(alert(desktop.page(), panel)).containsText(BROKEN);
            assertThat(alert(desktop.page(), panel)).containsText("The rest of the session goes on");
        }
        for (var panel : HostilePanels.BROKEN) {
            // It fails again, and still harms nobody.
            desktop.tab(panel.title()).click();
            again(alert(desktop.page(), panel)).click();
            assertThat(alert(desktop.page(), panel)).containsText(BROKEN);
        }
        desktop.tab(HostilePanels.SOUND.title()).click();
        assertThat(desktop.text("I am well")).isVisible();
        assertThat(customer.text("I am well")).isVisible();

        desktop.tab(HostilePanels.HEALED.title()).click();
        for (var page : new Page[] {desktop.page(), customer.page()}) {
            again(alert(page, HostilePanels.HEALED)).click();
            assertThat(page.getByText("Better now")).isVisible();
        }

        desktop.tab(HostilePanels.LATER.title()).click();
        for (var page : new Page[] {desktop.page(), customer.page()}) {
            var button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Break me"));
            button.click();
            assertThat(alert(page, HostilePanels.LATER)).containsText(BROKEN);
            again(alert(page, HostilePanels.LATER)).click();
            assertThat(button).isVisible();
        }

        desktop.showChat().chat().say("all is well here");
        assertThat(customer.chat().message("all is well here")).isVisible();
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();

        var patience = new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);
        desktop.tab(HostilePanels.HANGING.title()).click();
        assertThat(alert(desktop.page(), HostilePanels.HANGING)).containsText("takes longer than usual", patience);
        assertThat(alert(customer.page(), HostilePanels.HANGING)).containsText("takes longer than usual", patience);

        karaf.shell("bundle:uninstall " + HostilePanels.NAME);
        assertThat(desktop.tab(HostilePanels.SOUND.title())).isHidden();
        assertThat(customer.text("I am well")).isHidden();
        assertThat(desktop.picture().canvas()).isVisible();
    }

    @Test
    public void pageThatIsOpenedWithoutTheKitSaysSoAndComesBackByItself() {
        karaf.shell("bundle:stop dev.tandem.ui");
        var page = scene.agent(site).open("about:blank");
        var answer = page.navigate(karaf.uri() + "/desktop");
        assertEquals(503, answer.status());
        assertEquals("5", answer.headerValue("retry-after"));
        assertThat(page.getByText("This page is being updated")).isVisible();
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Try again")))
                .isVisible();
        // Who was there already goes on.
        customer.chat().say("still here");
        assertThat(customer.chat().message("still here")).isVisible();
        karaf.shell("bundle:start dev.tandem.ui");
        assertThat(page.getByLabel("User name")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        assertThat(desktop.statusLine()).isVisible();
        desktop.showChat();
        assertThat(desktop.chat().message("still here")).isVisible();
    }

    private static Locator alert(Page page, HostilePanels.Panel panel) {
        return page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("“" + panel.title() + "”"));
    }

    private static Locator again(Locator alert) {
        return alert.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try again"));
    }
}
