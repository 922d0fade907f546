package dev.tandem.itests.rules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import org.junit.Test;

/** The house's table of who may know whom, read off the manifests and classes that were really built. */
public class WhoKnowsWhomTest {
    private static final Set<String> BASE = Set.of("platform", "journal", "web", "outbox");

    /** Bundle to the bundles whose public packages it may import. The journal knows the platform for its SiteId. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("platform", Set.of()),
            Map.entry("journal", Set.of("platform")),
            Map.entry("web", Set.of("platform", "journal")),
            Map.entry("outbox", Set.of("platform", "journal")),
            Map.entry("openapi", Set.of("platform", "web")),
            Map.entry("ui", Set.of("platform", "web")),
            Map.entry("session", BASE),
            Map.entry("chat", plus(BASE, "session")),
            Map.entry("device", plus(BASE, "session")),
            Map.entry("screen", plus(BASE, "session")),
            Map.entry("call", plus(BASE, "session")),
            Map.entry("clipboard", plus(BASE, "session", "device")),
            Map.entry("filetransfer", plus(BASE, "session", "device")),
            Map.entry("filetransfer-s3", Set.of("platform", "filetransfer")),
            Map.entry("filetransfer-clamav", Set.of("platform", "filetransfer")),
            Map.entry("recording", plus(BASE, "session", "screen", "chat")),
            Map.entry("webacd", plus(BASE, "session")),
            Map.entry("request", plus(BASE, "webacd", "chat", "session")),
            Map.entry("audit", Set.of("platform", "journal", "web")),
            Map.entry("reference-platform", Set.of("platform", "journal", "web")));

    private static final List<String> EDGE = List.of("javax/ws/rs/", "javax/servlet/", "javax/websocket/");

    private static final List<String> IMPURE = List.of(
            "java/io/",
            "java/nio/",
            "java/sql/",
            "java/net/",
            "java/lang/Thread",
            "java/time/Clock",
            "java/util/concurrent/",
            "java/util/Random",
            "org/slf4j/",
            "dev/tandem/journal/",
            "dev/tandem/web/",
            "dev/tandem/webacd/internal/config/",
            "dev/tandem/webacd/internal/router/",
            "dev/tandem/webacd/internal/work/");

    private final House house = new House();

    @Test
    public void everyBundleImportsOnlyWhomItMayKnow() throws IOException {
        var faults = new ArrayList<String>();
        for (var bundle : house.bundles()) {
            var own = name(bundle);
            var allowed = MAY_KNOW.get(own);
            if (allowed == null) {
                faults.add(own + " does not stand in the table");
                continue;
            }
            for (var imported : packages(manifest(bundle).getValue("Import-Package"))) {
                if (!imported.startsWith("dev.tandem.")) {
                    continue;
                }
                var owner = ownerOf(imported);
                if (isPrivate(imported)) {
                    faults.add(own + " imports " + imported + ", which is not public");
                } else if (!owner.equals(own) && !allowed.contains(owner)) {
                    faults.add(own + " imports " + imported + "; it may know only " + allowed);
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    public void manifestsExportNothingInternalAndOpenNoBackDoor() throws IOException {
        var faults = new ArrayList<String>();
        for (var bundle : house.bundles()) {
            var manifest = manifest(bundle);
            packages(manifest.getValue("Export-Package")).stream()
                    .filter(p -> isPrivate(p) || !ownerOf(p).equals(name(bundle)))
                    .forEach(p -> faults.add(name(bundle) + " exports " + p));
            for (var header : List.of("DynamicImport-Package", "Require-Bundle", "Fragment-Host", "Bundle-Activator")) {
                if (manifest.getValue(header) != null) {
                    faults.add(name(bundle) + " has " + header + ": " + manifest.getValue(header));
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    /** A platform need not have Karaf's shell; its commands are the only ones who know it. */
    @Test
    public void karafsShellIsOptionalAndStaysInItsRoom() throws IOException {
        var faults = new ArrayList<String>();
        int known = 0;
        for (var bundle : house.bundles()) {
            var imports = Optional.ofNullable(manifest(bundle).getValue("Import-Package"))
                    .orElse("");
            for (var one : imports.split(",(?=[a-z])")) {
                if (one.startsWith("org.apache.karaf.shell") && !one.contains("resolution:=optional")) {
                    faults.add(name(bundle) + " must have " + one);
                }
            }
            for (var type : house.classes(bundle)) {
                if (type.mentions("org/apache/karaf/shell/")) {
                    known++;
                    if (!type.packageName().endsWith("/internal/shell")) {
                        faults.add(type.name() + " knows Karaf's shell");
                    }
                }
            }
        }
        assertEquals("", String.join("\n", faults));
        assertFalse("no class knows Karaf's shell: this test sees nothing", known == 0);
    }

    @Test
    public void javaxStandsOnlyAtTheEdge() {
        var faults = new ArrayList<String>();
        int atTheEdge = 0;
        for (var bundle : house.bundles()) {
            for (var type : house.classes(bundle)) {
                if (EDGE.stream().noneMatch(type::mentions)) {
                    continue;
                }
                if (name(bundle).equals("web")
                        || type.packageName().endsWith("/rest")
                        || type.simpleName().endsWith("Socket")) {
                    atTheEdge++;
                } else {
                    faults.add(type.name() + " uses "
                            + EDGE.stream().filter(type::mentions).toList());
                }
            }
        }
        assertEquals("", String.join("\n", faults));
        assertFalse("no class uses JAX-RS at all: this test sees nothing", atTheEdge == 0);
    }

    @Test
    public void nobodyReachesIntoAnothersRooms() {
        var faults = new ArrayList<String>();
        var names = house.bundles().stream().map(WhoKnowsWhomTest::name).toList();
        for (var bundle : house.bundles()) {
            for (var type : house.classes(bundle)) {
                for (var other : names) {
                    var rooms = "dev/tandem/" + other.replace('-', '/') + "/";
                    if (!other.equals(name(bundle))
                            && (type.mentions(rooms + "internal/") || type.mentions(rooms + "rest/"))) {
                        faults.add(type.name() + " uses private classes of " + other);
                    }
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    /** What is routed is none of the router's business; the transfer of a session is one source among others. */
    @Test
    public void webacdKnowsSessionsInItsAdapterOnly() {
        var faults = new ArrayList<String>();
        for (var type : house.classes(bundle("webacd"))) {
            if (type.mentions("dev/tandem/session/") && !type.packageName().endsWith("/webacd/internal/transfer")) {
                faults.add(type.name() + " knows sessions");
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    /** Inputs and the time in, decisions out: that is what makes it testable, and the simulator honest. */
    @Test
    public void engineOfWebacdIsPure() {
        var faults = new ArrayList<String>();
        int seen = 0;
        for (var type : house.classes(bundle("webacd"))) {
            if (!type.packageName().endsWith("/webacd/internal/engine")) {
                continue;
            }
            seen++;
            IMPURE.stream().filter(type::mentions).forEach(what -> faults.add(type.name() + " uses " + what));
        }
        assertEquals("", String.join("\n", faults));
        assertFalse("no engine found: this test sees nothing", seen == 0);
    }

    private Path bundle(String name) {
        return house.bundles().stream()
                .filter(bundle -> name(bundle).equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void eachBundleKeepsToItsOwnPackage() {
        var faults = new ArrayList<String>();
        for (var bundle : house.bundles()) {
            var own = "dev/tandem/" + name(bundle).replace('-', '/');
            for (var type : house.classes(bundle)) {
                if (!type.packageName().equals(own) && !type.packageName().startsWith(own + "/")) {
                    faults.add(type.name() + " in the bundle " + name(bundle));
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    private Attributes manifest(Path bundle) throws IOException {
        try (var jar = new JarFile(house.jar(bundle).toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    private static String name(Path bundle) {
        return bundle.getFileName().toString();
    }

    /** The bundle with the longest name that fits: packages of filetransfer-s3 begin like those of filetransfer. */
    private static String ownerOf(String packageName) {
        var rest = packageName.substring("dev.tandem.".length()).replace('.', '-') + "-";
        return MAY_KNOW.keySet().stream()
                .filter(name -> rest.startsWith(name + "-"))
                .max(Comparator.comparingInt(String::length))
                .orElse(rest.split("-")[0]);
    }

    private static boolean isPrivate(String packageName) {
        return packageName.matches(".*\\.(internal|rest)(\\..*)?");
    }

    /** The package names of a header such as {@code a.b;version="[1,2)",c.d}. */
    private static Set<String> packages(String header) {
        if (header == null) {
            return Set.of();
        }
        return Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(","))
                .map(clause -> clause.split(";")[0].trim())
                .filter(p -> !p.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<String> plus(Set<String> some, String... more) {
        var all = new java.util.HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
