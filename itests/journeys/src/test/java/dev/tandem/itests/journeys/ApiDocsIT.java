package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

import io.swagger.v3.parser.OpenAPIV3Parser;

/** What integrators read: the OpenAPI document of what is installed right now, and its page. */
public class ApiDocsIT {
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern PATH = Pattern.compile("tandem\\.rest\\.path = (\\S+)");

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private final Site site = Site.create(karaf);

    /** A path of each slice, of whatever serves it. */
    private static final Map<String, List<String>> SLICES = Map.of(
            "filetransfer",
                    List.of(
                            "/files",
                            "/files/{file}",
                            "/filetransfer/{session}/transfers",
                            "/filetransfer/{session}/transfers/{transfer}/zip"),
            "webacd", List.of("/webacd/queues", "/webacd/items/{id}/pick", "/webacd/entry/{site}/{slug}"),
            "session", List.of("/sessions", "/sessions/{id}", "/join"),
            "recording", List.of("/recordings"),
            "call", List.of("/call/{session}"),
            "screen", List.of("/screen/{session}"));

    @After
    public void allRun() {
        karaf.shell("bundle:start dev.tandem.chat");
        SLICES.keySet().forEach(slice -> karaf.shell("bundle:start dev.tandem." + slice));
        karaf.awaitHealth();
    }

    @Test
    public void BX6_documentIsValidAndListsWhatIsServedAndNothingElse() throws IOException, InterruptedException {
        var text = site.anna().api().get("/openapi.json").text();
        assertEquals(List.of(), new OpenAPIV3Parser().readContents(text).getMessages());
        var paths = document().get("paths");
        var installed = installed();
        assertTrue(
                installed.toString(),
                installed.containsAll(
                        List.of("/sessions", "/chat", "/screen", "/files", "/filetransfer", "/webacd/queues")));
        var faults = new ArrayList<String>();
        for (var path : iterable(paths.fieldNames())) {
            var allowed = allowed(path);
            for (var method : iterable(paths.get(path).fieldNames())) {
                if (METHODS.contains(method) && !allowed.contains(method.toUpperCase(Locale.ROOT))) {
                    faults.add(method + " " + path + " is not served: " + allowed);
                }
                if (paths.at("/" + path.replace("/", "~1") + "/" + method + "/summary")
                        .asText()
                        .isEmpty()) {
                    faults.add(method + " " + path + " has no summary");
                }
            }
        }
        for (var path : installed) {
            if (stream(paths.fieldNames()).noneMatch(listed -> listed.equals(path) || listed.startsWith(path + "/"))) {
                faults.add(path + " is served and not listed");
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    public void BX6_slicesPathsLeaveTheDocumentWithItsBundleAndComeBack() {
        assertTrue(document().get("paths").has("/chat/{session}"));
        var tag = site.anna()
                .api()
                .get("/openapi.json")
                .headers()
                .firstValue("etag")
                .orElseThrow();
        assertEquals(
                304,
                site.anna()
                        .api()
                        .with("If-None-Match", tag)
                        .get("/openapi.json")
                        .status());

        karaf.shell("bundle:stop dev.tandem.chat");
        var without = document();
        assertFalse(without.get("paths").has("/chat/{session}"));
        assertFalse(without.at("/components/schemas").has("chat.MessageView"));
        assertTrue(without.get("paths").has("/screen/{session}"));
        assertEquals(
                200,
                site.anna()
                        .api()
                        .with("If-None-Match", tag)
                        .get("/openapi.json")
                        .status());

        karaf.shell("bundle:start dev.tandem.chat");
        assertTrue(document().get("paths").has("/chat/{session}"));
    }

    @Test
    public void BX6_eachSlicesPathsStandInTheDocumentWhileItIsInstalled() {
        var all = paths();
        for (var slice : SLICES.entrySet()) {
            assertTrue(slice + " is not in " + all, all.containsAll(slice.getValue()));
            karaf.shell("bundle:stop dev.tandem." + slice.getKey());
            var without = paths();
            assertTrue(without.contains("/platform/me"));
            assertTrue(
                    slice.getKey() + " has left " + without,
                    slice.getValue().stream().noneMatch(without::contains));
            assertTrue("others have their paths", all.containsAll(without));
            karaf.shell("bundle:start dev.tandem." + slice.getKey());
            Await.until(slice.getKey() + " is back", LONGEST, () -> paths().equals(all));
        }
    }

    private Set<String> paths() {
        return stream(document().get("paths").fieldNames()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    public void strangersAndCustomersDoNotReadIt() {
        assertEquals(401, karaf.api().get("/openapi.json").status());
        var customer = site.support().join();
        assertEquals("sign-in-needed", customer.api().get("/openapi.json").code());
    }

    @Test
    public void BX6_pageFollowsWhatIsInstalledAndTriesWhatReads() {
        var page = signedIn();
        var read = operation(page, "GET /chat/{session}");
        assertThat(read).isVisible();

        page.getByRole(AriaRole.SEARCHBOX).fill("desktop platform/me");
        assertThat(read).isHidden();
        var me = operation(page, "GET /platform/me");
        me.focus();
        page.keyboard().press("Enter");
        assertThat(page.getByText(Pattern.compile("-u USER:PASSWORD"))).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                .click();
        assertThat(page.locator("pre.answer")).containsText("Anna Bell");

        page.getByRole(AriaRole.SEARCHBOX).fill("");
        karaf.shell("bundle:stop dev.tandem.chat");
        assertThat(read)
                .isHidden(
                        new com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions().setTimeout(30_000));
        assertThat(me).isVisible();

        page.getByRole(AriaRole.COMBOBOX).first().selectOption("nl");
        assertThat(page.getByText("Wie het mag aanroepen").first()).isVisible();
    }

    @Test
    public void pageTellsStrangersWhereToSignIn() {
        var page = scene.customer().open(karaf.uri() + "/api-docs");
        assertThat(page.getByText("For signed-in agents")).isVisible();
    }

    private Page signedIn() {
        var agent = scene.agent(site);
        var page = agent.open(karaf.uri() + "/desktop");
        page.getByLabel("User name").fill(agent.signIn().user());
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(agent.signIn().password());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .first()
                .click();
        assertThat(page.getByLabel("User name")).isHidden();
        page.navigate(karaf.uri() + "/api-docs");
        return page;
    }

    private static Locator operation(Page page, String methodAndPath) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(methodAndPath));
    }

    private JsonNode document() {
        return site.anna().api().get("/openapi.json").ok();
    }

    /** What CXF says of a path that somebody serves: its methods; nothing of one that nobody does. */
    private String allowed(String path) throws IOException, InterruptedException {
        var somewhere = path.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
        var request = HttpRequest.newBuilder(URI.create(karaf.uri() + "/api" + somewhere))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return String.join(",", answer.headers().allValues("Allow"));
    }

    /** The paths of all resources that are published, as Karaf's shell tells them. */
    private List<String> installed() {
        return PATH.matcher(karaf.shell("service:list"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Stream<String> stream(java.util.Iterator<String> names) {
        return StreamSupport.stream(iterable(names).spliterator(), false);
    }

    private static Iterable<String> iterable(java.util.Iterator<String> names) {
        return () -> names;
    }
}
