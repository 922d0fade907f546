package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Karaf;

/** Slices come and go under a running session with pages open; nobody reloads anything. */
public class HotPlugIT {
    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Desktop desktop;
    private Customer customer;

    @Before
    public void together() {
        site = Site.create(karaf);
        desktop = Desktop.supporting(scene.agent(site), site);
        customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
        mark(desktop.page());
        mark(customer.page());
    }

    @After
    public void everythingRunsAgain() {
        for (var slice : List.of("ui", "session", "chat", "screen", "call", "webacd")) {
            karaf.shell("bundle:start dev.tandem." + slice);
        }
        karaf.awaitHealth();
    }

    @Test
    public void chatGoesAndComesBackWithTheConversationInPagesThatAreOpen() {
        desktop.showChat();
        desktop.chat().say("before");
        assertThat(customer.chat().message("before")).isVisible();

        karaf.shell("bundle:stop dev.tandem.chat");
        assertThat(desktop.tab("Chat")).isHidden();
        assertThat(customer.chat().field()).isHidden();
        assertThat(desktop.text("has been taken out")).isVisible();
        assertThat(desktop.statusLine()).isVisible();
        var gone = site.anna().api().get("/chat/" + customer.session());
        assertEquals(404, gone.status());
        assertTrue(gone.headers().firstValue("content-type").orElse("").startsWith("application/problem+json"));
        assertEquals("ACTIVE", state());

        karaf.shell("bundle:start dev.tandem.chat");
        assertThat(desktop.tab("Chat")).isVisible();
        desktop.showChat();
        assertThat(desktop.chat().message("before")).isVisible();
        assertThat(customer.chat().message("before")).isVisible();
        customer.chat().say("after");
        assertThat(desktop.chat().message("after")).isVisible();
        notReloaded();
    }

    @Test
    public void screenGoesInMidShareAndComesBack() {
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();
        desktop.showChat();

        karaf.shell("bundle:stop dev.tandem.screen");
        assertThat(desktop.picture().canvas()).isHidden();
        assertThat(desktop.text("Screen sharing is not available just now")).isVisible();
        assertThat(customer.button("Stop sharing")).isHidden();
        assertThat(customer.button("Share my screen")).isHidden();
        desktop.chat().say("we go on talking");
        assertThat(customer.chat().message("we go on talking")).isVisible();
        assertEquals("ACTIVE", state());

        karaf.shell("bundle:start dev.tandem.screen");
        customer.button("Share my screen")
                .or(customer.button("Share again"))
                .first()
                .click();
        assertThat(desktop.picture().canvas()).isVisible();
        notReloaded();
    }

    @Test
    public void callGoesAndComesBack() {
        assertThat(desktop.button("Talk")).isVisible();
        assertThat(customer.button("Talk")).isVisible();
        karaf.shell("bundle:stop dev.tandem.call");
        assertThat(desktop.button("Talk")).isHidden();
        assertThat(customer.button("Talk")).isHidden();
        assertEquals(404, site.anna().api().get("/call/" + customer.session()).status());
        assertEquals("ACTIVE", state());
        karaf.shell("bundle:start dev.tandem.call");
        assertThat(desktop.button("Talk")).isVisible();
        assertThat(customer.button("Talk")).isVisible();
        notReloaded();
    }

    @Test
    public void uninstalledChatIsInstalledAgain() {
        desktop.showChat();
        desktop.chat().say("kept in the journal");
        assertThat(customer.chat().message("kept in the journal")).isVisible();
        karaf.shell("feature:uninstall tandem-chat");
        assertThat(desktop.tab("Chat")).isHidden();
        assertThat(customer.chat().field()).isHidden();
        karaf.shell("feature:install tandem-chat");
        assertThat(desktop.tab("Chat")).isVisible();
        desktop.showChat();
        assertThat(desktop.chat().message("kept in the journal")).isVisible();
        assertThat(customer.chat().message("kept in the journal")).isVisible();
        notReloaded();
    }

    @Test
    public void BX7_sliceOfAThirdPartyComesAndGoesHot() {
        var jar = System.getProperty("tandem.odd");
        var others = karaf.shell("bundle:list -t 0 -s --no-format");
        var path = "/odd-coin/" + customer.session();
        assertEquals(404, site.anna().api().get(path).status());

        karaf.shell("bundle:install -s file:" + jar);
        assertThat(desktop.tab("Coin")).isVisible();
        desktop.tab("Coin").click();
        desktop.button("Toss the coin").click();
        assertThat(customer.text(java.util.regex.Pattern.compile("Heads: \\d, tails: \\d")))
                .isVisible();
        assertEquals(200, site.anna().api().get(path).status());
        desktop.page().waitForCondition(() -> {
            var coin = site.anna().api().get(path).ok();
            return coin.get("heads").asInt() + coin.get("tails").asInt() == 1;
        });

        karaf.shell("bundle:uninstall org.example.odd");
        assertThat(desktop.tab("Coin")).isHidden();
        assertThat(customer.text("Heads:")).isHidden();
        assertEquals(404, site.anna().api().get(path).status());
        assertEquals("no other bundle was touched", others, karaf.shell("bundle:list -t 0 -s --no-format"));
        assertEquals("ACTIVE", state());
        notReloaded();
    }

    /** Its commands and its pages are two bundles. Without either the call goes on, and the session is as it was when they are back. */
    @Test
    public void BX5_theRemoteSupportTabStopsAndStartsUnderARunningSession() {
        site.set("session.grace", "300");
        talk("before");
        var session = customer.session();
        var others = others("session");

        karaf.shell("bundle:stop dev.tandem.session");
        assertThat(desktop.text("Session commands are being updated")).isVisible();
        assertThat(customer.text("Parts of this page are being updated")).isVisible();
        assertThat(desktop.statusLine()).isVisible();
        assertEquals(404, site.anna().api().get("/sessions/" + session).status());
        assertEquals(200, site.anna().api().get("/platform/me").status());
        site.arrive("CALL", site.anna(), "Paul Martin");
        assertThat(desktop.button("Remote support")
                        .or(desktop.text("Paul Martin"))
                        .first())
                .isVisible();

        karaf.shell("bundle:start dev.tandem.session");
        assertEquals("no other bundle was touched", others, others("session"));
        assertThat(desktop.text("Session commands are being updated")).isHidden();
        assertThat(customer.text("Parts of this page are being updated")).isHidden();
        assertThat(desktop.statusLine()).isVisible();
        assertEquals("ACTIVE", state());
        talk("after");
        customer.share();
        assertThat(desktop.picture().canvas()).isVisible();

        karaf.shell("bundle:stop dev.tandem.ui");
        assertThat(desktop.text("Remote support is not available just now")).isVisible();
        assertThat(desktop.picture().canvas()).isHidden();
        assertThat(desktop.button("End call")).isVisible();
        assertThat(customer.button("Stop sharing")).isVisible();
        customer.chat().say("still here");
        assertThat(customer.chat().message("still here")).isVisible();
        assertEquals("ACTIVE", state());
        assertEquals(503, karaf.api().page("/desktop").status());

        karaf.shell("bundle:start dev.tandem.ui");
        assertEquals(200, karaf.api().page("/desktop").status());
        assertThat(desktop.text("Remote support is not available just now")).isHidden();
        assertThat(desktop.statusLine()).isVisible();
        assertThat(desktop.picture().canvas()).isVisible();
        desktop.showChat();
        assertThat(desktop.chat().message("still here")).isVisible();
        talk("with its pages");
        notReloaded();
    }

    /** Sessions that it has brought go on without it, and who waits keeps the place. */
    @Test
    public void BX5_webAcdStopsAndStartsUnderRunningSessions() {
        var routing = new Routing(scene, site);
        var queue = routing.queue("help", Map.of("members", Routing.members(site.ben())));
        routing.capacity(1, site.ben());
        var ben = Desktop.signedIn(scene.agent(site, site.ben(), "en-GB"), site);
        routing.available(site.ben());
        var eva = routing.customerAt(queue, "Eva");
        Routing.offers(ben).accept("Eva");
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        ben.showChat();
        var paul = routing.customerAt(queue, "Paul");
        assertThat(paul.text("You are next.")).isVisible();
        for (var page : List.of(ben.page(), eva.page(), paul.page())) {
            mark(page);
        }
        var others = others("webacd");

        karaf.shell("bundle:stop dev.tandem.webacd");
        assertThat(paul.text("You are next.")).isHidden();
        assertEquals(404, site.ben().api().get("/webacd/me").status());
        ben.chat().say("we go on");
        assertThat(eva.chat().message("we go on")).isVisible();
        eva.chat().say("so do we");
        assertThat(ben.chat().message("so do we")).isVisible();
        talk("and so do others");
        assertEquals("ACTIVE", state());

        karaf.shell("bundle:start dev.tandem.webacd");
        assertEquals("no other bundle was touched", others, others("webacd"));
        assertThat(paul.text("You are next.")).isVisible();
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        ben.endSession();
        Routing.offers(ben).accept("Paul");
        assertThat(paul.text("Ben Cole")).isVisible();
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        ben.showChat();
        paul.chat().say("at last");
        assertThat(ben.chat().message("at last")).isVisible();
        for (var page : List.of(ben.page(), eva.page(), paul.page())) {
            assertEquals(true, page.evaluate("window.marked === true"));
        }
        notReloaded();
    }

    private void talk(String text) {
        desktop.showChat();
        desktop.chat().say(text);
        assertThat(customer.chat().message(text)).isVisible();
        customer.chat().say("yes: " + text);
        assertThat(desktop.chat().message("yes: " + text)).isVisible();
    }

    /** All bundles but that one, with their states. */
    private List<String> others(String slice) {
        return karaf.shell("bundle:list -t 0 -s --no-format")
                .lines()
                .filter(one -> !one.strip().endsWith("dev.tandem." + slice))
                .toList();
    }

    @Test
    public void siteSettingTakesEffectAtOnce() {
        site.set("session.grace", "60");
        var before = site.anna().api().get("/settings").ok().toString();
        assertTrue(before, before.contains("session.grace"));
        site.anna().api().put("/settings/session.grace", Map.of("value", "2")).ok();
        site.anna().api().post("/sessions/" + customer.session() + "/leave").ok();
        assertThat(customer.chat().field()).isHidden();
    }

    private String state() {
        return site.anna()
                .api()
                .get("/sessions/" + customer.session())
                .ok()
                .get("state")
                .asText();
    }

    private static void mark(com.microsoft.playwright.Page page) {
        page.evaluate("window.marked = true");
    }

    private void notReloaded() {
        assertEquals(true, desktop.page().evaluate("window.marked === true"));
        assertEquals(true, customer.page().evaluate("window.marked === true"));
    }
}
