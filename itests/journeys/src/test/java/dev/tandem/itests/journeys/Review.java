package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/**
 * Looks at pages as a critical visitor would: with axe in light and dark, with a ruler in several widths and all languages.
 * Notes what it finds, and tells it all at the end. With {@code -Dtandem.screenshots=true} it also takes pictures.
 */
final class Review {
    /** The last one is a window of 1440x900 at 200 % zoom: the same room in twice as large pixels. */
    private enum Size {
        WIDE(1440, 900),
        MIDDLE(1024, 768),
        PHONE(390, 844),
        ZOOMED(720, 450);

        final int width;
        final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private static final List<String> LANGUAGES = List.of("nl", "fr", "it", "en");
    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    private static final String RULER = resource("/review.js");
    private static final boolean PICTURES =
            !System.getProperty("tandem.screenshots", "").isEmpty();

    private final Path folder;
    private final List<String> findings = new ArrayList<>();
    private int number;

    /** @param part names the pictures */
    Review(String part) {
        folder = Running.work().resolve("review").resolve(part);
    }

    /** Looks at the page as it is now, and leaves it in English, in the light and as wide as it was. */
    void look(Page page, String what) {
        number++;
        var before = page.viewportSize();
        emulate(page, ColorScheme.DARK);
        // What is not about colours is the same in the light.
        axe(page, axe(page).withRules(List.of("color-contrast")), what + " in the dark");
        emulate(page, ColorScheme.LIGHT);
        axe(page, axe(page), what);
        for (var language : LANGUAGES) {
            speak(page, language);
            for (var size : Size.values()) {
                page.setViewportSize(size.width, size.height);
                measure(page, what + ", " + language + ", " + size.width);
                if (PICTURES) {
                    shoot(page, what, language, size);
                }
            }
        }
        page.setViewportSize(before.width, before.height);
        settle(page);
    }

    void nothingFound() {
        assertEquals("", String.join("\n", findings()));
    }

    Set<String> findings() {
        return new TreeSet<>(findings);
    }

    /** One run in the page itself: it has no frames, for which axe would open and close another page. */
    static AxeBuilder axe(Page page) {
        return new AxeBuilder(page).setLegacyMode(true);
    }

    private void axe(Page page, AxeBuilder axe, String where) {
        settle(page);
        axe.analyze().getViolations().stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .flatMap(rule -> rule.getNodes().stream()
                        .map(node ->
                                where + ": " + rule.getId() + ": " + node.getHtml() + " " + node.getFailureSummary()))
                .forEach(findings::add);
    }

    private void measure(Page page, String where) {
        settle(page);
        ((List<?>) page.evaluate(RULER)).forEach(finding -> findings.add(where + ": " + finding));
    }

    /** The page has drawn itself after the last change. */
    private static void settle(Page page) {
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private static void emulate(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
    }

    /** As if the language had been chosen in another page of this browser. */
    private static void speak(Page page, String language) {
        page.evaluate(
                """
                (language) => {
                  localStorage.setItem('tandem.language', language);
                  dispatchEvent(new StorageEvent('storage', { key: 'tandem.language', newValue: language }));
                }""",
                language);
        page.waitForCondition(() -> page.locator("html").getAttribute("lang").equals(language));
    }

    /** All sizes in English, light and dark; the other languages in the light, wide and narrow. */
    private void shoot(Page page, String what, String language, Size size) {
        boolean english = language.equals("en");
        if (!english && (size == Size.MIDDLE || size == Size.ZOOMED)) {
            return;
        }
        for (var scheme : english ? List.of(ColorScheme.DARK, ColorScheme.LIGHT) : List.of(ColorScheme.LIGHT)) {
            emulate(page, scheme);
            settle(page);
            var name = "%02d-%s-%d-%s-%s.png"
                    .formatted(
                            number,
                            what.replaceAll("[^a-z0-9]+", "-"),
                            size.width,
                            scheme.name().toLowerCase(java.util.Locale.ROOT),
                            language);
            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)));
        }
    }

    private static String resource(String name) {
        try (var in = Review.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
