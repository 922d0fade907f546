package dev.tandem.itests.journeys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/** A bundle whose panels each fail in another way, and one that does not, made on the spot. */
final class HostilePanels {
    static final String NAME = "org.example.hostile";

    /** @param title under which people know it */
    record Panel(String id, String title, String module) {}

    /** It works, whatever the others do. */
    static final Panel SOUND = panel("sound", "Sound", element("return html`<p>I am well</p>`;"));

    /** It fails when its button is pressed. */
    static final Panel LATER = panel(
            "later",
            "Later",
            element(
                    """
                    if (this.broken) throw new Error('at the second rendering');
                    return html`<button @click=${() => { this.broken = true; this.requestUpdate(); }}>Break me</button>`;"""));

    /** It does not load the first time, and does the second time. */
    static final Panel HEALED = panel(
            "healed",
            "Healed",
            "if (!new URL(import.meta.url).search) throw new Error('the first time');\n"
                    + element("return html`<p>Better now</p>`;"));

    /** It never loads. */
    static final Panel HANGING = panel("hanging", "Hanging", "await new Promise(() => {});");

    static final List<Panel> BROKEN = List.of(
            panel("throwing", "Throwing", "throw new Error('at load');"),
            panel("missing", "Missing", "import './not-there.js';"),
            panel("garbled", "Garbled", "this is no JavaScript"),
            panel("empty", "Empty", "export {};"),
            panel(
                    "constructor",
                    "Constructor",
                    """
                    import { define } from 'tandem/kit';
                    define('hostile-constructor', class extends HTMLElement { constructor() { super(); throw new Error('in the constructor'); } }, import.meta.url);"""),
            panel(
                    "connected",
                    "Connected",
                    """
                    import { define } from 'tandem/kit';
                    define('hostile-connected', class extends HTMLElement { connectedCallback() { throw new Error('when connected'); } }, import.meta.url);"""),
            panel(
                    "setter",
                    "Setter",
                    """
                    import { define } from 'tandem/kit';
                    define('hostile-setter', class extends HTMLElement { set session(view) { throw new Error('when told'); } }, import.meta.url);"""),
            panel("rendering", "Rendering", element("throw new Error('at the first rendering');")));

    private HostilePanels() {}

    private static Panel panel(String id, String title, String module) {
        return new Panel(id, title, module.replace("hostile-element", "hostile-" + id));
    }

    private static String element(String render) {
        return """
                import { TandemElement, define, html } from 'tandem/kit';
                define('hostile-element', class extends TandemElement { render() { %s } }, import.meta.url);"""
                .formatted(render);
    }

    static List<Panel> all() {
        var all = new java.util.ArrayList<>(BROKEN);
        all.addAll(List.of(HANGING, HEALED, LATER, SOUND));
        return all;
    }

    static Path jar(Path folder) throws IOException {
        var files = new LinkedHashMap<String, String>();
        all().forEach(panel -> files.put("static/" + panel.id() + ".js", panel.module()));
        files.put(
                "static/messages/en.json",
                all().stream()
                        .map(panel -> "\"%s\": \"%s\"".formatted(panel.id(), panel.title()))
                        .collect(Collectors.joining(", ", "{", "}")));
        files.put(
                "static/tandem.json",
                all().stream()
                        .flatMap(panel -> List.of("side", "customer-side").stream()
                                .map(place ->
                                        """
                                        {"id": "hostile-%s-%s", "element": "hostile-%s", "module": "%s.js", "place": "%s", "rank": 80, "title": "%s"}"""
                                                .formatted(
                                                        panel.id(), place, panel.id(), panel.id(), place, panel.id())))
                        .collect(Collectors.joining(",\n", "{\"panels\": [", "]}")));
        var manifest = new Manifest();
        Map.of(
                        "Manifest-Version", "1.0",
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", NAME,
                        "Bundle-Version", "1.0.0",
                        "Tandem-Modules", "hostile")
                .forEach((name, value) -> manifest.getMainAttributes().put(new Attributes.Name(name), value));
        Files.createDirectories(folder);
        var jar = folder.resolve("hostile.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }
}
