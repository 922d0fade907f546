package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Karaf;

/** The README's slice, taken from the README's own text: built, installed, used, removed. */
public class ReadmeExampleIT {
    /** A file's name in bold, then its text in a fence. */
    private static final Pattern FILE =
            Pattern.compile("^\\*\\*`([^`]+)`\\*\\*\\n\\n```\\w*\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern INSTALL =
            Pattern.compile("^    (bundle:install -s )file:/path/to/(\\S+)$", Pattern.MULTILINE);
    private static final Pattern UNINSTALL = Pattern.compile("`(bundle:uninstall [\\w.]+)`");

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();

    @After
    public void isGone() {
        if (karaf.shell("bundle:list -t 0 -s --no-format").contains("org.example.notes")) {
            karaf.shell("bundle:uninstall org.example.notes");
        }
    }

    @Test
    public void BX7_sliceOfTheReadmeAddsAPanelAndAPathAndTakesThemAway() throws IOException, InterruptedException {
        var readme = section();
        var folder = unpack(readme);
        build(folder);
        var site = Site.create(karaf);
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        var notes = "/example-notes/" + customer.session();
        var anna = site.anna().api();
        assertEquals(404, anna.get(notes).status());

        var install = matcher(INSTALL, readme);
        karaf.shell(install.group(1) + "file:" + folder.resolve(install.group(2)));
        desktop.tab("Notes to self").click();
        var field = desktop.page().getByLabel("Only you see this");
        field.fill("Router is a Fritz!Box; reset it first.");
        field.blur();
        assertThat(desktop.text("Saved")).isVisible();
        assertEquals(
                "Router is a Fritz!Box; reset it first.",
                anna.get(notes).ok().get("text").asText());

        // Judged against the session: nobody else has a note there.
        assertEquals(404, site.ben().api().get(notes).status());
        assertEquals(401, karaf.api().get(notes).status());
        assertEquals(
                "text",
                anna.put(notes, Map.of("text", "x".repeat(2001)))
                        .body()
                        .get("field")
                        .asText());
        var document = anna.get("/openapi.json").ok();
        assertEquals(
                "Read your note on a session",
                document.at("/paths/~1example-notes~1{session}/get/summary").asText());
        assertEquals(
                "Notes to self",
                document.at("/paths/~1example-notes~1{session}/put/tags/0").asText());

        karaf.shell(matcher(UNINSTALL, readme).group(1));
        assertThat(desktop.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Notes to self")))
                .isHidden();
        assertEquals(404, anna.get(notes).status());
        assertFalse(anna.get("/openapi.json").ok().get("paths").has("/example-notes/{session}"));
        assertThat(desktop.statusLine()).isVisible();
    }

    private static String section() throws IOException {
        var text = Files.readString(Path.of(System.getProperty("tandem.root"), "README.md"));
        int from = text.indexOf("## Write a slice of your own");
        assertTrue("the README has lost its example", from >= 0);
        return text.substring(from, text.indexOf("\n## ", from + 1));
    }

    private static Path unpack(String section) throws IOException {
        var folder = Running.work().resolve("readme-example");
        if (Files.exists(folder)) {
            try (var old = Files.walk(folder)) {
                for (var file : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        var files = FILE.matcher(section);
        var names = new ArrayList<String>();
        while (files.find()) {
            var file = folder.resolve(files.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, files.group(2));
            names.add(files.group(1));
        }
        assertTrue("no pom.xml among " + names, names.contains("pom.xml"));
        return folder;
    }

    /** As an integrator does, but offline: all it needs has been built or fetched by this very build. */
    private static void build(Path folder) throws IOException, InterruptedException {
        var output = folder.resolve("build.log").toFile();
        var command = List.of(
                System.getProperty("tandem.maven"),
                "-o",
                "-q",
                "-B",
                "-Dmaven.repo.local=" + System.getProperty("tandem.repository"),
                "package");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        int outcome = process.waitFor();
        assertEquals(Files.readString(output.toPath()), 0, outcome);
    }

    private static java.util.regex.Matcher matcher(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertTrue("the README does not say " + pattern, matcher.find());
        return matcher;
    }
}
