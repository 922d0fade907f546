package dev.tandem.itests.journeys;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Await;

/** What clients of files say that is not so: the protocol's own status, nothing half there, and the session goes on. */
public class FilesBadInputIT {
    private static final byte[] NOTHING = {};
    private static final int MB = 1 << 20;
    /** Controls, and what turns the direction of writing. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f/\\\\]");

    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Sending sending;

    @Before
    public void together() {
        site = Site.create(Running.karaf());
        sending = Sending.begin(site, scene);
    }

    /** Whatever was tried, an honest file still gets through in that session. */
    @After
    public void sessionIsUnhurt() throws Exception {
        var bytes = Sending.bytes(70_000, 3);
        var upload = create(bytes.length);
        assertEquals(204, upload.patch(0, bytes).status());
        sending.agree(sending.customer(), upload.id());
        assertEquals(Sending.sum(bytes), sending.sumOfDownload(upload.id(), sending.asCustomer()));
    }

    @Test
    public void offsetsThatAreNotSo() {
        var upload = create(100);
        assertEquals(204, upload.patch(0, new byte[40]).status());
        for (var lie : new String[] {"0", "39", "41", "100", "999999999999999999"}) {
            assertEquals(lie, 409, upload.patch(lie, new byte[10], Map.of()).status());
        }
        for (var lie : new String[] {"", "-1", "+40", "0x28", "4e1", "40.0", "forty", "99999999999999999999999"}) {
            assertEquals(lie, 400, upload.patch(lie, new byte[10], Map.of()).status());
        }
        assertEquals(40, upload.offset());
        assertEquals("ARRIVING", state(upload));
    }

    @Test
    public void bytesThatDoNotSumUp() {
        var upload = create(100);
        var other = Base64.getEncoder().encodeToString(Sending.sha256().digest(new byte[] {7}));
        var sum = Base64.getEncoder().encodeToString(Sending.sha256().digest(new byte[60]));
        assertEquals(460, checked(upload, "sha256 " + other).status());
        for (var nonsense : new String[] {"sha256", "md4 " + sum, "sha256 ***", "sha256 AAAA", "sha1 " + sum}) {
            assertEquals(nonsense, 400, checked(upload, nonsense).status());
        }
        assertEquals("nothing of it counts", 0, upload.offset());
        assertEquals(204, checked(upload, "sha256 " + sum).status());
        assertEquals(60, upload.offset());
    }

    private static Sending.Answer checked(TusUpload upload, String checksum) {
        return upload.patch("0", new byte[60], Map.of("Upload-Checksum", checksum));
    }

    @Test
    public void twoWritersOnOneUpload() throws Exception {
        var bytes = Sending.bytes(3 * MB, 11);
        var upload = create(bytes.length);
        try (var hanging = patch(upload, 0, Map.of("Content-Length", Integer.toString(bytes.length)))) {
            hanging.send(Arrays.copyOf(bytes, MB));
            long known = upload.offset();
            assertTrue("what came of it: " + known, known <= MB);
            assertEquals(204, upload.goOn(bytes).status());
            // The first one wakes up, and sends something else.
            try {
                hanging.send(new byte[2 * MB]);
                assertNotEquals("its bytes are not taken", 204, hanging.status());
            } catch (IOException closed) {
                // It was shut out, which is as good.
            }
        }
        var offered = sending.agree(sending.customer(), upload.id());
        assertEquals(Sending.sum(bytes), offered.path("file").path("sha256").asText());
        assertEquals(Sending.sum(bytes), sending.sumOfDownload(upload.id(), sending.asCustomer()));
    }

    @Test
    public void moreBytesThanWereAnnounced() throws Exception {
        var upload = create(1000);
        assertRefused(upload.patch(0, new byte[1001]).status());
        assertTrue(upload.offset() <= 1000);
        // And nobody says how many there are.
        try (var chunked = patch(upload, upload.offset(), Map.of("Transfer-Encoding", "chunked"))) {
            chunked.chunk(new byte[5000]).chunk(NOTHING);
            assertRefused(chunked.status());
        }
        assertTrue(upload.offset() <= 1000);
        assertTrue("it is not offered", state(upload).equals("ARRIVING"));
        assertEquals(
                0,
                Sending.get(upload.uri(), sending.asCustomer()).header("ETag").length());
    }

    @Test
    public void aRequestThatStopsInTheMiddleKeepsWhatCame() throws Exception {
        var bytes = Sending.bytes(2 * MB, 12);
        var upload = create(bytes.length);
        try (var half = patch(upload, 0, Map.of("Content-Length", Integer.toString(bytes.length)))) {
            half.send(Arrays.copyOf(bytes, MB));
        }
        long known = upload.offset();
        assertTrue("at most what was sent: " + known, known <= MB);
        assertEquals(204, upload.goOn(bytes).status());
        assertEquals(
                Sending.sum(bytes),
                sending.await(upload.id(), "OFFERED")
                        .path("file")
                        .path("sha256")
                        .asText());
    }

    @Test
    public void lengthsThatCannotBe() {
        for (var length : new String[] {"", "-1", "+5", "1e9", "0x10", "ten", "99999999999999999999999"}) {
            assertEquals(length, 400, ask(Map.of("Upload-Length", length)).status());
        }
        assertEquals(413, ask(Map.of("Upload-Length", "900000000000000000")).status());
        assertEquals(
                400,
                ask(Map.of("Upload-Length", "5", "Upload-Defer-Length", "1")).status());
        assertEquals(400, ask(Map.of("Upload-Defer-Length", "2")).status());
        assertTrue("nothing was made of it", sending.transfers(sending.agent()).isEmpty());
    }

    @Test
    public void aLengthThatComesLaterIsBoundedAndSaidOnce() {
        var made = ask(Map.of("Upload-Defer-Length", "1"));
        assertEquals(201, made.status());
        var upload = new TusUpload(sending.door().resolve(made.header("Location")), sending.asAgent());
        assertEquals(204, upload.patch(0, new byte[50]).status());
        assertRefused(
                upload.patch("50", new byte[1], Map.of("Upload-Length", "49")).status());
        assertEquals(
                413,
                upload.patch("50", new byte[1], Map.of("Upload-Length", "900000000000000000"))
                        .status());
        assertEquals(
                204,
                upload.patch("50", new byte[1], Map.of("Upload-Length", "60")).status());
        assertRefused(
                upload.patch("51", new byte[1], Map.of("Upload-Length", "70")).status());
        assertEquals(51, upload.offset());
    }

    @Test
    public void B13_aGigabyteMayBeSentAndNotOneByteMore() {
        assertEquals(201, ask(Map.of("Upload-Length", "1073741824")).status());
        var refused = ask(Map.of("Upload-Length", "1073741825"));
        assertEquals(413, refused.status());
        assertEquals("file-too-large", code(refused));
    }

    @Test
    public void BX4_customersHaveALimitOfTheirOwn() {
        var metadata = sending.metadata("x.bin");
        var limit = Map.of("Upload-Length", Long.toString(100L * MB));
        var over = Map.of("Upload-Length", Long.toString(100L * MB + 1));
        assertEquals(
                201,
                TusUpload.ask(sending.door(), sending.asCustomer(), metadata, limit, NOTHING)
                        .status());
        assertEquals(
                413,
                TusUpload.ask(sending.door(), sending.asCustomer(), metadata, over, NOTHING)
                        .status());
        site.set("filetransfer.from-customer-bytes", "1000");
        assertEquals(
                413,
                TusUpload.ask(sending.door(), sending.asCustomer(), metadata, limit, NOTHING)
                        .status());
    }

    @Test
    public void overTheQuotaNotAByteIsTaken() {
        site.set("filetransfer.session-quota-bytes", "100000");
        var first = create(20_000);
        assertEquals(204, first.patch(0, new byte[20_000]).status());
        var refused = ask(Map.of("Upload-Length", "80001"));
        assertEquals(413, refused.status());
        assertEquals("quota-session", code(refused));
        site.set("filetransfer.session-quota-bytes", "10000000");
        site.set("filetransfer.site-quota-bytes", "100000");
        var again = ask(Map.of("Upload-Length", "80001"));
        assertEquals(413, again.status());
        assertEquals("quota-site", code(again));
        site.set("filetransfer.site-quota-bytes", "10000000");
    }

    @Test
    public void foreignAndGuessedIdsAreNotThere() throws Exception {
        var bytes = Sending.bytes(5000, 5);
        var upload = create(bytes.length);
        assertEquals(204, upload.patch(0, Arrays.copyOf(bytes, 3000)).status());
        var elsewhere = Sending.begin(Site.create(Running.karaf()), scene);
        var nextDoor = Sending.begin(site, scene);
        var strangers = List.of(
                Sending.basic(site.ben().signIn()),
                nextDoor.asCustomer(),
                elsewhere.asAgent(),
                elsewhere.asCustomer(),
                sending.asCustomer());
        var guessed = new TusUpload(sending.file(UUID.randomUUID().toString().replace("-", "")), sending.asAgent());
        var constant = Sending.get(guessed.uri(), sending.asAgent());
        assertEquals(404, constant.status());
        for (var stranger : strangers) {
            assertNotThere(new TusUpload(upload.uri(), stranger), constant, 3000);
        }
        assertNotThere(guessed, constant, 0);
        for (var odd : new String[] {"x", "..%2f..%2fetc%2fpasswd", "%00", "a".repeat(300), upload.id() + "0"}) {
            int status = Sending.get(URI.create(sending.door() + "/" + odd), sending.asAgent())
                    .status();
            assertTrue(odd + ": " + status, status == 404 || status == 400);
        }
        assertStranger(Sending.get(upload.uri(), Map.of()));

        assertEquals("nobody has touched it", 3000, upload.offset());
        assertEquals(
                204, upload.patch(3000, Arrays.copyOfRange(bytes, 3000, 5000)).status());
        sending.await(upload.id(), "OFFERED");
        // Offered, and nobody has agreed: not even its receiver has a byte.
        for (var stranger : strangers) {
            var got = Sending.get(upload.uri(), stranger);
            assertEquals(404, got.status());
            assertArrayEquals(constant.body(), got.body());
        }
        sending.agree(sending.customer(), upload.id());
        for (var stranger : strangers.subList(0, strangers.size() - 1)) {
            assertEquals(404, Sending.get(upload.uri(), stranger).status());
        }
        assertEquals(Sending.sum(bytes), sending.sumOfDownload(upload.id(), sending.asCustomer()));
    }

    private static void assertNotThere(TusUpload as, Sending.Answer constant, long offset) {
        assertEquals(404, as.head().status());
        assertEquals("", as.head().header("Upload-Offset"));
        assertEquals(404, as.patch(offset, new byte[10]).status());
        assertEquals(404, as.delete().status());
        var got = Sending.get(as.uri(), as.who());
        assertEquals(404, got.status());
        assertArrayEquals(constant.body(), got.body());
    }

    /** The shortest expiry there is; both sides at once, so that one wait is enough. */
    @Test
    public void expiredIdsAreGoneForTheirSendersAndUnknownToOthers() throws Exception {
        site.set("filetransfer.expiry-minutes", "1");
        expired();
        site.set("filetransfer.expiry-minutes", "60");
    }

    private void expired() throws Exception {
        var ofAgent = create(1000);
        assertEquals(204, ofAgent.patch(0, new byte[500]).status());
        var ofCustomer =
                TusUpload.create(sending.door(), sending.asCustomer(), sending.metadata("from Marie.bin"), 1000);
        assertEquals(204, ofCustomer.patch(0, new byte[500]).status());
        var unanswered = create(500);
        assertEquals(204, unanswered.patch(0, new byte[500]).status());
        sending.await(unanswered.id(), "OFFERED");
        var constant = Sending.get(sending.file(UUID.randomUUID().toString().replace("-", "")), sending.asAgent());
        assertEquals(404, constant.status());

        for (var expired : List.of(ofAgent, ofCustomer, unanswered)) {
            assertEquals(
                    "EXPIRED",
                    sending.await(expired.id(), "CANCELLED").path("ending").asText());
            assertEquals(404, expired.head().status());
            assertEquals("", expired.head().header("Upload-Offset"));
            assertGone(expired.patch(500, new byte[500]));
            assertGone(expired.delete());
            boolean agents = expired != ofCustomer;
            var other = agents ? sending.asCustomer() : sending.asAgent();
            assertNotThere(new TusUpload(expired.uri(), other), constant, 500);
            assertArrayEquals(
                    constant.body(),
                    new TusUpload(expired.uri(), other)
                            .patch(500, new byte[500])
                            .body());
            var read = Sending.get(expired.uri(), expired.who());
            assertEquals(404, read.status());
            assertArrayEquals("not even its sender reads it", constant.body(), read.body());
            Await.until("its bytes are deleted", Duration.ofSeconds(60), () -> stored(expired.id()) == 0);
        }
    }

    private static void assertGone(Sending.Answer answer) {
        assertEquals(404, answer.status());
        assertEquals("gone", code(answer));
    }

    private static long stored(String file) {
        try (var all = Files.walk(Running.karaf().home().resolve("data/files"))) {
            return all.filter(path -> path.getFileName().toString().startsWith(file))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void onlyWhoMaySends() {
        assertEquals(
                404,
                TusUpload.ask(
                                sending.door(),
                                Sending.basic(site.ben().signIn()),
                                sending.metadata("x"),
                                Map.of("Upload-Length", "5"),
                                NOTHING)
                        .status());
        assertStranger(
                TusUpload.ask(sending.door(), Map.of(), sending.metadata("x"), Map.of("Upload-Length", "5"), NOTHING));
        var unknown = Map.of("session", UUID.randomUUID().toString(), "filename", "x");
        assertEquals(
                404,
                TusUpload.ask(sending.door(), sending.asAgent(), unknown, Map.of("Upload-Length", "5"), NOTHING)
                        .status());
    }

    @Test
    public void anotherProtocolAndOtherBytes() {
        var upload = create(10);
        assertEquals(
                412,
                upload.patch("0", new byte[10], Map.of("Tus-Resumable", "0.2.2"))
                        .status());
        assertEquals(
                412,
                upload.patch("0", new byte[10], Map.of("Tus-Resumable", "")).status());
        assertEquals(
                415,
                upload.patch("0", new byte[10], Map.of("Content-Type", "application/json"))
                        .status());
        assertEquals(0, upload.offset());
        for (var metadata : new String[] {"filename ***", "filename YQ==,filename Yg==", " ", "filename gICA"}) {
            int status = ask(Map.of("Upload-Length", "5", "Upload-Metadata", metadata))
                    .status();
            assertTrue(metadata + ": " + status, status == 400 || status == 404);
        }
    }

    @Test
    public void B12_namesAreHarmlessWhereTheyAreSaved() throws Exception {
        var names = List.of(
                "../../etc/passwd",
                "..\\..\\boot.ini",
                "/etc/shadow",
                "C:\\Windows\\system.ini",
                "nul\u0000byte.txt",
                "CON",
                "com1.txt",
                "n".repeat(300) + ".txt",
                "invoice\u202Excod.exe",
                "trailing. . .",
                "..",
                "line\r\nSet-Cookie: a=b",
                "<img src=x onerror=alert(1)>.html",
                "\"; filename=\"x.exe");
        for (var name : names) {
            var upload = TusUpload.create(sending.door(), sending.asAgent(), sending.metadata(name), 3);
            assertEquals(204, upload.patch(0, new byte[] {1, 2, 3}).status());
            var offered = sending.agree(sending.customer(), upload.id());
            var saved = offered.path("file").path("name").asText();
            assertFalse(name + " is saved as " + saved, UNSAFE.matcher(saved).find());
            assertFalse(
                    name + " is saved as " + saved, saved.matches("(?i)(\\.|\\.\\.||(con|nul|com1)(\\..*)?|.*[. ])"));
            assertTrue(saved, saved.getBytes(StandardCharsets.UTF_8).length <= 255);
            var got = Sending.get(upload.uri(), sending.asCustomer());
            assertEquals(200, got.status());
            var disposition = got.header("Content-Disposition");
            assertTrue(disposition, disposition.startsWith("attachment"));
            assertFalse(disposition, UNSAFE.matcher(disposition).find());
            assertEquals("", got.header("Set-Cookie"));
            assertEquals("nosniff", got.header("X-Content-Type-Options"));
        }
        try (var stored = Files.walk(Running.karaf().home().resolve("data"))) {
            var odd = stored.map(path -> path.getFileName().toString())
                    .filter(one -> one.matches("(?i).*(passwd|boot\\.ini|shadow|invoice|nnnnnnnn|onerror).*"))
                    .toList();
            assertEquals("names of theirs on our disk", List.of(), odd);
        }
    }

    @Test
    public void uploadsEndWithTheSession() {
        var over = Sending.begin(site, scene);
        var upload = TusUpload.create(over.door(), over.asAgent(), over.metadata("late.bin"), 100);
        assertEquals(204, upload.patch(0, new byte[50]).status());
        over.agent().post("/sessions/" + over.session() + "/end").ok();
        var refused = upload.patch(50, new byte[50]);
        assertEquals(403, refused.status());
        assertEquals("not-allowed-now", code(refused));
        over.await(upload.id(), "CANCELLED");
        assertEquals(404, Sending.get(upload.uri(), over.asAgent()).status());
    }

    private TusUpload create(long size) {
        return TusUpload.create(sending.door(), sending.asAgent(), sending.metadata("some.bin"), size);
    }

    private Sending.Answer ask(Map<String, String> headers) {
        return TusUpload.ask(sending.door(), sending.asAgent(), sending.metadata("some.bin"), headers, NOTHING);
    }

    private String state(TusUpload upload) {
        return sending.transfers(sending.agent()).stream()
                .filter(one -> one.path("file").path("id").asText().equals(upload.id()))
                .map(one -> one.get("state").asText())
                .findFirst()
                .orElse("unknown");
    }

    private static String code(Sending.Answer answer) {
        var type = Sending.problem(answer).path("type").asText();
        return type.substring(type.lastIndexOf(':') + 1);
    }

    /** Who has not signed in. */
    private static void assertStranger(Sending.Answer answer) {
        assertEquals(401, answer.status());
    }

    private static void assertRefused(int status) {
        assertTrue("HTTP " + status, status == 400 || status == 409 || status == 413);
    }

    private RawRequest patch(TusUpload upload, long offset, Map<String, String> more) throws IOException {
        var headers = new HashMap<>(upload.who());
        headers.put("Tus-Resumable", "1.0.0");
        headers.put("Upload-Offset", Long.toString(offset));
        headers.put("Content-Type", "application/offset+octet-stream");
        headers.putAll(more);
        return new RawRequest("PATCH", upload.uri(), headers);
    }
}
