package dev.tandem.launcher;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is refused before anything is touched. The database and its chain: BackupIT, in a real installation. */
public class RestoreTest {
    private static final String ABOUT = "A backup.\n\nformat = 1\nrelease = 0.9\nmade = 2026-01-01T00:00:00Z\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, String> files = new LinkedHashMap<>(
            Map.of("BACKUP.txt", ABOUT, "etc/tandem.secret", "of the backup", "etc/tls/tandem.p12", "a key"));

    private Path run;

    @Before
    public void install() throws Exception {
        run = folder.newFolder("run").toPath();
        Files.createDirectory(run.resolve("etc"));
        Files.writeString(run.resolve("etc/tandem.secret"), "of before");
        Files.writeString(run.resolve("etc/other.cfg"), "stays");
    }

    private Path archive(Map<String, String> sums) throws Exception {
        var file = folder.getRoot().toPath().resolve("backup.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue().getBytes(StandardCharsets.UTF_8));
            }
            zip.putNextEntry(new ZipEntry("SHA256SUMS"));
            for (var one : sums.entrySet()) {
                zip.write((one.getValue() + "  " + one.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private Map<String, String> sums() throws Exception {
        var sums = new TreeMap<String, String>();
        for (var one : files.entrySet()) {
            var hash =
                    MessageDigest.getInstance("SHA-256").digest(one.getValue().getBytes(StandardCharsets.UTF_8));
            sums.put(one.getKey(), HexFormat.of().formatHex(hash));
        }
        return sums;
    }

    private List<String> restore(Path archive) throws Exception {
        return new Restore(run, Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC)).from(archive);
    }

    private void refused(String why, Path archive) throws Exception {
        var refused = assertThrows(Refused.class, () -> restore(archive));
        assertTrue(refused.getMessage(), refused.getMessage().contains(why));
        assertEquals("of before", Files.readString(run.resolve("etc/tandem.secret")));
        try (var all = Files.list(run)) {
            assertEquals(
                    "nothing was left behind",
                    List.of(),
                    all.map(p -> p.getFileName().toString())
                            .filter(n -> !n.equals("etc") && !n.equals("lock"))
                            .toList());
        }
    }

    @Test
    public void whatStandsBesideIsPutBackAndWhatWasThereIsKept() throws Exception {
        var said = String.join("\n", restore(archive(sums())));
        assertTrue(said, said.contains("backed up on 2026-01-01T00:00:00Z by release 0.9"));
        assertTrue(said, said.contains("It has no database"));
        var secret = run.resolve("etc/tandem.secret");
        assertEquals("of the backup", Files.readString(secret));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
        assertEquals("a key", Files.readString(run.resolve("etc/tls/tandem.p12")));
        assertEquals("stays", Files.readString(run.resolve("etc/other.cfg")));
        assertEquals(
                "of before",
                Files.readString(run.resolve("before-restore-20261121-120000").resolve("etc/tandem.secret")));
        assertFalse(Files.exists(run.resolve(Restore.UNDER_WAY)));
    }

    @Test
    public void aFileThatDoesNotFitItsDigestIsRefused() throws Exception {
        var sums = sums();
        files.put("etc/tandem.secret", "changed");
        refused("is damaged: etc/tandem.secret", archive(sums));
    }

    @Test
    public void aFileTooManyOrTooFewIsRefused() throws Exception {
        var sums = sums();
        files.put("etc/more.cfg", "x");
        refused("no whole backup", archive(sums));
        files.remove("etc/more.cfg");
        files.remove("etc/tls/tandem.p12");
        refused("no whole backup", archive(sums));
    }

    @Test
    public void aNameThatLeadsElsewhereIsRefused() throws Exception {
        for (var name : List.of("../evil", "etc/../../evil", "/etc/passwd", "bin/karaf", "etc/..", "etc\\..\\x")) {
            files.put(name, "x");
            refused("names a file that no backup holds", archive(sums()));
            files.remove(name);
        }
    }

    @Test
    public void whatIsNoBackupIsRefused() throws Exception {
        var text = folder.getRoot().toPath().resolve("text.zip");
        Files.writeString(text, "no zip at all");
        refused("is no backup", text);
        files.remove("BACKUP.txt");
        refused("is no backup of Tandem", archive(sums()));
        files.put("BACKUP.txt", ABOUT.replace("format = 1", "format = 2"));
        refused("newer release", archive(sums()));
    }

    @Test
    public void aDatabaseThatWouldLieElsewhereIsRefused() throws Exception {
        files.put("tandem.db", "x");
        files.put("etc/org.ops4j.datasource-tandem.cfg", "url = jdbc:sqlite:/var/lib/tandem.db\n");
        refused("puts the database at /var/lib/tandem.db, outside of", archive(sums()));
        files.put("etc/org.ops4j.datasource-tandem.cfg", "url = jdbc:postgresql://h/d\n");
        refused("names none", archive(sums()));
    }

    @Test
    public void aRunningTandemIsLeftAlone() throws Exception {
        var lock = run.resolve("lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            assertTrue(held.isValid());
            refused("Tandem runs in", archive(sums()));
        }
        restore(archive(sums()));
    }
}
