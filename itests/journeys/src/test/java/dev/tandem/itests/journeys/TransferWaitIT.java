package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Display;
import dev.tandem.itests.harness.Karaf;

/** What a transfer ends, what the customer sees while it lasts, and what the next agent knows. */
public class TransferWaitIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Routing routing;
    private Routing.Queue printers;
    private Desktop anna;
    private Customer marie;

    @Before
    public void aQueueForBen() {
        site = Site.create(karaf);
        routing = new Routing(scene, site).capacity(2, site.anna(), site.ben());
        printers = routing.queue("printers", Map.of("members", Routing.members(site.ben())));
    }

    private void together() {
        anna = Desktop.supporting(scene.agent(site), site);
        marie = Customer.join(scene.customer(), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
    }

    private Desktop ben() {
        var desktop = Desktop.signedIn(scene.agent(site, site.ben(), "en-GB"), site);
        routing.available(site.ben());
        return desktop;
    }

    private void handOver(String reason) {
        var dialog = Handover.fromToolbar(anna);
        dialog.queue("Printers").check();
        dialog.message().fill(reason);
        dialog.send().click();
        assertThat(anna.text("You have handed over the session")).isVisible();
    }

    private Desktop takenByBen() {
        var ben = ben();
        assertThat(Routing.offers(ben).of(Customer.NAME)).isVisible();
        Routing.offers(ben).accept(Customer.NAME);
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        return ben;
    }

    private void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Running.work().resolve("shots").resolve("transfer-" + name + ".png")));
    }

    private static void passes(int seconds) {
        long since = System.nanoTime();
        Await.until(
                seconds + " s",
                Duration.ofSeconds(2L * seconds + 5),
                () -> System.nanoTime() - since > seconds * 1_000_000_000L);
    }

    @Test
    public void W37_theSenderLeavesByItselfAndTheCustomerStaysLongerThanTheGrace() {
        site.set("session.grace", "2");
        together();
        var session = marie.session();
        var jean = routing.customerAt(printers, "Jean");
        handOver("");
        shot(anna.page(), "handed-over");
        assertEquals(409, site.anna().api().get("/sessions/" + session).status());
        assertThat(marie.text("You are being connected to another agent")).isVisible();
        assertThat(marie.text("You are number 2 in Printers.")).isVisible();
        assertThat(marie.chat().log()).containsText("Your place in the queue: 2.");
        shot(marie.page(), "wait");
        // Three times the grace, with nobody but the customer there.
        passes(6);
        assertThat(marie.text("You are being connected to another agent")).isVisible();
        marie.chat().say("I am still here");
        assertThat(marie.chat().message("I am still here")).isVisible();
        // A customer who goes has the grace, and is then waited for no more.
        jean.page().close();
        assertThat(marie.text("You are next.")).isVisible();
        var ben = takenByBen();
        assertThat(marie.text("You are connected with Ben Cole")).isVisible();
        assertEquals(
                "ACTIVE",
                site.ben().api().get("/sessions/" + session).ok().get("state").asText());
        ben.showChat();
        assertThat(ben.chat().message("I am still here")).isVisible();

        // The former one may come in again like any colleague, and is not in control.
        anna.assist(
                site.ben().api().get("/sessions/" + session).ok().get("number").asText());
        assertThat(anna.support()).hasAttribute("data-controls", "false");
        anna.showChat();
        assertThat(anna.chat().message("I am still here")).isVisible();
        // And from now on the clock runs again for the agent's side.
        anna.page().close();
        ben.page().onDialog(com.microsoft.playwright.Dialog::accept);
        ben.agent().leave();
        Await.until(
                "the end", LONG, () -> marie.page().getByText("ended").first().isVisible());
    }

    @Test
    public void W37_aCustomerWhoLeavesWhileWaitingIsLookedForNoMore() {
        together();
        var session = marie.session();
        handOver("");
        var ben = ben();
        assertThat(Routing.offers(ben).of(Customer.NAME)).isVisible();
        assertThat(marie.text("Somebody is being asked for you right now.")).isVisible();
        shot(marie.page(), "asked");
        marie.button("Leave").click();
        var sure = marie.page().locator("tandem-dialog[open], dialog[open]");
        if (sure.count() > 0) {
            sure.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Leave"))
                    .click();
        }
        assertThat(Routing.offers(ben).all()).hasCount(0);
        assertEquals(0, printers.waiting());
        var end = site.anna().api().get("/sessions/" + session);
        Routing.has(site.ben(), 0);
        assertTrue(
                end.text(),
                end.status() == 409 || end.body().get("state").asText().equals("ENDED"));
        shot(marie.page(), "left");
    }

    /** What a customer reads: by the page, in the chat when nobody takes it, in the chat of the place. */
    private record Words(String page, String fallback, String place, String next) {}

    @Test
    public void W35_W37_theCustomersWordsAreInTheCustomersLanguage() {
        var words = new LinkedHashMap<String, Words>();
        words.put(
                "fr",
                new Words(
                        "Nous vous mettons en relation avec un autre agent",
                        "Aucune des personnes sollicitées n’a pu prendre le relais.",
                        "Votre place dans la file : 1.",
                        "Vous êtes le prochain."));
        words.put(
                "it",
                new Words(
                        "Ti stiamo mettendo in contatto con un altro agente",
                        "Nessuna delle persone interpellate ha potuto subentrare.",
                        "Il tuo posto nella coda: 1.",
                        "Sei il prossimo."));
        words.put(
                "nl",
                new Words(
                        "U wordt verbonden met een andere agent",
                        "Niemand die gevraagd werd, kon het overnemen.",
                        "Uw plaats in de wachtrij: 1.",
                        "U bent de volgende."));
        words.forEach(this::saidIn);
    }

    /** The agent reads English, and whom she asks is not there. */
    private void saidIn(String language, Words words) {
        site.arrive("CALL", site.anna(), "Marie " + language);
        var desktop = Desktop.open(scene.agent(site), site, "Marie " + language).start();
        var page = scene.customer(language).open(karaf.uri() + "/j/" + site.name() + "/" + desktop.pinDigits());
        page.locator("input").first().fill(Customer.NAME);
        page.locator("input").first().press("Enter");
        assertThat(desktop.statusLine()).isVisible();
        routing.fallback(routing.queue("queue-" + language, Map.of("members", Routing.members(site.ben()))));
        assertEquals(
                201,
                Routing.transfer(site.anna(), desktop.session(), Map.of("agents", List.of(Routing.id(site.ben()))))
                        .status());
        assertThat(page.getByText(words.page())).isVisible();
        assertThat(page.locator("[role=log]")).containsText(words.fallback());
        assertThat(page.locator("[role=log]")).containsText(words.place());
        assertThat(page.getByText(words.next())).isVisible();
        page.setViewportSize(360, 720);
        shot(page, "wait-" + language);
    }

    @Test
    public void W38_theVoiceCallEndsWithTheTransfer() {
        var display = scene.closing(Display.start(1440, 900));
        var browser = scene.closing(Running.browsers()
                .chromium(
                        display,
                        "--use-fake-device-for-media-stream",
                        "--use-fake-ui-for-media-stream",
                        "--autoplay-policy=no-user-gesture-required",
                        "--window-size=1440,900"));
        site.arrive("CHAT", site.anna(), "Marie Dupont");
        anna = Desktop.open(scene.in(browser, "Anna").with(site.anna().signIn()), site, "Marie Dupont")
                .start();
        marie = Customer.join(scene.in(browser, "Marie"), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
        var session = marie.session();
        var annas = new Talk(anna.page()).join();
        var maries = new Talk(marie.page()).join();
        annas.awaitOthers(1).awaitHeard(1);
        maries.awaitOthers(1);
        assertTrue(site.anna().api().get("/call/" + session).ok().get("running").asBoolean());

        handOver("She hears badly");
        assertThat(maries.bar().locator("audio[data-peer]")).hasCount(0);
        assertThat(marie.text("has ended.")).isVisible();
        shot(marie.page(), "call-ended");
        var ben = Desktop.signedIn(scene.in(browser, "Ben").with(site.ben().signIn()), site);
        routing.available(site.ben());
        Routing.offers(ben).accept(Customer.NAME);
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        assertTrue(!site.ben().api().get("/call/" + session).ok().get("running").asBoolean());
        // It can be begun again.
        var bens = new Talk(ben.page()).join();
        maries.join();
        bens.awaitOthers(1).awaitHeard(1);
        maries.awaitHeard(1);
    }

    @Test
    public void W30_W37_sharingAndRecordingEndWithTheTransferAndMayBeBegunAgain() {
        together();
        var session = marie.session();
        anna.page().locator("#record").click();
        marie.button("Allow for the session").click();
        assertThat(anna.page().locator("[data-state=recording]")).isVisible();
        marie.share();
        assertThat(anna.picture().canvas()).isVisible();
        handOver("");
        assertThat(marie.page().locator("#recording-mark")).isHidden();
        assertThat(marie.button("Stop sharing")).isHidden();
        assertThat(marie.button("Share my screen")).isHidden();
        assertThat(marie.text("have ended.")).isVisible();
        shot(marie.page(), "ended");
        var recording = Recorded.await(site.anna().api(), session, "FINISHED");
        assertEquals("CONTROL_PASSED", recording.get("ending").asText());
        var ben = takenByBen();
        Recorded.assertRunning(site.ben().api(), session, false);
        assertEquals(
                "nothing goes on",
                0,
                onlyActivities(site.ben().api().get("/sessions/" + session).ok()));
        marie.button("Share again").click();
        assertThat(marie.button("Stop sharing")).isVisible();
        assertThat(ben.picture().canvas()).isVisible();
        ben.page().locator("#record").click();
        // What was allowed to the former agent is not allowed to this one.
        marie.button("Allow for the session").click();
        assertThat(ben.page().locator("[data-state=recording]")).isVisible();
    }

    private static int onlyActivities(com.fasterxml.jackson.databind.JsonNode view) {
        int others = 0;
        for (var one : view.get("activities")) {
            others += one.get("name").asText().equals("chat") ? 0 : 1;
        }
        return others;
    }

    @Test
    public void W39_theNextAgentHasChatFormAndReasonAndAsksNothingTwice() {
        printers.set(Map.of(
                "members",
                Routing.members(site.anna()),
                "entry",
                Map.of(
                        "enabled",
                        true,
                        "fields",
                        List.of(
                                Map.of(
                                        "key",
                                        "product",
                                        "label",
                                        Map.of("en", "Product"),
                                        "type",
                                        "TEXT",
                                        "required",
                                        true),
                                Map.of("key", "company", "label", Map.of("en", "Company"), "type", "TEXT"),
                                Map.of("key", "noise", "label", Map.of("en", "Noise"), "type", "TEXT")))));
        var desks = routing.queue("desks", Map.of("members", Routing.members(site.ben())));
        marie = routing.at(printers);
        marie.page().locator("[data-field=product] input").fill("Laser 500 <b>");
        marie.page().locator("[data-field=company] input").fill("Dupont & fils");
        Routing.come(marie, Customer.NAME);
        marie.chat().say("It smells of burning");
        anna = Desktop.signedIn(scene.agent(site), site);
        routing.available(site.anna());
        var card = Routing.offers(anna).of(Customer.NAME);
        assertThat(card).containsText("Laser 500 <b>");
        Routing.offers(anna).accept(Customer.NAME);
        assertThat(anna.support()).hasAttribute("data-controls", "true");
        var mine = anna.show("Request");
        assertThat(mine).containsText("Laser 500 <b>");
        assertThat(mine).containsText("Printers");
        anna.showChat().chat().say("I ask a colleague");
        assertThat(marie.chat().message("I ask a colleague")).isVisible();

        var dialog = Handover.fromTab(anna);
        dialog.queue("Desks").check();
        dialog.message().fill("Please bring a new one.\nThe first floor.");
        dialog.send().click();
        marie.chat().say("Thank you");
        var ben = ben();
        var offer = Routing.offers(ben).of(Customer.NAME);
        assertThat(offer).containsText("Please bring a new one.");
        assertThat(offer).containsText("From Anna Bell");
        assertThat(offer).containsText("Laser 500 <b>");
        assertThat(offer).containsText("Dupont & fils");
        offer.locator("summary").click();
        assertThat(offer).containsText("It smells of burning");
        shot(ben.page(), "offer-all");
        Routing.offers(ben).accept(Customer.NAME);
        var request = ben.show("Request");
        assertThat(request.locator("blockquote")).containsText("Please bring a new one.\nThe first floor.");
        assertThat(request).containsText("From Anna Bell");
        assertThat(request).containsText("Laser 500 <b>");
        assertThat(request).containsText("Dupont & fils");
        assertThat(request).containsText("Desks");
        shot(ben.page(), "request");
        ben.showChat();
        for (var text : List.of("It smells of burning", "I ask a colleague", "Thank you")) {
            assertThat(ben.chat().message(text)).isVisible();
        }
        assertEquals(0, desks.waiting());
    }

    @Test
    public void W39_theNextAgentHasTheFilesThatCameBefore() throws IOException {
        together();
        var photo = Sending.bytes(20_000, 1);
        var drivers = Sending.bytes(30_000, 2);
        var customers = FilesPanel.of(marie);
        var annas = FilesPanel.of(anna);
        customers.sendNamed("photo.bin", photo);
        annas.download("photo.bin", "Accept");
        annas.sendNamed("drivers.bin", drivers);
        customers.download("drivers.bin", "Accept");
        assertThat(annas.row("drivers.bin")).containsText("Received");
        handOver("It needs the drivers");
        assertThat(marie.text("You are being connected to another agent")).isVisible();
        var bens = FilesPanel.of(takenByBen());
        assertEquals(
                Sending.sum(photo),
                Sending.sum(bens.download("photo.bin", "Save").path()));
        assertEquals(
                Sending.sum(drivers),
                Sending.sum(bens.download("drivers.bin", "Save").path()));
        // And it goes on where it was: what comes now comes to him.
        var after = Sending.bytes(100, 3);
        customers.sendNamed("after.bin", after);
        assertEquals(
                Sending.sum(after),
                Sending.sum(bens.download("after.bin", "Accept").path()));
    }

    @Test
    public void theItemAndItsLoadGoWithControl() {
        together();
        handOver("");
        var ben = takenByBen();
        var session = marie.session();
        Routing.has(site.ben(), 1);
        Routing.has(site.anna(), 0);
        anna.assist(
                site.ben().api().get("/sessions/" + session).ok().get("number").asText());
        ben.passControlTo("Anna Bell");
        assertThat(anna.support()).hasAttribute("data-controls", "true");
        Routing.has(site.anna(), 1);
        Routing.has(site.ben(), 0);
        assertThat(anna.show("Request")).containsText("Printers");
        // To somebody with whom WebACD has nothing to do: nobody has it any more.
        site.anna().api().delete("/webacd/agents/" + Routing.id(site.ben())).ok();
        anna.passControlTo("Ben Cole");
        assertThat(ben.support()).hasAttribute("data-controls", "true");
        Routing.has(site.anna(), 0);
    }

    @Test
    public void W35_withoutAFallbackQueueTheCustomerIsToldAndThatIsTheEndInTime() {
        site.set("webacd.agents.longest", "30");
        together();
        var session = marie.session();
        var ben = ben();
        var dialog = Handover.fromTab(anna).agents();
        assertThat(dialog.dialog())
                .containsText("If nobody accepts, they are asked again; after 1 minute the session ends.");
        dialog.agent("Ben Cole").check();
        dialog.send().click();
        Routing.offers(ben).decline(Customer.NAME);
        assertThat(marie.chat().log()).containsText("No one who was asked could take over yet.");
        shot(marie.page(), "again");
        var late = new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions().setTimeout(60_000);
        assertThat(marie.text("Nobody was free just now")).isVisible(late);
        shot(marie.page(), "nobody");
        Api.Reply view = site.ben().api().get("/sessions/" + session);
        assertTrue(
                view.text(),
                view.status() != 200 || view.body().get("state").asText().equals("ENDED"));
    }
}
