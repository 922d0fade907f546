package dev.tandem.filetransfer.internal.receive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.desk.Progress;
import dev.tandem.filetransfer.internal.desk.Views;
import dev.tandem.filetransfer.internal.desk.Views.TransferView;
import dev.tandem.session.testing.Cast;

/** How far a file is, as its receiver sees it. */
public class UploadsSeenTest {
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

    private TransferView seen(Progress progress) {
        var views = new Views(scene.book, scene.gate, scene.settings, progress, scene.stores);
        var place = scene.gate.place(Cast.MARIE, Cast.SESSION);
        return views.listing(place).transfers().get(0);
    }

    @Test
    public void whatHasComeStaysBetweenTheRequestsThatBringIt() throws Exception {
        var file = scene.begin("a.txt", 11).file();
        assertEquals(0, seen(scene.progress).received());
        scene.append(Cast.ANNA, file, 0, "hello ");
        var between = seen(scene.progress);
        assertEquals(6, between.received());
        assertEquals(6, between.file().orElseThrow().offset());
        assertTrue(between.receiving());
        scene.clock.advance(Duration.ofMinutes(1));
        var resting = seen(scene.progress);
        assertEquals(6, resting.received());
        assertFalse(resting.receiving());
        var another = new Progress(scene.book, (site, topic) -> {}, scene.clock);
        assertEquals("another node looks at the store", 6, seen(another).received());
        scene.append(Cast.ANNA, file, 6, "world");
        scene.awaits(file, State.OFFERED);
        assertEquals(11, seen(scene.progress).received());
    }
}
