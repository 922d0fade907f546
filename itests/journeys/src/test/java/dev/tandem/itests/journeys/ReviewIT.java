package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Line;

/**
 * Walks through the pages and their states and looks at each. A new page or state is one line here:
 * {@code review.look(page, "what it is")}.
 */
public class ReviewIT {
    @Rule
    public final Scene scene = Scene.withAxe();

    private Site site;
    private Review review;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    /** All at once, so that one run tells all. */
    @After
    public void nothingFound() {
        if (review != null) {
            review.nothingFound();
        }
    }

    @Test
    public void whatIsWrongWithAPageIsFound() {
        var seen = new Review("wrong");
        var page = scene.customer().open(site.karaf().uri() + "/");
        assertThat(page.getByText("Join").first()).isVisible();
        page.evaluate(
                """
                () => {
                  const host = document.body.appendChild(document.createElement('div'));
                  const root = host.attachShadow({ mode: 'open' });
                  root.append(document.createElement('button'), document.createElement('p'));
                  const pale = root.querySelector('p');
                  pale.textContent = 'Hardly to be read';
                  Object.assign(pale.style, { color: '#777', backgroundColor: '#888', width: '500px' });
                }""");
        seen.look(page, "wrong");
        var found = String.join("\n", seen.findings());
        for (var fault : List.of("wrong: button-name", "wrong: color-contrast", "wrong in the dark: color-contrast")) {
            assertTrue(fault + " in " + found, found.contains(fault));
        }
        for (var language : List.of("nl", "fr", "it", "en")) {
            assertTrue(language + " in " + found, found.contains("wrong, " + language + ", 390: the page is "));
            assertFalse(found, found.contains("wrong, " + language + ", 1440: the page is "));
        }
    }

    @Test
    public void publicPages() {
        review = new Review("public");
        var page = scene.customer().open(site.karaf().uri() + "/");
        assertThat(page.getByText("Join").first()).isVisible();
        review.look(page, "home");

        var elsewhere = scene.closing(Line.elsewhere(site.karaf().uri())).uri();
        page.navigate(elsewhere + "/join/" + site.name());
        assertThat(page.getByLabel("Your PIN")).isVisible();
        review.look(page, "join");
        page.getByLabel("Your PIN").fill("123 456 789");
        page.getByLabel("Your PIN").press("Enter");
        assertThat(page.getByText("does not fit")).isVisible();
        review.look(page, "join with a wrong pin");

        page.navigate(site.support(scene).url());
        assertThat(page.getByLabel("Your name")).isVisible();
        review.look(page, "name");

        var arrived = site.chat();
        page.navigate(site.karaf().uri() + arrived.visitor());
        assertThat(page.locator("textarea, input").first()).isVisible();
        review.look(page, "visitor");

        page.navigate(elsewhere + "/desktop");
        assertThat(page.getByLabel("User name")).isVisible();
        review.look(page, "sign-in");
        page.getByLabel("User name").fill("nobody");
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill("x");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)
                        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("\\w")))
                        .first())
                .isVisible();
        review.look(page, "sign-in refused");
    }

    @Test
    public void administrationAtWork() {
        review = new Review("administration-at-work");
        var admin = Administration.open(scene.agent(site), site, "settings");
        admin.type("session.grace", "9999");
        admin.save("session.grace");
        assertThat(admin.result("session.grace")).containsText("from 1 to 600");
        review.look(admin.page(), "setting refused");
        admin.section("sign-ins");
        admin.button("Add a sign-in").click();
        assertThat(admin.dialog()).isVisible();
        review.look(admin.page(), "new sign-in");
    }

    @Test
    public void desktop() {
        review = new Review("desktop");
        var page = signedIn();
        review.look(page, "desktop empty");

        var api = site.anna().api();
        api.put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
        ring("CALL", "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Max");
        assertThat(page.getByText("Wolfeschlegel").first()).isVisible();
        review.look(page, "desktop ringing");
        accept(page);
        var support = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remote support"));
        assertThat(support).isVisible();
        review.look(page, "desktop with a call");
        page.keyboard().press("?");
        assertThat(page.locator("dialog[open]")).isVisible();
        review.look(page, "desktop shortcuts");
        page.keyboard().press("Escape");
        support.click();
        assertThat(page.locator("dialog[open]")).isVisible();
        review.look(page, "start dialog");
        page.keyboard().press("Enter");
        assertThat(page.locator(".connect .pin")).isVisible();
        review.look(page, "tab waiting with a long name");

        ring("CHAT", "محمد بن عبد الرحمن الأنصاري");
        accept(page);
        assertThat(support).isVisible();
        review.look(page, "desktop with a chat");
    }

    private static void accept(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Accept Alt A"))
                .click();
    }

    private void ring(String kind, String customer) {
        site.anna()
                .api()
                .post("/platform/simulate", Map.of("kind", kind, "customer", customer))
                .ok();
    }

    @Test
    public void administration() {
        review = new Review("administration");
        var page = signedIn();
        for (var section : List.of("settings", "sign-ins", "features", "nodes")) {
            page.evaluate("(section) => { location.hash = 'admin/' + section; }", section);
            assertThat(page.locator("platform-admin")
                            .getByRole(AriaRole.HEADING)
                            .first())
                    .isVisible();
            review.look(page, section);
        }
        page.navigate(site.karaf().uri() + "/api-docs");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("openapi.json")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        review.look(page, "api-docs");
    }

    /** An agent's desktop where nothing has happened yet. */
    private Page signedIn() {
        var agent = scene.agent(site);
        var page = agent.open(site.karaf().uri() + "/desktop");
        page.getByLabel("User name").fill(agent.signIn().user());
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(agent.signIn().password());
        page.keyboard().press("Enter");
        assertThat(page.getByText("All quiet").first()).isVisible();
        return page;
    }

    @Test
    public void tab() {
        site.set("session.grace", "300");
        try (var line = new Line(site.karaf().uri())) {
            tab(line);
        }
    }

    private void tab(Line line) {
        review = new Review("tab");
        site.chat();
        var desktop = Desktop.open(scene.agent(site), line.uri() + "/desktop", "Marie Dupont")
                .start();
        var page = desktop.page();
        review.look(page, "waiting");
        desktop.button("Invite").click();
        assertThat(page.locator("tandem-qr").nth(1)).isVisible();
        review.look(page, "waiting with invite");
        page.locator("tandem-qr button").first().click();
        assertThat(page.getByText("Point the camera")).isVisible();
        review.look(page, "code enlarged");
        page.keyboard().press("Escape");
        desktop.button("Session").click();
        review.look(page, "session menu");
        page.keyboard().press("Escape");

        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
        review.look(page, "joined");
        desktop.showChat().chat().say("Hello Marie, please press “Share my screen”.");
        customer.chat()
                .say("One moment … https://example.org/a/rather/long/address/that/goes/on/and/on/without/an/end");
        assertThat(desktop.chat().message("example.org")).isVisible();
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();
        review.look(page, "sharing");
        var window = page.waitForPopup(() -> page.locator("#pop-out").click());
        assertThat(window.locator("canvas")).isVisible();
        review.look(page, "sharing in a window of its own");
        review.look(window, "window");
        window.locator("#come-back").click();
        assertThat(desktop.picture().canvas()).isVisible();

        desktop.tab("Participants").click();
        crowd(page);
        assertThat(page.getByText("Participant 40").first()).isVisible();
        review.look(page, "forty participants");

        line.cut();
        assertThat(desktop.text("connection is lost")).isVisible();
        review.look(page, "own line lost");
        line.mend();
        assertThat(desktop.text("Connected again"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));

        customer.page().close();
        assertThat(desktop.text("has left")
                        .or(desktop.text("has lost the connection"))
                        .first())
                .isVisible();
        review.look(page, "customer gone");
        desktop.button("Session").click();
        page.getByText("End session").click();
        assertThat(page.getByText("End the session?")).isVisible();
        review.look(page, "asked before the end");
        page.locator("button.danger.primary").click();
        assertThat(desktop.text("The session has ended")).isVisible();
        review.look(page, "ended");
    }

    @Test
    public void customer() {
        review = new Review("customer");
        var support = site.support(scene);
        var customer = Customer.join(scene.customer(), support.url());
        review.look(customer.page(), "joined");
        customer.chat().say("Bonjour, j’ai besoin d’aide");
        customer.share();
        review.look(customer.page(), "sharing");
        customer.button("Stop sharing").click();
        assertThat(customer.button("Stop sharing")).isHidden();
        review.look(customer.page(), "stopped");
        site.karaf()
                .api()
                .post("/join", Map.of("pin", support.pin(), "site", site.name()))
                .ok();
        assertThat(customer.text("another device")).isVisible();
        review.look(customer.page(), "taken over");
        customer.button("Continue here instead").click();
        customer.enter(Customer.NAME);
        site.anna().api().post("/sessions/" + support.id() + "/leave").ok();
        assertThat(customer.text("has left")).isVisible();
        review.look(customer.page(), "agent gone");
        site.anna().api().post("/sessions/" + support.id() + "/return").ok();
        site.anna().api().post("/sessions/" + support.id() + "/end").ok();
        assertThat(customer.text("Thank you")).isVisible();
        review.look(customer.page(), "ended");
    }

    /** More people than a session of today can have: the element is what is looked at. */
    private static void crowd(Page page) {
        page.locator("#page-participants > *")
                .last()
                .evaluate(
                        """
                (element) => {
                  const names = ['Jean-Baptiste Poquelin', 'محمد الأنصاري', 'שרה לוי', 'Annemarie van Benthem-Jutting tot Schouwenburg'];
                  const more = Array.from({ length: 40 }, (_, i) => ({
                    id: 'p' + i, role: i % 3 ? 'CUSTOMER' : 'AGENT', state: ['JOINED', 'DISCONNECTED', 'LEFT', 'JOINED'][i % 4],
                    name: i === 0 ? 'Participant 40' : names[i % 4],
                  }));
                  const session = { ...element.session, participants: more };
                  // What happens meanwhile is not to overwrite it.
                  Object.defineProperty(element, 'session', { get: () => session, set() {} });
                  element.requestUpdate();
                }""");
    }
}
