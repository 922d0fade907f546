package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL of the test's own with one empty database, as durable as installed (fsync on). Its programs come from
 * Maven; it listens on a free port, the same after each start.
 */
public final class Postgres implements AutoCloseable {
    public static final String DATABASE = "tandem";
    public static final String USER = "tandem";

    private static final String PROGRAMS = "/postgres-linux-x86_64.txz";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final String LOG = "postgres.log";

    private final Path folder;
    private final Path data;
    private final List<String> within;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final String password = UUID.randomUUID().toString();
    private final int port = Ports.free(1).get(0);
    private Process process;

    private Postgres(Path folder, Path data, List<String> within) {
        this.folder = folder;
        this.data = data;
        this.within = List.copyOf(within);
    }

    /** Unpacks the programs and makes an empty data folder, both below that folder. Does not start it. */
    public static Postgres make(Path folder) {
        return make(folder, folder.resolve("data"), List.of());
    }

    /**
     * @param data where the data stand; a file system of its own may be mounted there
     * @param within the command that starts it, as {@code ip netns exec NAME}; empty for none
     */
    public static Postgres make(Path folder, Path data, List<String> within) {
        try {
            Folders.delete(folder);
            Files.createDirectories(folder.resolve("programs"));
            var made = new Postgres(folder.toAbsolutePath(), data.toAbsolutePath(), within);
            made.unpack();
            made.initialise();
            Runtime.getRuntime().addShutdownHook(new Thread(made::killHard));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unpack() throws IOException {
        var tar = new ProcessBuilder(
                        "tar", "-x", "-C", folder.resolve("programs").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOG).toFile())
                .start();
        try (var packed = Postgres.class.getResourceAsStream(PROGRAMS);
                var into = tar.getOutputStream()) {
            if (packed == null) {
                throw new IOException("no " + PROGRAMS + " on the class path");
            }
            new XZInputStream(packed).transferTo(into);
        }
        succeed(tar);
    }

    private void initialise() throws IOException {
        var secret = folder.resolve("password");
        Files.writeString(secret, password);
        succeed(run(List.of(
                program("initdb"),
                "-D",
                data.toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile",
                secret.toString(),
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync")));
        Files.writeString(data.resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
        // Before the first start: nothing is lost by it that initdb has not just made.
        set("port", Integer.toString(port));
        set("listen_addresses", "127.0.0.1");
        set("unix_socket_directories", "");
        set("max_connections", "150");
        set("fsync", "on");
        set("synchronous_commit", "on");
        set("full_page_writes", "on");
        set("log_line_prefix", "%m [%p] ");
    }

    /** A setting as in postgresql.conf, from the next start on. */
    public Postgres set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Starts it and waits until it takes connections and the database is there. */
    public Postgres start() {
        launch();
        try {
            Await.until("PostgreSQL to take connections", LONGEST_START, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("PostgreSQL has ended");
                }
                return reachable();
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + log(), e);
        }
        return this;
    }

    /** Starts the process and returns at once. */
    public void launch() {
        try {
            var lines = new ArrayList<String>();
            settings.forEach((key, value) -> lines.add(key + " = '" + value.replace("'", "''") + "'"));
            Files.write(data.resolve("postgresql.auto.conf"), lines);
            process = run(List.of(program("postgres"), "-D", data.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it takes a connection now. The database is made at the first. */
    private boolean reachable() {
        try (var connection = DriverManager.getConnection(url("postgres"), USER, password);
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return true;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE);
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    public Path data() {
        return data;
    }

    /** For {@link #USER} with {@link #password}. */
    public String url() {
        return url(DATABASE);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** What {@code etc/org.ops4j.datasource-tandem.cfg} says for this database. */
    public Map<String, String> dataSource() {
        return dataSource("127.0.0.1");
    }

    /** The same for a node that sees it at another address; {@code listen_addresses} has to be set. */
    public Map<String, String> dataSource(String address) {
        var lines = new LinkedHashMap<String, String>();
        lines.put("osgi.jdbc.driver.name", "PostgreSQL JDBC Driver");
        lines.put("dataSourceName", "tandem");
        lines.put("url", "jdbc:postgresql://" + address + ":" + port + "/" + DATABASE);
        lines.put("user", USER);
        lines.put("password", password);
        lines.put("pool", "hikari");
        lines.put("hikari.maximumPoolSize", "20");
        lines.put("hikari.initializationFailTimeout", "-1");
        lines.put("hikari.connectionTimeout", "5000");
        return lines;
    }

    /** A connection of the test's own, which the caller closes. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, password);
    }

    /** Ends it as {@code pg_ctl stop -m fast}: sessions are closed, what is committed is flushed. */
    public void stopFast() {
        Signals.send("INT", process.toHandle());
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** As {@code kill -9} on all of its processes. */
    public void killHard() {
        if (process != null && process.isAlive()) {
            // Stopped it makes no new children while they are counted.
            Signals.send("STOP", process.toHandle());
            Signals.killHard(all());
        }
    }

    /** All of its processes stop where they are; connections stay open and nothing answers. */
    public void suspend() {
        Signals.send("STOP", process.toHandle());
        Signals.send("STOP", all());
    }

    public void resume() {
        Signals.send("CONT", all());
    }

    private List<ProcessHandle> all() {
        var all = new ArrayList<ProcessHandle>(process.descendants().toList());
        all.add(0, process.toHandle());
        return all;
    }

    /** What it has written to its log. */
    public String log() {
        try {
            return Files.readString(folder.resolve(LOG));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        killHard();
    }

    private String program(String name) {
        return folder.resolve("programs/bin").resolve(name).toString();
    }

    private Process run(List<String> command) throws IOException {
        var words = new ArrayList<>(within);
        // PostgreSQL does not serve the root user; in a user namespace of its own it is nobody in particular.
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.addAll(command);
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(LOG).toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private void succeed(Process started) throws IOException {
        if (started.onExit().join().exitValue() != 0) {
            throw new IOException(log());
        }
    }
}
