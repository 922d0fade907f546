package dev.tandem.filetransfer.clamav.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.felix.hc.api.Result.Status;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileInspector.Verdict;
import dev.tandem.filetransfer.testing.DebiansClamd;

/** With Debian's clamav-daemon; nothing is downloaded. */
public class RealClamdTest {
    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final Verdict EICAR = Verdict.found("Eicar-Local.UNOFFICIAL");

    private static DebiansClamd real;

    @BeforeClass
    public static void start() throws IOException {
        var program = DebiansClamd.program();
        Assume.assumeTrue("clamd is not installed: apt-get install clamav-daemon", program.isPresent());
        real = DebiansClamd.start(program.get(), FOLDER.getRoot().toPath());
    }

    @AfterClass
    public static void stop() throws IOException {
        if (real != null) {
            real.close();
        }
    }

    @Test
    public void theTestVirusIsFoundAndOthersPassByBothKindsOfSocket() throws Exception {
        for (var clamAv : new ClamAv[] {by(real.unix()), by(real.tcp())}) {
            assertEquals(EICAR, clamAv.inspect(Given.file(DebiansClamd.EICAR)));
            assertEquals(EICAR, clamAv.inspect(Given.file(zipped(DebiansClamd.EICAR))));
            assertEquals(Verdict.CLEAN, clamAv.inspect(Given.file("The report of the fourth quarter.\n")));
            assertEquals(Verdict.CLEAN, clamAv.inspect(Given.file(zipped("a letter"))));
            assertEquals(Verdict.CLEAN, clamAv.inspect(Given.file(new byte[0])));
        }
    }

    @Test
    public void itIsFoundInTheLastPieceOfMany() throws Exception {
        var bytes = new byte[DebiansClamd.FILE_MOST - 1000];
        new Random(5).nextBytes(bytes);
        var clamAv = by(real.unix());
        assertEquals(Verdict.CLEAN, clamAv.inspect(Given.file(bytes)));
        System.arraycopy(DebiansClamd.EICAR.getBytes(StandardCharsets.US_ASCII), 0, bytes, bytes.length - 68, 68);
        assertEquals(EICAR, clamAv.inspect(Given.file(bytes)));
    }

    @Test
    public void whatClamdDoesNotLookAtToItsEndIsNotClean() throws Exception {
        for (var address : new String[] {real.unix(), real.tcp()}) {
            var unfinished = assertThrows(
                    IOException.class, () -> by(address).inspect(Given.file(new byte[DebiansClamd.FILE_MOST + 100])));
            assertTrue(unfinished.getMessage(), unfinished.getMessage().contains("has not looked at all of the file"));
            // More than a socket holds, so that clamd's refusal meets us in the middle.
            var refused = assertThrows(
                    IOException.class, () -> by(address).inspect(Given.file(new byte[DebiansClamd.STREAM_MOST * 8])));
            assertTrue(refused.getMessage(), refused.getMessage().startsWith("clamd at " + address + ": "));
        }
        var refused = assertThrows(
                IOException.class, () -> by(real.unix()).inspect(Given.file(new byte[DebiansClamd.STREAM_MOST + 1])));
        assertTrue(refused.getMessage(), refused.getMessage().contains("StreamMaxLength"));
    }

    @Test
    public void severalAreLookedAtAtOnce() throws Exception {
        var clamAv = by(real.unix());
        var threads = Executors.newFixedThreadPool(8);
        try {
            var verdicts = new ArrayList<Future<Verdict>>();
            for (var i = 0; i < 40; i++) {
                var text = i % 2 == 0 ? DebiansClamd.EICAR : "text " + i;
                verdicts.add(threads.submit(() -> clamAv.inspect(Given.file(text))));
            }
            for (var i = 0; i < verdicts.size(); i++) {
                assertEquals(i % 2 == 0 ? EICAR : Verdict.CLEAN, verdicts.get(i).get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    public void healthSaysWhichVersionLooksAtFilesAndThatNobodyDoes() throws Exception {
        var up = new ClamdCheck(by(real.tcp()), Clock.systemUTC()).execute();
        assertEquals(up.toString(), Status.OK, up.getStatus());
        assertTrue(up.toString(), up.toString().contains("Files are inspected by ClamAV "));
        var folder = FOLDER.newFolder().toPath();
        var other = DebiansClamd.start(DebiansClamd.program().orElseThrow(), folder);
        var clamAv = by(other.unix());
        try (other) {
            assertEquals(EICAR, clamAv.inspect(Given.file(DebiansClamd.EICAR)));
        }
        assertThrows(IOException.class, () -> clamAv.inspect(Given.file(DebiansClamd.EICAR)));
        var down = new ClamdCheck(clamAv, Clock.systemUTC()).execute();
        assertEquals(down.toString(), Status.WARN, down.getStatus());
        assertTrue(down.toString(), down.toString().contains("Files cannot be inspected: clamd at " + other.unix()));
    }

    private static ClamAv by(String address) {
        return new ClamAv(Given.config(address, 64L << 20));
    }

    private static byte[] zipped(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("folder/a.txt"));
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
