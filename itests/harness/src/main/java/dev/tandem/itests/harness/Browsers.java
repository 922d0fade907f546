package dev.tandem.itests.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/**
 * Chromium twice, each on a screen of its own: the agents' and the customers', so that a customer's shared screen never
 * shows the agent's view of it. Belongs to one thread, as Playwright does.
 */
public final class Browsers implements AutoCloseable {
    /** The locale of all browsers: in another one they can neither read nor save files whose names are not ASCII. */
    static final String UTF_8 = "C.UTF-8";

    public static final int AGENT_WIDTH = 1440;
    public static final int AGENT_HEIGHT = 900;
    public static final int CUSTOMER_WIDTH = 1280;
    public static final int CUSTOMER_HEIGHT = 800;

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=CalculateNativeWinOcclusion,Translate");
    /** Holds for every window, also for one that a page wants elsewhere. */
    private static final String IN_THE_CORNER = "--window-position=0,0";

    private final Playwright playwright;
    private final Display agentsDisplay;
    private final Display customersDisplay;
    private final Browser agents;
    private final Browser customers;
    private Optional<Firefox> firefox = Optional.empty();

    /** The size of a screen in pixels. */
    public record Size(int width, int height) {
        private String flag() {
            return "--window-size=" + width + "," + height;
        }
    }

    public Browsers() {
        this(new Size(AGENT_WIDTH, AGENT_HEIGHT), new Size(CUSTOMER_WIDTH, CUSTOMER_HEIGHT));
    }

    public Browsers(Size agentsScreen, Size customersScreen) {
        this(agentsScreen, customersScreen, List.of());
    }

    /** Browsers for which that name is this machine. */
    public static Browsers whereIsHere(String host) {
        return new Browsers(
                new Size(AGENT_WIDTH, AGENT_HEIGHT),
                new Size(CUSTOMER_WIDTH, CUSTOMER_HEIGHT),
                List.of("--host-resolver-rules=MAP " + host + " 127.0.0.1"));
    }

    private Browsers(Size agentsScreen, Size customersScreen, List<String> more) {
        agentsDisplay = Display.start(agentsScreen.width(), agentsScreen.height());
        customersDisplay = Display.start(customersScreen.width(), customersScreen.height());
        var environment = new java.util.HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        agents = launch(agentsDisplay, with(more, agentsScreen.flag()));
        customers = launch(
                customersDisplay,
                with(more, customersScreen.flag(), "--auto-select-desktop-capture-source=Entire screen"));
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    public Browser agents() {
        return agents;
    }

    public Browser customers() {
        return customers;
    }

    /** The screen that customers share. */
    public Display customersDisplay() {
        return customersDisplay;
    }

    /** Firefox on a screen as large as the customers'; started when first asked for. */
    public Browser firefox() {
        if (firefox.isEmpty()) {
            firefox = Optional.of(Firefox.start(playwright, Display.start(CUSTOMER_WIDTH, CUSTOMER_HEIGHT)));
        }
        return firefox.get().browser();
    }

    /** One more Chromium, on that screen, whose windows stand where pages want them; who asks for it closes it. */
    public Browser chromium(Display display, String... flags) {
        return launch(display, List.of(flags));
    }

    private Browser launch(Display display, List<String> more) {
        var flags = new ArrayList<>(FLAGS);
        flags.addAll(more);
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setHeadless(false)
                        .setArgs(flags)
                        .setEnv(Map.of(
                                "DISPLAY",
                                display.name(),
                                "HOME",
                                System.getProperty("user.home"),
                                "PATH",
                                System.getenv("PATH"),
                                "LC_ALL",
                                UTF_8,
                                // What opens a link to a mail program: nothing, or a whole browser would stay behind.
                                "BROWSER",
                                "true")));
    }

    private static Path chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Chromium: apt-get install chromium"));
    }

    @Override
    public void close() {
        agents.close();
        customers.close();
        firefox.ifPresent(Firefox::close);
        playwright.close();
        agentsDisplay.close();
        customersDisplay.close();
    }
}
