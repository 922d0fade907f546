package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Debian's WebKit (its MiniBrowser) on a screen of its own, by WebDriver: one page, used by what people read and press. What it
 * captures is WebKit's own moving test picture, since a real screen needs a desktop with a portal.
 */
public final class WebKit implements AutoCloseable {
    private static final Path DRIVER = Path.of("/usr/bin/WebKitWebDriver");
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    /** Looks into every shadow root for what can be seen, as Playwright does by itself. */
    private static final String FIND =
            """
            const [kind, text] = arguments;
            const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
            const words = (e) => (e.getAttribute('aria-label') ?? e.innerText ?? '').trim();
            const labelled = (e) => [e.getAttribute('aria-label'), ...[...(e.labels ?? [])].map((l) => l.innerText)];
            const fits = {
              button: (e) => e.matches('button') && !e.disabled && words(e) === text,
              part: (e) => e.matches('button') && !e.disabled && words(e).includes(text),
              field: (e) => e.matches('input, textarea') && labelled(e).some((l) => l?.trim().startsWith(text)),
              text: (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.includes(text)),
              css: (e) => e.matches(text),
              hidden: (e) => e.matches(text),
            }[kind];
            const search = (root) => {
              for (const e of root.querySelectorAll('*')) {
                if (fits(e) && (kind === 'hidden' || shown(e))) {
                  return e;
                }
                const inside = e.shadowRoot && search(e.shadowRoot);
                if (inside) {
                  return inside;
                }
              }
              return null;
            };
            return search(document);""";

    private final Display display;
    private final Path downloads = Folders.temporary("webkit-downloads");
    private final Process driver;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI root;
    private final String session;

    private WebKit(Display display) {
        this.display = display;
        int port = Ports.free(1).get(0);
        try {
            var builder = new ProcessBuilder(DRIVER.toString(), "--host=127.0.0.1", "--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("DISPLAY", display.name());
            builder.environment().put("LC_ALL", Browsers.UTF_8);
            builder.environment().put("XDG_CONFIG_HOME", savingTo(downloads).toString());
            driver = builder.start();
        } catch (IOException e) {
            display.close();
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(driver::destroyForcibly));
        root = URI.create("http://127.0.0.1:" + port + "/session");
        session = Await.value("WebKit's driver", LONGEST, this::begin);
    }

    /** Settings of a desktop by which downloads go there. */
    private static Path savingTo(Path folder) throws IOException {
        var settings = Folders.temporary("webkit-settings");
        Files.writeString(settings.resolve("user-dirs.dirs"), "XDG_DOWNLOAD_DIR=\"" + folder + "\"\n");
        return settings;
    }

    /** Where it saves what it downloads. */
    public Path downloads() {
        return downloads;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(DRIVER);
    }

    public static WebKit start() {
        return new WebKit(Display.start(Browsers.CUSTOMER_WIDTH, Browsers.CUSTOMER_HEIGHT));
    }

    private Optional<String> begin() {
        var options = Map.of(
                "binary", browser().toString(), "args", List.of("--automation", "--enable-mock-capture-devices=true"));
        try {
            var answer = send(
                    "POST",
                    "",
                    Map.of("capabilities", Map.of("alwaysMatch", Map.of("webkitgtk:browserOptions", options))));
            return Optional.of(answer.get("sessionId").asText());
        } catch (UncheckedIOException e) {
            if (!driver.isAlive()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Path browser() {
        try (var found = Files.find(
                Path.of("/usr/lib"),
                3,
                (path, attributes) -> path.endsWith("MiniBrowser") && Files.isExecutable(path))) {
            return found.sorted()
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> new AssertionError("no WebKit: apt-get install webkit2gtk-driver"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void open(String url) {
        post("/url", Map.of("url", url));
    }

    public void press(String button) {
        post("/element/" + await("button", button) + "/click", Map.of());
    }

    /** Presses the button in whose name this is. */
    public void pressPart(String part) {
        post("/element/" + await("part", part) + "/click", Map.of());
    }

    /** Chooses a file as the browser's own dialog would; the input need not be seen. */
    public void choose(String input, Path file) {
        post("/element/" + await("hidden", input) + "/value", Map.of("text", file.toString()));
    }

    /** Types into the field whose label begins so. */
    public void type(String field, String text) {
        post("/element/" + await("field", field) + "/value", Map.of("text", text));
    }

    /** The same, and ends with the Enter key. */
    public void enter(String field, String text) {
        type(field, text + "\ue007");
    }

    /** Waits until this can be read. */
    public void awaitText(String text) {
        await("text", text);
    }

    /** Waits until there is such an element, which can be seen. */
    public void awaitElement(String css) {
        await("css", css);
    }

    public void awaitButton(String button) {
        await("button", button);
    }

    public boolean reads(String text) {
        return find("text", text).isPresent();
    }

    /** What a script that is the body of a function returns; {@code element} is the one that the selector finds. */
    public JsonNode of(String css, String script) {
        return post(
                "/execute/sync",
                Map.of(
                        "script",
                        "const element = arguments[0]; " + script,
                        "args",
                        List.of(Map.of(ELEMENT, await("css", css)))));
    }

    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    Base64.getDecoder()
                            .decode(send("GET", "/" + session + "/screenshot", Map.of())
                                    .asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String await(String kind, String text) {
        return Await.value(kind + " “" + text + "” in WebKit", LONGEST, () -> find(kind, text));
    }

    private Optional<String> find(String kind, String text) {
        var found = post("/execute/sync", Map.of("script", FIND, "args", List.of(kind, text)));
        return found.hasNonNull(ELEMENT) ? Optional.of(found.get(ELEMENT).asText()) : Optional.empty();
    }

    private JsonNode post(String path, Object body) {
        return send("POST", "/" + session + path, body);
    }

    private JsonNode send(String method, String path, Object body) {
        try {
            var publisher = method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body))
                    : HttpRequest.BodyPublishers.noBody();
            var request = HttpRequest.newBuilder(URI.create(root + path))
                    .timeout(LONGEST.plusSeconds(20))
                    .method(method, publisher)
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var value = json.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new AssertionError("WebKit: " + value.path("error").asText() + ", "
                        + value.path("message").asText());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while WebKit worked", e);
        }
    }

    @Override
    public void close() {
        try {
            send("DELETE", "/" + session, Map.of());
            driver.destroy();
            driver.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroyForcibly();
            display.close();
        }
    }
}
