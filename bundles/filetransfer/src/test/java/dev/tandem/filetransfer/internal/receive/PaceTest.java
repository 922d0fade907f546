package dev.tandem.filetransfer.internal.receive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.internal.receive.Receiver.Expected;
import dev.tandem.filetransfer.internal.receive.Receiver.Trouble;
import dev.tandem.filetransfer.internal.receive.Receiver.TroubleException;
import dev.tandem.filetransfer.internal.store.LocalStore;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.SiteId;

/** Lines by which hardly anything comes, or goes. */
public class PaceTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final TestClock clock = new TestClock();

    /** So many bytes each so often, without an end. */
    private InputStream trickle(int bytes, Duration each) {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] to, int from, int length) {
                clock.advance(each);
                return Math.min(bytes, length);
            }
        };
    }

    @Test
    public void whoSendsHardlyAnythingGivesTheLineUpAndWhatCameIsKept() throws Exception {
        var store = new LocalStore(temporary.getRoot().toPath());
        var key = new FileKey(new SiteId("acme"), UUID.randomUUID().toString().replace("-", ""));
        store.create(key);
        var receiver = new Receiver(Runnable::run, clock);
        var expected = new Expected(store, key, 0, 1_000_000, true, Optional.empty(), Optional.empty(), bytes -> {});
        var trouble = assertThrows(
                        TroubleException.class, () -> receiver.receive(expected, trickle(1000, Duration.ofSeconds(1))))
                .trouble();
        assertEquals(new Trouble.Gone(), trouble);
        assertEquals("after a minute", 60_000, store.offset(key));
    }

    @Test
    public void whoIsSlowButComesAlongKeepsTheLine() throws Exception {
        var store = new LocalStore(temporary.getRoot().toPath());
        var key = new FileKey(new SiteId("acme"), UUID.randomUUID().toString().replace("-", ""));
        store.create(key);
        var receiver = new Receiver(Runnable::run, clock);
        var expected = new Expected(store, key, 0, 200_000, true, Optional.empty(), Optional.empty(), bytes -> {});
        var trouble = assertThrows(
                        TroubleException.class, () -> receiver.receive(expected, trickle(1100, Duration.ofSeconds(1))))
                .trouble();
        assertEquals("up to the end, and beyond it", new Trouble.TooMany(), trouble);
    }

    @Test
    public void whoTakesHardlyAnythingIsLeft() throws Exception {
        var slow = new OutputStream() {
            private long taken;

            @Override
            public void write(int one) {
                taken++;
            }

            @Override
            public void write(byte[] all, int from, int length) {
                taken += length;
                clock.advance(Duration.ofSeconds(40));
            }
        };
        assertThrows(IOException.class, () -> Pace.watched(slow, clock).write(new byte[1_000_000]));
        assertEquals("two slices in eighty seconds", 65_536, slow.taken);
        var all = new ByteArrayOutputStream();
        var out = Pace.watched(all, clock);
        out.write(new byte[1_000_000]);
        // Who writes was busy with something else: that is not the line's fault.
        clock.advance(Duration.ofHours(1));
        out.write(1);
        assertEquals(1_000_001, all.size());
    }
}
