package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;

/** The call's bar in somebody's page, with what is heard and seen there. */
final class Talk {
    private static final double PATIENCE = 60_000;
    /** What the fake microphone's beep is louder than, and silence is not. */
    private static final double AUDIBLE = 0.005;

    private final Page page;

    Talk(Page page) {
        this.page = page;
    }

    Locator bar() {
        return page.locator("[data-state][data-connected]");
    }

    Talk join() {
        bar().locator("#call-join").click();
        return awaitState("in");
    }

    Talk awaitState(String state) {
        assertThat(bar())
                .hasAttribute("data-state", state, new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE));
        return this;
    }

    /** So many others, each with a connection that carries. */
    Talk awaitOthers(int others) {
        var patiently = new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE);
        assertThat(bar()).hasAttribute("data-others", Integer.toString(others), patiently);
        assertThat(bar()).hasAttribute("data-connected", Integer.toString(others), patiently);
        return this;
    }

    Talk press(String button) {
        bar().locator("#call-" + button).click();
        return this;
    }

    /** The word beside the buttons. */
    Talk awaitWord(String word) {
        assertThat(bar().locator(".word")).hasText(word, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        return this;
    }

    /** Each of the others is heard: the fake microphone beeps every second. */
    Talk awaitHeard(int others) {
        page.waitForFunction(
                HEARD + " then((l) => l.length === " + others + " && l.every((v) => v > " + AUDIBLE + "))",
                null,
                patiently());
        return this;
    }

    Talk awaitSilence() {
        page.waitForFunction(
                HEARD + " then((l) => l.length > 0 && l.every((v) => v < " + AUDIBLE + "))", null, patiently());
        return this;
    }

    /** A moving picture of somebody else's camera. */
    Talk awaitPicture() {
        var video = bar().locator("figure:not(.own) video").first();
        assertThat(video).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        page.waitForFunction("(v) => v.videoWidth > 0 && v.currentTime > 0.3", video.elementHandle(), patiently());
        return this;
    }

    Talk awaitNoPicture() {
        assertThat(bar().locator("figure:not(.own) video"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
        return this;
    }

    /** Nothing sticks out sideways, and no button of the page lies under the pictures. */
    Talk awaitCoversNothing(int width, int height) {
        page.setViewportSize(width, height);
        page.waitForFunction(COVERED, null, patiently());
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Running.work().resolve("shots").resolve("call-" + width + ".png")));
        return this;
    }

    private static Page.WaitForFunctionOptions patiently() {
        return new Page.WaitForFunctionOptions().setTimeout(PATIENCE);
    }

    private static final String COVERED =
            """
            () => {
              const all = [];
              const look = (root) => {
                for (const e of root.querySelectorAll('*')) {
                  all.push(e);
                  if (e.shadowRoot) look(e.shadowRoot);
                }
              };
              look(document);
              const strip = all.find((e) => e.matches('.strip:not(.empty)') && e.querySelector('figure'));
              if (!strip) return false;
              const at = strip.getBoundingClientRect();
              const under = all.filter((e) => e.matches('button, [role=tab]') && !strip.contains(e)).filter((e) => {
                const r = e.getBoundingClientRect();
                return r.width && r.height && r.left < at.right && r.right > at.left && r.top < at.bottom && r.bottom > at.top;
              });
              return under.length === 0 && at.left >= 0 && at.right <= innerWidth && at.top >= 0
                && document.documentElement.scrollWidth <= innerWidth;
            }""";

    /** How loud each of the others was at most within two seconds. */
    private static final String HEARD =
            """
            () => Promise.all((() => {
              const found = [];
              const look = (root) => {
                for (const e of root.querySelectorAll('*')) {
                  if (e.matches('audio[data-peer]')) found.push(e);
                  if (e.shadowRoot) look(e.shadowRoot);
                }
              };
              look(document);
              return found;
            })().map(async (audio) => {
              if (!audio.srcObject?.getAudioTracks().length || audio.paused) return 0;
              const context = new AudioContext();
              await context.resume();
              const analyser = context.createAnalyser();
              analyser.fftSize = 8192;
              context.createMediaStreamSource(audio.srcObject).connect(analyser);
              const data = new Float32Array(analyser.fftSize);
              let most = 0;
              for (const end = performance.now() + 2000; performance.now() < end; ) {
                await new Promise((next) => setTimeout(next, 60));
                analyser.getFloatTimeDomainData(data);
                most = Math.max(most, ...data.map(Math.abs));
              }
              await context.close();
              return most;
            })).""";
}
