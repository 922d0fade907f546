package dev.tandem.web.internal.modules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonFormat;

import dev.tandem.platform.Agent;
import dev.tandem.platform.DesktopTab;

/**
 * {@code static/tandem.json} of a bundle.
 *
 * @param importmap bare names to files of this bundle
 */
record ModuleManifest(
        Optional<Map<String, String>> importmap,
        Optional<List<PanelEntry>> panels,
        Optional<List<TabEntry>> tabs,
        Optional<List<PageEntry>> pages) {
    static final ModuleManifest EMPTY =
            new ModuleManifest(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Pattern ELEMENT = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)+");
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,60}");
    private static final Pattern PATH = Pattern.compile("/|(?:/[a-z0-9-]+)+(?:/\\*)?");
    private static final Set<String> PLACES = Set.of(
            "stage",
            "side",
            "side-later",
            "bar",
            "transfer",
            "ended",
            "customer-stage",
            "customer-side",
            "customer-bar",
            "customer-wait",
            "viewer-stage",
            "viewer-bar");

    /** @param capability what it needs a customer's consent for */
    record PanelEntry(
            String id,
            String element,
            String module,
            String place,
            int rank,
            String title,
            Optional<CapabilityEntry> capability) {}

    /** Keys of the texts that ask for it, and that say that it is on. */
    record CapabilityEntry(String name, String ask, String on) {}

    /**
     * @param place where on the desktop it stands, see {@link DesktopTab.Place}; a tab of interactions if it is left out
     * @param role who sees it there; every agent if it is left out
     */
    record TabEntry(
            String id,
            String element,
            String module,
            int rank,
            String title,
            Optional<DesktopTab.Place> place,
            Optional<Agent.Role> role) {}

    /**
     * What the page's module imports is found out; {@code preload} names what it will load later all the same.
     *
     * @param path one or several; one ends in {@code /*} if it also stands for everything below
     */
    record PageEntry(
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> path,
            String module,
            Optional<List<String>> styles,
            Optional<List<String>> preload,
            String title) {}

    /**
     * Checks what can be checked here, so that a slip shows at once and not in a browser.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    void check(Set<String> files, Set<String> titles) {
        importmap.orElse(Map.of()).forEach((name, file) -> {
            boolean folder = name.endsWith("/");
            need(folder == file.endsWith("/"), "importmap " + name + ": a folder stands for a folder");
            need(
                    folder ? files.stream().anyMatch(one -> one.startsWith(file)) : files.contains(file),
                    "importmap " + name + ": there is no " + file);
        });
        for (var panel : panels.orElse(List.of())) {
            element(panel.id(), panel.element(), panel.module(), panel.title(), files, titles);
            need(PLACES.contains(panel.place()), "panel " + panel.id() + ": place is one of " + PLACES);
            panel.capability().ifPresent(capability -> {
                need(ID.matcher(capability.name()).matches(), panel.id() + ": a capability's name is like an id");
                for (var text : List.of(capability.ask(), capability.on())) {
                    need(titles.contains(text), panel.id() + ": no text " + text + " in messages/en.json");
                }
            });
        }
        for (var tab : tabs.orElse(List.of())) {
            element(tab.id(), tab.element(), tab.module(), tab.title(), files, titles);
        }
        for (var page : pages.orElse(List.of())) {
            var name = "page " + String.join(", ", page.path());
            need(!page.path().isEmpty(), "a page without a path");
            need(
                    page.path().stream().allMatch(one -> PATH.matcher(one).matches()),
                    name + ": a path is like /join or /join/*");
            need(files.contains(page.module()), name + ": there is no " + page.module());
            for (var style : page.styles().orElse(List.of())) {
                need(resolvable(style, files), name + ": there is no " + style);
            }
            for (var module : page.preload().orElse(List.of())) {
                need(resolvable(module, files), name + ": there is no " + module);
            }
            need(titles.contains(page.title()), name + ": no title " + page.title());
        }
    }

    /** A file of this bundle, or {@code NAME:file} of another, which may come later. */
    private static boolean resolvable(String file, Set<String> files) {
        return file.contains(":") || files.contains(file);
    }

    private static void element(
            String id, String element, String module, String title, Set<String> files, Set<String> titles) {
        need(ID.matcher(id).matches(), id + ": an id is lower-case letters, digits and hyphens");
        need(ELEMENT.matcher(element).matches(), id + ": " + element + " is no name of a custom element");
        need(files.contains(module), id + ": there is no " + module);
        need(titles.contains(title), id + ": no title " + title + " in messages/en.json");
    }

    private static void need(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
