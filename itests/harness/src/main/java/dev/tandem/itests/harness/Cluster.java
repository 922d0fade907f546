package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several nodes on one PostgreSQL, named a, b, c and so on: each a Karaf of its own, set up as docs/several-nodes.md says.
 * Whoever makes it starts PostgreSQL.
 */
public final class Cluster implements AutoCloseable {
    private static final String SECRET = "etc/tandem.secret";

    private final Map<String, Karaf> nodes;

    private Cluster(Map<String, Karaf> nodes) {
        this.nodes = Collections.unmodifiableMap(nodes);
    }

    /** So many nodes of that distribution, each in a folder of its name below that one. Starts none of them. */
    public static Cluster unpack(Path tarball, Path folder, Postgres postgres, int count) {
        return unpack(Collections.nCopies(count, tarball), folder, postgres);
    }

    /** A node of each of these distributions, which may differ. */
    public static Cluster unpack(List<Path> tarballs, Path folder, Postgres postgres) {
        var nodes = new LinkedHashMap<String, Karaf>();
        for (var tarball : tarballs) {
            var name = Character.toString('a' + nodes.size());
            nodes.put(name, Karaf.unpack(tarball, folder.resolve(name)));
        }
        return of(nodes, postgres.dataSource());
    }

    /**
     * Makes nodes of Karafs that were unpacked somehow.
     *
     * @param nodes by their names; the first one is the first to be started
     * @param dataSource as {@link Postgres#dataSource} gives it
     */
    public static Cluster of(Map<String, Karaf> nodes, Map<String, String> dataSource) {
        var cluster = new Cluster(new LinkedHashMap<>(nodes));
        try {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            for (var node : cluster.nodes.entrySet()) {
                var home = node.getValue().home();
                Files.createFile(
                        home.resolve(SECRET),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(home.resolve(SECRET), HexFormat.of().formatHex(bytes) + "\n");
                // The file that comes along is for SQLite.
                Files.deleteIfExists(home.resolve("etc/org.ops4j.datasource-tandem.cfg"));
                node.getValue().configure("org.ops4j.datasource-tandem.cfg", dataSource);
                node.getValue().configure("dev.tandem.journal.cfg", Map.of("node", node.getKey()));
            }
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One {@code etc/users.properties} for all, by links, for releases in which sign-ins stand nowhere else. */
    public Cluster shareUsers() {
        var users = first().home().resolve("etc/users.properties").toAbsolutePath();
        try {
            for (var node : nodes().subList(1, nodes.size())) {
                var link = node.home().resolve("etc/users.properties");
                Files.delete(link);
                Files.createSymbolicLink(link, users);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets keys in a file of {@code etc/} of every node. */
    public Cluster configure(String file, Map<String, String> values) {
        nodes.values().forEach(node -> node.configure(file, values));
        return this;
    }

    /**
     * Starts all of them and waits until they are healthy: the first one alone, since it makes the tables and the first
     * accounts, then the others side by side.
     */
    public Cluster start() {
        first().start();
        var others = nodes.values().stream().skip(1).toList();
        others.forEach(Karaf::launch);
        others.forEach(Karaf::awaitHealth);
        return this;
    }

    public List<String> names() {
        return List.copyOf(nodes.keySet());
    }

    public Karaf node(String name) {
        return Optional.ofNullable(nodes.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
    }

    /** The one that was started first and has made the first accounts. */
    public Karaf first() {
        return nodes.values().iterator().next();
    }

    public List<Karaf> nodes() {
        return List.copyOf(nodes.values());
    }

    /** All others. */
    public List<String> namesBut(String name) {
        var others = new ArrayList<>(nodes.keySet());
        others.remove(name);
        return others;
    }

    /** The administrator whom the first start made; signs in at every node. */
    public Karaf.SignIn administrator() {
        return first().administrator();
    }

    /** The last lines of every node's log. */
    public String tail(int lines) {
        var words = new StringBuilder();
        nodes.forEach((name, node) -> words.append("== node ")
                .append(name)
                .append('\n')
                .append(node.tail(lines))
                .append('\n'));
        return words.toString();
    }

    @Override
    public void close() {
        nodes.values().forEach(Karaf::close);
    }
}
