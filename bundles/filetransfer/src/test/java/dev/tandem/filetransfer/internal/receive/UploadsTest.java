package dev.tandem.filetransfer.internal.receive;

import static dev.tandem.filetransfer.internal.receive.UploadScene.bytes;
import static dev.tandem.filetransfer.internal.receive.UploadScene.call;
import static dev.tandem.filetransfer.internal.receive.UploadScene.headers;
import static dev.tandem.filetransfer.internal.receive.UploadScene.metadata;
import static dev.tandem.filetransfer.internal.receive.UploadScene.none;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileInspector;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.book.Announcement;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;
import dev.tandem.web.testing.FakeCall;

/** What becomes of uploads, from the first request to the look at what came. */
public class UploadsTest {
    private static final String OF_HELLO_WORLD = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private UploadScene scene;

    @Before
    public void begin() {
        scene = new UploadScene(temporary.getRoot().toPath());
    }

    @After
    public void end() {
        scene.close();
    }

    private static void refused(int status, String code, ThrowingRunnable asked) {
        var problem = assertThrows(code, ProblemException.class, asked).problem();
        assertEquals(status + " " + code, problem.status() + " " + problem.code());
    }

    private Upload create(Caller by, InputStreamOf in, String... pairs) throws IOException {
        return scene.uploads.create(call(by), headers(pairs), false, in.get());
    }

    private interface InputStreamOf {
        java.io.InputStream get();
    }

    @Test
    public void aFileComesInPiecesIsLookedAtAndOffered() throws Exception {
        var begun = scene.begin("hello.txt", 11);
        assertEquals(0, begun.offset());
        assertEquals(Optional.of(scene.clock.instant().plusSeconds(3600)), begun.expires());
        assertEquals(6, scene.append(Cast.ANNA, begun.file(), 0, "hello ").offset());
        var now = scene.uploads.find(call(Cast.ANNA), begun.file());
        assertEquals(6, now.offset());
        assertEquals(Optional.of(11L), now.length());
        assertEquals(
                Optional.of(metadata(Map.of("filename", "hello.txt")) + ","
                        + metadata(Map.of("filetype", "application/octet-stream"))),
                now.metadata());
        assertEquals(State.ARRIVING, scene.of(begun.file()).state());
        assertTrue(scene.append(Cast.ANNA, begun.file(), 6, "world").whole());
        // tus-java-client ends so, while it is being looked at.
        assertEquals(11, scene.append(Cast.ANNA, begun.file(), 11, "").offset());
        refused(413, "more-than-announced", () -> scene.append(Cast.ANNA, begun.file(), 11, "!"));
        var offered =
                scene.awaits(begun.file(), State.OFFERED).file(begun.file()).orElseThrow();
        assertEquals(Optional.of(OF_HELLO_WORLD), offered.sha256());
        assertEquals("text/plain", offered.type());
        assertEquals(Optional.of(11L), offered.size());
        assertEquals(
                "a client whose last answer was lost",
                11,
                scene.uploads.find(call(Cast.ANNA), begun.file()).offset());
        assertEquals(
                11,
                scene.append(Cast.ANNA, begun.file(), 11, "", "Content-Length", "0")
                        .offset());
        assertEquals(11, scene.append(Cast.ANNA, begun.file(), 11, "").offset());
        refused(409, "other-offset", () -> scene.append(Cast.ANNA, begun.file(), 6, "world"));
    }

    @Test
    public void aSmallFileIsOneRequestAndNoneHasNoBytes() throws Exception {
        var said = metadata(Map.of("filename", "a.txt", "filetype", "text/plain"));
        var small = create(
                Cast.MARIE,
                () -> bytes("hello world"),
                "Content-Type",
                Headers.BYTES,
                Headers.LENGTH,
                "11",
                Headers.METADATA,
                said);
        assertTrue(small.whole());
        assertEquals(Optional.empty(), small.expires());
        assertEquals(
                Optional.of(OF_HELLO_WORLD),
                scene.awaits(small.file(), State.OFFERED)
                        .file(small.file())
                        .orElseThrow()
                        .sha256());
        assertEquals("for the agents", Optional.empty(), scene.of(small.file()).to());
        var empty = create(Cast.MARIE, () -> none(), Headers.LENGTH, "0", Headers.METADATA, said);
        assertTrue(empty.whole());
        scene.awaits(empty.file(), State.OFFERED);
    }

    @Test
    public void theLengthMayComeLaterOnce() throws Exception {
        var begun = create(
                Cast.MARIE, () -> none(), Headers.DEFER, "1", Headers.METADATA, metadata(Map.of("filename", "a")));
        assertEquals(Optional.empty(), begun.length());
        assertEquals(6, scene.append(Cast.MARIE, begun.file(), 0, "hello ").offset());
        refused(400, "invalid", () -> scene.append(Cast.MARIE, begun.file(), 6, "world", Headers.LENGTH, "5"));
        assertEquals(6, scene.uploads.find(call(Cast.MARIE), begun.file()).offset());
        assertTrue(scene.append(Cast.MARIE, begun.file(), 6, "world", Headers.LENGTH, "11")
                .whole());
        scene.awaits(begun.file(), State.OFFERED);
        var other = create(
                Cast.MARIE, () -> none(), Headers.DEFER, "1", Headers.METADATA, metadata(Map.of("filename", "a")));
        scene.append(Cast.MARIE, other.file(), 0, "a", Headers.LENGTH, "10");
        refused(400, "invalid", () -> scene.append(Cast.MARIE, other.file(), 1, "b", Headers.LENGTH, "11"));
        refused(
                413,
                "file-too-large",
                () -> create(Cast.MARIE, () -> none(), Headers.LENGTH, Long.toString((100L << 20) + 1)));
    }

    @Test
    public void whatIsTooLargeIsRefusedBeforeAByteAndNothingIsLeft() throws Exception {
        scene.values.toCustomer = 10;
        var problem =
                assertThrows(ProblemException.class, () -> scene.begin("a", 11)).problem();
        assertEquals("413 file-too-large", problem.status() + " " + problem.code());
        assertEquals(List.of(), scene.book.of(UploadScene.SITE, Cast.SESSION));
        try (var all = scene.stores.of(UploadScene.SITE).all()) {
            assertEquals(0, all.count());
        }
        var deferred = create(
                Cast.ANNA,
                () -> none(),
                Headers.DEFER,
                "1",
                Headers.METADATA,
                metadata(Map.of("session", Cast.SESSION.toString())));
        refused(413, "more-than-announced", () -> scene.append(Cast.ANNA, deferred.file(), 0, "12345678901"));
        refused(413, "file-too-large", () -> scene.append(Cast.ANNA, deferred.file(), 0, "1", Headers.LENGTH, "11"));
        assertEquals(
                10, scene.append(Cast.ANNA, deferred.file(), 0, "1234567890").offset());
        scene.begin("ten", 10);
    }

    @Test
    public void liesChangeNothing() throws Exception {
        var file = scene.begin("a.txt", 11).file();
        scene.append(Cast.ANNA, file, 0, "hello ");
        refused(409, "other-offset", () -> scene.append(Cast.ANNA, file, 5, " world"));
        refused(409, "other-offset", () -> scene.append(Cast.ANNA, file, 11, ""));
        refused(413, "more-than-announced", () -> scene.append(Cast.ANNA, file, 6, "world!"));
        refused(413, "more-than-announced", () -> scene.append(Cast.ANNA, file, 6, "world", "Content-Length", "6"));
        refused(
                460,
                "checksum-mismatch",
                () -> scene.append(Cast.ANNA, file, 6, "wOrld", Headers.CHECKSUM, "sha1 fCEUM/AgcVl3Qeb/Wo6jR4mrv0M="));
        refused(400, "invalid", () -> scene.append(Cast.ANNA, file, 6, "world", Headers.LENGTH, "12"));
        refused(
                415,
                "not-bytes",
                () -> scene.uploads.append(call(Cast.ANNA), file, headers(Headers.OFFSET, "6"), bytes("world")));
        assertEquals(6, scene.uploads.find(call(Cast.ANNA), file).offset());
        assertTrue(scene.append(Cast.ANNA, file, 6, "world", Headers.CHECKSUM, "sha1 fCEUM/AgcVl3Qeb/Wo6jR4mrv0M=")
                .whole());
        assertEquals(
                Optional.of(OF_HELLO_WORLD),
                scene.awaits(file, State.OFFERED).file(file).orElseThrow().sha256());
    }

    @Test
    public void anUploadIsItsSendersAlone() throws Exception {
        var file = scene.begin("a.txt", 11).file();
        for (var other : List.of(Cast.BEN, Cast.MARIE, Cast.PAUL, Cast.STRANGER)) {
            refused(404, "unknown", () -> scene.uploads.find(call(other), file));
            refused(404, "unknown", () -> scene.append(other, file, 0, "x"));
            refused(404, "unknown", () -> scene.uploads.end(call(other), file));
        }
        var guessed = UUID.randomUUID().toString().replace("-", "");
        refused(404, "unknown", () -> scene.append(Cast.ANNA, guessed, 0, "x"));
        assertEquals(0, scene.uploads.find(call(Cast.ANNA), file).offset());
        refused(
                404,
                "unknown",
                () -> create(
                        Cast.STRANGER,
                        () -> none(),
                        Headers.LENGTH,
                        "1",
                        Headers.METADATA,
                        metadata(Map.of("session", Cast.SESSION.toString()))));
        refused(
                403,
                "not-in-control",
                () -> create(
                        Cast.BEN,
                        () -> none(),
                        Headers.LENGTH,
                        "1",
                        Headers.METADATA,
                        metadata(Map.of("session", Cast.SESSION.toString()))));
        refused(400, "invalid", () -> create(Cast.ANNA, () -> none(), Headers.LENGTH, "1"));
    }

    @Test
    public void whenControlPassesNothingGoesOn() throws Exception {
        var file = scene.begin("a.txt", 11).file();
        scene.append(Cast.ANNA, file, 0, "hello ");
        scene.session.pass(Cast.BEN_ID);
        refused(403, "not-allowed-now", () -> scene.append(Cast.ANNA, file, 6, "world"));
        refused(403, "not-allowed-now", () -> scene.uploads.find(call(Cast.ANNA), file));
    }

    @Test
    public void aFileIsTakenBackUntilItIsAgreedTo() throws Exception {
        var coming = scene.begin("a.txt", 11).file();
        scene.append(Cast.ANNA, coming, 0, "hello ");
        scene.uploads.end(call(Cast.ANNA), coming);
        assertEquals(State.CANCELLED, scene.of(coming).state());
        assertThrows(MissingFileException.class, () -> scene.stores.holding(scene.key(coming)));
        refused(404, "unknown", () -> scene.append(Cast.ANNA, coming, 6, "world"));

        var offered = scene.begin("b.txt", 5).file();
        scene.append(Cast.ANNA, offered, 0, "hello");
        scene.awaits(offered, State.OFFERED);
        scene.uploads.end(call(Cast.ANNA), offered);
        assertEquals(State.CANCELLED, scene.of(offered).state());

        var agreed = scene.begin("c.txt", 5).file();
        scene.append(Cast.ANNA, agreed, 0, "hello");
        var transfer = scene.awaits(agreed, State.OFFERED).id();
        scene.book.agree(UploadScene.SITE, transfer, Cast.MARIE_ID, Cast.MARIE.actor(), UUID.randomUUID());
        refused(409, "agreed", () -> scene.uploads.end(call(Cast.ANNA), agreed));
        assertEquals(5, scene.stores.holding(scene.key(agreed)).size(scene.key(agreed)));
    }

    @Test
    public void filesOfAFolderComeOneByOne() throws Exception {
        var sender = scene.gate.sender(call(Cast.ANNA), Cast.SESSION);
        var folder = scene.book
                .announce(sender, new Announcement(Kind.FOLDER, "photos", 2, Optional.of(10L)), UUID.randomUUID())
                .orElseThrow(ProblemException::refused);
        for (var path : List.of("photos/a.txt", "photos/more/b.txt")) {
            var said = metadata(Map.of("transfer", folder.toString(), "relativePath", path));
            create(
                    Cast.ANNA,
                    () -> bytes("hello"),
                    "Content-Type",
                    Headers.BYTES,
                    Headers.LENGTH,
                    "5",
                    Headers.METADATA,
                    said);
        }
        var more = metadata(Map.of("transfer", folder.toString(), "relativePath", "x"));
        refused(
                409,
                "more-files-than-announced",
                () -> create(Cast.ANNA, () -> none(), Headers.LENGTH, "1", Headers.METADATA, more));
        scene.book.complete(sender, folder, UUID.randomUUID());
        UploadScene.until(
                () -> scene.book.find(UploadScene.SITE, folder).orElseThrow().state() == State.OFFERED);
        assertEquals(
                List.of(Optional.of("photos/a.txt"), Optional.of("photos/more/b.txt")),
                scene.book.find(UploadScene.SITE, folder).orElseThrow().files().stream()
                        .map(file -> file.path())
                        .toList());
    }

    @Test
    public void aRequestSentAgainMeansTheSameUpload() throws Exception {
        var key = UUID.randomUUID();
        var said = headers(Headers.LENGTH, "5", Headers.METADATA, metadata(Map.of("filename", "a.txt")));
        var first = scene.uploads.create(new FakeCall(Cast.MARIE, key), said, true, none());
        scene.append(Cast.MARIE, first.file(), 0, "hel");
        var again = scene.uploads.create(new FakeCall(Cast.MARIE, key), said, true, none());
        assertEquals(first.file(), again.file());
        assertEquals(3, again.offset());
        try (var all = scene.stores.of(UploadScene.SITE).all()) {
            assertEquals(1, all.map(one -> one.key()).distinct().count());
        }
    }

    @Test
    public void whatStandsInTheBookIsAwaitedThoughTheStoreHasLostIt() throws Exception {
        var key = UUID.randomUUID();
        var said = headers(
                Headers.LENGTH,
                "5",
                "Content-Type",
                Headers.BYTES,
                Headers.METADATA,
                metadata(Map.of("filename", "a.txt")));
        var first = scene.uploads.create(
                new FakeCall(Cast.MARIE, key),
                headers(Headers.LENGTH, "5", Headers.METADATA, metadata(Map.of("filename", "a.txt"))),
                true,
                none());
        scene.stores.delete(scene.key(first.file()));
        var again = scene.uploads.create(new FakeCall(Cast.MARIE, key), said, true, bytes("hello"));
        assertEquals(first.file(), again.file());
        assertTrue(again.whole());
        scene.awaits(again.file(), State.OFFERED);
        scene.uploads.end(call(Cast.MARIE), again.file());
        refused(404, "unknown", () -> scene.uploads.create(new FakeCall(Cast.MARIE, key), said, true, bytes("hello")));
    }

    @Test
    public void aFileOfAFolderThatIsOfferedIsNotTakenOutOfIt() throws Exception {
        var sender = scene.gate.sender(call(Cast.ANNA), Cast.SESSION);
        var folder = scene.book
                .announce(sender, new Announcement(Kind.FOLDER, "f", 2, Optional.empty()), UUID.randomUUID())
                .orElseThrow(refusal -> new IllegalStateException(refusal.code()));
        var files = new java.util.ArrayList<String>();
        for (var path : List.of("f/a.txt", "f/b.txt")) {
            files.add(create(
                            Cast.ANNA,
                            () -> bytes("hello"),
                            "Content-Type",
                            Headers.BYTES,
                            Headers.LENGTH,
                            "5",
                            Headers.METADATA,
                            metadata(Map.of("transfer", folder.toString(), "relativePath", path)))
                    .file());
        }
        scene.book.complete(sender, folder, UUID.randomUUID());
        scene.awaits(files.get(0), State.OFFERED);
        refused(409, "transfer-over", () -> scene.uploads.end(call(Cast.ANNA), files.get(0)));
        assertEquals(State.OFFERED, scene.of(files.get(1)).state());
        scene.stores.holding(scene.key(files.get(0)));
    }

    @Test
    public void partsBecomeAFileThatDoesNotGrow() throws Exception {
        var first = part("hello ");
        var second = part("world");
        refused(404, "unknown", () -> join(Cast.BEN, first, second));
        var whole = join(Cast.ANNA, first, second);
        assertEquals(11, whole.offset());
        assertEquals(
                Optional.of(OF_HELLO_WORLD),
                scene.awaits(whole.file(), State.OFFERED)
                        .file(whole.file())
                        .orElseThrow()
                        .sha256());
        assertEquals(
                Optional.of("final;/api/files/" + first + " /api/files/" + second),
                scene.uploads.find(call(Cast.ANNA), whole.file()).concat());
        refused(403, "made-of-parts", () -> scene.append(Cast.ANNA, whole.file(), 11, ""));
        refused(404, "unknown", () -> join(Cast.ANNA, first, second));
        assertThrows(MissingFileException.class, () -> scene.stores.holding(scene.key(first)));
    }

    @Test
    public void aJoinWhoseAnswerWasLostIsTheSameFile() throws Exception {
        var parts = List.of(part("hello "), part("world"));
        var said = headers(
                Headers.CONCAT,
                "final;/api/files/" + String.join(" /api/files/", parts),
                Headers.METADATA,
                metadata(Map.of("session", Cast.SESSION.toString())));
        var key = UUID.randomUUID();
        var concat = (Headers.Concat.Final) said.concat();
        var first = scene.partial.join(new FakeCall(Cast.ANNA, key), said, concat);
        var again = scene.partial.join(new FakeCall(Cast.ANNA, key), said, concat);
        assertEquals(first.file(), again.file());
        assertEquals(11, again.offset());
        scene.awaits(again.file(), State.OFFERED);
        refused(404, "unknown", () -> scene.partial.join(new FakeCall(Cast.BEN, key), said, concat));
    }

    @Test
    public void aFileOfUnknownLengthTakesTheRoomOfTheLargest() throws Exception {
        scene.values.sessionQuota = 150L << 20;
        var said = new String[] {Headers.DEFER, "1", Headers.METADATA, metadata(Map.of("filename", "a"))};
        var first = create(Cast.MARIE, () -> none(), said);
        refused(413, "quota-session", () -> create(Cast.MARIE, () -> none(), said));
        scene.append(Cast.MARIE, first.file(), 0, "a", Headers.LENGTH, Long.toString(100L << 20));
        refused(413, "quota-session", () -> create(Cast.MARIE, () -> none(), said));
        scene.uploads.end(call(Cast.MARIE), first.file());
        var second = create(Cast.MARIE, () -> none(), said);
        scene.append(Cast.MARIE, second.file(), 0, "a", Headers.LENGTH, "5");
        create(Cast.MARIE, () -> none(), said);
    }

    @Test
    public void partsCountLikeFilesAndAreOfWhoMaySend() throws Exception {
        refused(403, "not-in-control", () -> begunPart(Cast.BEN, Headers.LENGTH, "5"));
        scene.values.siteQuota = 150L << 20;
        var deferred = begunPart(Cast.MARIE, Headers.DEFER, "1");
        refused(413, "too-many-parts", () -> begunPart(Cast.PAUL, Headers.DEFER, "1"));
        refused(413, "quota-site", () -> scene.begin("a", 60L << 20));
        var part = scene.partial.find(call(Cast.MARIE), deferred).orElseThrow();
        var sized = headers("Content-Type", Headers.BYTES, Headers.OFFSET, "0", Headers.LENGTH, "100");
        scene.partial.append(call(Cast.MARIE), part, sized, bytes("hello"));
        scene.begin("a", 60L << 20);
        refused(413, "too-many-parts", () -> begunPart(Cast.MARIE, Headers.DEFER, "1"));
        begunPart(Cast.MARIE, Headers.LENGTH, Long.toString(80L << 20));
    }

    private String begunPart(Caller by, String... length) throws IOException {
        return scene.partial
                .create(call(by), headers(Headers.CONCAT, "partial", length[0], length[1]), none())
                .file();
    }

    @Test
    public void partsAreTheirCallersAndWholeBeforeTheyAreJoined() throws Exception {
        var begun = scene.partial
                .create(call(Cast.MARIE), headers(Headers.CONCAT, "partial", Headers.LENGTH, "5"), none())
                .file();
        assertEquals(Optional.empty(), scene.partial.find(call(Cast.PAUL), begun));
        refused(400, "part-unfinished", () -> join(Cast.MARIE, begun));
        var part = scene.partial.find(call(Cast.MARIE), begun).orElseThrow();
        var more = headers("Content-Type", Headers.BYTES, Headers.OFFSET, "0");
        refused(413, "more-than-announced", () -> scene.partial.append(call(Cast.MARIE), part, more, bytes("hello!")));
        assertEquals(
                5,
                scene.partial
                        .append(call(Cast.MARIE), part, more, bytes("hello"))
                        .offset());
        assertEquals(5, scene.partial.offset(part).offset());
        refused(
                413,
                "file-too-large",
                () -> scene.partial.create(
                        call(Cast.MARIE), headers(Headers.CONCAT, "partial", Headers.LENGTH, "1000000000"), none()));
        scene.partial.end(part);
        assertEquals(Optional.empty(), scene.partial.find(call(Cast.MARIE), begun));
    }

    private String part(String text) throws IOException {
        var upload = scene.partial.create(
                call(Cast.ANNA),
                headers(
                        Headers.CONCAT,
                        "partial",
                        Headers.LENGTH,
                        Integer.toString(text.length()),
                        "Content-Type",
                        Headers.BYTES),
                bytes(text));
        assertTrue(upload.whole());
        return upload.file();
    }

    private Upload join(Caller by, String... parts) throws IOException {
        var said = headers(
                Headers.CONCAT,
                "final;/api/files/" + String.join(" /api/files/", parts),
                Headers.METADATA,
                metadata(Map.of("session", Cast.SESSION.toString())));
        return scene.partial.join(call(by), said, (Headers.Concat.Final) said.concat());
    }

    @Test
    public void whatAnInspectorFindsIsNotOfferedAndGone() throws Exception {
        scene.inspectors.add(inspector(file -> new String(file.open().readAllBytes()).contains("virus")
                ? FileInspector.Verdict.found("Test")
                : FileInspector.Verdict.CLEAN));
        restart();
        var bad = scene.begin("a.txt", 7).file();
        scene.append(Cast.ANNA, bad, 0, "a virus");
        var refused = scene.awaits(bad, State.REFUSED).file(bad).orElseThrow();
        assertEquals(FileState.REFUSED, refused.state());
        assertEquals(Optional.of(Reason.INFECTED), refused.reason());
        UploadScene.until(() -> isGone(bad));
        var good = scene.begin("b.txt", 6).file();
        scene.append(Cast.ANNA, good, 0, "a rose");
        scene.awaits(good, State.OFFERED);
    }

    private boolean isGone(String file) {
        try {
            scene.stores.holding(scene.key(file));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    public void whileAnInspectorIsOutOfOrderTheSettingDecides() throws Exception {
        var hangs = new java.util.concurrent.CountDownLatch(1);
        for (var broken : List.<Inspection>of(
                file -> {
                    throw new IOException("no connection");
                },
                file -> {
                    throw new IllegalStateException("bug");
                },
                file -> {
                    try {
                        hangs.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return FileInspector.Verdict.CLEAN;
                })) {
            scene.inspectors.clear();
            scene.inspectors.add(inspector(broken));
            restart();
            scene.values.uninspected = "refuse";
            var refused = scene.begin("a.txt", 1).file();
            scene.append(Cast.ANNA, refused, 0, "a");
            assertEquals(
                    Optional.of(Reason.UNINSPECTED),
                    scene.awaits(refused, State.REFUSED)
                            .file(refused)
                            .orElseThrow()
                            .reason());
            scene.values.uninspected = "pass";
            var passed = scene.begin("a.txt", 1).file();
            scene.append(Cast.ANNA, passed, 0, "a");
            scene.awaits(passed, State.OFFERED);
        }
        hangs.countDown();
    }

    @Test
    public void typesAreJudgedByWhatIsInTheFile() throws Exception {
        scene.values.types = "image/*,text/plain";
        var text = scene.begin("a.txt", 5).file();
        scene.append(Cast.ANNA, text, 0, "hello");
        scene.awaits(text, State.OFFERED);
        var lie = scene.uploads.create(
                call(Cast.ANNA),
                headers(
                        Headers.LENGTH,
                        "5",
                        Headers.METADATA,
                        metadata(Map.of(
                                "session", Cast.SESSION.toString(), "filename", "a.png", "filetype", "image/png"))),
                false,
                none());
        scene.append(Cast.ANNA, lie.file(), 0, "hello");
        assertEquals(
                Optional.of(Reason.TYPE),
                scene.awaits(lie.file(), State.REFUSED)
                        .file(lie.file())
                        .orElseThrow()
                        .reason());
    }

    /** The list of inspectors is taken at the start. */
    private void restart() {
        scene.stop();
        scene.start();
    }

    private interface Inspection {
        FileInspector.Verdict of(FileInspector.InspectedFile file) throws IOException;
    }

    private static FileInspector inspector(Inspection inspection) {
        return new FileInspector() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Verdict inspect(InspectedFile file) throws IOException {
                return inspection.of(file);
            }
        };
    }
}
