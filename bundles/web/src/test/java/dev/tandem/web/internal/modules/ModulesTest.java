package dev.tandem.web.internal.modules;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

import org.junit.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.web.internal.Mappers;

public class ModulesTest {
    private static final ObjectMapper MAPPER = Mappers.requests();
    private static final String MANIFEST =
            """
            {"importmap": {"tandem/kit": "kit/kit.js", "@vaadin/": "lib/@vaadin/"},
             "panels": [{"id":"chat","element":"tandem-chat","module":"chat.js","place":"side","rank":20,"title":"t"}],
             "tabs": [{"id":"tab","element":"tandem-tab","module":"chat.js","rank":50,"title":"t"}],
             "pages": [{"path":"/join/*","module":"chat.js","styles":["kit/kit.css"],"preload":["kit/kit.js"],"title":"t"},
                       {"path":"/","module":"chat.js","title":"t"},
                       {"path":"/join/help","module":"kit/kit.js","title":"t"}]}
            """;

    private static Map<String, String> content() {
        return new TreeMap<>(Map.of(
                "tandem.json", MANIFEST,
                "kit/kit.js", "export const kit = 1;",
                "kit/kit.css", ":root {}",
                "lib/@vaadin/button.js", "export {};",
                "chat.js", "x".repeat(5000),
                "messages/en.json", "{\"t\":\"Chat <&\\\"\"}",
                "messages/fr.json", "{\"t\":\"Causerie\"}"));
    }

    private static StaticFiles files(Map<String, String> content) {
        var sources = new TreeMap<String, StaticFiles.Source>();
        content.forEach((name, text) -> sources.put(name, () -> text.getBytes(StandardCharsets.UTF_8)));
        return new StaticFiles(sources);
    }

    private static Module module(String name, Map<String, String> content) throws IOException {
        return Module.read(name, files(content), MAPPER);
    }

    private static ModuleSet set(Module... modules) {
        return new ModuleSet(List.of(modules), MAPPER);
    }

    @Test
    public void theHashChangesWithAnyContentOrNameAndWithNothingElse() {
        var hash = files(content()).hash();
        assertEquals(16, hash.length());
        assertEquals(hash, files(content()).hash());
        var changed = content();
        changed.put("chat.js", "y");
        assertNotEquals(hash, files(changed).hash());
        var renamed = content();
        renamed.put("chat2.js", renamed.remove("chat.js"));
        assertNotEquals(hash, files(renamed).hash());
        assertNotEquals(
                "where one file ends and the next begins counts",
                files(Map.of("a", "xy", "b", "")).hash(),
                files(Map.of("a", "x", "b", "y")).hash());
    }

    @Test
    public void whatBecomesSmallerIsZipped() throws IOException {
        var files = files(content());
        var chat = files.serve("chat.js").orElseThrow();
        assertEquals("text/javascript; charset=utf-8", chat.type());
        try (var in = new GZIPInputStream(new ByteArrayInputStream(chat.gzip().orElseThrow()))) {
            assertArrayEquals(chat.plain().bytes(), in.readAllBytes());
        }
        assertTrue(chat.gzip().get().length < 200);
        assertEquals(
                "too small",
                Optional.empty(),
                files.serve("kit/kit.css").orElseThrow().gzip());
        assertEquals(Optional.empty(), files.serve("../tandem.json"));
    }

    @Test
    public void namesAndPathsCarryTheHash() throws IOException {
        var module = module("chat", content());
        var hash = module.files().hash();
        assertEquals("/m/chat/" + hash + "/chat.js", module.path("chat.js"));
        assertEquals("tandem-chat-" + hash.substring(0, 8), module.element("tandem-chat"));
        assertEquals(Optional.empty(), module.pathIfThere("no.js"));
    }

    @Test
    public void titlesFallBackToEnglish() throws IOException {
        var titles = module("chat", content()).catalogues().texts("t");
        assertEquals("Causerie", titles.get("fr"));
        assertEquals("Chat <&\"", titles.get("nl"));
        assertEquals(4, titles.size());
    }

    @Test
    public void pagesAreFoundByPath() throws IOException {
        var set = set(module("chat", content()));
        assertEquals("/", path(set, "/"));
        assertEquals("/join/*", path(set, "/join"));
        assertEquals("/join/*", path(set, "/join/acme/1"));
        assertEquals("/join/help", path(set, "/join/help"));
        assertEquals(Optional.empty(), set.page("/joint"));
        assertEquals(Optional.empty(), set.page("/other"));
    }

    @Test
    public void aPageMayStandAtSeveralPaths() throws IOException {
        var content = content();
        content.put("tandem.json", MANIFEST.replace("\"/join/*\"", "[\"/join\", \"/j/*\"]"));
        var set = set(module("chat", content));
        assertEquals("/join", path(set, "/join"));
        assertEquals("/j/*", path(set, "/j/123"));
        assertEquals(
                set.page("/join").orElseThrow().page(),
                set.page("/j/1").orElseThrow().page());
        assertEquals(Optional.empty(), set.page("/join/acme"));
    }

    private static String path(ModuleSet set, String path) {
        return set.page(path).orElseThrow().path();
    }

    @Test
    public void aPageAllowsItsImportMapAndNoOtherInlineScript() throws Exception {
        var set = set(module("ui", content()));
        var html = PageRenderer.page(set, set.page("/join/5").orElseThrow(), "en");
        var inline = html.replaceAll("(?s).*<script type=\"importmap\">(.*?)</script>.*", "$1");
        var hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8)));
        var policy = PageRenderer.policy(set, List.of("ws://desk.example:8443", "wss://desk.example:8443"), "'none'");
        assertTrue(policy, policy.contains("script-src 'self' 'sha256-" + hash + "';"));
        assertTrue(policy, policy.contains("connect-src 'self' ws://desk.example:8443 wss://desk.example:8443;"));
        assertTrue(policy, policy.endsWith("frame-ancestors 'none'"));
        assertFalse(policy, policy.contains("unsafe"));
        assertTrue(html, html.contains("<title>Chat &lt;&amp;&quot;</title>"));
        assertTrue(html, html.contains("<html lang=\"en\">"));
        var path = "/m/ui/" + files(content()).hash() + "/";
        assertTrue(inline, inline.contains("\"tandem/kit\":\"" + path + "kit/kit.js\""));
        assertTrue(inline, inline.contains("\"@vaadin/\":\"" + path + "lib/@vaadin/\""));
        assertTrue(html, html.contains("<script type=\"module\" src=\"" + path + "chat.js\"></script>"));
        assertTrue(html, html.contains("<link rel=\"stylesheet\" href=\"" + path + "kit/kit.css\">"));
        assertEquals("one inline script", 2, html.split("<script").length - 1);
    }

    @Test
    public void aPageWithoutAHostMayOpenNoSockets() throws IOException {
        var set = set(module("ui", content()));
        assertTrue(PageRenderer.policy(set, List.of(), "'none'").contains("connect-src 'self';"));
    }

    @Test
    public void theFirstOfTwoInTheImportMapHolds() throws IOException {
        var set = set(module("aaa", content()), module("bbb", content()));
        assertTrue(set.importMap().contains("/m/aaa/"));
        assertFalse(set.importMap().contains("/m/bbb/"));
    }

    @Test
    public void mistakesAreNamed() {
        mistake("panel chat: place is one of", MANIFEST.replace("\"side\"", "\"left\""));
        mistake(
                "chat: there is no chat2.js",
                MANIFEST.replaceFirst("\"module\":\"chat.js\"", "\"module\":\"chat2.js\""));
        mistake("is no name of a custom element", MANIFEST.replace("tandem-chat", "chat"));
        mistake("page join: a path is like", MANIFEST.replace("\"/join/*\"", "\"join\""));
        mistake("importmap @vaadin/: there is no lib/other/", MANIFEST.replace("lib/@vaadin/", "lib/other/"));
        mistake("importmap @vaadin/: a folder stands for a folder", MANIFEST.replace("lib/@vaadin/", "chat.js"));
        mistake("page /join/*: no title u", MANIFEST.replace("kit.js\"],\"title\":\"t\"", "kit.js\"],\"title\":\"u\""));
        mistake("page /join/*: there is no no.css", MANIFEST.replace("kit/kit.css", "no.css"));
        mistake("nonsense", MANIFEST.replace("\"tabs\"", "\"nonsense\""));
        mistake("Unexpected", MANIFEST.substring(0, 40));
        mistake("rank", MANIFEST.replace("\"rank\":20", "\"rank\":\"20\""));
    }

    private static void mistake(String expected, String manifest) {
        var content = content();
        content.put("tandem.json", manifest);
        var failure = assertThrows(Exception.class, () -> module("chat", content));
        assertTrue(failure.getMessage(), failure.getMessage().contains(expected));
    }

    @Test
    public void aNameIsNoPath() {
        assertThrows(IllegalArgumentException.class, () -> module("../x", content()));
    }
}
