package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What a queue says of its sessions: what customers are asked at the start, what is off, and in which zone times are told. */
public class StartOptionsIT {
    private static final String MARIE = "Marie Dupont";
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Routing routing;

    @Before
    public void everybody() {
        site = Site.create(Running.karaf());
        routing = new Routing(scene, site).available(site.anna());
    }

    private Routing.Queue queue(Map<String, Object> start) {
        var hours = new HashMap<>(Routing.open());
        hours.put("zone", TOKYO.getId());
        return routing.queue("help", Map.of("start", start, "hours", hours, "members", Routing.members(site.anna())));
    }

    private static Map<String, Object> start(String screen, boolean voice, boolean information) {
        return Map.of(
                "screen", screen, "voice", voice, "systemInformation", information, "scripts", true, "reboot", true);
    }

    /** Anna takes the customer who waits, and has the session before her. */
    private Desktop taken(Customer marie) {
        var anna = Desktop.signedIn(scene.agent(site), site);
        Routing.offers(anna).accept(MARIE);
        anna.page().locator("[data-session='" + marie.session() + "']").first().click();
        assertThat(anna.support()).hasAttribute("data-controls", "true");
        return anna;
    }

    @Test
    public void WX2_theCustomerIsAskedInTurnAndNothingBeginsWithoutConsent() {
        var start = new HashMap<>(start("VIEW", true, true));
        start.put("url", site.karaf().uri() + "/");
        var marie = routing.customerAt(queue(start), MARIE);
        assertThat(marie.page().locator("#consent")).isHidden();
        assertThat(marie.page().locator("#start-page")).isHidden();
        var anna = taken(marie);

        var question = marie.page().locator("#consent");
        assertThat(question).containsText("would like to see your screen");
        marie.button("Not now").click();
        assertThat(question).containsText("would like to talk to you here");
        marie.button("Not now").click();
        assertThat(question).isHidden();
        var session = site.anna().api().get("/sessions/" + marie.session()).ok();
        assertEquals("nothing was begun", 0, activities(session));
        assertEquals(List.of("screen DENIED", "call DENIED"), consents(session));
        assertThat(anna.picture().canvas()).isHidden();

        // The page is a link, and opens beside by a click only.
        var card = marie.page().locator("#start-page");
        assertThat(card).containsText(site.karaf().uri().toString());
        var link = card.locator("a");
        assertEquals("noopener noreferrer", link.getAttribute("rel"));
        assertEquals(1, marie.page().context().pages().size());
        marie.page().context().waitForPage(link::click);
        assertThat(card).isHidden();
        marie.page().reload();
        marie.chat().field().waitFor();
        assertThat(card).isHidden();
    }

    @Test
    public void WX2_whatTheCustomerAllowsAtTheStartBegins() {
        var marie = routing.customerAt(queue(start("CONTROL", false, true)), MARIE);
        var anna = taken(marie);
        marie.button("Allow for the session").click();
        assertThat(anna.picture().canvas()).isVisible();
        assertThat(marie.button("Stop sharing")).isVisible();
        assertThat(anna.show("System").locator("#ask")).isVisible();
    }

    @Test
    public void WX2_whatIsOffIsAbsentAndRefusedByTheServer() {
        var marie = routing.customerAt(queue(start("NONE", false, false)), MARIE);
        var anna = taken(marie);
        assertThat(marie.page().locator("#consent")).isHidden();
        var panel = anna.show("System");
        assertThat(panel).containsText("switched off for sessions of this queue");
        assertThat(panel.locator("#ask")).isHidden();
        var asked = site.anna().api().post("/device/" + marie.session() + "/information");
        assertEquals("403 switched-off", asked.status() + " " + asked.code());
        var consent = site.anna()
                .api()
                .post("/sessions/" + marie.session() + "/consents", Map.of("capability", "system-information"));
        assertEquals("403 switched-off", consent.status() + " " + consent.code());
        assertThat(marie.page().locator("#consent")).isHidden();
        // What is not off is asked for as ever.
        site.anna()
                .api()
                .post("/sessions/" + marie.session() + "/consents", Map.of("capability", "call"))
                .ok();
        assertThat(marie.page().locator("#consent")).containsText("would like to talk");
    }

    @Test
    public void WX4_bothSidesReadTheChatInTheQueuesZone() {
        var marie = routing.customerAt(queue(start("NONE", false, true)), MARIE);
        marie.chat().say("Is it late where you are?");
        var anna = taken(marie);
        anna.showChat();
        for (var chat : List.of(marie, anna)) {
            var page = chat instanceof Customer customer ? customer.page() : anna.page();
            var line = page.locator(
                    ".run", new com.microsoft.playwright.Page.LocatorOptions().setHasText("Is it late where you are?"));
            var time = line.locator("time");
            var at = Instant.parse(time.getAttribute("datetime"));
            assertEquals(DateTimeFormatter.ofPattern("HH:mm").withZone(TOKYO).format(at), time.innerText());
            assertThat(page.locator(".zone")).containsText("Tokyo");
        }
    }

    @Test
    public void WX4_theLinkSaysWhetherItIsOpenInTheQueuesZone() {
        var help = queue(start("NONE", false, true));
        assertTrue(entry(help).get("open").asBoolean());
        var closed = new HashMap<>(Routing.closed());
        closed.put("zone", TOKYO.getId());
        help.set(Map.of("hours", closed));
        assertEquals(false, entry(help).get("open").asBoolean());
        var refused = routing.enter(help, Map.of("name", MARIE, "language", "en"));
        assertEquals("409 queue-closed", refused.status() + " " + refused.code());
    }

    private com.fasterxml.jackson.databind.JsonNode entry(Routing.Queue queue) {
        return site.karaf()
                .api()
                .get("/webacd/entry/" + site.name() + "/" + queue.slug())
                .ok();
    }

    /** The chat is one. */
    private static int activities(com.fasterxml.jackson.databind.JsonNode session) {
        int count = 0;
        for (var one : session.get("activities")) {
            count += one.get("name").asText().equals("chat") ? 0 : 1;
        }
        return count;
    }

    private static List<String> consents(com.fasterxml.jackson.databind.JsonNode session) {
        var all = new java.util.ArrayList<String>();
        session.get("consents")
                .forEach(one -> all.add(
                        one.get("capability").asText() + " " + one.get("state").asText()));
        return all;
    }
}
