package dev.tandem.itests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs on Node, with the packages that they need, which npm fetches from wherever this machine is told to. */
public final class NodePackages {
    private static final long LONGEST_FETCH_SECONDS = 180;

    private NodePackages() {}

    /**
     * Has these packages in the folder's {@code node_modules}, fetched when they are not there yet.
     *
     * @param packages with what is wanted of them: {@code tus-js-client@4}
     * @throws IOException why they cannot be had
     */
    public static void fetch(Path folder, List<String> packages) throws IOException {
        Files.createDirectories(folder);
        if (packages.stream().allMatch(one -> Files.isDirectory(folder.resolve("node_modules/" + name(one))))) {
            return;
        }
        // What is there already stays: npm takes away what this file does not name.
        if (!Files.exists(folder.resolve("package.json"))) {
            Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
        }
        var log = folder.resolve("npm.log");
        var command =
                new ArrayList<>(List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"));
        command.addAll(packages);
        var npm = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(LONGEST_FETCH_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException("npm could not fetch " + packages + ", see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while npm fetched " + packages, e);
        }
    }

    /** Copies a script beside those packages. */
    public static Path script(Path folder, Class<?> owner, String name) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(name);
        try (var script = owner.getResourceAsStream(name)) {
            Files.write(file, script.readAllBytes());
        }
        return file;
    }

    private static String name(String wanted) {
        int version = wanted.indexOf('@', 1);
        return version < 0 ? wanted : wanted.substring(0, version);
    }
}
