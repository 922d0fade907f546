package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Line;

/** Closed pages, reloaded pages, lost lines. */
public class StayingIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    @Test
    public void W3_closingTheControllersPageEndsTheSessionAfterAsking() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
        var session = customer.session();
        var asked = new ArrayList<String>();
        desktop.page().onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.accept();
        });
        long start = System.nanoTime();
        desktop.page().navigate("about:blank");
        assertEquals("the browser asks first", java.util.List.of("beforeunload"), asked);
        awaitEnd(session, "PAGE_CLOSED");
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue("after " + seconds + " s", seconds < 8);
        assertThat(customer.text("ended")).isVisible();
    }

    @Test
    public void W3_reloadIsNoClosing() {
        site.set("session.closing", "3");
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        var pin = desktop.pinDigits();
        desktop.page().onDialog(com.microsoft.playwright.Dialog::accept);
        desktop.page().reload();
        assertThat(desktop.statusLine()).isVisible();
        assertEquals(pin, desktop.pinDigits());
        // Longer than the closing waits: a session that the reload had ended would be over now.
        customer.chat().say("still here?");
        var since = System.nanoTime();
        Await.until(
                "4 s and a living session", Duration.ofSeconds(8), () -> System.nanoTime() - since > 4_000_000_000L);
        assertEquals("ACTIVE", state(customer.session()));
        assertThat(desktop.statusLine()).isVisible();
    }

    @Test
    public void W3_closingOneOfTwoPagesEndsNothing() {
        var agent = scene.agent(site);
        var first = Desktop.supporting(agent, site);
        var customer = Customer.join(scene.customer(), site, first.pinDigits());
        var second = Desktop.open(agent, site, "Marie Dupont").start();
        assertThat(second.statusLine()).isVisible();
        second.page().close();
        first.chat();
        first.showChat().chat().say("I am still there");
        assertThat(customer.chat().message("I am still there")).isVisible();
    }

    @Test
    public void BX1_customerWithALostLineComesBackIntoTheSameSession() {
        try (var line = new Line(site.karaf().uri())) {
            var desktop = Desktop.supporting(scene.agent(site), site);
            var customer =
                    Customer.join(scene.customer(), line.uri() + "/j/" + site.name() + "/" + desktop.pinDigits());
            assertThat(desktop.statusLine()).isVisible();
            desktop.showChat();

            line.cut();
            assertThat(customer.text("connection is lost")).isVisible();
            assertThat(desktop.text("has lost the connection")).isVisible();
            desktop.chat().say("while you were away");

            line.mend();
            assertThat(customer.text("Connected again")).isVisible();
            assertThat(customer.chat().message("while you were away")).isVisible();
            assertThat(desktop.text("has lost the connection")).isHidden();
            customer.chat().say("back");
            assertThat(desktop.chat().message("back")).isVisible();
        }
    }

    @Test
    public void BX1_agentWithALostLineComesBackIntoTheSameSession() {
        try (var line = new Line(site.karaf().uri())) {
            site.call();
            var agent = scene.agent(site);
            var desktop =
                    Desktop.open(agent, line.uri() + "/desktop", "Marie Dupont").start();
            var pin = desktop.pinDigits();
            var customer = Customer.join(scene.customer(), site, pin);
            assertThat(desktop.statusLine()).isVisible();
            line.cut();
            assertThat(desktop.text("connection is lost")).isVisible();
            line.mend();
            assertThat(desktop.text("Connected again")).isVisible();
            assertEquals(pin, desktop.pinDigits());
            assertEquals("ACTIVE", state(customer.session()));
        }
    }

    @Test
    public void BX1_graceOverEndsTheSession() {
        site.set("session.grace", "2");
        try (var line = new Line(site.karaf().uri())) {
            site.call();
            var desktop = Desktop.open(scene.agent(site), line.uri() + "/desktop", "Marie Dupont")
                    .start();
            var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
            assertThat(desktop.statusLine()).isVisible();
            var session = customer.session();
            line.cut();
            awaitEnd(session, "GRACE_EXPIRED");
            assertThat(customer.text("ended")).isVisible();
            line.mend();
            assertThat(desktop.text("The session has ended")).isVisible();
        }
    }

    @Test
    public void BX1_pinDiesAfterTheLastAgentHasLeft() {
        site.set("session.grace", "2");
        var support = site.support();
        var customer = support.join();
        site.anna().api().post("/sessions/" + support.id() + "/leave").ok();
        assertEquals(
                "within the grace the PIN admits",
                200,
                support.tryJoin(support.pin()).status());
        var again = support.tryJoin(support.pin()).ok();
        var seated = site.karaf().api().asCustomer(again.get("token").asText());
        Await.until(
                "the session's end",
                Duration.ofSeconds(10),
                () -> seated.get("/sessions/" + support.id()).status() == 401);
        assertEquals(401, customer.api().get("/sessions/" + support.id()).status());
        assertEquals(403, support.tryJoin(support.pin()).status());
    }

    @Test
    public void BX2_secondDeviceTakesTheSeatOverAndTheFirstIsTold() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        var pin = desktop.pinDigits();
        var first = Customer.join(scene.customer(), site, pin);
        var second = Customer.join(scene.customer(), site, pin);
        assertThat(first.chat().field()).isHidden();
        assertThat(first.page().locator("body"))
                .containsText(java.util.regex.Pattern.compile(
                        "another|other device|taken over", java.util.regex.Pattern.CASE_INSENSITIVE));
        desktop.showChat().chat().say("only for the second");
        assertThat(second.chat().message("only for the second")).isVisible();
    }

    private void awaitEnd(String session, String reason) {
        Await.until("the session's end", Duration.ofSeconds(15), () -> state(session)
                .equals("ENDED"));
        assertEquals(
                reason,
                site.anna()
                        .api()
                        .get("/sessions/" + session)
                        .ok()
                        .get("endReason")
                        .asText());
    }

    private String state(String session) {
        return site.anna().api().get("/sessions/" + session).ok().get("state").asText();
    }
}
