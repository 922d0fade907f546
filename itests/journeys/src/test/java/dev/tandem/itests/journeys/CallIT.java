package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Display;

/** Two agents and a customer talk from browser to browser; microphones beep and cameras show a test picture. */
public class CallIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Browser browser;
    private Desktop anna;
    private Customer marie;
    private Talk annas;
    private Talk maries;
    private String session;

    @Before
    public void everybody() {
        site = Site.create(Running.karaf());
        var display = scene.closing(Display.start(1440, 900));
        browser = scene.closing(Running.browsers()
                .chromium(
                        display,
                        "--use-fake-device-for-media-stream",
                        "--use-fake-ui-for-media-stream",
                        "--autoplay-policy=no-user-gesture-required",
                        "--window-size=1440,900"));
        // On a chat, so that the platform has no call of its own.
        site.arrive("CHAT", site.anna(), "Marie Dupont");
        anna = Desktop.open(scene.in(browser, "Anna").with(site.anna().signIn()), site, "Marie Dupont")
                .start();
        marie = Customer.join(scene.in(browser, "Marie"), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
        session = marie.session();
        annas = new Talk(anna.page());
        maries = new Talk(marie.page());
    }

    private Api api() {
        return site.anna().api();
    }

    private JsonNode view() {
        return api().get("/sessions/" + session).ok();
    }

    private JsonNode call() {
        return api().get("/call/" + session).ok();
    }

    private Talk assisted(Person ben) {
        var number = view().get("number").asText();
        site.ben().api().post("/sessions/assist", Map.of("number", number)).ok();
        return new Talk(
                Desktop.open(ben.with(site.ben().signIn()), site, "Marie D.").page());
    }

    private void pass(String agent) {
        var to = StreamSupport.stream(view().get("participants").spliterator(), false)
                .filter(p -> p.get("name").asText().equals(agent))
                .findFirst()
                .orElseThrow();
        api().post(
                        "/sessions/" + session + "/control",
                        Map.of(
                                "to",
                                to.get("id").asText(),
                                "epoch",
                                view().get("epoch").asLong()))
                .ok();
    }

    private void talking() {
        annas.join();
        maries.join();
        annas.awaitOthers(1);
        maries.awaitOthers(1);
    }

    @Test
    public void anAgentAndACustomerTalkMuteShowThemselvesAndLeave() {
        talking();
        annas.awaitHeard(1);
        maries.awaitHeard(1);
        assertTrue(call().get("running").asBoolean());
        assertEquals(2, call().get("peers").size());

        annas.press("mute");
        maries.awaitSilence();
        assertThat(maries.bar().getByText("Anna Bell is muted")).isAttached();
        annas.press("mute");
        maries.awaitHeard(1);

        maries.press("camera");
        annas.awaitPicture();
        annas.press("camera");
        maries.awaitPicture();
        maries.press("camera");
        annas.awaitNoPicture();

        maries.press("leave").awaitState("idle");
        annas.awaitOthers(0).awaitWord("Nobody else is in the call yet.");
        maries.join().awaitOthers(1);
        annas.awaitHeard(1);
    }

    @Test
    public void picturesCoverNoControlsAtAnyWidth() {
        talking();
        annas.press("camera");
        maries.press("camera");
        annas.awaitPicture();
        maries.awaitPicture();
        annas.awaitCoversNothing(1440, 810).awaitCoversNothing(1024, 700);
        maries.awaitCoversNothing(1280, 710).awaitCoversNothing(320, 640);
    }

    @Test
    public void theToolbarStaysInOneRowWithACallAndARecordingInEveryLanguage() {
        // Three people have yet to allow the recording: their names stand in the toolbar as well.
        api().post("/sessions/" + session + "/seats").ok();
        var seats = view().get("seats");
        var pin = seats.get(seats.size() - 1).get("pin").asText();
        var paul = site.karaf()
                .api()
                .post("/join", Map.of("pin", pin, "site", site.name()))
                .ok();
        var pauls = site.karaf().api().asCustomer(paul.get("token").asText());
        scene.stays(pauls, session);
        pauls.put("/sessions/" + session + "/me", Map.of("name", "Paul Roux de la Fontaine"))
                .ok();
        site.ben()
                .api()
                .post("/sessions/assist", Map.of("number", view().get("number").asText()))
                .ok();
        scene.stays(site.ben().api(), session);
        annas.join();
        var page = anna.page();
        page.locator("#record").click();
        assertThat(page.locator("[data-state=asking]")).containsText("Paul Roux de la Fontaine");
        for (var language : List.of("en", "fr", "it", "nl")) {
            page.evaluate("(tag) => import('tandem/kit').then((kit) => kit.setLanguage(tag))", language);
            assertThat(page.locator("html")).hasAttribute("lang", language);
            for (int width : new int[] {1440, 1024}) {
                page.setViewportSize(width, 800);
                page.waitForFunction(ONE_ROW);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(
                                Running.work().resolve("shots").resolve("toolbar-" + language + "-" + width + ".png")));
            }
        }
    }

    /** All of the toolbar's parts stand beside each other, and none sticks out. */
    private static final String ONE_ROW =
            """
            () => {
              const find = (root) => root.querySelector('.toolbar')
                ?? [...root.querySelectorAll('*')].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
              const bar = find(document);
              const boxes = [...bar.children].map((e) => e.getBoundingClientRect()).filter((r) => r.width && r.height);
              const middle = (r) => (r.top + r.bottom) / 2;
              return boxes.length > 6 && boxes.every((r) => Math.abs(middle(r) - middle(boxes[0])) < 8)
                && Math.max(...boxes.map((r) => r.right)) <= innerWidth && bar.scrollWidth <= bar.clientWidth;
            }""";

    @Test
    public void W31_theCallGoesOnWhenControlPasses() {
        var bens = assisted(scene.in(browser, "Ben"));
        talking();
        bens.join().awaitOthers(2);
        annas.awaitHeard(2);
        pass("Ben Cole");
        assertThat(anna.page().locator("[data-epoch='2']").first()).isVisible();
        // Listening takes longer than the new controller's page has to say what it can.
        for (int round = 0; round < 2; round++) {
            annas.awaitState("in").awaitOthers(2).awaitHeard(2);
            maries.awaitHeard(2);
            bens.awaitHeard(2);
        }
        assertTrue(call().get("running").asBoolean());
    }

    @Test
    public void W31_theCallEndsAndSaysWhyWhenTheNewControllerCannotTalk() {
        var ben = scene.in(browser, "Ben");
        ben.context().addInitScript("delete globalThis.MediaDevices?.prototype.getUserMedia");
        var bens = assisted(ben);
        talking();
        assertThat(bens.bar().locator("#call-join")).isDisabled();
        pass("Ben Cole");
        var why = "The call has ended: the agent in control now cannot talk from this computer.";
        annas.awaitWord(why);
        maries.awaitWord(why);
        bens.awaitWord(why);
        anna.page().waitForCondition(() -> !call().get("running").asBoolean());
    }

    @Test
    public void aCustomerWhoIsAskedAllowsAndTalksInOneClick() {
        annas.join().press("ask");
        assertThat(marie.page().locator("#consent")).containsText("Anna Bell would like to talk to you here");
        marie.button("Allow for the session").click();
        maries.awaitState("in");
        annas.awaitOthers(1).awaitHeard(1);
        marie.page().locator("[data-stop=all]").click();
        maries.awaitState("idle");
        annas.awaitOthers(0);
    }

    @Test
    public void theCallEndsWithTheSession() {
        talking();
        anna.endSession();
        assertThat(maries.bar()).hasCount(0);
        assertThat(annas.bar()).hasCount(0);
        assertEquals(
                404,
                api().post("/tickets", Map.of("for", "media", "session", session, "channel", "call"))
                        .status());
    }
}
