package dev.tandem.filetransfer.internal.store;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.FileInUseException;

public class LocalStoreTest extends FileStoreContract {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path root;
    private LocalStore store;

    @Before
    public void begin() {
        root = temporary.getRoot().toPath().resolve("files");
        store = new LocalStore(root);
    }

    @Override
    protected FileStore store() {
        return store;
    }

    /** As a copy of the disk: locks of a process go with it, and those of this test's own process would stay. */
    @Override
    protected FileStore reborn() throws IOException {
        var copy = temporary.newFolder().toPath();
        try (Stream<Path> all = Files.walk(root)) {
            for (var file : all.toList()) {
                var to = copy.resolve(root.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return new LocalStore(copy);
    }

    private Path file(FileKey key, String ending) {
        return root.resolve("acme").resolve(key.id().substring(0, 2)).resolve(key.id() + ending);
    }

    private FileKey settled(int length) throws IOException {
        var key = fresh();
        store.create(key);
        try (var to = store.append(key)) {
            to.write(ByteBuffer.wrap(bytes(7, length)));
            to.settle();
        }
        return key;
    }

    @Test
    public void nothingIsMadeBeforeTheFirstFile() throws IOException {
        try (var all = store.all()) {
            assertEquals(0, all.count());
        }
        assertTrue(store.room() > 0);
        assertFalse(Files.exists(root));
    }

    /** After a power cut a file may be longer than what of it is true. */
    @Test
    public void whatStandsBehindTheMarkIsNotRead() throws IOException {
        var key = settled(100);
        Files.write(file(key, ".part"), new byte[4096], StandardOpenOption.APPEND);
        assertEquals(100, store.offset(key));
        store.seal(key);
        assertArrayEquals(bytes(7, 100), read(store, key, 0));
    }

    @Test
    public void aTornMarkLeavesTheOneBefore() throws IOException {
        var key = settled(100);
        try (var to = store.append(key)) {
            to.write(ByteBuffer.wrap(bytes(8, 50)));
            assertEquals(150, to.settle());
        }
        var whole = Files.readAllBytes(file(key, ".mark"));
        var torn = false;
        for (int at = 0; at < whole.length; at++) {
            var bytes = Arrays.copyOf(whole, whole.length);
            bytes[at] ^= 1;
            Files.write(file(key, ".mark"), bytes);
            long offset = store.offset(key);
            assertTrue("byte " + at + ": " + offset, offset == 150 || offset == 100);
            torn |= offset == 100;
        }
        assertTrue(torn);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(key, ".mark"), Arrays.copyOf(whole, length));
            long offset = store.offset(key);
            assertTrue("length " + length, offset == 0 || offset == 150 || offset == 100);
        }
    }

    @Test
    public void whoIsCutOffFindsWhatHadCome() throws IOException {
        var key = fresh();
        store.create(key);
        var hangs = store.append(key);
        hangs.write(ByteBuffer.wrap(bytes(1, 12_345)));
        try (var comesBack = store.append(key)) {
            assertEquals(12_345, comesBack.offset());
        }
        assertThrows(FileInUseException.class, hangs::settle);
    }

    @Test
    public void whatAnotherProcessWritesIsLeftToIt() throws IOException {
        var key = settled(10);
        // Within one Java machine the lock of another store is refused the same way as that of another process.
        var other = new LocalStore(root);
        try (var there = other.append(key)) {
            assertThrows(FileInUseException.class, () -> store.append(key).close());
            there.write(ByteBuffer.wrap(bytes(1, 5)));
            there.settle();
        }
        try (var here = store.append(key)) {
            assertEquals(15, here.offset());
        }
    }

    @Test
    public void forcingMeanwhileChangesNothingThatIsSeen() throws IOException {
        var key = fresh();
        store.create(key);
        try (var to = store.append(key)) {
            to.write(ByteBuffer.wrap(bytes(1, 5000)));
            store.force(key);
            assertEquals(0, store.offset(key));
            to.write(ByteBuffer.wrap(bytes(2, 5)));
            assertEquals(5005, to.settle());
        }
        store.force(key);
    }

    @Test
    public void filesOfOthersAreLeftAlone() throws IOException {
        var key = settled(1);
        Files.writeString(file(key, ".part").resolveSibling("notes.txt"), "mine");
        Files.writeString(root.resolve("readme"), "mine");
        try (var all = store.all()) {
            assertEquals(2, all.filter(one -> one.key().equals(key)).count());
        }
        try (var all = store.all()) {
            assertEquals(2, all.count());
        }
    }

    @Test
    public void nothingIsLeftOfASealedOrDeletedFile() throws IOException {
        var key = settled(10);
        store.seal(key);
        assertTrue(Files.exists(file(key, ".bin")));
        assertFalse(Files.exists(file(key, ".part")));
        assertFalse(Files.exists(file(key, ".mark")));
        store.delete(key);
        assertFalse(Files.exists(file(key, ".bin")));
    }

    @Test
    public void readsWhileItIsDeleted() throws IOException {
        var key = settled(1000);
        store.seal(key);
        try (var channel = (FileChannel) store.read(key, 0)) {
            store.delete(key);
            assertEquals(1000, channel.size());
        }
    }
}
