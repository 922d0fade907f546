package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Map;

import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.options.AriaRole;

/** What a session with several people shows, looked at state by state: one session, few pages. */
public class ReviewSessionsIT {
    @Rule
    public final Scene scene = Scene.withAxe();

    private final Site site = Site.create(Running.karaf());
    private final Review review = new Review("sessions");

    /** All at once, so that one run tells all. */
    @After
    public void nothingFound() {
        review.nothingFound();
    }

    @Test
    public void aSessionWithSeveralPeople() {
        site.set("session.form", "true");
        var desktop = Desktop.supporting(scene.agent(site), site);
        var call = site.arrive("CALL", site.anna(), "Jean-Baptiste Poquelin");
        var other = site.anna()
                .api()
                .post("/sessions", Map.of("interaction", call.interaction()))
                .ok();
        scene.stays(site.anna().api(), other.get("id").asText());
        var agent = desktop.page();
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
        var session = customer.session();
        var api = site.anna().api();
        var path = "/sessions/" + session;

        api.post(path + "/consents", Map.of("capability", "screen")).ok();
        assertThat(customer.page().locator("#consent")).isVisible();
        review.look(customer.page(), "consent card");
        customer.button("Not now").click();

        var viewers =
                api.post(path + "/viewers", Map.of("name", "Prof. Ito")).ok().get("viewers");
        var expert = scene.stranger(Scene.options("en-GB", 1440, 900))
                .open(viewers.get(0).get("url").asText());
        assertThat(expert.getByText("Nothing is shared right now")).isVisible();
        review.look(expert, "outside view");

        var ben = Desktop.signedIn(scene.agent(site, site.ben(), "en-GB"), site).page();
        ben.navigate(site.karaf().uri() + "/assist");
        ben.getByLabel("Session number").fill("1234");
        ben.getByLabel("Session number").press("Enter");
        assertThat(ben.getByText("This leads to no session.")).isVisible();
        review.look(ben, "assist refused");
        ben.getByLabel("Session number").fill(api.get(path).ok().get("number").asText());
        ben.getByLabel("Session number").press("Enter");
        assertThat(ben.locator("[data-epoch]")).hasAttribute("data-controls", "false");
        review.look(ben, "assistant");

        // Two sessions: the strip is there. Somebody is asked to allow a recording.
        agent.locator("#record").click();
        assertThat(agent.locator("[data-state=asking]")).isVisible();
        desktop.show("Session").getByText("What was asked and allowed").click();
        review.look(agent, "strip and session panel");
        desktop.transferDialog();
        review.look(agent, "transfer control");
        agent.keyboard().press("Escape");
        desktop.invite();
        assertThat(agent.locator("#invite")).isVisible();
        review.look(agent, "invite");
        customer.page().locator("#consent").getByText("Not now").click();
        assertThat(agent.locator("#record-note")).isVisible();

        site.ben().api().post(path + "/leave").ok();
        customer.page().locator("#ledger summary").click();
        review.look(customer.page(), "customer in the session");
        customer.button("Leave").click();
        assertThat(customer.page().locator("#feedback")).isVisible();
        review.look(customer.page(), "feedback");
        desktop.endSession();
        assertThat(agent.locator("#notes")).isVisible();
        review.look(agent, "ended with notes");

        var consents = desktop.agent().open(site.karaf().uri() + "/consents");
        assertThat(consents.locator("tr[data-session='" + session + "']")).isVisible();
        review.look(consents, "consents");
        consents.navigate(site.karaf().uri() + "/consents/" + session);
        assertThat(consents.locator("[data-capability=screen]").first()).isVisible();
        review.look(consents, "consents of a session");
        consents.navigate(site.karaf().uri() + "/recordings");
        assertThat(consents.getByRole(AriaRole.HEADING).first()).isVisible();
        review.look(consents, "recordings");
        api.post("/sessions/" + other.get("id").asText() + "/end").ok();
    }
}
