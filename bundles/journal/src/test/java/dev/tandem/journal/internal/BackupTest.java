package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipFile;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.internal.backup.Backup;
import dev.tandem.journal.internal.backup.Check;
import dev.tandem.platform.SiteId;

/** An archive of a node that goes on. */
public class BackupTest {
    private static final SiteId SITE = new SiteId("acme");
    private static final String ERASED = "Bob who wants to be forgotten";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Moving node;
    private Path to;

    @Before
    public void fill() throws Exception {
        node = new Moving(folder.newFolder().toPath());
        to = folder.getRoot().toPath().resolve("backups");
        for (int n = 0; n < 50; n++) {
            node.pay(SITE, n % 5, UUID.randomUUID(), n);
        }
        node.note(SITE, 1, "customer:anna", "Anna 🦜");
        node.note(SITE, 1, "customer:bob", ERASED);
        for (var one : List.of(
                "tandem.secret",
                "users.properties",
                "keys.properties",
                "tandem-sign-ins.txt",
                "dev.tandem.web.cfg",
                "org.apache.karaf.features.cfg",
                "config.properties",
                Moving.FILE + ".next")) {
            Files.writeString(node.etc.resolve(one), "this is " + one);
        }
        Files.createDirectory(node.etc.resolve("tls"));
        Files.writeString(node.etc.resolve("tls/tandem.p12"), "a key");
    }

    @After
    public void close() {
        node.close();
    }

    private static DataSource source(Path file) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private Backup.Made backup(SqlDatabase database, Course course) {
        var place = new Place(node.etc.getParent(), node.etc, "0.9.0");
        return new Backup(database, place, BackupTest::source, node.clock).run(to, course);
    }

    /** As {@code unzip} and {@code sha256sum -c} do. */
    private static Set<String> unpack(Path archive, Path folder) throws Exception {
        var names = new TreeSet<String>();
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().toList()) {
                var file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip.getInputStream(entry), file, StandardCopyOption.REPLACE_EXISTING);
                names.add(entry.getName());
            }
        }
        for (var line : Files.readAllLines(folder.resolve("SHA256SUMS"))) {
            var parts = line.split("  ", 2);
            assertEquals(
                    parts[1],
                    parts[0],
                    HexFormat.of().formatHex(Hashes.sha256(Files.readAllBytes(folder.resolve(parts[1])))));
            assertTrue(parts[1], names.contains(parts[1]));
        }
        return names;
    }

    private void assertNothingIn(Path folder) throws Exception {
        try (var all = Files.list(folder)) {
            assertEquals(List.of(), all.toList());
        }
    }

    @Test
    public void itHoldsTheDatabaseAndWhatStandsBesideIt() throws Exception {
        node.runtime.journal().erase(SITE, "customer:bob");
        var before = Moving.content(node.from, Dialect.SQLITE);
        var made = backup(node.database(), new Course());
        assertEquals(to.resolve("tandem-backup-20261121-120000.zip"), made.file());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made.file())));
        try (var all = Files.list(to)) {
            assertEquals(List.of(made.file()), all.toList());
        }
        var fresh = folder.newFolder().toPath();
        assertEquals(
                Set.of(
                        "BACKUP.txt",
                        "SHA256SUMS",
                        "tandem.db",
                        "etc/tandem.secret",
                        "etc/users.properties",
                        "etc/keys.properties",
                        "etc/tandem-sign-ins.txt",
                        "etc/dev.tandem.web.cfg",
                        "etc/" + Moving.FILE,
                        "etc/tls/tandem.p12"),
                unpack(made.file(), fresh));
        assertEquals("this is tandem.secret", Files.readString(fresh.resolve("etc/tandem.secret")));
        var end = made.chains().ends().get(0);
        assertEquals(52, end.position());
        var about = Files.readString(fresh.resolve("BACKUP.txt"));
        assertTrue(about, about.contains("\nrelease = 0.9.0\nmade = 2026-11-21T12:00:00Z\ndatabase = tandem.db\n"));
        assertTrue(about, about.contains("\nsite.acme = 52 " + end.batchHash() + "\n"));

        var bytes = new String(Files.readAllBytes(fresh.resolve("tandem.db")), StandardCharsets.ISO_8859_1);
        assertFalse("what was erased is in no free page either", bytes.contains(ERASED));
        assertEquals(before, Moving.content(source(fresh.resolve("tandem.db")), Dialect.SQLITE));
        assertEquals("52 events of 1 sites", Check.run(new org.sqlite.JDBC(), fresh.resolve("tandem.db")));
    }

    @Test
    public void underWritesItHoldsAllThatWasAcknowledgedBeforeItBegan() throws Exception {
        var acknowledged = ConcurrentHashMap.<UUID>newKeySet();
        var stop = new AtomicBoolean();
        var writers = Executors.newFixedThreadPool(4);
        for (int w = 0; w < 4; w++) {
            int account = w;
            writers.execute(() -> {
                while (!stop.get()) {
                    var id = UUID.randomUUID();
                    if (node.pay(SITE, account, id, 1) instanceof Answer.Accepted<?>) {
                        acknowledged.add(id);
                    }
                }
            });
        }
        try {
            while (acknowledged.size() < 500) {
                Thread.onSpinWait();
            }
            var before = Set.copyOf(acknowledged);
            var made = backup(node.database(), new Course());
            var after = acknowledged.size();
            assertTrue("nobody waited for it", after > before.size());
            var fresh = folder.newFolder().toPath();
            unpack(made.file(), fresh);
            try (var restored = JournalRuntime.open(source(fresh.resolve("tandem.db")), node.clock)) {
                var there = restored.database()
                        .read(sql ->
                                sql.all("SELECT id FROM journal_command", row -> UUID.fromString(row.getString(1))));
                assertTrue(there.containsAll(before));
                var verification = restored.journal().verify(SITE);
                assertTrue(verification.toString(), verification.ok());
                assertEquals(made.chains().events(), verification.events());
            }
        } finally {
            stop.set(true);
            writers.shutdown();
            writers.awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    @Test
    public void cancelledItLeavesNothing() throws Exception {
        var course = new Course();
        course.cancel();
        assertThrows(CancellationException.class, () -> backup(node.database(), course));
        assertNothingIn(to);
    }

    @Test
    public void aChainThatDoesNotVerifyIsNoBackup() throws Exception {
        node.database().write(sql -> sql.update("UPDATE journal_event SET payload = '{}' WHERE position = 7"));
        var refused = assertThrows(Unable.class, () -> backup(node.database(), new Course()));
        assertTrue(refused.getMessage(), refused.getMessage().contains("site acme does not verify: event 7"));
        assertNothingIn(to);
    }

    @Test
    public void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Files.writeString(folder.getRoot().toPath().resolve("backups"), "a file");
        var refused = assertThrows(Unable.class, () -> backup(node.database(), new Course()));
        assertTrue(refused.getMessage(), refused.getMessage().contains("backups"));
    }

    @Test
    public void onPostgresTheDatabaseIsNotInIt() throws Exception {
        try (var there = JournalRuntime.open(node.to, node.clock)) {
            var made = backup((SqlDatabase) there.database(), new Course());
            assertFalse(made.withDatabase());
            var fresh = folder.newFolder().toPath();
            assertFalse(unpack(made.file(), fresh).contains("tandem.db"));
            assertTrue(Files.readString(fresh.resolve("BACKUP.txt")).contains("on PostgreSQL, not in here"));
        }
    }
}
