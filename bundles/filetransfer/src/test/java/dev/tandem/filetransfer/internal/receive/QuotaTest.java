package dev.tandem.filetransfer.internal.receive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.session.testing.Cast;
import dev.tandem.web.ProblemException;

/** Quotas hold also for those who come at the same moment. */
public class QuotaTest {
    private static final int MANY = 24;
    private static final int SIZE = 1_000;
    private static final long HALF = MANY / 2 * SIZE;

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

    @Test
    public void ofThoseWhoComeAtOnceAsManyAreAdmittedAsTheSessionHasRoomFor() throws Exception {
        scene.values.sessionQuota = HALF;
        assertEquals(refusals("quota-session"), atOnce());
        assertEquals(HALF, scene.book.bytes(UploadScene.SITE, Cast.SESSION));
        scene.values.sessionQuota = HALF + SIZE;
        scene.begin("one more.txt", SIZE);
        assertThrows(ProblemException.class, () -> scene.begin("one too many.txt", SIZE));
    }

    @Test
    public void theSameOfTheSite() throws Exception {
        scene.values.siteQuota = HALF;
        assertEquals(refusals("quota-site"), atOnce());
        assertEquals(HALF, scene.book.bytes(UploadScene.SITE));
    }

    /** Room for a file that never came to be is free again: at once, or after a while if its process has died. */
    @Test
    public void roomThatWasMadeForNothingIsFreeAgain() throws Exception {
        scene.values.sessionQuota = SIZE;
        var sender = scene.gate.sender(UploadScene.call(Cast.ANNA), Cast.SESSION);
        scene.gate.makeRoom(sender, "0".repeat(32), Optional.of((long) SIZE), 0);
        assertThrows(ProblemException.class, () -> scene.begin("a.txt", 1));
        scene.book.giveRoomBack(UploadScene.SITE, "0".repeat(32));
        scene.gate.makeRoom(sender, "1".repeat(32), Optional.of((long) SIZE), 0);
        scene.clock.advance(Duration.ofMinutes(11));
        scene.begin("a.txt", SIZE);
        assertEquals(SIZE, scene.book.bytes(UploadScene.SITE));
    }

    private static List<String> refusals(String code) {
        var all = new ArrayList<String>();
        for (int i = 0; i < MANY; i++) {
            all.add(i < MANY / 2 ? "admitted" : code);
        }
        return all;
    }

    /** What each of them hears, in the order of letters. */
    private List<String> atOnce() throws Exception {
        var together = new CyclicBarrier(MANY);
        var pool = Executors.newFixedThreadPool(MANY);
        try {
            var said = new ArrayList<Future<String>>();
            for (int i = 0; i < MANY; i++) {
                var name = i + ".txt";
                Callable<String> begin = () -> {
                    together.await();
                    try {
                        scene.begin(name, SIZE);
                        return "admitted";
                    } catch (ProblemException e) {
                        return e.problem().code();
                    }
                };
                said.add(pool.submit(begin));
            }
            var heard = new ArrayList<String>();
            for (var one : said) {
                heard.add(one.get());
            }
            heard.sort(null);
            return heard;
        } finally {
            pool.shutdownNow();
        }
    }
}
