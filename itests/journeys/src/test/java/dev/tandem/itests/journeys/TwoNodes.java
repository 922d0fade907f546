package dev.tandem.itests.journeys;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.Cluster;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.Nginx;
import dev.tandem.itests.harness.Postgres;

/** Nodes a and b on one PostgreSQL, behind nginx as docs/nginx-two-nodes.conf sets it up, and browsers that find it. */
record TwoNodes(Postgres postgres, Cluster cluster, Nginx nginx, Browsers browsers) implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    static TwoNodes start() {
        var folder = Running.work().resolve("two-nodes");
        var postgres = Postgres.make(folder.resolve("postgres")).start();
        var cluster = Cluster.unpack(Path.of(System.getProperty("tandem.distribution")), folder, postgres, 2);
        var example = Path.of(System.getProperty("basedir"), "..", "..", "docs", "nginx-two-nodes.conf")
                .normalize();
        var nginx = Nginx.start(
                example,
                folder.resolve("nginx"),
                cluster.node("a").uri(),
                cluster.node("b").uri());
        cluster.configure(
                "dev.tandem.web.cfg", Map.of("publicUrl", nginx.uri().toString(), "trustedProxies", "127.0.0.1"));
        cluster.start();
        return new TwoNodes(postgres, cluster, nginx, Browsers.whereIsHere(Nginx.HOST));
    }

    Karaf node(String name) {
        return cluster.node(name);
    }

    /** The other one. */
    String but(String name) {
        return cluster.namesBut(name).get(0);
    }

    /** A site of a journey's own, made on that node. */
    Site site(String node) {
        return Site.create(node(node), cluster.administrator());
    }

    /** What people type. */
    String url(String path) {
        return nginx.uri() + path;
    }

    /** Both take part, whatever a test has done to them. */
    void mend() {
        var dead = cluster.nodes().stream().filter(node -> !node.alive()).toList();
        dead.forEach(Karaf::launch);
        dead.forEach(Karaf::awaitHealth);
        cluster.names().stream().filter(name -> !node(name).healthy()).forEach(this::resume);
    }

    void drain(String name) {
        node(name).shell("tandem:drain");
        Await.until(
                "node " + name + " to drain",
                LONGEST,
                () -> node(name).api().page("/health").status() == 503);
    }

    void resume(String name) {
        node(name).shell("tandem:resume");
        node(name).awaitHealth();
    }

    /** The name of the node that holds a lease, by the database's word. */
    Optional<String> holder(Site site, String lease) {
        return word(
                "SELECT n.name FROM journal_lease l JOIN journal_node n ON n.id = l.node WHERE l.site = ? AND l.name = ?",
                site.name(),
                lease);
    }

    String awaitHolder(Site site, String lease) {
        return Await.value("a holder of " + lease, LONGEST, () -> holder(site, lease));
    }

    /** How many events of that name the session has. */
    int events(Site site, String session, String name) {
        return word(
                        "SELECT count(*)::text FROM journal_event WHERE site = ? AND stream = ? AND name = ?",
                        site.name(),
                        session,
                        name)
                .map(Integer::parseInt)
                .orElseThrow();
    }

    private Optional<String> word(String query, String... values) {
        try (var connection = postgres.connect();
                var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var found = statement.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        browsers.close();
        nginx.close();
        cluster.close();
        postgres.close();
    }
}
