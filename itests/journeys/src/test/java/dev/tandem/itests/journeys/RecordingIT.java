package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Page;

import dev.tandem.itests.harness.Karaf;

/** Sessions are recorded after everybody's consent, and played in a browser with what was said beside. */
public class RecordingIT {
    private static final Picture.Colour RED = new Picture.Colour(200, 30, 30);
    private static final Picture.Colour GREEN = new Picture.Colour(20, 150, 60);
    private static final Picture.Colour BLUE = new Picture.Colour(30, 60, 200);
    private static final Picture.Colour YELLOW = new Picture.Colour(220, 200, 40);

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Site site;
    private Desktop desktop;
    private Customer customer;
    private String session;

    @Before
    public void together() {
        site = Site.create(karaf);
        desktop = Desktop.supporting(scene.agent(site), site);
        customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
        session = customer.session();
    }

    @After
    public void everythingRunsAgain() {
        karaf.shell("bundle:start dev.tandem.recording");
        karaf.awaitHealth();
    }

    @Test
    public void itIsWrittenAfterConsentAndPlaysWithItsLengthSeekAndTalk() {
        var anna = site.anna().api();
        desktop.page().locator("#record").click();
        assertThat(desktop.page().locator("[data-state=asking]")).isVisible();
        assertThat(customer.text("record this session?")).isVisible();
        Recorded.assertRunning(anna, session, false);
        assertThat(customer.page().locator("#recording-mark")).isHidden();
        customer.button("Allow for the session").click();

        assertThat(desktop.page().locator("[data-state=recording]")).isVisible();
        assertThat(customer.page().locator("#recording-mark")).isVisible();
        customer.share();
        var wall = Wall.infrontOf(scene);
        wall.paint(RED, GREEN);
        desktop.picture().awaitColours(RED, GREEN);
        desktop.showChat();
        desktop.chat().say("look at the left side");
        assertThat(customer.chat().message("look at the left side")).isVisible();
        // Long enough that a moment well inside is found again, however exactly a browser seeks.
        awaitMore(4);
        wall.paint(BLUE, YELLOW);
        desktop.picture().awaitColours(BLUE, YELLOW);
        awaitMore(4);
        desktop.page().locator("#record-stop").click();
        assertThat(customer.page().locator("#recording-mark")).isHidden();

        var recording = Recorded.await(anna, session, "FINISHED");
        var player = player(recording.get("id").asText());
        double length = player.duration();
        assertEquals("as long as REST says", recording.get("millis").asDouble() / 1000, length, 0.1);
        var began = Instant.parse(recording.get("parts").get(0).get("begunAt").asText());
        var ended = Instant.parse(recording.get("endedAt").asText());
        assertEquals("as long as it took", Duration.between(began, ended).toMillis() / 1000.0, length, 2.5);
        double first = player.findColours(RED, GREEN, 0, length);
        double second = player.findColours(BLUE, YELLOW, first, length);
        assertTrue(second > first);
        // Not at the very moment at which the colours changed: a browser may show either picture there.
        assertTrue("back again", player.findColours(RED, GREEN, first, second) < second);
        player.playToTheEnd(Math.max(0, length - 6));
        assertEquals("it plays to its end", length, player.now(), 0.5);

        var line = player.page().locator("[data-line=said]");
        assertThat(line).containsText("look at the left side");
        assertThat(line).containsText("Anna Bell");
        line.click();
        double said = Double.parseDouble(line.getAttribute("data-at")) / 1000;
        player.page().waitForCondition(() -> Math.abs(player.now() - said) < 0.5);
        assertThat(line).hasAttribute("aria-current", "true");
        player.page().locator("h1").click();
        player.page().keyboard().press("ArrowRight");
        player.page().waitForCondition(() -> player.now() > Math.min(said + 3, length - 0.5));
        assertThat(player.page().locator("[data-line=screen-started]")).isVisible();
        var download = player.page()
                .waitForDownload(() -> player.page().locator("#download").click());
        assertTrue(download.suggestedFilename(), download.suggestedFilename().endsWith(".webm"));
    }

    @Test
    public void nobodyIsRecordedWhoDoesNotAllowItAndTheAgentIsToldWho() {
        desktop.page().locator("#record").click();
        customer.page().locator("#consent").getByText("Not now").click();
        assertThat(desktop.page().locator("#record-note")).containsText(Customer.NAME);
        Recorded.assertRunning(site.anna().api(), session, false);
        assertThat(desktop.page().locator("#record")).isVisible();
    }

    @Test
    public void aWithdrawalEndsItAtOnceInAllPages() {
        var viewers = site.anna()
                .api()
                .post("/sessions/" + session + "/viewers", Map.of())
                .ok()
                .get("viewers");
        var expert = scene.stranger(Scene.options("en-GB", 1000, 700))
                .open(viewers.get(0).get("url").asText());
        desktop.page().locator("#record").click();
        customer.button("Allow for the session").click();
        assertThat(desktop.page().locator("[data-state=recording]")).isVisible();
        assertThat(expert.locator("#recording-mark")).isVisible();
        customer.button("Stop everything").click();
        assertThat(desktop.page().locator("#record-note")).containsText(Customer.NAME);
        assertThat(customer.page().locator("#recording-mark")).isHidden();
        assertThat(expert.locator("#recording-mark")).isHidden();
        Recorded.assertRunning(site.anna().api(), session, false);
        var recording = Recorded.await(site.anna().api(), session, "FINISHED");
        assertEquals("REFUSED", recording.get("ending").asText());
        // After the end one click leads to it.
        desktop.endSession();
        assertThat(desktop.page().locator("[data-recording] a"))
                .hasAttribute("href", "/recordings/" + recording.get("id").asText());
    }

    @Test
    public void W30_recordingEndsWithAControlTransferAndTheNewControllerBeginsAnother() {
        var anna = site.anna().api();
        var ben = site.ben().api();
        var number = anna.get("/sessions/" + session).ok().get("number").asText();
        var bens = ben.post("/sessions/assist", Map.of("number", number)).ok();
        scene.stays(ben, session);
        desktop.page().locator("#record").click();
        customer.button("Allow for the session").click();
        Recorded.allow(ben, session);
        assertThat(desktop.page().locator("[data-state=recording]")).isVisible();
        var epoch = anna.get("/sessions/" + session).ok().get("epoch").asLong();
        anna.post(
                        "/sessions/" + session + "/control",
                        Map.of("to", bens.get("me").asText(), "epoch", epoch))
                .ok();
        var recording = Recorded.await(anna, session, "FINISHED");
        assertEquals("CONTROL_PASSED", recording.get("ending").asText());
        Recorded.assertRunning(anna, session, false);
        assertThat(customer.page().locator("#recording-mark")).isHidden();
        assertThat(desktop.page().locator("#record")).hasAttribute("aria-disabled", "true");
        assertEquals(
                "not-controller",
                anna.post("/recordings", Map.of("session", session)).code());
        assertEquals(201, ben.post("/recordings", Map.of("session", session)).status());
    }

    @Test
    public void BX5_recordingStopsAndStartsUnderARunningSession() {
        desktop.page().locator("#record").click();
        customer.button("Allow for the session").click();
        assertThat(desktop.page().locator("[data-state=recording]")).isVisible();
        customer.share();
        awaitMore(3);

        karaf.shell("bundle:stop dev.tandem.recording");
        assertThat(desktop.page().locator("#record, #record-stop")).hasCount(0);
        assertThat(customer.page().locator("#recording-mark")).isHidden();
        assertThat(customer.button("Stop sharing")).isVisible();
        assertEquals(
                404, site.anna().api().get("/recordings?session=" + session).status());
        Recorded.assertRunning(site.anna().api(), session, false);

        karaf.shell("bundle:start dev.tandem.recording");
        assertThat(desktop.page().locator("#record")).isVisible();
        var recording = Recorded.await(site.anna().api(), session, "FINISHED");
        assertTrue(
                "what was recorded until then is there", recording.get("millis").asLong() >= 2_000);
        desktop.page().locator("#record").click();
        assertThat(desktop.page().locator("[data-state=recording]")).isVisible();
    }

    @Test
    public void onlyWhoWasInItAndOverseersSeeItAndAnAdministratorDeletesIt() {
        desktop.page().locator("#record").click();
        customer.button("Allow for the session").click();
        assertThat(desktop.page().locator("[data-state=recording]")).isVisible();
        awaitMore(2);
        desktop.page().locator("#record-stop").click();
        var anna = site.anna().api();
        var ben = site.ben().api();
        var id = Recorded.await(anna, session, "FINISHED").get("id").asText();

        assertEquals(404, ben.get("/recordings/" + id).status());
        assertEquals(404, ben.get("/recordings/" + id + "/parts/1").status());
        assertEquals("supervisor-needed", ben.get("/recordings").code());
        assertEquals(401, karaf.api().get("/recordings/" + id).status());
        var part = anna.with("Range", "bytes=0-3").page("/api/recordings/" + id + "/parts/1");
        assertEquals(206, part.status());
        assertTrue(part.headers().firstValue("etag").isPresent());
        assertEquals(
                416,
                anna.with("Range", "bytes=999999999-")
                        .page("/api/recordings/" + id + "/parts/1")
                        .status());

        var list = desktop.agent().open(karaf.uri() + "/recordings");
        assertThat(list.locator("[data-recording='" + id + "']")).isVisible();
        assertEquals(403, ben.delete("/recordings/" + id).status());
        anna.delete("/recordings/" + id).ok();
        assertEquals(
                "recording-removed", anna.get("/recordings/" + id + "/parts/1").code());
        list.reload();
        assertThat(list.getByText("There are no recordings.")).isVisible();
    }

    private Recorded player(String recording) {
        return new Recorded(desktop.agent().open(karaf.uri() + "/recordings/" + recording));
    }

    /** Until it has been recorded for so long, by the clock in the toolbar. */
    private void awaitMore(int seconds) {
        var time = desktop.page().locator("#record-time");
        int least = seconds(time.textContent()) + seconds;
        desktop.page()
                .waitForCondition(
                        () -> seconds(time.textContent()) >= least,
                        new Page.WaitForConditionOptions().setTimeout(60_000));
    }

    private static int seconds(String clock) {
        var parts = clock.strip().split(":");
        return Integer.parseInt(parts[parts.length - 2]) * 60 + Integer.parseInt(parts[parts.length - 1]);
    }
}
