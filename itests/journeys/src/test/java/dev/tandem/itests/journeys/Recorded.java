package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;

/** A recording in its player, and the same by REST. */
final class Recorded {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Page page;

    Recorded(Page page) {
        this.page = page;
    }

    /** The latest recording of a session, once it is in that state. */
    static JsonNode await(Api agent, String session, String state) {
        return Await.value("a recording that is " + state, LONGEST, () -> latest(agent, session, state));
    }

    private static java.util.Optional<JsonNode> latest(Api agent, String session, String state) {
        var all = agent.get("/recordings?session=" + session).ok().get("recordings");
        if (all.isEmpty() || !all.get(all.size() - 1).get("state").asText().equals(state)) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(all.get(all.size() - 1));
    }

    Page page() {
        return page;
    }

    Locator video() {
        return page.locator("video");
    }

    /** How long the part is that is in the player, seconds, as the browser reads it. */
    double duration() {
        video().waitFor();
        page.waitForCondition(
                () -> number("v => v.readyState >= 1 ? v.duration : 0") > 0,
                new Page.WaitForConditionOptions().setTimeout(LONGEST.toMillis()));
        return number("v => v.duration");
    }

    private double number(String expression) {
        return ((Number) video().evaluate(expression)).doubleValue();
    }

    /** Goes there and waits for the picture of that moment. */
    void seek(double seconds) {
        video().evaluate(
                        """
                (video, at) => new Promise((done) => {
                  video.addEventListener('seeked', () => requestAnimationFrame(() => setTimeout(done, 200)), { once: true });
                  video.currentTime = at;
                })""",
                        seconds);
    }

    /** The first of these moments at which both halves show these colours; fails if there is none. */
    double findColours(Picture.Colour left, Picture.Colour right, double from, double to) {
        for (double at = from; at <= to; at += 0.5) {
            seek(at);
            if (left.isNear(at(0.25)) && right.isNear(at(0.75))) {
                return at;
            }
        }
        throw new AssertionError("nowhere from " + from + " to " + to + " s it shows " + left + " and " + right
                + "; at the end it shows " + at(0.25) + " and " + at(0.75));
    }

    private Picture.Colour at(double x) {
        var rgb = (List<?>) video().evaluate(
                        """
                (video, x) => {
                  const copy = new OffscreenCanvas(1, 1).getContext('2d');
                  copy.drawImage(video, -Math.floor(video.videoWidth * x), -Math.floor(video.videoHeight * 0.6));
                  return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3);
                }""",
                        x);
        return new Picture.Colour(
                ((Number) rgb.get(0)).intValue(), ((Number) rgb.get(1)).intValue(), ((Number) rgb.get(2)).intValue());
    }

    /** Plays from there to the end of the part, four times as fast. */
    void playToTheEnd(double from) {
        seek(from);
        video().evaluate(
                        """
                (video) => new Promise((done, failed) => {
                  video.muted = true;
                  video.playbackRate = 4;
                  video.addEventListener('ended', done, { once: true });
                  video.addEventListener('error', () => failed(new Error(video.error.message)), { once: true });
                  video.play();
                })""");
    }

    double now() {
        return number("v => v.currentTime");
    }

    /** Starts a recording by REST, with everybody's consent given by REST. */
    static String begin(Site site, String session, Api... others) {
        var recording = site.anna()
                .api()
                .post("/recordings", Map.of("session", session))
                .ok();
        for (var other : others) {
            allow(other, session);
        }
        await(site.anna().api(), session, "RECORDING");
        return recording.get("id").asText();
    }

    static void allow(Api who, String session) {
        var consent = Await.value("to be asked", LONGEST, () -> asked(who, session));
        assertEquals(
                200,
                who.post("/sessions/" + session + "/consents/" + consent, "{\"allow\":true,\"minutes\":null}")
                        .status());
    }

    private static java.util.Optional<String> asked(Api who, String session) {
        var view = who.get("/sessions/" + session).ok();
        for (var consent : view.get("consents")) {
            if (consent.get("state").asText().equals("ASKED")
                    && consent.get("of").asText().equals(view.get("me").asText())) {
                return java.util.Optional.of(consent.get("id").asText());
            }
        }
        return java.util.Optional.empty();
    }

    static void assertRunning(Api agent, String session, boolean running) {
        boolean is = false;
        for (var activity : agent.get("/sessions/" + session).ok().get("activities")) {
            is |= activity.get("name").asText().equals("recording");
        }
        assertTrue(running ? "it should be recorded" : "it should not be recorded", is == running);
    }
}
