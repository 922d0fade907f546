package dev.tandem.filetransfer.internal.verify;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileInspector;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.receive.UploadScene;
import dev.tandem.session.testing.Cast;

public class VerifierTest {
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

    private static FileInspector clean(String name) {
        return new FileInspector() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Verdict inspect(InspectedFile file) {
                return Verdict.CLEAN;
            }
        };
    }

    private String whole() throws Exception {
        var file = scene.begin("a.txt", 5).file();
        scene.append(Cast.ANNA, file, 0, "hello");
        return file;
    }

    private void looksUntil(String file, State state) throws InterruptedException {
        UploadScene.until(() -> {
            scene.verifier.look(scene.key(file));
            return scene.of(file).state() == state;
        });
    }

    @Test
    public void anInspectorThatHasToBeThereAndIsNotIsOutOfOrder() throws Exception {
        scene.required.add("clamav");
        scene.inspectors.add(clean("other"));
        scene.stop();
        scene.start();
        scene.values.uninspected = "refuse";
        var refused = whole();
        looksUntil(refused, State.REFUSED);
        assertEquals(
                Optional.of(Reason.UNINSPECTED),
                scene.of(refused).file(refused).orElseThrow().reason());
        scene.values.uninspected = "pass";
        looksUntil(whole(), State.OFFERED);
    }

    /** Its bundle is being renewed. */
    @Test
    public void anInspectorThatComesBackIsAsked() throws Exception {
        scene.required.add("clamav");
        var inspectors = new AtomicReference<List<FileInspector>>(List.of());
        var asked = new AtomicInteger();
        var verifier = verifier(new AbstractList<>() {
            @Override
            public FileInspector get(int index) {
                return inspectors.get().get(index);
            }

            @Override
            public int size() {
                asked.incrementAndGet();
                return inspectors.get().size();
            }
        });
        var file = unseen();
        verifier.look(scene.key(file));
        UploadScene.until(() -> asked.get() > 0);
        inspectors.set(List.of(clean("clamav")));
        UploadScene.until(() -> {
            verifier.look(scene.key(file));
            return scene.of(file).state() != State.ARRIVING;
        });
        assertEquals(State.OFFERED, scene.of(file).state());
        verifier.close();
    }

    @Test
    public void nothingIsJudgedWhileTheSystemStarts() throws Exception {
        var asked = new AtomicInteger();
        var ready = new AtomicBoolean();
        scene.settled = () -> {
            asked.incrementAndGet();
            return ready.get();
        };
        var file = whole();
        UploadScene.until(() -> asked.get() > 0);
        assertEquals(State.ARRIVING, scene.of(file).state());
        ready.set(true);
        looksUntil(file, State.OFFERED);
    }

    /** Without the look that begins with the last byte. */
    private String unseen() throws Exception {
        scene.settled = () -> false;
        return whole();
    }

    private Verifier verifier(List<FileInspector> inspectors) {
        return new Verifier(
                scene.book,
                scene.stores,
                scene.settings,
                new Types(),
                new Verifier.Rules(Duration.ofSeconds(60), scene.required),
                () -> true,
                inspectors);
    }

    @Test
    public void whoIsStoppedBeforeAnInspectorIsAskedJudgesNothing() throws Exception {
        var file = unseen();
        var stopped = new AtomicReference<Verifier>();
        var looker = new AtomicReference<Thread>();
        stopped.set(verifier(new AbstractList<>() {
            @Override
            public FileInspector get(int index) {
                looker.set(Thread.currentThread());
                stopped.get().close();
                return clean("test");
            }

            @Override
            public int size() {
                return 1;
            }
        }));
        stopped.get().look(scene.key(file));
        UploadScene.until(() -> looker.get() != null);
        looker.get().join();
        assertFalse(looker.get().isAlive());
        assertEquals(State.ARRIVING, scene.of(file).state());
    }

    @Test
    public void aLookThatFailsWithAnErrorIsRepeated() throws Exception {
        var file = unseen();
        var failed = new AtomicBoolean();
        var verifier = verifier(new AbstractList<>() {
            @Override
            public FileInspector get(int index) {
                if (failed.compareAndSet(false, true)) {
                    throw new StackOverflowError();
                }
                return clean("test");
            }

            @Override
            public int size() {
                return 1;
            }
        });
        verifier.look(scene.key(file));
        UploadScene.until(failed::get);
        UploadScene.until(() -> {
            verifier.look(scene.key(file));
            return scene.of(file).state() == State.OFFERED;
        });
        verifier.close();
    }
}
