package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.assertions.LocatorAssertions;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/** The server is killed in mid-work, as a power cut would, and started again. A distribution of its own. */
public class CrashIT {
    private static final int WRITERS = 4;
    /** The chat takes ten messages a second of one participant; the writers just go on. */
    private static final int TOO_FAST = 429;

    private static final double BACK_MILLIS = 60_000;

    private static Karaf karaf;

    @Rule
    public final Scene scene = new Scene();

    @BeforeClass
    public static void start() {
        karaf = Running.unpack("crash").start();
    }

    @AfterClass
    public static void kill() {
        karaf.killHard();
    }

    @Test
    public void BX1_killedServerLosesNothingThatWasAcknowledgedAndPagesComeBack() throws Exception {
        var site = Site.create(karaf);
        var desktop = Desktop.supporting(scene.agent(site), site);
        var pin = desktop.pinDigits();
        var seat = karaf.api()
                .post("/join", Map.of("pin", pin, "site", site.name()))
                .ok();
        var session = seat.get("session").asText();
        var customer = karaf.api().asCustomer(seat.get("token").asText());
        scene.stays(customer, session);
        var acknowledged = ConcurrentHashMap.<String>newKeySet();

        var writers = Executors.newFixedThreadPool(WRITERS);
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            writers.execute(() -> {
                for (int n = 0; ; n++) {
                    var text = "message " + writer + "." + n;
                    try {
                        int status = customer.post("/chat/" + session, Map.of("text", text))
                                .status();
                        if (status == 201) {
                            acknowledged.add(text);
                        } else if (status != TOO_FAST) {
                            return;
                        }
                    } catch (UncheckedIOException killed) {
                        return;
                    }
                }
            });
        }
        writers.shutdown();
        Await.until("some messages", Duration.ofSeconds(30), () -> acknowledged.size() > 60 || writers.isTerminated());
        karaf.killHard();
        assertTrue(writers.awaitTermination(30, TimeUnit.SECONDS));
        assertTrue("only " + acknowledged.size() + " acknowledged", acknowledged.size() > 60);
        assertThat(desktop.page().getByText("connection is lost").first()).isVisible();

        karaf.start();

        assertThat(desktop.page().getByText("Connected again").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(BACK_MILLIS));
        var kept = texts(site, session);
        var lost = new HashSet<>(acknowledged);
        lost.removeAll(kept);
        assertEquals("acknowledged and lost", Set.of(), lost);
        assertEquals("the session's PIN is shown again", pin, desktop.pinDigits());
        assertEquals(200, customer.get("/sessions/" + session).status());
        customer.post("/chat/" + session, Map.of("text", "and we go on")).ok();
        desktop.showChat();
        assertThat(desktop.text("and we go on")).isVisible();
    }

    private static Set<String> texts(Site site, String session) {
        var all = new ArrayList<String>();
        long number = 0;
        while (true) {
            var part = site.anna()
                    .api()
                    .get("/chat/" + session + "?after=" + number)
                    .ok()
                    .get("messages");
            if (part.isEmpty()) {
                assertEquals("no message twice", new HashSet<>(all).size(), all.size());
                return Set.copyOf(all);
            }
            for (var message : part) {
                assertTrue("numbers ascend", message.get("number").asLong() > number);
                number = message.get("number").asLong();
                if (message.get("kind").asText().equals("TEXT")) {
                    all.add(message.get("text").asText());
                }
            }
        }
    }
}
