package dev.tandem.web.internal.modules;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The web part of one bundle: its files, and what it says about them. */
record Module(String name, StaticFiles files, StaticImports imports, ModuleManifest manifest, Catalogues catalogues) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");
    private static final int SUFFIX = 8;

    /** @throws IllegalArgumentException or IOException that says what is wrong with it */
    static Module read(String name, StaticFiles files, ObjectMapper mapper) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Tandem-Modules: a name is lower-case letters, digits and hyphens");
        }
        var catalogues = Catalogues.read(files, mapper);
        var json = files.bytes("tandem.json");
        var manifest = json.isPresent() ? mapper.readValue(json.get(), ModuleManifest.class) : ModuleManifest.EMPTY;
        manifest.check(files.names(), catalogues.keys());
        return new Module(name, files, new StaticImports(files), manifest, catalogues);
    }

    String path(String file) {
        return "/m/" + name + "/" + files.hash() + "/" + file;
    }

    Optional<String> pathIfThere(String file) {
        return files.names().contains(file) ? Optional.of(path(file)) : Optional.empty();
    }

    /** The name under which the module defines an element, which changes with the content. */
    String element(String base) {
        return base + "-" + files.hash().substring(0, SUFFIX);
    }

    List<ModuleManifest.PanelEntry> panels() {
        return manifest.panels().orElse(List.of());
    }

    List<ModuleManifest.TabEntry> tabs() {
        return manifest.tabs().orElse(List.of());
    }

    List<ModuleManifest.PageEntry> pages() {
        return manifest.pages().orElse(List.of());
    }

    Map<String, String> importmap() {
        return manifest.importmap().orElse(Map.of());
    }
}
