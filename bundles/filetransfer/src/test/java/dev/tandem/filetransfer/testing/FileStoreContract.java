package dev.tandem.filetransfer.testing;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Random;

import org.junit.Test;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.FileInUseException;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.platform.SiteId;

/** What every store has to do: a test of each extends it. */
public abstract class FileStoreContract {
    private static final SiteId SITE = new SiteId("acme");
    private int named;

    protected abstract FileStore store() throws IOException;

    /** The same store after the process has died: nothing was closed. */
    protected abstract FileStore reborn() throws IOException;

    protected final FileKey fresh() {
        return new FileKey(SITE, String.format("%032x", ++named));
    }

    protected static byte[] bytes(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    protected static byte[] read(FileStore store, FileKey key, long from) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var channel = store.read(key, from)) {
            Channels.newInputStream(channel).transferTo(all);
        }
        return all.toByteArray();
    }

    @Test
    public void whatIsSettledIsTheOffsetAndWhatIsNotIsNone() throws IOException {
        var key = fresh();
        store().create(key);
        assertEquals(0, store().offset(key));
        try (var to = store().append(key)) {
            to.write(ByteBuffer.wrap(bytes(1, 1000)));
            assertEquals(0, to.offset());
            assertEquals(1000, to.settle());
            to.write(ByteBuffer.wrap(bytes(2, 500)));
            assertEquals(1000, to.offset());
        }
        assertEquals(1000, store().offset(key));
        assertEquals(1000, reborn().offset(key));
    }

    @Test
    public void goesOnAtTheOffsetAfterTheProcessDied() throws IOException {
        var key = fresh();
        store().create(key);
        var dead = store().append(key);
        dead.write(ByteBuffer.wrap(bytes(1, 70_000)));
        dead.settle();
        dead.write(ByteBuffer.wrap(bytes(2, 90_000)));
        var store = reborn();
        assertEquals(70_000, store.offset(key));
        try (var to = store.append(key)) {
            assertEquals(70_000, to.offset());
            to.write(ByteBuffer.wrap(bytes(3, 10)));
            assertEquals(70_010, to.settle());
        }
        store.seal(key);
        assertEquals(70_010, store.size(key));
        var all = new ByteArrayOutputStream();
        all.writeBytes(bytes(1, 70_000));
        all.writeBytes(bytes(3, 10));
        assertArrayEquals(all.toByteArray(), read(store, key, 0));
        assertArrayEquals(bytes(3, 10), read(store, key, 70_000));
    }

    @Test
    public void ofTwoWritersTheLaterOneWins() throws IOException {
        var key = fresh();
        store().create(key);
        var first = store().append(key);
        first.write(ByteBuffer.wrap(bytes(1, 100)));
        first.settle();
        try (var second = store().append(key)) {
            assertTrue(second.offset() >= 100);
            assertThrows(FileInUseException.class, () -> first.write(ByteBuffer.wrap(bytes(1, 1))));
            assertThrows(FileInUseException.class, first::settle);
            first.close();
            long before = second.offset();
            second.write(ByteBuffer.wrap(bytes(2, 50)));
            assertEquals(before + 50, second.settle());
        }
    }

    @Test
    public void aSealedFileIsReadAndNoLongerAppendedTo() throws IOException {
        var key = fresh();
        store().create(key);
        assertThrows(MissingFileException.class, () -> store().read(key, 0).close());
        store().seal(key);
        assertEquals(0, store().size(key));
        assertEquals(0, read(store(), key, 0).length);
        assertThrows(MissingFileException.class, () -> store().append(key).close());
        store().seal(key);
        store().create(key);
        assertEquals(0, store().size(key));
    }

    @Test
    public void oneIsMadeOfOthersWhichStay() throws IOException {
        var parts = List.of(fresh(), fresh());
        for (int i = 0; i < 2; i++) {
            store().create(parts.get(i));
            try (var to = store().append(parts.get(i))) {
                to.write(ByteBuffer.wrap(bytes(i, 300_000 + i)));
                to.settle();
            }
            store().seal(parts.get(i));
        }
        var whole = fresh();
        store().concatenate(whole, parts);
        var expected = new ByteArrayOutputStream();
        expected.writeBytes(bytes(0, 300_000));
        expected.writeBytes(bytes(1, 300_001));
        assertArrayEquals(expected.toByteArray(), read(store(), whole, 0));
        assertEquals(300_000, store().size(parts.get(0)));
    }

    @Test
    public void whatIsDeletedIsGone() throws IOException {
        var key = fresh();
        store().create(key);
        var open = store().append(key);
        open.write(ByteBuffer.wrap(bytes(1, 10)));
        open.settle();
        try (var all = store().all()) {
            assertTrue(all.anyMatch(one -> one.key().equals(key)));
        }
        store().delete(key);
        assertThrows(FileInUseException.class, open::settle);
        assertThrows(MissingFileException.class, () -> store().offset(key));
        assertThrows(MissingFileException.class, () -> store().append(key).close());
        try (var all = store().all()) {
            assertFalse(all.anyMatch(one -> one.key().equals(key)));
        }
        store().delete(key);
    }

    @Test
    public void unknownOnesAreMissing() {
        var key = fresh();
        assertThrows(MissingFileException.class, () -> store().offset(key));
        assertThrows(MissingFileException.class, () -> store().size(key));
        assertThrows(MissingFileException.class, () -> store().seal(key));
        assertThrows(MissingFileException.class, () -> store().append(key).close());
    }

    @Test
    public void idsCannotBePaths() {
        for (var id : List.of("", "../../etc/passwd", "A".repeat(32), "0".repeat(31), "0".repeat(31) + "/")) {
            assertThrows(IllegalArgumentException.class, () -> new FileKey(SITE, id));
        }
    }
}
