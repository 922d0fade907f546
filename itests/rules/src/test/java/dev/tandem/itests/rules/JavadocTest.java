package dev.tandem.itests.rules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;

/**
 * Public packages are written for integrators. Every public type and method has a comment; left out are constructors,
 * which records have by themselves, what overrides something that has one, and record components, whose names say it
 * or whose type's comment does. The JDK's own tool makes pages of it without a complaint.
 */
public class JavadocTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final House house = new House();

    @Test
    public void everyPublicTypeAndMethodHasAComment() throws IOException {
        assertEquals("", String.join("\n", uncommented(sources())));
    }

    @Test
    public void everyPublicPackageSaysItsVersionAndWhatItIsFor() {
        var faults = new ArrayList<String>();
        for (var source : packages()) {
            var info = source.resolve("package-info.java");
            var text = Files.exists(info) ? House.read(info) : "";
            if (!text.contains("@Version(\"") || !text.startsWith("/**")) {
                faults.add(house.root().relativize(source) + " needs a package-info.java with a comment and @Version");
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    public void javadocIsMadeWithoutAComplaint() throws IOException {
        var tool = ToolProvider.getSystemDocumentationTool();
        var said = new StringWriter();
        try (var files = tool.getStandardFileManager(null, Locale.ROOT, null)) {
            var options = List.of(
                    "-d",
                    folder.newFolder().toString(),
                    "-Xdoclint:all,-missing",
                    "-quiet",
                    "-notimestamp",
                    "-classpath",
                    System.getProperty("java.class.path"));
            boolean made = tool.getTask(said, files, null, null, options, files.getJavaFileObjectsFromPaths(sources()))
                    .call();
            assertTrue(said.toString(), made);
        }
        assertEquals("", said.toString());
    }

    @Test
    public void typeOrMethodWithoutACommentIsFound() throws IOException {
        var file = folder.newFile("Sample.java").toPath();
        Files.writeString(
                file,
                """
                package sample;
                /** Has one. */
                public interface Sample {
                    void bare();
                    /** Has one. */
                    void told();
                    enum Inner { ONE }
                    record Pair(int a, int b) { @Override public String toString() { return ""; } }
                }
                """);
        assertEquals(List.of("sample.Sample.bare", "sample.Inner", "sample.Pair"), uncommented(List.of(file)));
    }

    private static List<String> uncommented(List<Path> sources) throws IOException {
        var faults = new ArrayList<String>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            var comments = DocTrees.instance(task);
            for (var unit : task.parse()) {
                new Bare(comments, String.valueOf(unit.getPackageName()), faults).scan(unit, null);
            }
        }
        return faults;
    }

    /** Walks public types and methods and notes those without a comment. */
    private static final class Bare extends TreePathScanner<Void, Void> {
        private final DocTrees comments;
        private final String where;
        private final List<String> faults;

        Bare(DocTrees comments, String where, List<String> faults) {
            this.comments = comments;
            this.where = where;
            this.faults = faults;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!isPublic(type.getModifiers().getFlags())) {
                return null;
            }
            check(type.getSimpleName().toString());
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
            boolean constructor = method.getReturnType() == null;
            if (isPublic(method.getModifiers().getFlags()) && !overrides && !constructor) {
                var type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
                check(type.getSimpleName() + "." + method.getName());
            }
            return null;
        }

        private boolean isPublic(java.util.Set<Modifier> flags) {
            var around = getCurrentPath().getParentPath().getLeaf();
            boolean inInterface = List.of(Kind.INTERFACE, Kind.ANNOTATION_TYPE).contains(around.getKind());
            return flags.contains(Modifier.PUBLIC) || inInterface && !flags.contains(Modifier.PRIVATE);
        }

        private void check(String name) {
            if (comments.getDocComment(getCurrentPath()) == null) {
                faults.add(where + "." + name);
            }
        }
    }

    private List<Path> sources() {
        var all = new ArrayList<Path>();
        for (var folder : packages()) {
            all.addAll(house.sources(
                    folder, p -> p.getParent().equals(folder) && p.toString().endsWith(".java")));
        }
        return all;
    }

    /** The source folder of each exported package. */
    private List<Path> packages() {
        var all = new ArrayList<Path>();
        for (var bundle : house.bundles()) {
            try (var jar = new JarFile(house.jar(bundle).toFile())) {
                var exported = jar.getManifest().getMainAttributes().getValue("Export-Package");
                if (exported == null) {
                    continue;
                }
                for (var clause : exported.replaceAll("\"[^\"]*\"", "").split(",")) {
                    var name = clause.split(";")[0].trim().replace('.', '/');
                    all.add(bundle.resolve("src/main/java").resolve(name));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        assertFalse("no bundle exports anything: this test sees nothing", all.isEmpty());
        return all;
    }
}
