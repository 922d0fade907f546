package dev.tandem.itests.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/**
 * Debian's own Firefox on a screen of its own. Playwright talks to it by WebDriver BiDi, which Firefox has built in; its own
 * Firefox build is not needed.
 */
final class Firefox implements AutoCloseable {
    /**
     * The first screen is shared without a question. The others put back what Playwright and the remote protocol change so
     * that tests run evenly: hidden tabs are slowed down as they are for people.
     */
    private static final Map<String, Object> PREFERENCES = Map.of(
            "media.navigator.permission.disabled", true,
            "remote.prefs.recommended", false,
            "layout.testing.top-level-always-active", false,
            "dom.min_background_timeout_value", 1000,
            "dom.min_background_timeout_value_without_budget_throttling", 1000,
            "dom.timeout.enable_budget_timer_throttling", true,
            "media.autoplay.default", 1);

    private final Display display;
    private final Browser browser;

    private Firefox(Display display, Browser browser) {
        this.display = display;
        this.browser = browser;
    }

    static Firefox start(Playwright playwright, Display display) {
        var options = new BrowserType.LaunchOptions()
                .setExecutablePath(firefox())
                .setHeadless(false)
                .setFirefoxUserPrefs(PREFERENCES)
                .setEnv(Map.of(
                        "DISPLAY",
                        display.name(),
                        "HOME",
                        System.getProperty("user.home"),
                        "PATH",
                        System.getenv("PATH"),
                        "LC_ALL",
                        Browsers.UTF_8));
        // The channel's name is what makes Playwright use BiDi.
        options.setChannel("moz-firefox");
        return new Firefox(display, playwright.firefox().launch(options));
    }

    Browser browser() {
        return browser;
    }

    private static Path firefox() {
        return Stream.of("/usr/bin/firefox-esr", "/usr/bin/firefox")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Firefox: apt-get install firefox-esr"));
    }

    @Override
    public void close() {
        browser.close();
        display.close();
    }
}
