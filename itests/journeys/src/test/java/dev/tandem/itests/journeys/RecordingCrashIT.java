package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.assertions.LocatorAssertions;

import dev.tandem.itests.harness.Karaf;

/** The server is killed while it records. A distribution of its own. */
public class RecordingCrashIT {
    private static final Picture.Colour RED = new Picture.Colour(200, 30, 30);
    private static final Picture.Colour GREEN = new Picture.Colour(20, 150, 60);
    /** The last second may be lost; the others are for a machine that has much to do, where a second's work comes late. */
    private static final long LOST_MILLIS = 4_000;

    private static Karaf karaf;

    @Rule
    public final Scene scene = new Scene();

    @BeforeClass
    public static void start() {
        karaf = Running.unpack("recording-crash").start();
    }

    @AfterClass
    public static void kill() {
        karaf.killHard();
    }

    @Test
    public void BX1_killedServerHasEverythingUpToTheLastSecondAndItPlays() {
        var site = Site.create(karaf);
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        assertThat(desktop.statusLine()).isVisible();
        var session = customer.session();
        desktop.page().locator("#record").click();
        customer.button("Allow for the session").click();
        assertThat(desktop.page().locator("[data-state=recording]")).isVisible();
        customer.share();
        Wall.infrontOf(scene).paint(RED, GREEN);
        desktop.picture().awaitColours(RED, GREEN);
        assertThat(desktop.page().locator("#record-time"))
                .hasText(
                        Pattern.compile("00:[1-5]\\d|0[1-9]:\\d\\d"),
                        new LocatorAssertions.HasTextOptions().setTimeout(60_000));

        var began = Instant.parse(Recorded.await(site.anna().api(), session, "RECORDING")
                .get("parts")
                .get(0)
                .get("begunAt")
                .asText());
        var clock = Clock.systemUTC();
        long least = Duration.between(began, clock.instant()).toMillis();
        karaf.killHard();
        long most = Duration.between(began, clock.instant()).toMillis();
        karaf.start();

        site.anna().api().post("/sessions/" + session + "/end").ok();
        var recording = Recorded.await(site.anna().api(), session, "FINISHED");
        var part = recording.get("parts").get(0);
        assertEquals("DONE", part.get("state").asText());
        long kept = part.get("millis").asLong();
        System.out.println(
                "Server killed -9 after " + least + " to " + most + " ms of recording: " + kept + " ms are kept");
        assertTrue(least + " ms were recorded, " + kept + " are kept", kept >= least - LOST_MILLIS);
        assertTrue(most + " ms were recorded, " + kept + " are kept", kept <= most);

        var player = new Recorded(desktop.agent()
                .open(karaf.uri() + "/recordings/" + recording.get("id").asText()));
        assertEquals(kept / 1000.0, player.duration(), 0.1);
        player.findColours(RED, GREEN, 0, kept / 1000.0);
        // Its end is where the player goes on with what was recorded after the restart.
        player.playToTheEnd(Math.max(0, kept / 1000.0 - 4));
    }
}
