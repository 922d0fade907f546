package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.Before;
import org.junit.Test;

/** What {@code ./tandem} keeps of run/ when there is a new build, also when it is broken off in the middle. */
public class NewBuildIT {
    private static final List<String> DATA = List.of(
            "tandem.db",
            "tandem.db-wal",
            "data/files/main/ab/file.bin",
            "data/recordings/main/one.webm",
            "backup/tandem-backup-1.zip",
            "before-restore-1/tandem.db");

    private final Path project =
            Path.of(System.getProperty("basedir"), "..", "..").normalize();
    private Path work;
    private Path run;

    @Before
    public void emptyFolder() throws IOException {
        work = Files.createTempDirectory(Files.createDirectories(Running.work()), "new-build");
        run = work.resolve("run");
    }

    @Test
    public void filesAndRecordingsStayAsTheDatabaseDoes() throws Exception {
        write(run, DATA);
        write(run, List.of("etc/mine.cfg", ".etc/other.cfg", "data/cache/bundle0/old", "lib/old.jar"));
        unpack();
        assertKept();
        assertTrue("what was changed in etc/", Files.exists(run.resolve("etc/mine.cfg")));
        assertFalse("Karaf's own is made anew", Files.exists(run.resolve("data/cache/bundle0/old")));
        assertFalse(Files.exists(run.resolve("lib/old.jar")));
        assertEquals("nothing is left beside", List.of("run"), folders());
    }

    @Test
    public void whatWasBrokenOffBeforeTheNewOneStoodIsDoneAgain() throws Exception {
        write(work.resolve("run.old"), DATA);
        write(work.resolve("run.new"), List.of("lib/half.jar"));
        unpack();
        assertKept();
        assertFalse(Files.exists(run.resolve("lib/half.jar")));
        assertEquals(List.of("run"), folders());
    }

    @Test
    public void whatWasBrokenOffWhileDataMovedIsBroughtToItsEnd() throws Exception {
        unpack();
        write(run, DATA.subList(0, 1));
        write(work.resolve("run.old"), DATA.subList(1, DATA.size()));
        unpack();
        assertKept();
        assertEquals(List.of("run"), folders());
    }

    private static void write(Path folder, List<String> files) throws IOException {
        for (var name : files) {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    /** By a restore that is refused: a start takes longer, and does the same before. */
    private void unpack() throws Exception {
        var none = Files.writeString(work.resolve("none.zip"), "no archive");
        var builder = new ProcessBuilder(project.resolve("tandem").toString(), "restore", none.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output.txt").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TANDEM_ARCHIVE", System.getProperty("tandem.distribution"));
        builder.environment().put("TANDEM_RUN", run.toString());
        var process = builder.start();
        assertTrue("ends by itself", process.waitFor(240, TimeUnit.SECONDS));
        var said = Files.readString(work.resolve("output.txt"));
        assertEquals(said, 1, process.exitValue());
        assertTrue("unpacked: " + said, Files.isExecutable(run.resolve("bin/karaf")));
        assertTrue(said, Files.exists(run.resolve("etc/tandem-shell.txt")));
    }

    private void assertKept() throws IOException {
        for (var name : DATA) {
            assertTrue(name, Files.exists(run.resolve(name)));
            assertEquals(name, Files.readString(run.resolve(name)));
        }
    }

    private List<String> folders() throws IOException {
        try (var all = Files.list(work)) {
            return all.filter(Files::isDirectory)
                    .map(one -> one.getFileName().toString())
                    .toList();
        }
    }
}
