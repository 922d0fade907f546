package dev.tandem.filetransfer.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.Announcement;
import dev.tandem.filetransfer.internal.receive.Headers;
import dev.tandem.filetransfer.internal.receive.LinesOfTest;
import dev.tandem.filetransfer.internal.receive.UploadScene;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** What a receiver gets, and what others do not. */
public class DownloadsTest {
    private static final String TAG = "\"b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9\"";

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final Map<String, String> set = new HashMap<>();
    private UploadScene scene;
    private Downloads downloads;

    @Before
    public void begin() {
        scene = new UploadScene(temporary.getRoot().toPath());
        downloads = new Downloads(scene.gate, scene.book, scene.stores, LinesOfTest.many());
    }

    @After
    public void end() {
        scene.close();
    }

    private static HttpServletRequest request(String method, String... headers) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return (HttpServletRequest) Proxy.newProxyInstance(
                DownloadsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getHeader" -> all.get(args[0]);
                    default -> null;
                });
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, called, args) -> {
                    if (called.getName().equals("setHeader")) {
                        set.put((String) args[0], (String) args[1]);
                    }
                    return null;
                });
    }

    private Response get(Caller by, String file, String... headers) throws Exception {
        return downloads.send(UploadScene.call(by), file, false, request("GET", headers), response());
    }

    private static String body(Response response) throws Exception {
        var out = new ByteArrayOutputStream();
        ((StreamingOutput) response.getEntity()).write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** From Anna, whole, agreed to by Marie. */
    private String agreed(String name, String text) throws Exception {
        var file = scene.begin(name, text.length()).file();
        scene.append(Cast.ANNA, file, 0, text);
        agree(scene.awaits(file, State.OFFERED).id());
        return file;
    }

    private void agree(TransferId transfer) {
        scene.book.agree(UploadScene.SITE, transfer, Cast.MARIE_ID, Cast.MARIE.actor(), UUID.randomUUID());
    }

    private void unknown(Caller by, String file) {
        assertEquals(
                404,
                assertThrows(ProblemException.class, () -> get(by, file))
                        .problem()
                        .status());
    }

    @Test
    public void theReceiverGetsItWhenItIsAgreedTo() throws Exception {
        var file = scene.begin("a \"b\".txt", 11).file();
        unknown(Cast.MARIE, file);
        scene.append(Cast.ANNA, file, 0, "hello world");
        var transfer = scene.awaits(file, State.OFFERED).id();
        unknown(Cast.MARIE, file);
        agree(transfer);
        for (var other : List.of(Cast.ANNA, Cast.BEN, Cast.PAUL, Cast.STRANGER)) {
            unknown(other, file);
        }
        var response = get(Cast.MARIE, file);
        assertEquals(200, response.getStatus());
        assertEquals(TAG, response.getHeaderString("ETag"));
        assertEquals("sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:", response.getHeaderString("Repr-Digest"));
        assertEquals("text/plain", response.getMediaType().toString());
        assertEquals("11", response.getHeaderString("Content-Length"));
        assertTrue(response.getHeaderString("Content-Disposition").startsWith("attachment; filename=\"a _b_.txt\""));
        assertEquals("private, no-cache", set.get("Cache-Control"));
        assertTrue(set.get("Content-Security-Policy").contains("sandbox"));
        assertEquals("hello world", body(response));
        assertEquals(State.DONE, scene.of(file).state());
        assertEquals("agents may look at it then", "hello world", body(get(Cast.BEN, file)));
        unknown(Cast.PAUL, file);
    }

    @Test
    public void rangesAreServedAndTheLastByteDelivers() throws Exception {
        var file = agreed("a.txt", "hello world");
        var first = get(Cast.MARIE, file, "Range", "bytes=0-4");
        assertEquals(206, first.getStatus());
        assertEquals("bytes 0-4/11", first.getHeaderString("Content-Range"));
        assertEquals("5", first.getHeaderString("Content-Length"));
        assertEquals("hello", body(first));
        assertEquals(State.AGREED, scene.of(file).state());
        for (var part : List.of("bytes=-1", "bytes=6-")) {
            assertTrue("world".endsWith(body(get(Cast.MARIE, file, "Range", part))));
            assertEquals(
                    "something is missing after " + part,
                    State.AGREED,
                    scene.of(file).state());
        }
        assertEquals(" world", body(get(Cast.MARIE, file, "Range", "bytes=5-", "If-Range", TAG)));
        assertEquals(State.DONE, scene.of(file).state());
        assertEquals(
                200,
                get(Cast.MARIE, file, "Range", "bytes=6-", "If-Range", "\"other\"")
                        .getStatus());
        var beyond = get(Cast.MARIE, file, "Range", "bytes=11-");
        assertEquals(416, beyond.getStatus());
        assertEquals("bytes */11", beyond.getHeaderString("Content-Range"));
        for (var known : List.of(TAG, "\"x\", W/" + TAG, "*")) {
            assertEquals(
                    known, 304, get(Cast.MARIE, file, "If-None-Match", known).getStatus());
        }
        assertEquals(200, get(Cast.MARIE, file, "If-None-Match", "\"x\"").getStatus());
        var head = downloads.send(UploadScene.call(Cast.MARIE), file, false, request("HEAD"), response());
        assertEquals("11", head.getHeaderString("Content-Length"));
        assertEquals(Optional.empty(), Optional.ofNullable(head.getEntity()));
    }

    @Test
    public void whoGoesOnWithAnotherNodeGetsAllOfIt() throws Exception {
        var file = agreed("a.txt", "hello world");
        assertEquals("d", body(get(Cast.MARIE, file, "Range", "bytes=-1", "If-Range", TAG)));
        assertEquals(
                "the end alone is not the file", State.AGREED, scene.of(file).state());
        assertEquals(" world", body(get(Cast.MARIE, file, "Range", "bytes=5-", "If-Range", TAG)));
        assertEquals(State.DONE, scene.of(file).state());
    }

    @Test
    public void aFileThatHasComeWholeIsNotSpoiltByWhatIsSaidAfterwards() throws Exception {
        var file = agreed("a.txt", "hello world");
        var response = get(Cast.MARIE, file);
        scene.book.close();
        scene.journal.close();
        assertEquals("hello world", body(response));
    }

    @Test
    public void onlyPicturesMayBeShown() throws Exception {
        var file = agreed("a.html", "<html><script>1</script></html>");
        var response = downloads.send(UploadScene.call(Cast.MARIE), file, true, request("GET"), response());
        assertTrue(response.getHeaderString("Content-Disposition").startsWith("attachment"));
        var gif = agreed("a.gif", "GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;");
        var picture = downloads.send(UploadScene.call(Cast.MARIE), gif, true, request("GET"), response());
        assertEquals("image/gif", picture.getMediaType().toString());
        assertTrue(picture.getHeaderString("Content-Disposition").startsWith("inline"));
    }

    @Test
    public void aFolderIsAZip() throws Exception {
        var sender = scene.gate.sender(UploadScene.call(Cast.ANNA), Cast.SESSION);
        var folder = scene.book
                .announce(sender, new Announcement(Kind.FOLDER, "photos", 2, Optional.of(10L)), UUID.randomUUID())
                .orElseThrow(ProblemException::refused);
        scene.book.addFolders(sender, folder, List.of("empty"), UUID.randomUUID());
        for (var path : List.of("a.txt", "more/../../b.txt")) {
            scene.uploads.create(
                    UploadScene.call(Cast.ANNA),
                    UploadScene.headers(
                            "Content-Type",
                            Headers.BYTES,
                            Headers.LENGTH,
                            "5",
                            Headers.METADATA,
                            UploadScene.metadata(Map.of("transfer", folder.toString(), "relativePath", path))),
                    false,
                    UploadScene.bytes("hello"));
        }
        scene.book.complete(sender, folder, UUID.randomUUID());
        UploadScene.until(
                () -> scene.book.find(UploadScene.SITE, folder).orElseThrow().state() == State.OFFERED);
        var id = folder.toString();
        assertThrows(
                ProblemException.class,
                () -> downloads.zip(UploadScene.call(Cast.MARIE), Cast.SESSION, id, response()));
        agree(folder);
        assertThrows(
                ProblemException.class, () -> downloads.zip(UploadScene.call(Cast.PAUL), Cast.SESSION, id, response()));
        var zip = downloads.zip(UploadScene.call(Cast.MARIE), Cast.SESSION, id, response());
        var out = new ByteArrayOutputStream();
        ((StreamingOutput) zip.getEntity()).write(out);
        var names = new ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertEquals(List.of("photos/empty/", "photos/a.txt", "photos/more/b.txt"), names);
    }
}
