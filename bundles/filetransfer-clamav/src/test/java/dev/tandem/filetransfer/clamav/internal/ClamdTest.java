package dev.tandem.filetransfer.clamav.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.felix.hc.api.Result.Status;
import org.junit.Test;

import dev.tandem.filetransfer.FileInspector.InspectedFile;
import dev.tandem.filetransfer.FileInspector.Verdict;

/** The protocol, and a clamd that does not keep to it. */
public class ClamdTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    public void theFileGoesInPiecesEachWithItsLengthAndThenOneOfNone() throws Exception {
        var bytes = new byte[(1 << 16) * 3 + 17];
        new Random(1).nextBytes(bytes);
        try (var odd = new OddClamd((in, out) -> {
            assertEquals("zINSTREAM", OddClamd.command(in));
            assertArrayEquals(bytes, OddClamd.pieces(in));
            out.write("stream: OK\0".getBytes());
        })) {
            assertEquals(Verdict.CLEAN, inspect(odd, Given.file(bytes)));
            odd.played();
        }
    }

    @Test
    public void theWholeNameOfWhatIsFoundIsTold() throws Exception {
        assertEquals(Verdict.found("Win.Test.EICAR_HDB-1"), inspect("stream: Win.Test.EICAR_HDB-1 FOUND\0"));
        assertEquals(Verdict.found("a FOUND b"), inspect("stream: a FOUND b FOUND\0"));
        assertEquals(Verdict.found("?[31mred?x"), inspect("stream: \u001b[31mred\r\nx FOUND\0"));
        assertEquals(
                203,
                inspect("stream: " + "x".repeat(3000) + " FOUND\0").finding().length());
    }

    @Test
    public void whatIsNoVerdictLetsNothingPass() throws Exception {
        for (var answer : new String[] {
            "",
            "\0",
            "stream: OK",
            "stream: O",
            "OK\0",
            "stream: OK FOUND",
            "stream:  FOUND\0",
            "stream: OK\nstream: OK\0",
            "UNKNOWN COMMAND\0",
            "COMMAND READ TIMED OUT\0",
            "stream: Can't open file ERROR\0",
            "INSTREAM size limit exceeded. ERROR\0",
            "HTTP/1.1 400 Bad Request\r\n\r\n",
            "x".repeat(100_000),
            "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
            "220 mail.example.org ESMTP\r\n"
        }) {
            var said = assertThrows(answer, IOException.class, () -> inspect(answer));
            assertTrue(said.getMessage(), said.getMessage().startsWith("clamd at 127.0.0.1:"));
            assertTrue(said.getMessage(), said.getMessage().length() < 400);
        }
        assertTrue(assertThrows(IOException.class, () -> inspect("INSTREAM size limit exceeded. ERROR\0"))
                .getMessage()
                .contains("StreamMaxLength"));
    }

    @Test
    public void nobodyWaitsForOneThatDoesNotAnswer() throws Exception {
        var started = new CountDownLatch(1);
        try (var odd = new OddClamd((in, out) -> {
            OddClamd.command(in);
            OddClamd.pieces(in);
            out.write("stream: ".getBytes());
            started.await();
        })) {
            assertFails("does not answer", odd, Given.file("text"), SHORT);
            started.countDown();
        }
    }

    @Test
    public void nobodyWaitsForOneThatTakesNothingMore() throws Exception {
        var over = new CountDownLatch(1);
        try (var odd = new OddClamd((in, out) -> over.await())) {
            assertFails("takes nothing more", odd, Given.file(new byte[32 << 20]), SHORT);
            over.countDown();
        }
    }

    @Test
    public void oneThatDripsItsAnswerHasNoMoreTimeThanOthers() throws Exception {
        var over = new CountDownLatch(1);
        try (var odd = new OddClamd((in, out) -> {
            OddClamd.command(in);
            OddClamd.pieces(in);
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                out.write('x');
            }
        })) {
            assertFails("does not answer", odd, Given.file("text"), Duration.ofMillis(500));
            over.countDown();
        }
    }

    @Test
    public void whoTakesNoConnectionsIsOutOfOrder() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        for (var address : new String[] {"127.0.0.1:" + free, "/nowhere/clamd.ctl", "/tmp", "nobody.invalid:3310"}) {
            var said = assertThrows(
                    address, IOException.class, () -> Given.clamd(address, LONG).inspect(Given.file("text")));
            assertTrue(said.getMessage(), said.getMessage().startsWith("clamd at " + address + ": "));
        }
    }

    @Test
    public void anAnswerInTheMiddleOfTheFileEndsIt() throws Exception {
        try (var odd = new OddClamd((in, out) -> {
            OddClamd.command(in);
            out.write("INSTREAM size limit exceeded. ERROR\0".getBytes());
            out.flush();
            in.readNBytes(64 << 20);
        })) {
            assertFails("StreamMaxLength", odd, Given.file(new byte[40 << 20]), LONG);
        }
    }

    @Test
    public void oneThatHangsUpInTheMiddleHasNoVerdict() throws Exception {
        try (var odd = new OddClamd((in, out) -> in.readNBytes(100_000))) {
            assertFails("clamd at", odd, Given.file(new byte[40 << 20]), LONG);
        }
    }

    @Test
    public void ofAFileThatIsNotWhatItsSizeSaysThereIsNoVerdict() throws Exception {
        for (var size : new long[] {99, 101, 0, 1 << 16, 200_000}) {
            try (var odd = new OddClamd(OddClamd.saying("stream: OK\0"))) {
                var said = assertThrows(
                        IOException.class,
                        () -> inspect(odd, Given.file(size, new ByteArrayInputStream(new byte[100]))));
                assertTrue(said.getMessage(), said.getMessage().startsWith("The file "));
            }
        }
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        try (var odd = new OddClamd(OddClamd.saying("stream: OK\0"))) {
            var said = assertThrows(IOException.class, () -> inspect(odd, Given.file(10, broken)));
            assertEquals("The file cannot be read: the disk is gone", said.getMessage());
        }
    }

    @Test
    public void whatIsLargerThanClamdTakesIsNotEvenOpened() {
        var clamAv = new ClamAv(Given.config("127.0.0.1:1", 99));
        var said = assertThrows(IOException.class, () -> clamAv.inspect(Given.file(new byte[100])));
        assertEquals(
                "clamd at 127.0.0.1:1 takes files up to 99 bytes, as dev.tandem.filetransfer.clamav says; this one has 100.",
                said.getMessage());
    }

    @Test
    public void whoeverIsInterruptedWaitsNoLonger() throws Exception {
        var over = new CountDownLatch(1);
        var reached = new CountDownLatch(1);
        try (var odd = new OddClamd((in, out) -> {
            OddClamd.command(in);
            OddClamd.pieces(in);
            reached.countDown();
            over.await();
        })) {
            var answered = new CompletableFuture<Verdict>();
            var thread = new Thread(() -> {
                try {
                    answered.complete(inspect(odd, Given.file("text")));
                } catch (IOException e) {
                    answered.completeExceptionally(e);
                }
            });
            thread.start();
            reached.await();
            thread.interrupt();
            assertTrue(assertThrows(ExecutionException.class, answered::get).getCause() instanceof IOException);
            over.countDown();
        }
    }

    @Test
    public void addresses() {
        assertEquals(
                "/run/clamav/clamd.ctl",
                ClamdAddress.of(" /run/clamav/clamd.ctl ").toString());
        assertEquals("localhost:3310", ClamdAddress.of("localhost:3310").toString());
        assertEquals("[::1]:3310", ClamdAddress.of("[::1]:3310").toString());
        for (var bad :
                new String[] {"", "clamd", "clamd:", "clamd:0", "clamd:65536", "::1:3310", "tcp://clamd:3310", "a b:1"
                }) {
            assertThrows(bad, IllegalArgumentException.class, () -> ClamdAddress.of(bad));
        }
    }

    @Test
    public void aWrongConfigurationIsToldByEachFileAndByTheHealth() throws Exception {
        var clamAv = new ClamAv(Given.config("clamd", 1000));
        var said = assertThrows(IOException.class, () -> clamAv.inspect(Given.file("text")));
        assertTrue(
                said.getMessage(),
                said.getMessage().startsWith("etc/dev.tandem.filetransfer.clamav.cfg: The address \"clamd\""));
        assertEquals(
                Status.WARN, new ClamdCheck(clamAv, Clock.systemUTC()).execute().getStatus());
        try (var odd = new OddClamd(OddClamd.saying("stream: OK\0"))) {
            clamAv.modified(Given.config(odd.address(), 1000));
            assertEquals(Verdict.CLEAN, clamAv.inspect(Given.file("text")));
        }
    }

    @Test
    public void healthTellsOfOldSignaturesAndOfStrangers() throws Exception {
        assertHealth(Status.OK, "ClamAV 1.4.3/27812/Sun Nov  9 09:25:02 2025");
        assertHealth(Status.OK, "ClamAV 1.4.3");
        assertHealth(Status.OK, "ClamAV 1.4.3//");
        assertHealth(Status.OK, "ClamAV 1.4.3/27812/yesterday");
        assertHealth(Status.WARN, "ClamAV 1.4.3/27812/Sat Nov  1 09:25:02 2025");
        assertHealth(Status.WARN, "220 mail.example.org ESMTP");
    }

    private static void assertHealth(Status status, String version) throws Exception {
        var clock = Clock.fixed(Instant.parse("2025-11-10T12:00:00Z"), ZoneOffset.UTC);
        try (var odd = new OddClamd((in, out) -> {
            assertEquals("zVERSION", OddClamd.command(in));
            out.write((version + "\0").getBytes());
        })) {
            var result = new ClamdCheck(new ClamAv(Given.config(odd.address(), 1)), clock).execute();
            assertEquals(result.toString(), status, result.getStatus());
            odd.played();
        }
    }

    private static Verdict inspect(String answer) throws IOException {
        try (var odd = new OddClamd(OddClamd.saying(answer))) {
            return inspect(odd, Given.file("text"));
        }
    }

    private static Verdict inspect(OddClamd odd, InspectedFile file) throws IOException {
        return Given.clamd(odd.address(), LONG).inspect(file);
    }

    private static void assertFails(String why, OddClamd odd, InspectedFile file, Duration patience) {
        var said = assertThrows(
                IOException.class, () -> Given.clamd(odd.address(), patience).inspect(file));
        assertTrue(said.getMessage(), said.getMessage().contains(why));
    }
}
