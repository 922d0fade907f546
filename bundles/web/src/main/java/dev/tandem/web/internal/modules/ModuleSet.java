package dev.tandem.web.internal.modules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** All modules that are there at a moment, and what follows from them. Immutable. */
final class ModuleSet {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleSet.class);

    /** A page at one of its paths, and whose it is. */
    record PageOf(Module module, String path, ModuleManifest.PageEntry page) {}

    private record Imports(Map<String, String> imports) {}

    private final Map<String, Module> byName = new TreeMap<>();
    private final List<PageOf> pages = new ArrayList<>();
    private final Map<String, ImportGraph.Target> bare = new TreeMap<>();
    private final Map<String, ImportGraph> graphs = new ConcurrentHashMap<>();
    private final String importMap;
    private final String importMapHash;

    ModuleSet(Collection<Module> modules, ObjectMapper mapper) {
        for (var module : modules) {
            byName.put(module.name(), module);
        }
        var imports = new TreeMap<String, String>();
        for (var module : byName.values()) {
            module.importmap().forEach((name, file) -> {
                if (imports.putIfAbsent(name, module.path(file)) != null) {
                    LOG.error("Module {}: \"{}\" is in the import map already; the first holds", module.name(), name);
                }
                bare.putIfAbsent(name, new ImportGraph.Target(module, file));
            });
            module.pages().forEach(page -> page.path().forEach(path -> pages.add(new PageOf(module, path, page))));
        }
        pages.sort(Comparator.comparing((PageOf one) -> one.path().length()).reversed());
        try {
            // "</" could end the script element in which this stands.
            importMap = mapper.writeValueAsString(new Imports(imports)).replace("</", "<\\/");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        importMapHash = sha256(importMap);
    }

    Optional<Module> module(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The page of a path: itself, else the longest {@code /*} above it. */
    Optional<PageOf> page(String path) {
        var exact = pages.stream().filter(one -> one.path().equals(path)).findFirst();
        return exact.or(() -> pages.stream()
                .filter(one -> one.path().endsWith("/*"))
                .filter(one -> {
                    var above = one.path().substring(0, one.path().length() - 2);
                    return path.equals(above) || path.startsWith(above + "/");
                })
                .findFirst());
    }

    /** All that the page's module loads before it runs. */
    ImportGraph graph(PageOf page) {
        return graphs.computeIfAbsent(
                page.module().path(page.page().module()),
                path -> ImportGraph.of(page.module(), page.page().module(), bare));
    }

    /** A file of a module, {@code file}, or of another, {@code NAME:file}. */
    Optional<String> path(Module own, String file) {
        int colon = file.indexOf(':');
        return colon < 0
                ? own.pathIfThere(file)
                : module(file.substring(0, colon)).flatMap(other -> other.pathIfThere(file.substring(colon + 1)));
    }

    String importMap() {
        return importMap;
    }

    /** SHA-256 in base64, as a CSP names it. */
    String importMapHash() {
        return importMapHash;
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
