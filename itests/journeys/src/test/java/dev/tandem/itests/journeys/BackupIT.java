package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.After;
import org.junit.Test;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.Postgres;
import dev.tandem.itests.harness.StayingPage;

/** {@code tandem:backup}, {@code ./tandem restore} and {@code tandem:move}, of a server that people are talking through. */
public class BackupIT {
    private static final Duration LONG = Duration.ofSeconds(150);
    private static final int WRITERS = 3;

    private final Path project =
            Path.of(System.getProperty("basedir"), "..", "..").normalize();
    private final Path work = Running.work().resolve("backup");
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    /** The last answer that acknowledged nothing. */
    private final AtomicReference<String> refused = new AtomicReference<>("none");

    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<StayingPage> pages = new ArrayList<>();
    private Karaf karaf;

    @After
    public void end() {
        stop.set(true);
        pages.forEach(StayingPage::close);
        if (karaf != null) {
            karaf.killHard();
        }
    }

    /** The chat of a session into which some write without a pause, as fast as the chat takes it. */
    private record Talk(Site site, String session) {
        Set<String> texts() {
            var all = new HashSet<String>();
            long number = 0;
            while (true) {
                var part = site.anna()
                        .api()
                        .get("/chat/" + session + "?after=" + number)
                        .ok()
                        .get("messages");
                if (part.isEmpty()) {
                    return all;
                }
                for (var message : part) {
                    number = message.get("number").asLong();
                    all.add(message.path("text").asText());
                }
            }
        }
    }

    private Talk talk() {
        var site = Site.create(karaf);
        var support = site.support();
        var customer = support.join().api();
        // Who has no page counts as lost, and all that is done to the server here takes longer than a session's grace.
        pages.add(StayingPage.at(site.anna().api(), support.id()));
        pages.add(StayingPage.at(customer, support.id()));
        var writers = Executors.newFixedThreadPool(WRITERS);
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            writers.execute(() -> {
                for (int n = 0; !stop.get(); n++) {
                    var text = "message " + writer + "." + n + " 🦜";
                    try {
                        var answer = customer.post("/chat/" + support.id(), Map.of("text", text));
                        if (answer.status() == 201) {
                            acknowledged.add(text);
                        } else {
                            refused.set(answer.status() + " " + answer.text());
                        }
                    } catch (UncheckedIOException away) {
                        // The server is killed, or moves: what was not acknowledged does not count. It starts sooner
                        // when
                        // nobody keeps the machine busy with asking.
                        Await.until("the server", LONG, () -> stop.get() || karaf.healthy());
                    }
                }
            });
        }
        writers.shutdown();
        return new Talk(site, support.id());
    }

    private void awaitMessages(int more) {
        var goal = acknowledged.size() + more;
        try {
            Await.until(more + " more messages", LONG, () -> acknowledged.size() >= goal);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the last refused answer: " + refused.get(), e);
        }
    }

    private static void assertAllOf(Set<String> acknowledged, Talk talk) {
        var lost = new HashSet<>(acknowledged);
        lost.removeAll(talk.texts());
        assertEquals("acknowledged and lost", Set.of(), lost);
    }

    @Test
    public void aBackupUnderWritesIsRestoredIntoAnEmptyFolder() throws Exception {
        karaf = Running.unpack("backup-server").start();
        var talk = talk();
        awaitMessages(30);
        var before = Set.copyOf(acknowledged);
        var said = karaf.shell("tandem:backup " + work.resolve("archives"));
        assertTrue(said, said.contains("its chain verified"));
        awaitMessages(5);
        Path archive;
        try (var all = Files.list(work.resolve("archives"))) {
            archive = all.max(Path::compareTo).orElseThrow();
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)));
        karaf.killHard();
        stop.set(true);

        var restored = tandem("restore", archive.toString());
        Await.until("the restore", LONG, () -> !restored.isAlive());
        assertEquals(output(), 0, restored.exitValue());
        assertTrue(output(), output().contains("each chain verified"));
        var started = tandem("start", "--port", Integer.toString(karaf.httpPort()));
        try {
            Await.until("Tandem on what was restored", LONG, () -> {
                if (!started.isAlive()) {
                    throw new AssertionError(output());
                }
                return output().contains("Ctrl+C ends it.") && karaf.healthy();
            });
            assertAllOf(before, talk);
            talk.site()
                    .anna()
                    .api()
                    .post("/chat/" + talk.session(), Map.of("text", "and we go on"))
                    .ok();
            var refused = tandem("restore", archive.toString());
            Await.until("the refusal", LONG, () -> !refused.isAlive());
            assertTrue(output(), output().contains("End it first"));
        } finally {
            started.destroy();
            assertTrue(started.waitFor(90, TimeUnit.SECONDS));
        }
    }

    @Test
    public void aServerInUseMovesToPostgres() throws Exception {
        karaf = Running.unpack("backup-move").start();
        var talk = talk();
        awaitMessages(20);
        try (var postgres = Postgres.make(work.resolve("postgres")).start()) {
            var secret = work.resolve("password");
            Files.writeString(secret, postgres.password() + "\n");
            var url = postgres.url();
            var said = karaf.shell("tandem:move --user " + Postgres.USER + " --password-file " + secret + " " + url);
            assertTrue(said, said.contains("each chain verified on both sides"));
            assertTrue(said, said.contains("Tandem is up on PostgreSQL."));
            Await.until("all slices", LONG, karaf::healthy);
            awaitMessages(10);
            assertAllOf(Set.copyOf(acknowledged), talk);
            var file = karaf.home().resolve("etc/org.ops4j.datasource-tandem.cfg");
            assertTrue(Files.readString(file).contains(url));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

            karaf.killHard();
            karaf.start();
            awaitMessages(5);
            stop.set(true);
            assertAllOf(Set.copyOf(acknowledged), talk);
            var backup = karaf.shell("tandem:backup " + work.resolve("beside"));
            assertTrue(backup, backup.contains("back it up with pg_dump"));

            karaf.stop();
            var moved = Files.readString(file);
            try (var beside = Files.list(file.getParent())) {
                var old = beside.filter(p -> p.toString().contains(".cfg.before-"))
                        .findFirst()
                        .orElseThrow();
                Files.writeString(file, Files.readString(old));
            }
            karaf.launch();
            Await.until("the refusal", LONG, () -> karaf.tail(2000).contains("was moved to " + url));
            assertFalse("nothing works on what has moved", karaf.healthy());
            assertTrue(moved.contains(url));
        }
    }

    private Process tandem(String... arguments) throws IOException {
        Files.createDirectories(work);
        var command = new ArrayList<>(List.of(project.resolve("tandem").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output.txt").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TANDEM_ARCHIVE", System.getProperty("tandem.distribution"));
        builder.environment().put("TANDEM_RUN", work.resolve("run").toString());
        return builder.start();
    }

    private String output() {
        try {
            return Files.readString(work.resolve("output.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
