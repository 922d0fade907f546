package dev.tandem.itests.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Where things are: the project's root, its bundles, their jars and sources. */
final class House {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private final Path root;

    House() {
        var start = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
        var here = start;
        while (!Files.isDirectory(here.resolve("bundles"))) {
            here = here.getParent();
            if (here == null) {
                throw new IllegalStateException("no folder bundles above " + start);
            }
        }
        root = here;
    }

    Path root() {
        return root;
    }

    /** The folder of each bundle that the build makes. */
    List<Path> bundles() {
        var names = new ArrayList<Path>();
        var matcher = MODULE.matcher(read(root.resolve("bundles/pom.xml")));
        while (matcher.find()) {
            names.add(root.resolve("bundles").resolve(matcher.group(1)));
        }
        if (names.isEmpty()) {
            throw new IllegalStateException("bundles/pom.xml names no module");
        }
        return names;
    }

    /** The built jar of a bundle. */
    Path jar(Path bundle) {
        Predicate<Path> isBundle = p -> p.getFileName().toString().endsWith(".jar")
                && !p.getFileName().toString().matches(".*-(tests|sources|javadoc)\\.jar");
        return files(bundle.resolve("target"), 1, isBundle).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(bundle + " is not built: no jar in its target"));
    }

    /** The class files of a bundle's own packages. */
    List<ClassFile> classes(Path bundle) {
        var found = new ArrayList<ClassFile>();
        try (var jar = new JarFile(jar(bundle).toFile())) {
            for (var entry : jar.stream()
                    .filter(e -> e.getName().matches("dev/tandem/.*\\.class"))
                    .toList()) {
                try (var in = jar.getInputStream(entry)) {
                    found.add(ClassFile.read(in));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Files below a folder, sorted; none if it does not exist. What was built is left out. */
    List<Path> sources(Path folder, Predicate<Path> which) {
        return files(folder, Integer.MAX_VALUE, which).stream()
                .filter(p -> !folder.relativize(p).toString().matches("(.*/)?target/.*"))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static List<Path> files(Path folder, int depth, Predicate<Path> which) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var walk = Files.walk(folder, depth)) {
            return walk.filter(Files::isRegularFile).filter(which).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
