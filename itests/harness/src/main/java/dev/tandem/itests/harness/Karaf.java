package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A Karaf unpacked from a tar.gz into a folder of its own, on free ports of the loopback, as a process of its own. */
public final class Karaf implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(300);

    /** Paths of the slices. None of them takes a PUT, which is told from a path that nobody serves: 405, not 404. */
    private static final List<String> SLICES = List.of("/platform/me", "/sessions/x", "/chat/x", "/screen/x/start");

    /** An agent's sign-in. */
    public record SignIn(String user, String password) {}

    private final Path home;
    private final List<String> within;
    private final String address;
    private final int httpPort;
    private final Shell shell;
    private final Api api;
    private Process process;

    private Karaf(Path home, List<String> within, String address, int httpPort, Shell shell) {
        this.home = home;
        this.within = List.copyOf(within);
        this.address = address;
        this.httpPort = httpPort;
        this.shell = shell;
        this.api = new Api(uri());
    }

    /** Unpacks it; an older one in that folder is deleted. Does not start it. */
    public static Karaf unpack(Path tarball, Path folder) {
        return unpack(tarball, folder, List.of());
    }

    /**
     * The same, started by another command: {@code ip netns exec NAME}. It has to become what it starts, as {@code exec}
     * does, or stay its parent.
     */
    public static Karaf unpack(Path tarball, Path folder, List<String> within) {
        return unpack(tarball, folder, within, "127.0.0.1");
    }

    /** The same at another address than the loopback's, which it has once it is started; SSH stays at its loopback. */
    public static Karaf unpack(Path tarball, Path folder, List<String> within, String address) {
        try {
            Folders.delete(folder);
            Files.createDirectories(folder);
            run(List.of("tar", "-xzf", tarball.toString(), "-C", folder.toString(), "--strip-components=1"));
            var ports = Ports.free(4);
            set(
                    folder.resolve("etc/org.ops4j.pax.web.cfg"),
                    Map.of(
                            "org.osgi.service.http.port",
                            ports.get(0).toString(),
                            "org.ops4j.pax.web.listening.addresses",
                            address));
            set(
                    folder.resolve("etc/org.apache.karaf.shell.cfg"),
                    Map.of("sshPort", ports.get(1).toString(), "sshHost", address));
            var shell = new Shell(address, ports.get(1));
            shell.admit(folder.resolve("etc"));
            var karaf = new Karaf(folder, within, address, ports.get(0), shell);
            Runtime.getRuntime().addShutdownHook(new Thread(karaf::killHard));
            return karaf;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits until it says that it is healthy. */
    public Karaf start() {
        launch();
        awaitHealth();
        return this;
    }

    /** Starts the process and returns at once. */
    public void launch() {
        try {
            var command = new ArrayList<>(within);
            command.addAll(List.of(home.resolve("bin/karaf").toString(), "server"));
            var builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("console.txt").toFile()));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            // Whatever the tests' own locale is: no name of a file may depend on the server's.
            builder.environment().put("LC_ALL", "POSIX");
            builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_") || name.equals("JAVA_OPTS"));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitHealth() {
        try {
            Await.until("a healthy answer of " + uri() + "/health", LONGEST_START, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("Karaf has ended by itself");
                }
                return healthy();
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + tail(80), e);
        }
    }

    /** Healthy by its own word, and every slice of the distribution answers. */
    public boolean healthy() {
        try {
            return api.page("/health").status() == 200 && SLICES.stream().allMatch(this::serves);
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private boolean serves(String path) {
        return api.put(path, "{}").status() == 405;
    }

    /** The address without a slash at the end. */
    public URI uri() {
        return URI.create("http://" + address + ":" + httpPort);
    }

    public int httpPort() {
        return httpPort;
    }

    public Path home() {
        return home;
    }

    /** Runs a command of Karaf's shell. */
    public String shell(String command) {
        return shell.run(command);
    }

    /** Opens Karaf's shell with a terminal. */
    public ShellTerminal terminal() {
        return shell.terminal();
    }

    public boolean answersBySsh() {
        try {
            return !shell("version").isEmpty();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Sets keys in a file of {@code etc/}. */
    public void configure(String file, Map<String, String> values) {
        try {
            set(home.resolve("etc").resolve(file), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file of {@code etc} holds all of that now. */
    public boolean configured(String file, Map<String, String> values) {
        try {
            var lines = Files.readAllLines(home.resolve("etc").resolve(file));
            return values.entrySet().stream().allMatch(one -> lines.stream()
                    .anyMatch(line -> line.matches("\\s*" + Pattern.quote(one.getKey()) + "\\s*=\\s*"
                            + Pattern.quote(one.getValue()) + "\\s*")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** REST, as nobody. */
    public Api api() {
        return api;
    }

    /** The administrator whom the first start made. */
    public SignIn administrator() {
        try {
            return Files.readAllLines(home.resolve("etc/tandem-sign-ins.txt")).stream()
                    .filter(line -> line.contains("administrator"))
                    .map(line -> line.trim().split("\\s+"))
                    .map(words -> new SignIn(words[0], words[1]))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no administrator in etc/tandem-sign-ins.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of the log, or of the console while there is no log. */
    public String tail(int lines) {
        try {
            var log = home.resolve("data/log/karaf.log");
            var all = Files.readAllLines(Files.exists(log) ? log : home.resolve("console.txt"));
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    /** Resident memory of the Java process in MB. */
    public long residentMegabytes() {
        var java = javaProcess();
        try {
            var status = Files.readString(Path.of("/proc", Long.toString(java.pid()), "status"));
            var matcher = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
            if (!matcher.find()) {
                throw new IllegalStateException("no VmRSS of " + java.pid());
            }
            return Long.parseLong(matcher.group(1)) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Java process. */
    public long pid() {
        return javaProcess().pid();
    }

    /** As {@code kill -9} does. */
    public void killHard() {
        if (process != null) {
            var all = new ArrayList<ProcessHandle>(process.descendants().toList());
            all.add(process.toHandle());
            Signals.killHard(all);
        }
    }

    /** Stops its threads where they are; the system answers for it meanwhile, so its connections stay open. */
    public void suspend() {
        Signals.send("STOP", javaProcess());
    }

    /** It goes on as if no time had passed. */
    public void resume() {
        Signals.send("CONT", javaProcess());
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    /** Ends it cleanly, as an administrator would. */
    public void stop() {
        javaProcess().destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        killHard();
    }

    private ProcessHandle javaProcess() {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(process.toHandle()), process.descendants())
                .filter(p -> p.info().command().map(c -> c.endsWith("/java")).orElse(false))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Java process"));
    }

    private static void set(Path file, Map<String, String> values) throws IOException {
        var lines = new ArrayList<String>();
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                if (values.keySet().stream().noneMatch(key -> line.matches("\\s*" + Pattern.quote(key) + "\\s*=.*"))) {
                    lines.add(line);
                }
            }
        }
        values.forEach((key, value) -> lines.add(key + " = " + value));
        Files.write(file, lines);
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(command + ": " + output);
        }
    }
}
