package dev.tandem.itests.rules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Public packages change only together with their versions. The bundles of the release before stand in
 * {@code itests/previous}, where the test of the rolling upgrade makes a node of them too; a release writes them anew with
 *
 * <pre>mvn -f itests/rules test -Dtest=BaselineTest -Dtandem.baseline=write</pre>
 */
public class BaselineTest {
    private static final boolean WRITE = "write".equals(System.getProperty("tandem.baseline"));

    /** Large for what it embeds, public to nobody, and no node needs it. */
    private static final Set<String> WITHOUT = Set.of("openapi.jar");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final House house = new House();
    private final Path published = house.root().resolve("itests/previous");

    @Test
    public void publicPackagesChangeWithTheirVersions() throws Exception {
        var faults = new ArrayList<String>();
        int compared = 0;
        for (var bundle : house.bundles()) {
            var jar = house.jar(bundle);
            var before = published.resolve(bundle.getFileName() + ".jar");
            if (WRITE && !WITHOUT.contains(before.getFileName().toString())) {
                Files.copy(jar, before, StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.exists(before) && Baselines.isPublic(before)) {
                faults.addAll(Baselines.faults(before, jar));
                compared++;
            }
        }
        assertEquals("", String.join("\n", faults));
        assertTrue("nothing was compared: this test sees nothing", compared >= 6);
    }

    @Test
    public void nothingPublishedIsForgotten() throws IOException {
        var names = house.bundles().stream()
                .map(bundle -> bundle.getFileName() + ".jar")
                .toList();
        try (var jars = Files.list(published)) {
            assertEquals(
                    List.of(),
                    jars.map(jar -> jar.getFileName().toString())
                            .filter(jar -> !names.contains(jar))
                            .toList());
        }
    }

    @Test
    public void addedMethodWithTheOldVersionIsAFault() throws Exception {
        var before = jar("1.0.0", "@org.osgi.annotation.versioning.ProviderType public interface A { void a(); }");
        var same =
                jar("1.0.0", "@org.osgi.annotation.versioning.ProviderType public interface A { void a(); void b(); }");
        var faults = Baselines.faults(before, same);
        assertEquals(faults.toString(), 1, faults.size());
        assertTrue(faults.get(0), faults.get(0).contains("must be at least 1.1.0"));
        assertTrue(faults.get(0), faults.get(0).contains("ADDED"));
        assertTrue(faults.get(0), faults.get(0).contains("b()"));

        var bumped =
                jar("1.1.0", "@org.osgi.annotation.versioning.ProviderType public interface A { void a(); void b(); }");
        assertEquals(List.of(), Baselines.faults(before, bumped));
    }

    @Test
    public void whatIntegratorsImplementNeedsAMajorVersionForAMethodMore() throws Exception {
        var before = jar("1.0.0", "@org.osgi.annotation.versioning.ConsumerType public interface A { void a(); }");
        var more = "@org.osgi.annotation.versioning.ConsumerType public interface A { void a(); void b(); }";
        assertFalse(Baselines.faults(before, jar("1.1.0", more)).isEmpty());
        assertEquals(List.of(), Baselines.faults(before, jar("2.0.0", more)));
    }

    @Test
    public void removedMethodNeedsAMajorVersion() throws Exception {
        var before = jar("1.0.0", "public final class A { public void a() {} public void b() {} }");
        var less = "public final class A { public void a() {} }";
        assertTrue(Baselines.faults(before, jar("1.9.0", less)).get(0).contains("must be at least 2.0.0"));
        assertEquals(List.of(), Baselines.faults(before, jar("2.0.0", less)));
    }

    @Test
    public void removedPackageIsAFault() throws Exception {
        var before = jar("1.0.0", "public final class A {}");
        var empty = folder.newFile().toPath();
        write(empty, Map.of(), "dev.tandem.other;version=1.0.0");
        assertFalse(Baselines.faults(before, empty).isEmpty());
    }

    @Test
    public void comparisonSeesOnlyWhatIsPublic() throws Exception {
        var source = "public final class A { private int x; private void %s() {} public void a() { %s(); } }";
        assertEquals(
                List.of(),
                Baselines.faults(
                        jar("1.0.0", source.formatted("one", "one")), jar("1.0.0", source.formatted("two", "two"))));
    }

    /** A jar with one public package, compiled here. */
    private Path jar(String version, String source) throws IOException {
        var classes = folder.newFolder().toPath();
        var sources = folder.newFolder().toPath();
        var file = sources.resolve("A.java");
        Files.writeString(file, "package dev.tandem.sample; " + source);
        int outcome = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        file.toString());
        assertEquals(0, outcome);
        var jar = folder.newFile().toPath();
        var name = "dev/tandem/sample/A.class";
        write(jar, Map.of(name, Files.readAllBytes(classes.resolve(name))), "dev.tandem.sample;version=" + version);
        return jar;
    }

    private static void write(Path jar, Map<String, byte[]> entries, String exported) throws IOException {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "dev.tandem.sample");
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Export-Package", exported);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
    }
}
