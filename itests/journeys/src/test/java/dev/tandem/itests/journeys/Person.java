package dev.tandem.itests.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;

import dev.tandem.itests.harness.Karaf;

/** Somebody at a browser of their own: cookies, storage and pages are shared with nobody. */
final class Person {
    private final String name;
    private final BrowserContext context;
    private final List<String> console = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private Optional<Karaf.SignIn> signIn = Optional.empty();

    Person(String name, BrowserContext context) {
        this.name = name;
        this.context = context;
        context.onConsoleMessage(message -> {
            console.add(message.type() + ": " + message.text() + " " + message.location());
            if (message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
        context.onWebError(error -> faults.add("uncaught: " + error.error()));
    }

    /** Knows this user name and password. */
    Person with(Karaf.SignIn known) {
        signIn = Optional.of(known);
        return this;
    }

    Karaf.SignIn signIn() {
        return signIn.orElseThrow();
    }

    String name() {
        return name;
    }

    BrowserContext context() {
        return context;
    }

    Page open(String url) {
        var page = context.newPage();
        page.navigate(url);
        return page;
    }

    /** The page that was opened first. */
    Page page() {
        return context.pages().get(0);
    }

    /** Has allowed pages of that origin to see all monitors, as Chromium asks people once. */
    void seesMonitors(URI origin) {
        var page = context.newPage();
        var target = context.newCDPSession(page).send("Target.getTargetInfo").getAsJsonObject("targetInfo");
        page.close();
        var wish = new JsonObject();
        wish.add("browserContextId", target.get("browserContextId"));
        wish.addProperty("origin", origin.toString());
        var permissions = new JsonArray();
        permissions.add("windowManagement");
        wish.add("permissions", permissions);
        // What was allowed by a page's own session would be forgotten with that session.
        context.browser().newBrowserCDPSession().send("Browser.grantPermissions", wish);
    }

    /** Errors that no page may have: uncaught exceptions, what the security policy had to stop. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Writes what there is to see of every page and returns a few words about it. */
    String evidence(Path folder) {
        var words = new StringBuilder();
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + "-console.txt"), console);
            int number = 0;
            for (var page : context.pages()) {
                var base = name + (number++ == 0 ? "" : "-" + number);
                words.append("-- ")
                        .append(base)
                        .append(" at ")
                        .append(page.url())
                        .append('\n');
                try {
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(folder.resolve(base + ".png"))
                            .setTimeout(5_000));
                    Files.writeString(folder.resolve(base + ".html"), page.content());
                    words.append(page.locator("body").ariaSnapshot()).append('\n');
                } catch (PlaywrightException e) {
                    words.append("cannot be shown: ").append(e.getMessage()).append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        console.stream().skip(Math.max(0, console.size() - 15)).forEach(line -> words.append(line)
                .append('\n'));
        return words.toString();
    }

    void leave() {
        context.close();
    }
}
