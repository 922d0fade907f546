package dev.tandem.web.internal.modules;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.platform.Agent;
import dev.tandem.platform.DesktopTab;
import dev.tandem.web.Modules;
import dev.tandem.web.Panel;
import dev.tandem.web.internal.Mappers;

/**
 * Serves the static modules of every active bundle with a {@code Tandem-Modules} header and publishes the panels and tabs
 * it names, in that bundle's name. A bundle with a mistake in it is left out with a line in the log.
 */
@Component(
        service = {Modules.class, ModuleExtender.class},
        immediate = true)
public final class ModuleExtender implements Modules, BundleTrackerCustomizer<ModuleExtender.Extended> {
    public static final String HEADER = "Tandem-Modules";
    private static final String FOLDER = "static/";
    private static final Logger LOG = LoggerFactory.getLogger(ModuleExtender.class);

    /**
     * What a page's path comes to.
     *
     * @param status of HTTP: 200, 404, or 503 while something that the page needs is not installed
     */
    public record Page(int status, String html, String policy) {}

    /** A file to send. */
    public record File(String type, Optional<byte[]> gzip, Plain plain) {
        /** Reads the file as it is. */
        @FunctionalInterface
        public interface Plain {
            byte[] bytes() throws IOException;
        }
    }

    record Extended(Module module, List<ServiceRegistration<?>> registrations) {}

    private final ObjectMapper mapper = Mappers.requests();
    private final Map<String, Module> modules = new TreeMap<>();
    private final BundleTracker<Extended> tracker;
    private volatile ModuleSet set = new ModuleSet(List.of(), mapper);
    private volatile Runnable changed = () -> {};

    @Activate
    public ModuleExtender(BundleContext context) {
        tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
        tracker.open();
    }

    @Deactivate
    void deactivate() {
        tracker.close();
    }

    @Override
    public Optional<String> path(String name, String file) {
        return set.module(name).flatMap(module -> module.pathIfThere(file));
    }

    /** A file by the three parts of its path. Empty for a hash that is not the current one: pages name the current. */
    public Optional<File> file(String name, String hash, String file) {
        return set.module(name)
                .filter(module -> module.files().hash().equals(hash))
                .flatMap(module -> module.files().serve(file))
                .map(served -> new File(served.type(), served.gzip(), served.plain()::bytes));
    }

    /** The page of a path, if there is one. */
    public Optional<Page> page(String path, Locale language, List<String> sockets, String frameAncestors) {
        var now = set;
        return now.page(path).map(found -> {
            var missing = now.graph(found).missing();
            var policy = PageRenderer.policy(now, sockets, frameAncestors);
            if (missing.isEmpty()) {
                return new Page(200, PageRenderer.page(now, found, language.getLanguage()), policy);
            }
            LOG.info("The page {} waits for {}", path, missing);
            return new Page(503, PageRenderer.notYet(language.getLanguage()), policy);
        });
    }

    /** What says that a page is not there. */
    public Page notFound(Locale language, List<String> sockets, String frameAncestors) {
        return new Page(
                404, PageRenderer.notFound(language.getLanguage()), PageRenderer.policy(set, sockets, frameAncestors));
    }

    /** The addresses of the pages that a bundle brings now. */
    public List<String> pages(Bundle bundle) {
        return Optional.ofNullable(tracker.getObject(bundle)).stream()
                .flatMap(extended -> extended.module().pages().stream())
                .flatMap(page -> page.path().stream())
                .sorted()
                .toList();
    }

    /** Whom to tell that modules came or went; replaces the one before. */
    void onChange(Runnable listener) {
        changed = listener;
    }

    /** Changes with the kit and libraries that a page fixes when it loads. */
    String kit() {
        return set.importMapHash();
    }

    @Override
    public Extended addingBundle(Bundle bundle, BundleEvent event) {
        var name = bundle.getHeaders("").get(HEADER);
        if (name == null) {
            return null;
        }
        try {
            var module = Module.read(name.strip(), files(bundle), mapper);
            synchronized (modules) {
                if (modules.putIfAbsent(module.name(), module) != null) {
                    throw new IllegalArgumentException("another bundle brings modules of that name");
                }
                set = new ModuleSet(modules.values(), mapper);
            }
            LOG.info("Modules {} of {} at {}", name, bundle, module.path(""));
            var extended = new Extended(module, publish(bundle, module));
            changed.run();
            return extended;
        } catch (IOException | RuntimeException e) {
            LOG.error("The modules {} of {} are left out: {}", name, bundle, e.getMessage());
            LOG.debug("{}", bundle, e);
            return null;
        }
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, Extended extended) {}

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, Extended extended) {
        for (var registration : extended.registrations()) {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("The bundle has withdrawn it itself by stopping", e);
            }
        }
        synchronized (modules) {
            modules.remove(extended.module().name());
            set = new ModuleSet(modules.values(), mapper);
        }
        changed.run();
    }

    private static List<ServiceRegistration<?>> publish(Bundle bundle, Module module) {
        var context = bundle.getBundleContext();
        var registrations = new ArrayList<ServiceRegistration<?>>();
        for (var entry : module.panels()) {
            var panel = new DeclaredPanel(
                    entry.id(),
                    module.element(entry.element()),
                    module.path(entry.module()),
                    entry.place(),
                    entry.rank(),
                    module.catalogues().texts(entry.title()),
                    entry.capability().map(words -> capability(words, module.catalogues())));
            registrations.add(context.registerService(Panel.class, panel, new Hashtable<>(Map.of("id", entry.id()))));
        }
        for (var entry : module.tabs()) {
            var tab = new DeclaredTab(
                    entry.id(),
                    module.element(entry.element()),
                    module.path(entry.module()),
                    entry.rank(),
                    module.catalogues().texts(entry.title()),
                    entry.place().orElse(DesktopTab.Place.INTERACTION),
                    entry.role().orElse(Agent.Role.AGENT));
            registrations.add(
                    context.registerService(DesktopTab.class, tab, new Hashtable<>(Map.of("id", entry.id()))));
        }
        return List.copyOf(registrations);
    }

    private static Panel.Capability capability(ModuleManifest.CapabilityEntry entry, Catalogues words) {
        return new Panel.Capability(entry.name(), words.texts(entry.ask()), words.texts(entry.on()));
    }

    private static StaticFiles files(Bundle bundle) {
        var urls = bundle.findEntries(FOLDER, "*", true);
        var sources = new TreeMap<String, StaticFiles.Source>();
        if (urls != null) {
            for (var url : Collections.list(urls)) {
                var path = url.getPath();
                if (!path.endsWith("/")) {
                    sources.put(path.substring(path.indexOf(FOLDER) + FOLDER.length()), () -> {
                        try (var in = url.openStream()) {
                            return in.readAllBytes();
                        }
                    });
                }
            }
        }
        return new StaticFiles(sources);
    }

    record DeclaredPanel(
            String id,
            String element,
            String module,
            String place,
            int rank,
            Map<String, String> titles,
            Optional<Capability> capability)
            implements Panel {}

    record DeclaredTab(
            String id,
            String element,
            String module,
            int rank,
            Map<String, String> titles,
            Place place,
            Agent.Role role)
            implements DesktopTab {}
}
