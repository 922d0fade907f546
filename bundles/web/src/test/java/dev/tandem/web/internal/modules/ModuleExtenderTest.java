package dev.tandem.web.internal.modules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

import dev.tandem.platform.DesktopTab;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Panel;
import dev.tandem.web.internal.Fakes;

public class ModuleExtenderTest {
    private static final String GOOD =
            """
            {"panels":[{"id":"chat","element":"tandem-chat","module":"a.js","place":"side","rank":20,"title":"t"},
                       {"id":"mine","element":"tandem-mine","module":"a.js","place":"customer-side","rank":10,"title":"t"}],
             "tabs":[{"id":"tab","element":"tandem-tab","module":"a.js","rank":50,"title":"t"}],
             "pages":[{"path":"/chat","module":"a.js","title":"t"}]}
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<Object, String> services = new TreeMap<>(java.util.Comparator.comparing(Object::toString));
    private final List<String> rings = new ArrayList<>();
    private ModuleExtender extender;
    private PanelTopics topics;

    /** Tracks nothing by itself: the tests say which bundles come and go. */
    @Before
    public void start() {
        extender =
                new ModuleExtender(proxy(BundleContext.class, (self, method, arguments) -> switch (method.getName()) {
                    case "getBundles" -> new Bundle[0];
                    default -> null;
                }));
        topics = new PanelTopics(extender, Clock.systemUTC());
        topics.onChange(rings::add);
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    case "toString" -> type.getSimpleName();
                    default -> handler.invoke(self, method, arguments);
                });
    }

    private Bundle bundle(String name, String manifest) throws IOException {
        var root = folder.newFolder(name.isEmpty() ? "plain" : name).toPath();
        Files.createDirectories(root.resolve("static/messages"));
        Files.writeString(root.resolve("static/tandem.json"), manifest);
        Files.writeString(root.resolve("static/a.js"), "// " + name);
        Files.writeString(root.resolve("static/messages/en.json"), "{\"t\":\"Title\"}");
        var context = proxy(BundleContext.class, (self, method, arguments) -> {
            assertEquals("registerService", method.getName());
            return register(((Class<?>) arguments[0]).getSimpleName(), arguments[1]);
        });
        return proxy(Bundle.class, (self, method, arguments) -> switch (method.getName()) {
            case "getHeaders" -> headers(name);
            case "findEntries" -> Collections.enumeration(urls(root));
            case "getBundleContext" -> context;
            default -> null;
        });
    }

    private static Dictionary<String, String> headers(String name) {
        return new Hashtable<>(name.isEmpty() ? Map.of() : Map.of("Tandem-Modules", name));
    }

    private static List<URL> urls(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            var urls = new ArrayList<URL>();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                urls.add(file.toUri().toURL());
            }
            return urls;
        }
    }

    private ServiceRegistration<?> register(String type, Object service) {
        services.put(service, type);
        if (service instanceof Panel panel) {
            topics.addPanel(panel);
        } else {
            topics.addTab((DesktopTab) service);
        }
        return proxy(ServiceRegistration.class, (self, method, arguments) -> {
            services.remove(service);
            if (service instanceof Panel panel) {
                topics.removePanel(panel);
            } else {
                topics.removeTab((DesktopTab) service);
            }
            return null;
        });
    }

    private PanelTopics.Panels panels(dev.tandem.web.Caller caller) {
        var delivery = (LiveTopics.Delivery.Snapshot) topics.after(caller, "panels", 0);
        return (PanelTopics.Panels) delivery.state().body();
    }

    @Test
    public void aBundleBringsItsPartsAndTakesThemAway() throws IOException {
        var bundle = bundle("chat", GOOD);
        var extended = extender.addingBundle(bundle, null);
        assertEquals(3, services.size());
        assertTrue(extender.path("chat", "a.js").isPresent());
        assertTrue(page("/chat").isPresent());
        assertFalse(rings.isEmpty());

        var agent = panels(Fakes.ANNA);
        assertEquals(
                List.of("chat"),
                agent.panels().stream().map(PanelTopics.PanelJson::id).toList());
        assertEquals(
                List.of("tab"),
                agent.tabs().stream().map(PanelTopics.TabJson::id).toList());
        assertTrue(agent.panels().get(0).module().matches("/m/chat/[0-9a-f]{16}/a\\.js"));
        assertEquals("Title", agent.panels().get(0).titles().get("nl"));
        var customer = panels(Fakes.MARIE);
        assertEquals(
                List.of("mine"),
                customer.panels().stream().map(PanelTopics.PanelJson::id).toList());
        assertEquals(List.of(), customer.tabs());

        extender.removedBundle(bundle, null, extended);
        assertEquals(Map.of(), services);
        assertEquals(Optional.empty(), extender.path("chat", "a.js"));
        assertEquals(Optional.empty(), page("/chat"));
        assertEquals(List.of(), panels(Fakes.ANNA).panels());
    }

    @Test
    public void eachSideHasItsPlacesAndTheCustomerTheWordsOfConsent() throws IOException {
        extender.addingBundle(
                bundle(
                        "recording",
                        """
                        {"panels":[{"id":"mark","element":"tandem-mark","module":"a.js","place":"bar","rank":1,"title":"t"},
                                   {"id":"on","element":"tandem-on","module":"a.js","place":"customer-bar","rank":2,"title":"t",
                                    "capability":{"name":"recording","ask":"t","on":"t"}},
                                   {"id":"look","element":"tandem-look","module":"a.js","place":"viewer-stage","rank":3,"title":"t"},
                                   {"id":"after","element":"tandem-after","module":"a.js","place":"ended","rank":4,"title":"t"}]}
                        """),
                null);
        assertEquals(List.of("mark", "after"), ids(panels(Fakes.ANNA)));
        var customer = panels(Fakes.MARIE);
        assertEquals(List.of("on"), ids(customer));
        var words = customer.panels().get(0).capability().orElseThrow();
        assertEquals("recording", words.name());
        assertEquals("Title", words.ask().get("it"));
        assertEquals(Map.of("en", "Title", "fr", "Title", "it", "Title", "nl", "Title"), words.on());
        assertEquals(Optional.empty(), panels(Fakes.ANNA).panels().get(0).capability());
    }

    @Test
    public void aConsentWithoutWordsIsAMistake() throws IOException {
        var panel =
                """
                {"panels":[{"id":"on","element":"tandem-on","module":"a.js","place":"customer-bar","rank":2,"title":"t",
                            "capability":%s}]}
                """;
        assertNull(extender.addingBundle(
                bundle("wordless", panel.formatted("{\"name\":\"recording\",\"ask\":\"t\",\"on\":\"lacking\"}")),
                null));
        assertNull(extender.addingBundle(
                bundle("nameless", panel.formatted("{\"name\":\"No Name\",\"ask\":\"t\",\"on\":\"t\"}")), null));
        assertEquals(Map.of(), services);
    }

    private static List<String> ids(PanelTopics.Panels shown) {
        return shown.panels().stream().map(PanelTopics.PanelJson::id).toList();
    }

    private Optional<ModuleExtender.Page> page(String path) {
        return extender.page(path, Locale.ENGLISH, List.of(), "'none'");
    }

    @Test
    public void aBundleWithAMistakeIsLeftOutAndOthersGoOn() throws IOException {
        assertNull(extender.addingBundle(bundle("broken", "{\"panels\":[{}]}"), null));
        assertNull(extender.addingBundle(bundle("", GOOD), null));
        assertEquals(Map.of(), services);
        extender.addingBundle(bundle("chat", GOOD), null);
        assertEquals(3, services.size());
        assertTrue(extender.path("broken", "a.js").isEmpty());
    }

    @Test
    public void aFileIsServedByTheCurrentHashOnly() throws IOException {
        extender.addingBundle(bundle("chat", GOOD), null);
        var hash = extender.path("chat", "a.js").orElseThrow().split("/")[3];
        assertTrue(extender.file("chat", hash, "a.js").isPresent());
        assertTrue(extender.file("chat", "0000000000000000", "a.js").isEmpty());
        assertTrue(extender.file("chat", hash, "b.js").isEmpty());
        assertTrue(extender.file("other", hash, "a.js").isEmpty());
    }

    @Test
    public void numbersAscendWithEachChange() throws IOException {
        long before = number();
        var bundle = bundle("chat", GOOD);
        var extended = extender.addingBundle(bundle, null);
        long with = number();
        extender.removedBundle(bundle, null, extended);
        assertTrue(before < with && with < number());
    }

    private long number() {
        return ((LiveTopics.Delivery.Snapshot) topics.after(Fakes.ANNA, "panels", 0))
                .state()
                .number();
    }
}
