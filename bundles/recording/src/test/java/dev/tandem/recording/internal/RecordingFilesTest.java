package dev.tandem.recording.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.UUID;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Agent.Role;
import dev.tandem.recording.rest.RecordingsResource;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.testing.FakeCall;

/** Who gets which bytes of a recording, and what is said where there are none. */
public class RecordingFilesTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Call anna = call(Scene.agent("anna"));
    private Scene scene;
    private RecordingsResource resource;
    private UUID id;

    @Before
    public void recorded() {
        scene = new Scene(folder.getRoot().toPath());
        var readers = new Readers(scene.sessions, scene.book);
        resource = new RecordingsResource(
                scene.desk,
                readers,
                scene.book,
                new Tracks(scene.shelf, null),
                scene.shelf,
                scene.journal.nodes(),
                scene.clock);
        id = scene.recording().id().value();
    }

    @After
    public void close() {
        scene.close();
    }

    private void finished() {
        resource.stop(anna, id);
        scene.look();
        scene.look();
    }

    @Test
    public void whileItIsWrittenThereIsNoFileYet() {
        assertEquals("recording-unfinished", refused(null).code());
    }

    @Test
    public void theWholeAndAnyRangeOfIt() throws IOException {
        finished();
        var all = Files.readAllBytes(scene.shelf.place(scene.latest(), 1).finished());
        var whole = get(null, null);
        assertEquals(200, whole.getStatus());
        assertArrayEquals(all, bytes(whole));
        assertTrue(whole.getHeaderString("Content-Disposition").contains("recording-1234-2026-11-21"));
        var some = get("bytes=10-19", null);
        assertEquals(206, some.getStatus());
        assertEquals("bytes 10-19/" + all.length, some.getHeaderString("Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(all, 10, 20), bytes(some));
        assertEquals(416, get("bytes=" + all.length + "-", null).getStatus());
    }

    @Test
    public void aRangeOfAnotherFileIsNotMixedIn() throws IOException {
        finished();
        assertEquals(
                206, get("bytes=1-2", get(null, null).getHeaderString("ETag")).getStatus());
        assertEquals(
                "the whole, since it has changed",
                200,
                get("bytes=1-2", "\"older\"").getStatus());
    }

    @Test
    public void aFileThatSomebodyHasTakenIsSaidToBeLost() throws IOException {
        finished();
        Files.delete(scene.shelf.place(scene.latest(), 1).finished());
        assertEquals("recording-lost", refused(null).code());
    }

    @Test
    public void aDeletedOneIsGone() {
        finished();
        assertThrows(ProblemException.class, () -> resource.delete(anna, id));
        resource.delete(call(Scene.agent("ada", Role.ADMINISTRATOR)), id);
        scene.look();
        assertEquals("recording-removed", refused(null).code());
        assertEquals(410, refused(null).status());
        assertEquals(
                0,
                resource.list(call(Scene.agent("sue", Role.SUPERVISOR)), null, null, null)
                        .recordings()
                        .size());
    }

    @Test
    public void pagesOfTheSitesList() {
        finished();
        var sue = call(Scene.agent("sue", Role.SUPERVISOR));
        var first = resource.list(sue, null, null, 1);
        assertEquals(1, first.recordings().size());
        var rest = resource.list(sue, null, first.next().get().toString(), 1);
        assertEquals(0, rest.recordings().size());
        assertTrue(rest.next().isEmpty());
        assertEquals(
                "supervisor-needed",
                assertThrows(ProblemException.class, () -> resource.list(anna, null, null, null))
                        .problem()
                        .code());
        assertEquals(
                1,
                resource.list(anna, scene.session.id().value(), null, null)
                        .recordings()
                        .size());
    }

    private Response get(String range, String ifRange) throws IOException {
        return resource.file(anna, id, 1, false, range, ifRange, null);
    }

    private Problem refused(String range) {
        return assertThrows(ProblemException.class, () -> get(range, null)).problem();
    }

    private static byte[] bytes(Response response) throws IOException {
        var out = new ByteArrayOutputStream();
        ((StreamingOutput) response.getEntity()).write(out);
        return out.toByteArray();
    }

    private static Call call(Agent agent) {
        return new FakeCall(new Caller.OfAgent(agent));
    }
}
