package dev.tandem.itests.benchmarks.screen;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.Karaf;

/** A customer who shares from Chromium, the distribution, an agent who looks in Chromium; the line is the customer's. */
final class Tandem implements Product {
    private static final String CUSTOMER = "Marie Dupont";

    private final Browsers browsers;
    private final Karaf karaf;
    private final Api api;

    Tandem(Path distribution, Path work, Browsers browsers) {
        this.browsers = browsers;
        karaf = Karaf.unpack(distribution, work.resolve("screen")).start();
        api = karaf.api().as(karaf.administrator());
        api.put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
    }

    @Override
    public String name() {
        return "Tandem";
    }

    @Override
    public View open(MeteredLine.Kind kind) {
        var made = api.post("/platform/simulate", Map.of("kind", "CALL", "customer", CUSTOMER))
                .ok();
        var interaction = made.get("interaction").asText();
        api.post("/platform/interactions/" + interaction + "/accept").ok();
        var session = api.post("/sessions", Map.of("interaction", interaction)).ok();
        var agent = browsers.agents()
                .newContext(new Browser.NewContextOptions().setViewportSize(Wall.WIDTH, Wall.HEIGHT + 60));
        var desktop = agent.newPage();
        desktop.navigate(karaf.uri() + "/desktop");
        desktop.getByLabel("User name").fill(karaf.administrator().user());
        desktop.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(karaf.administrator().password());
        desktop.keyboard().press("Enter");
        desktop.getByText(CUSTOMER).first().click();
        button(desktop, "Remote support").click();

        var line = new MeteredLine(kind, karaf.httpPort());
        var customer = browsers.customers()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setPermissions(List.of()));
        var page = customer.newPage();
        page.navigate("http://127.0.0.1:" + line.port() + "/j/"
                + session.get("seats").get(0).get("pin").asText());
        var name = page.getByRole(AriaRole.TEXTBOX).first();
        name.fill("Marie");
        name.press("Enter");
        button(page, "Share my screen").click();
        desktop.locator("[data-size='" + Wall.WIDTH + "x" + Wall.HEIGHT + "']").waitFor();
        return new Opened(api, interaction, agent, customer, desktop, line);
    }

    private static com.microsoft.playwright.Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .first();
    }

    private record Opened(
            Api api, String interaction, BrowserContext agent, BrowserContext customer, Page page, MeteredLine line)
            implements View {
        @Override
        public long bytes() {
            return line.up();
        }

        @Override
        public void close() {
            customer.close();
            agent.close();
            line.close();
            api.post("/platform/interactions/" + interaction + "/end").ok();
        }
    }

    @Override
    public void close() {
        karaf.close();
    }
}
