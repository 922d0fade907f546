package dev.tandem.itests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Cluster;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.Postgres;

/** PostgreSQL on a small disk of its own, and two nodes, each behind two cables and with a clock that can be moved. */
final class Lab implements AutoCloseable {
    private static final List<String> NAMES = List.of("a", "b");
    /** Whose clock can be moved. */
    static final String WITH_CLOCK = "b";
    /** Room for the data of ten minutes, and little enough that a ballast fills it at once. */
    private static final String DISK = "size=600m";

    private final Path folder;
    private final Path disk;
    private final Rights rights;
    private final boolean movesClock;
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Postgres postgres;
    private final Cluster cluster;

    private Lab(Path tarball, Path folder, Rights rights, boolean movesClock) {
        this.folder = folder;
        this.disk = folder.resolve("disk");
        this.rights = rights;
        this.movesClock = movesClock;
        mountDisk();
        if (rights.namespaces()) {
            var net = freeNet();
            for (int i = 0; i < NAMES.size(); i++) {
                networks.put(NAMES.get(i), Network.make(NAMES.get(i), net, 2 * i));
            }
        }
        postgres = Postgres.make(folder.resolve("postgres"), disk.resolve("data"), List.of());
        var addresses = new ArrayList<>(List.of("127.0.0.1"));
        networks.values().forEach(network -> addresses.add(network.database()));
        postgres.set("listen_addresses", String.join(",", addresses))
                .set("track_commit_timestamp", "on")
                // Small, so that the disk is full when it is said to be.
                .set("min_wal_size", "32MB")
                .set("max_wal_size", "64MB")
                .start();
        var nodes = new LinkedHashMap<String, Karaf>();
        NAMES.forEach(name -> nodes.put(name, unpack(tarball, name)));
        cluster = Cluster.of(nodes, postgres.dataSource());
        // Each customer has an address of its own, as behind a proxy.
        cluster.configure("dev.tandem.web.cfg", Map.of("trustedProxies", "127.0.0.0/8,10.0.0.0/8"));
        networks.forEach((name, network) -> cluster.node(name)
                .configure("org.ops4j.datasource-tandem.cfg", postgres.dataSource(network.database())));
    }

    /** @param kinds what is going to happen */
    static Lab make(Path tarball, Path folder, Rights rights, List<Fault> kinds) {
        return new Lab(tarball, folder, rights, kinds.contains(Fault.MOVED_CLOCK));
    }

    private void mountDisk() {
        try {
            Commands.works("umount", "-l", disk.toString());
            Files.createDirectories(disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rights.mounts()) {
            Commands.run("mount", "-t", "tmpfs", "-o", DISK, "tmpfs", disk.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(this::unmountDisk));
        } else {
            Commands.run("rm", "-rf", disk.resolve("data").toString());
        }
    }

    private void unmountDisk() {
        if (rights.mounts()) {
            Commands.works("umount", "-l", disk.toString());
        }
    }

    /** The first two numbers of addresses that this machine does not use. */
    private static String freeNet() {
        try {
            var used = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> address.getHostAddress())
                    .toList();
            for (int second = 100 + (int) (ProcessHandle.current().pid() % 100); second < 255; second++) {
                var net = "10." + second;
                if (used.stream().noneMatch(address -> address.startsWith(net + "."))) {
                    return net;
                }
            }
            throw new IllegalStateException("no free addresses in " + used);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Karaf unpack(Path tarball, String name) {
        var within = new ArrayList<String>();
        var network = Optional.ofNullable(networks.get(name));
        network.ifPresent(n -> within.addAll(n.within()));
        // For one node: the library makes every look at the clock dearer.
        rights.clock().filter(library -> movesClock && name.equals(WITH_CLOCK)).ifPresent(library -> {
            moveClock(name, 0);
            within.addAll(List.of(
                    "env",
                    "LD_PRELOAD=" + library,
                    "FAKETIME_TIMESTAMP_FILE=" + clockFile(name),
                    "FAKETIME_CACHE_DURATION=1",
                    "NO_FAKE_STAT=1",
                    // What waits goes by the monotonic clock, and a machine's jump does not touch that.
                    "FAKETIME_DONT_FAKE_MONOTONIC=1",
                    // Else every timed wait of Java ends at once, and its threads spin.
                    "FAKETIME_FORCE_MONOTONIC_FIX=0"));
        });
        return Karaf.unpack(
                tarball,
                folder.resolve(name),
                within,
                network.map(Network::node).orElse("127.0.0.1"));
    }

    private Path clockFile(String node) {
        return folder.resolve("clock-" + node).toAbsolutePath();
    }

    /** The node notices within a second or two. */
    void moveClock(String node, long seconds) {
        try {
            // In one step, since it is read at every question for the time.
            var fresh = folder.resolve("clock-" + node + ".new");
            Files.writeString(fresh, (seconds < 0 ? "" : "+") + seconds + "\n");
            Files.move(
                    fresh,
                    clockFile(node),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rights rights() {
        return rights;
    }

    List<String> nodes() {
        return NAMES;
    }

    Karaf node(String name) {
        return cluster.node(name);
    }

    Api api(String node) {
        return cluster.node(node).api();
    }

    Cluster cluster() {
        return cluster;
    }

    Postgres postgres() {
        return postgres;
    }

    Network network(String node) {
        return Optional.ofNullable(networks.get(node)).orElseThrow();
    }

    /** The node that routes the work of a site, by the database's word. */
    Optional<String> router(String site) {
        try (var connection = postgres.connect();
                var find = connection.prepareStatement("SELECT n.name FROM journal_lease l JOIN journal_node n"
                        + " ON n.id = l.node WHERE l.site = ? AND l.name = 'router'")) {
            find.setString(1, site);
            try (var found = find.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        } catch (SQLException away) {
            return Optional.empty();
        }
    }

    /** Whether anybody was offered anything since then, by the database's word. */
    boolean offeredSince(String site, long millis) {
        try (var connection = postgres.connect();
                var find = connection.prepareStatement("SELECT 1 FROM webacd_offer WHERE site = ? AND made_at > ?")) {
            find.setString(1, site);
            find.setLong(2, millis);
            try (var found = find.executeQuery()) {
                return found.next();
            }
        } catch (SQLException away) {
            return false;
        }
    }

    void fillDisk() {
        // dd ends with an error, which is what it is for.
        Commands.works("dd", "if=/dev/zero", "of=" + disk.resolve("ballast"), "bs=64k");
        Commands.works("dd", "if=/dev/zero", "of=" + disk.resolve("ballast2"), "bs=512");
    }

    void emptyDisk() {
        try {
            Files.deleteIfExists(disk.resolve("ballast"));
            Files.deleteIfExists(disk.resolve("ballast2"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts everything, and notes from then on every change of a lease. */
    void start() {
        cluster.start();
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE faults_lease (n BIGSERIAL PRIMARY KEY, site TEXT, name TEXT, node TEXT, epoch BIGINT,
                        deleted BOOLEAN);
                    INSERT INTO faults_lease (site, name, node, epoch, deleted)
                        SELECT site, name, node, epoch, false FROM journal_lease;
                    CREATE FUNCTION faults_lease_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        IF TG_OP = 'DELETE' THEN
                            INSERT INTO faults_lease (site, name, node, epoch, deleted)
                                VALUES (OLD.site, OLD.name, OLD.node, OLD.epoch, true);
                        ELSE
                            INSERT INTO faults_lease (site, name, node, epoch, deleted)
                                VALUES (NEW.site, NEW.name, NEW.node, NEW.epoch, false);
                        END IF;
                        RETURN NULL;
                    END $$;
                    CREATE TRIGGER faults_lease AFTER INSERT OR UPDATE OR DELETE ON journal_lease
                        FOR EACH ROW EXECUTE FUNCTION faults_lease_changed();
                    """);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
        postgres.close();
        networks.values().forEach(Network::close);
        unmountDisk();
    }
}
