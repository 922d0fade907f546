package dev.tandem.itests.journeys;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.filetransfer.testing.DebiansClamd;
import dev.tandem.filetransfer.testing.S3Service;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/**
 * Who looks at files and where they are kept besides the node itself: by the features that the distribution brings along and does
 * not start, installed as docs/files.md says. A distribution of its own.
 */
public class FilesStoresIT {
    private static final int MB = 1 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(120);
    /** Each question to the shell is a line of the log, too. */
    private static final int MANY_LINES = 20_000;

    private static final Instant LATELY = Instant.parse("2026-07-19T10:20:31Z");

    private static Karaf karaf;

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Sending sending;

    /** What is not in it cannot be fetched from anywhere. */
    @BeforeClass
    public static void start() {
        karaf = Running.unpack("files-stores");
        karaf.configure(
                "org.ops4j.pax.url.mvn.cfg",
                Map.of(
                        "org.ops4j.pax.url.mvn.localRepository",
                        Running.work().resolve("no-repository").toString()));
        karaf.start();
    }

    @AfterClass
    public static void kill() {
        karaf.killHard();
    }

    @Before
    public void together() {
        site = Site.create(karaf);
        // The session is to outlast a start of the server, and whatever takes long.
        site.set("session.grace", "600");
        sending = Sending.begin(site, scene);
    }

    private String sent(String name, byte[] bytes) {
        var upload = TusUpload.create(sending.door(), sending.asAgent(), sending.metadata(name), bytes.length);
        assertEquals(204, upload.patch(0, bytes).status());
        return upload.id();
    }

    private void assertRefused(String file, String reason) throws IOException {
        var refused = sending.await(file, "REFUSED", "OFFERED");
        assertEquals(refused.toString(), "REFUSED", refused.get("state").asText());
        assertEquals(reason, refused.path("file").path("reason").asText());
        var path = "/filetransfer/" + sending.session() + "/transfers/"
                + refused.get("id").asText();
        assertEquals(409, sending.customer().post(path + "/agree").status());
        for (var who : List.of(sending.asCustomer(), sending.asAgent())) {
            assertEquals(404, Sending.get(sending.file(file), who).status());
        }
        assertEquals(
                "its receiver is not asked",
                List.of(),
                sending.transfers(sending.customer()).stream()
                        .filter(one -> one.path("file").path("id").asText().equals(file))
                        .filter(one -> !one.get("state").asText().equals("REFUSED"))
                        .toList());
        Await.until("its bytes are deleted", LONGEST, () -> stored(file) == 0);
    }

    private void assertArrives(String file, byte[] bytes) throws Exception {
        var offered = sending.await(file, "REFUSED", "OFFERED");
        assertEquals(offered.toString(), "OFFERED", offered.get("state").asText());
        sending.agree(sending.customer(), file);
        assertEquals(Sending.sum(bytes), sending.sumOfDownload(file, sending.asCustomer()));
    }

    private static long stored(String file) {
        var folder = karaf.home().resolve("data/files");
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var all = Files.walk(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith(file))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the health checks of that name say. */
    private static void awaitHealth(String text) {
        Await.until("health to say: " + text, LONGEST, () -> karaf.shell("tandem:health")
                .replaceAll("\\s+", " ")
                .contains(text));
    }

    private static byte[] zipped(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("folder/letter.txt"));
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    @Test
    public void whatClamAvFindsIsNeverOfferedAndTheSiteSaysWhatHoldsWhileItIsAway() throws Exception {
        var program = DebiansClamd.program();
        Assume.assumeTrue("clamd is not installed: apt-get install clamav-daemon", program.isPresent());
        var eicar = DebiansClamd.EICAR.getBytes(StandardCharsets.US_ASCII);
        var clean = "The report of the fourth quarter.\n".getBytes(StandardCharsets.US_ASCII);
        assertArrives(sent("before.txt", eicar), eicar);
        try (var clamd = DebiansClamd.start(program.get(), Files.createTempDirectory("tandem-clamd"))) {
            install("feature:install tandem-filetransfer-clamav");
            karaf.configure("dev.tandem.filetransfer.clamav.cfg", Map.of("address", clamd.unix()));
            awaitHealth("Files are inspected by ClamAV");
            assertRefused(sent("invoice.txt", eicar), "INFECTED");
            assertRefused(sent("invoices.zip", zipped(DebiansClamd.EICAR)), "INFECTED");
            assertArrives(sent("report.txt", clean), clean);
            assertTrue(karaf.tail(MANY_LINES).contains("is refused by clamav: Eicar-Local"));

            clamd.down();
            awaitHealth("Files cannot be inspected");
            assertEquals(
                    "a node without clamd does all else",
                    200,
                    karaf.api().page("/health").status());
            var health = karaf.api().as(karaf.administrator()).page("/health").text();
            assertTrue(health, health.contains("Files cannot be inspected"));
            assertRefused(sent("report again.txt", clean), "UNINSPECTED");
            assertTrue(karaf.tail(MANY_LINES).contains("clamav is out of order"));
            site.set("filetransfer.uninspected", "pass");
            assertArrives(sent("report once more.txt", clean), clean);
            assertTrue(karaf.tail(MANY_LINES).contains("passes without it, as the site has it"));

            clamd.up();
            awaitHealth("Files are inspected by ClamAV");
            assertRefused(sent("invoice again.txt", eicar), "INFECTED");
        } finally {
            // As docs/files.md says of who takes it off a server.
            karaf.shell("feature:uninstall tandem-filetransfer-clamav");
            karaf.configure("dev.tandem.filetransfer.inspection.cfg", Map.of("required", ""));
        }
        Await.until("nobody has to look at files", LONGEST, () -> {
            var file = sent("after.txt", eicar);
            return sending.await(file, "REFUSED", "OFFERED")
                    .get("state")
                    .asText()
                    .equals("OFFERED");
        });
    }

    @Test
    public void filesGoToABucketByRangesZipsAndAfterCuts() throws Exception {
        try (var s3 = new S3Service()) {
            install("feature:install -r tandem-filetransfer-s3");
            karaf.configure(
                    "dev.tandem.filetransfer.s3.cfg",
                    Map.of(
                            "endpoint",
                            s3.endpoint(),
                            "bucket",
                            S3Service.BUCKET,
                            "accessKey",
                            S3Service.ACCESS,
                            "secretKey",
                            S3Service.SECRET,
                            "partMegabytes",
                            "5"));
            awaitHealth("Files can be kept in S3");
            site.set("filetransfer.store", "s3");

            var bytes = Sending.bytes(17 * MB + 99, 51);
            var upload = TusUpload.create(sending.door(), sending.asAgent(), sending.metadata("big.bin"), bytes.length);
            assertEquals(204, upload.patch(0, Arrays.copyOf(bytes, 7 * MB)).status());
            assertEquals(7 * MB, upload.offset());
            long known = cutOff(upload, bytes, 7 * MB, 3 * MB);
            known = awayMeanwhile(s3, upload, bytes, known);
            known = killed(upload, bytes, known);
            assertTrue("" + known, known < bytes.length);
            assertEquals(204, upload.goOn(bytes).status());
            assertArrives(upload.id(), bytes);
            var object = s3.object("tandem/" + site.name() + "/" + upload.id() + ".bin");
            assertEquals(200, object.statusCode());
            assertEquals("it lies there as it is", Sending.sum(bytes), Sending.sum(object.body()));
            assertEquals("and nowhere on the node", 0, stored(upload.id()));
            assertRanges(upload, bytes);

            assertZip(s3);
            assertFalse(
                    "nothing of what was on its way is left: " + s3.list(),
                    s3.list().contains("/" + upload.id() + "/"));
        }
    }

    /** A connection that breaks in the middle of a body. @return what is known then */
    private long cutOff(TusUpload upload, byte[] bytes, int from, int more) throws IOException {
        var headers = new HashMap<>(upload.who());
        headers.putAll(Map.of(
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                Integer.toString(from),
                "Content-Type",
                "application/offset+octet-stream",
                "Content-Length",
                Integer.toString(bytes.length - from)));
        try (var request = new RawRequest("PATCH", upload.uri(), headers)) {
            request.send(Arrays.copyOfRange(bytes, from, from + more));
        }
        long known = upload.offset();
        assertTrue("known after the cut: " + known, known >= from && known <= from + more);
        return known;
    }

    /** The bucket is away for a while: the client hears that it is to come again, and nothing is lost. */
    private long awayMeanwhile(S3Service s3, TusUpload upload, byte[] bytes, long known) throws Exception {
        s3.down();
        var more = Arrays.copyOfRange(bytes, (int) known, (int) known + 2 * MB);
        var refused = upload.patch(known, more);
        assertEquals(503, refused.status());
        assertFalse(refused.header("Retry-After").isEmpty());
        s3.up();
        Await.until("the bucket is back", LONGEST, () -> upload.head().status() == 200);
        long now = upload.offset();
        assertTrue(known + " were known, " + now + " are", now >= known);
        return now;
    }

    /** The server is killed in the middle of a body, and another one begins. */
    private long killed(TusUpload upload, byte[] bytes, long from) throws Exception {
        var headers = new HashMap<>(upload.who());
        headers.putAll(Map.of(
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                Long.toString(from),
                "Content-Type",
                "application/offset+octet-stream",
                "Content-Length",
                Long.toString(bytes.length - from)));
        try (var request = new RawRequest("PATCH", upload.uri(), headers)) {
            request.send(Arrays.copyOfRange(bytes, (int) from, (int) from + MB));
            karaf.killHard();
        }
        karaf.start();
        Await.until("the upload is known", LONGEST, () -> upload.head().status() == 200);
        long now = upload.offset();
        assertTrue(from + " were known before the kill, " + now + " are", now >= from && now <= from + MB);
        return now;
    }

    private void assertRanges(TusUpload upload, byte[] bytes) {
        var who = new HashMap<>(sending.asCustomer());
        // Across the end of a part, the last bytes, and all from the middle.
        for (var range : List.of("5242870-5242899", "-100", "9000000-")) {
            who.put("Range", "bytes=" + range);
            var answer = Sending.get(upload.uri(), who);
            assertEquals(range, 206, answer.status());
            int from = range.startsWith("-") ? bytes.length - 100 : Integer.parseInt(range.split("-")[0]);
            int to = range.startsWith("5") ? 5_242_900 : bytes.length;
            assertEquals("bytes " + from + "-" + (to - 1) + "/" + bytes.length, answer.header("Content-Range"));
            assertArrayEquals(range, Arrays.copyOfRange(bytes, from, to), answer.body());
        }
        who.put("Range", "bytes=" + bytes.length + "-");
        assertEquals(416, Sending.get(upload.uri(), who).status());
    }

    private void assertZip(S3Service s3) throws IOException {
        var large = Sending.bytes(6 * MB, 52);
        var small = Sending.bytes(3_000, 53);
        var folder = SentFolder.byAgent(sending, "Plans", 2, large.length + small.length)
                .file("house/small.bin", small, LATELY)
                .empty("garden");
        var upload = folder.begin("large.bin", large.length, LATELY);
        assertEquals(204, upload.patch(0, large).status());
        folder.complete().await("OFFERED").agree(sending.customer());
        assertEquals(2, folder.now().get("readyCount").asInt());
        var found = SentFolder.entries(folder.zip(sending.asCustomer()).body());
        assertEquals(List.of("Plans/garden/", "Plans/house/small.bin", "Plans/large.bin"), List.copyOf(found.keySet()));
        assertArrayEquals(large, found.get("Plans/large.bin").bytes());
        assertArrayEquals(small, found.get("Plans/house/small.bin").bytes());
        assertEquals(LATELY, found.get("Plans/large.bin").modified());
        assertEquals(
                200,
                s3.object("tandem/" + site.name() + "/" + upload.id() + ".bin").statusCode());
    }

    private static void install(String command) {
        var said = karaf.shell(command);
        assertFalse(said, said.contains("Error"));
    }
}
