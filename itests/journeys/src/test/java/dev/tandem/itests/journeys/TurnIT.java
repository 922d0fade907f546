package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Display;
import dev.tandem.itests.harness.Karaf;

/** Two people talk by a TURN server alone, as docs/turn.md sets it up. */
public class TurnIT {
    private static final String SECRET = "5e5a1e5a7e";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private Turn turn;
    private Talk annas;
    private Talk maries;
    private Site site;
    private String session;

    @Before
    public void startTurn() {
        var page = Path.of(System.getProperty("basedir"), "..", "..", "docs", "turn.md")
                .normalize();
        turn = scene.closing(Turn.start(page, Running.work().resolve("turn"), SECRET));
        set("turn", turn.uri());
        set("transportPolicy", "relay");
    }

    @After
    public void asItWas() {
        for (var key : List.of("turn", "turnSecret", "transportPolicy")) {
            karaf.shell("config:property-delete --pid dev.tandem.call " + key);
        }
    }

    private void set(String key, String value) {
        karaf.shell("config:property-set --pid dev.tandem.call " + key + " \"" + value + "\"");
    }

    private void join() {
        site = Site.create(karaf);
        var display = scene.closing(Display.start(1440, 900));
        var browser = scene.closing(Running.browsers()
                .chromium(
                        display,
                        "--use-fake-device-for-media-stream",
                        "--use-fake-ui-for-media-stream",
                        "--autoplay-policy=no-user-gesture-required",
                        "--allow-loopback-in-peer-connection",
                        "--window-size=1440,900"));
        site.chat();
        var anna = Desktop.open(scene.in(browser, "Anna").with(site.anna().signIn()), site, "Marie Dupont")
                .start();
        var marie = Customer.join(scene.in(browser, "Marie"), site, anna.pinDigits());
        assertThat(anna.statusLine()).isVisible();
        session = marie.session();
        annas = new Talk(anna.page());
        maries = new Talk(marie.page());
        annas.join();
        maries.join();
    }

    @Test
    public void withOurTimeLimitedLoginsTheyHearEachOther() {
        set("turnSecret", SECRET);
        join();
        annas.awaitOthers(1).awaitHeard(1);
        maries.awaitOthers(1).awaitHeard(1);
        Await.until(
                "coturn has allocated for both",
                PATIENCE,
                () -> turn.log().split("ALLOCATE processed, success", -1).length > 2);
    }

    @Test
    public void withAnotherSecretTheServerRefusesAndNobodyHearsAnybody() {
        set("turnSecret", "not-the-secret");
        join();
        Await.until(
                "coturn refuses",
                PATIENCE,
                () -> turn.log().contains("error 401: Unauthorized")
                        && turn.log().contains("check_stun_auth: Cannot find credentials of user"));
        assertFalse(turn.log(), turn.log().contains("ALLOCATE processed, success"));
        assertThat(annas.bar()).hasAttribute("data-others", "1");
        assertThat(annas.bar()).hasAttribute("data-connected", "0");
        assertTrue(site.anna().api().get("/call/" + session).ok().get("running").asBoolean());
    }
}
