package dev.tandem.recording.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.recording.Recording;
import dev.tandem.recording.internal.Talk.Said;

/** Names and words are looked up when a recording is read, so that an erasure reaches them. */
public class TracksTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Scene scene;

    @Before
    public void recorded() {
        scene = new Scene(folder.getRoot().toPath());
        scene.recording();
        scene.clock.advance(Duration.ofSeconds(3));
        var now = scene.clock.instant();
        scene.recorder.note(Scene.ACME, scene.session.id(), now, at -> Line.said(at, 7));
        scene.recorder.note(
                Scene.ACME,
                scene.session.id(),
                now,
                at -> Line.of(at, "joined", scene.marie.id().value()));
        scene.recorder.tick();
    }

    private Recording.Part part() {
        return scene.latest().part(1).orElseThrow();
    }

    @After
    public void close() {
        scene.close();
    }

    @Test
    public void wordsAndNamesAreThoseOfNow() throws IOException {
        var words = new AtomicReference<>(
                Optional.of(new Said(Optional.of(scene.marie.id().value()), "Marie", "the red one", false)));
        var tracks = new Tracks(scene.shelf, (site, session, number) -> number == 7 ? words.get() : Optional.empty());
        var readable = new Readers(scene.sessions, scene.book).of(scene.latest());
        var said = tracks.lines(readable, part()).get(0);
        assertEquals("Marie", said.name());
        assertEquals("the red one", said.text());
        assertEquals(3_000, said.at());
        assertEquals("Marie", tracks.lines(readable, part()).get(1).name());

        words.set(Optional.of(new Said(Optional.of(scene.marie.id().value()), "", "", true)));
        var erased = tracks.lines(readable, part()).get(0);
        assertEquals("", erased.name() + erased.text());
        assertTrue(erased.erased());
    }

    @Test
    public void withoutTheChatTheRestIsTold() throws IOException {
        var tracks = new Tracks(scene.shelf, null);
        var lines = tracks.lines(new Readers(scene.sessions, scene.book).of(scene.latest()), part());
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).erased());
        assertFalse(lines.get(1).erased());
    }
}
