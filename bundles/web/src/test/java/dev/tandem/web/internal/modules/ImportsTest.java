package dev.tandem.web.internal.modules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.junit.Test;

import dev.tandem.web.internal.Mappers;

public class ImportsTest {
    @Test
    public void everyFormOfAStaticImportIsSeen() {
        assertEquals(
                List.of("./a.js", "./b.js", "tandem/kit", "./c.js", "./d.js", "./e.js", "./f.js", "./g.js"),
                StaticImports.in(
                        """
                        import './a.js';
                        import b from "./b.js";
                        import {
                          TandemElement,
                          html as h,
                        } from 'tandem/kit';
                        import * as c from './c.js';
                        export { d } from './d.js';
                        export * from './e.js';
                        export * as $f from './f.js';
                        import g, {h as i} from './g.js'
                        """));
        assertEquals(
                "minified",
                List.of("../reactive-element.js", "lit-html", "./x.js"),
                StaticImports.in(
                        "import{a as t,b as e}from\"../reactive-element.js\";import{c}from\"lit-html\";export*from\"./x.js\";"));
    }

    @Test
    public void whatOnlyLooksLikeAnImportIsNone() {
        assertEquals(
                List.of(),
                StaticImports.in(
                        """
                        /** `import { html } from 'tandem/kit'` is how it begins. */
                        // import './old.js';
                        /** @typedef {import('./views.js').View} View */
                        const later = () => import('./later.js');
                        export const from = 'here.js';
                        export default 'there.js';
                        export function important() { return 'x.js'; }
                        reimport 'no.js';
                        thing.import 'no.js';
                        """));
    }

    @Test
    public void relativeNamesStayInTheirBundle() {
        assertEquals(Optional.of("parts/b.js"), StaticImports.relative("tab/a.js", "../parts/b.js"));
        assertEquals(Optional.of("tab/b.js"), StaticImports.relative("tab/a.js", "./b.js"));
        assertEquals(Optional.of("b.js"), StaticImports.relative("a.js", "./b.js"));
        assertEquals(Optional.empty(), StaticImports.relative("a.js", "../b.js"));
        assertEquals(Optional.empty(), StaticImports.relative("a.js", "lit"));
    }

    private static final Map<String, String> KIT = Map.of(
            "tandem.json",
                    """
                    {"importmap": {"tandem/kit": "kit/kit.js", "lit": "lib/lit.js", "lit/": "lib/lit/"}}""",
            "kit/kit.js", "export * from './api.js'; import 'lit'; import 'lit/repeat.js'; import './gone.js';",
            "kit/api.js", "import './kit.js';",
            "lib/lit.js", "",
            "lib/lit/repeat.js", "",
            "messages/en.json", "{}");

    private static final Map<String, String> DESK = Map.of(
            "tandem.json",
                    """
                    {"pages": [{"path":"/desk","module":"desk.js","preload":["later.js"],"title":"t"}]}""",
            "desk.js", "import 'tandem/kit'; import './own.js'; import './own.js';",
            "own.js", "",
            "later.js", "",
            "messages/en.json", "{\"t\":\"Desk\"}");

    private static Module module(String name, Map<String, String> content) throws IOException {
        var sources = new TreeMap<String, StaticFiles.Source>();
        content.forEach((file, text) -> sources.put(file, () -> text.getBytes(StandardCharsets.UTF_8)));
        return Module.read(name, new StaticFiles(sources), Mappers.requests());
    }

    @Test
    public void aPageAsksForAllThatItsModulesImportOverTheBordersOfBundlesAndRounds() throws IOException {
        var kit = module("ui", KIT);
        var desk = module("desk", DESK);
        var set = new ModuleSet(List.of(kit, desk), Mappers.requests());
        var page = set.page("/desk").orElseThrow();
        assertEquals(
                List.of(
                        desk.path("desk.js"),
                        kit.path("kit/kit.js"),
                        desk.path("own.js"),
                        kit.path("kit/api.js"),
                        kit.path("lib/lit.js"),
                        kit.path("lib/lit/repeat.js")),
                set.graph(page).paths());
        assertEquals(Set.of(), set.graph(page).missing());
        var html = PageRenderer.page(set, page, "en");
        assertTrue(html, html.contains("<link rel=\"modulepreload\" href=\"" + kit.path("kit/api.js") + "\">"));
        assertTrue("also what comes later", html.contains("modulepreload\" href=\"" + desk.path("later.js")));
    }

    @Test
    public void aPageWhoseKitIsNotInstalledSaysSo() throws IOException {
        var set = new ModuleSet(List.of(module("desk", DESK)), Mappers.requests());
        assertEquals(
                Set.of("tandem/kit"), set.graph(set.page("/desk").orElseThrow()).missing());
        var html = PageRenderer.notYet("nl");
        assertTrue(html, html.contains("bijgewerkt"));
        assertTrue(html, html.contains("<meta http-equiv=\"refresh\" content=\"5\">"));
        assertFalse("it works without modules", html.contains("<script"));
    }
}
