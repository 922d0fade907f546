package dev.tandem.itests.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import org.junit.rules.TestWatcher;
import org.junit.runner.Description;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.StayingPage;

/**
 * One test's stage: the people in it, who leave at its end. When the test fails, what their pages looked like is printed
 * and saved with the server's log; when it succeeds, no page may have had an uncaught error.
 */
final class Scene extends TestWatcher {
    /** For whatever is waited for, milliseconds: on a machine that has much to do a page may take seconds for a click. */
    private static final double PATIENCE = 30_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    private final List<Person> people = new ArrayList<>();
    private final Deque<AutoCloseable> things = new ArrayDeque<>();
    private final boolean axe;
    private final Supplier<Browsers> browsers;
    private final Supplier<String> log;

    Scene() {
        this(false, Running::browsers, Scene::log);
    }

    private Scene(boolean axe, Supplier<Browsers> browsers, Supplier<String> log) {
        this.axe = axe;
        this.browsers = browsers;
        this.log = log;
    }

    /** For tests that run axe in the pages: it tries inline styles, which the pages' policy stops. */
    static Scene withAxe() {
        return new Scene(true, Running::browsers, Scene::log);
    }

    /** For people with other browsers than those that all journeys share. */
    static Scene with(Supplier<Browsers> browsers) {
        return with(browsers, Scene::log);
    }

    /** And with another server than the one that all journeys share; {@code log} are the last lines of its log. */
    static Scene with(Supplier<Browsers> browsers, Supplier<String> log) {
        return new Scene(false, browsers, log);
    }

    private static String log() {
        return Running.karaf().tail(300);
    }

    /** An agent with a browser, not yet on any page. */
    Person agent(Site site, Site.Worker worker, String language) {
        return person(
                        worker.name().replace(' ', '-'),
                        browsers.get().agents(),
                        options(language, Browsers.AGENT_WIDTH, Browsers.AGENT_HEIGHT - 90))
                .with(worker.signIn());
    }

    Person agent(Site site) {
        return agent(site, site.anna(), "en-GB");
    }

    /** A customer with a browser, not yet on any page. */
    Person customer(String language) {
        var person = person(
                "customer-" + people.size(),
                browsers.get().customers(),
                options(language, Browsers.CUSTOMER_WIDTH, Browsers.CUSTOMER_HEIGHT - 90));
        // Playwright makes the screen as small as the page, and then what is shared fits no screen; it overlooks
        // setScreenSize.
        person.context()
                .addInitScript("Object.defineProperty(Screen.prototype, 'height', { get: () => "
                        + Browsers.CUSTOMER_HEIGHT + " })");
        return person;
    }

    Person customer() {
        return customer("en-GB");
    }

    /** A customer whose browser is Firefox. */
    Person firefoxCustomer() {
        return person("customer-firefox-" + people.size(), Running.browsers().firefox(), firefoxOptions());
    }

    /** An agent whose browser is Firefox. */
    Person firefoxAgent(Site.Worker worker) {
        return person("agent-firefox-" + people.size(), Running.browsers().firefox(), firefoxOptions())
                .with(worker.signIn());
    }

    /** The whole window; Firefox knows no permission for the clipboard. */
    private static Browser.NewContextOptions firefoxOptions() {
        return new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(null);
    }

    /** Somebody with other wishes: a narrow window, the dark. */
    Person stranger(Browser.NewContextOptions options) {
        return person("stranger-" + people.size(), browsers.get().customers(), options);
    }

    /** Somebody in a browser of the test's own, with its windows as they are. */
    Person in(Browser browser, String name) {
        return person(
                name,
                browser,
                new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(null));
    }

    /** To be closed when everybody has left. */
    <T extends AutoCloseable> T closing(T thing) {
        things.push(thing);
        return thing;
    }

    /** Somebody who has come in by REST has a page: whoever has none counts as lost after a while, and the session ends. */
    StayingPage stays(Api who, String session) {
        return closing(StayingPage.at(who, session));
    }

    static Browser.NewContextOptions options(String language, int width, int height) {
        return new Browser.NewContextOptions()
                .setLocale(language)
                .setIgnoreHTTPSErrors(true) // certificates of tests are made by tests
                .setViewportSize(width, height)
                .setPermissions(List.of("clipboard-read", "clipboard-write"));
    }

    private Person person(String name, Browser browser, Browser.NewContextOptions options) {
        var context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE);
        var person = new Person(name, context);
        people.add(person);
        return person;
    }

    @Override
    protected void succeeded(Description description) {
        for (var person : people) {
            var faults = person.faults().stream()
                    .filter(fault -> !axe || !fault.contains("inline style"))
                    .toList();
            if (!faults.isEmpty()) {
                failed(null, description);
                throw new AssertionError(person.name() + "'s pages had errors: " + faults);
            }
        }
    }

    @Override
    protected void failed(Throwable failure, Description description) {
        var folder = Running.work()
                .resolve("failures")
                .resolve(description.getTestClass().getSimpleName() + "-" + description.getMethodName());
        System.out.println(
                "==== " + description.getDisplayName() + ": what the pages looked like (more in " + folder + ")");
        for (var person : people) {
            System.out.println(person.evidence(folder));
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("karaf.log"), log.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void finished(Description description) {
        people.forEach(Person::leave);
        people.clear();
        while (!things.isEmpty()) {
            close(things.pop());
        }
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
