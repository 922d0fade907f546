package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Map;

import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** For people without a mouse, and for those who hear the page or need contrast. */
public class AccessIT {
    @Rule
    public final Scene scene = Scene.withAxe();

    private final Audit audit = new Audit();

    @Test
    public void publicPagesHaveNoSeriousFindings() {
        var site = Site.create(Running.karaf());
        var page = scene.customer().open(site.karaf().uri() + "/");
        assertThat(page.getByText("Join").first()).isVisible();
        audit(page, "home");
        page.navigate(site.karaf().uri() + "/join/" + site.name());
        assertThat(page.getByLabel("Your PIN")).isVisible();
        audit(page, "join");
        page.navigate(site.support(scene).url());
        assertThat(page.getByLabel("Your name")).isVisible();
        audit(page, "name");
        page.navigate(site.karaf().uri() + "/desktop");
        assertThat(page.getByLabel("User name")).isVisible();
        audit(page, "sign-in");
    }

    @Test
    public void pagesOfASessionHaveNoSeriousFindings() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        audit(desktop.page(), "tab before the join");
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        desktop.showChat().chat().say("hello");
        customer.chat().say("see https://example.org");
        assertThat(desktop.chat().message("example.org")).isVisible();
        audit(desktop.page(), "tab after the join");
        audit(customer.page(), "customer");
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();
        audit(desktop.page(), "tab while sharing");
        audit(customer.page(), "customer while sharing");
        desktop.button("Leave session").click();
        assertThat(desktop.text("You left")).isVisible();
        audit(desktop.page(), "tab after leaving");
    }

    @Test
    public void apiReferenceHasNoSeriousFindings() {
        var site = Site.create(Running.karaf());
        site.call();
        var page = Desktop.open(scene.agent(site), site, "Marie Dupont").page();
        page.navigate(site.karaf().uri() + "/api-docs");
        page.getByText("Say something").click();
        assertThat(page.getByText("Who may call it")).isVisible();
        audit(page, "API reference");
    }

    @Test
    public void chatsPagesHaveNoSeriousFindings() {
        var site = Site.create(Running.karaf());
        var arrived = site.chat();
        var desktop = Desktop.open(scene.agent(site), site, "Marie Dupont");
        assertThat(desktop.button("Remote support")).isVisible();
        audit(desktop.page(), "desktop with a chat");
        var visitor = scene.customer().open(site.karaf().uri() + arrived.visitor());
        assertThat(visitor.locator("textarea, input").first()).isVisible();
        audit(visitor, "visitor");
    }

    @Test
    public void fromSignInToSharingByKeyboardAlone() {
        var site = Site.create(Running.karaf());
        var agent = scene.agent(site);
        var page = agent.open(site.karaf().uri() + "/desktop");
        tabTo(page, page.getByLabel("User name"));
        page.keyboard().type(agent.signIn().user());
        tabTo(page, page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)));
        page.keyboard().type(agent.signIn().password());
        page.keyboard().press("Enter");
        assertThat(page.getByText("All quiet").first()).isVisible();

        site.anna()
                .api()
                .put("/platform/presence", Map.of("status", "AVAILABLE"))
                .ok();
        site.anna()
                .api()
                .post("/platform/simulate", Map.of("kind", "CALL", "customer", "Marie Dupont"))
                .ok();
        tabTo(page, button(page, "Accept"));
        page.keyboard().press("Enter");
        tabTo(page, button(page, "Remote support"));
        page.keyboard().press("Enter");
        assertThat(page.locator("#start")
                        .getByRole(
                                AriaRole.BUTTON,
                                new Locator.GetByRoleOptions().setName("Start").setExact(true)))
                .isFocused();
        page.keyboard().press("Enter");
        var pin = page.locator(".connect .pin");
        assertThat(pin).hasText(Desktop.GROUPED_PIN);
        tabTo(page, button(page, "Copy: PIN"));
        page.keyboard().press("Enter");
        page.waitForCondition(
                () -> page.evaluate("navigator.clipboard.readText()").toString().matches("\\d{9}"));

        var customer = scene.customer().open(site.karaf().uri() + "/join/" + site.name());
        tabTo(customer, customer.getByLabel("Your PIN"));
        customer.keyboard().type(pin.innerText());
        customer.keyboard().press("Enter");
        tabTo(customer, customer.getByLabel("Your name"));
        customer.keyboard().type("Marie");
        customer.keyboard().press("Enter");
        tabTo(customer, button(customer, "Share my screen"));
        customer.keyboard().press("Enter");
        assertThat(page.locator("canvas")).isVisible();

        tabTo(customer, button(customer, "Stop sharing"));
        customer.keyboard().press("Enter");
        assertThat(page.locator("canvas")).isHidden();
        tabTo(page, button(page, "Leave session"));
        page.keyboard().press("Enter");
        assertThat(page.getByText("You left").first()).isVisible();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                        com.microsoft.playwright.options.AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(java.util.regex.Pattern.compile("^" + name)))
                .first();
    }

    private static void tabTo(Page page, Locator target) {
        new Keyboard(page).tabTo(target);
    }

    private void audit(Page page, String what) {
        audit.look(page, what);
    }

    @After
    public void nothingSeriousWasFound() {
        audit.nothingSeriousWasFound();
    }
}
