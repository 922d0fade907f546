package dev.tandem.filetransfer.internal.store;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.FileInUseException;
import dev.tandem.filetransfer.FileStore.NoRoomException;
import dev.tandem.filetransfer.testing.FileStoreContract;

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
    public void otherProcessesFindItLockedAsLongAsItGrows() throws Exception {
        var key = settled(10);
        try (var to = store.append(key)) {
            assertTrue(OtherProcess.findsLocked(file(key, ".mark")));
            assertEquals(10, store.offset(key));
            to.write(ByteBuffer.wrap(bytes(1, 5)));
            to.settle();
            store.offset(key);
            assertTrue("also after it was looked at", OtherProcess.findsLocked(file(key, ".mark")));
        }
        assertFalse(OtherProcess.findsLocked(file(key, ".mark")));
    }

    /** Some disks that nodes share take locks and keep none. */
    @Test
    public void whoFindsAnothersMarkSettlesNothing() throws IOException {
        var key = settled(10);
        try (var here = store.append(key)) {
            here.write(ByteBuffer.wrap(bytes(1, 5)));
            try (var there = FileChannel.open(file(key, ".mark"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Mark.write(there, Mark.read(there), 40, Forcing.REAL);
            }
            assertThrows(FileInUseException.class, here::settle);
        }
        assertEquals(40, store.offset(key));
    }

    /** Linux tells of bytes that it could not write once, and forgets them. */
    @Test
    public void whatDidNotReachTheDiskIsNeverSettled() throws IOException {
        for (int failing = 1; failing <= 2; failing++) {
            var key = settled(10);
            int which = failing;
            var forced = new AtomicInteger();
            var failed = new LocalStore(root, channel -> {
                if (forced.incrementAndGet() == which) {
                    throw new IOException("Input/output error");
                }
                channel.force(false);
            });
            try (var to = failed.append(key)) {
                to.write(ByteBuffer.wrap(bytes(1, 5)));
                assertThrows(IOException.class, to::settleMeanwhile);
                assertThrows(IOException.class, () -> to.write(ByteBuffer.wrap(bytes(2, 5))));
                assertThrows(IOException.class, to::settle);
                assertEquals(10, to.offset());
            }
            assertEquals(10, store.offset(key));
            try (var again = failed.append(key)) {
                assertEquals(10, again.offset());
                again.write(ByteBuffer.wrap(bytes(3, 7)));
                assertEquals(17, again.settle());
            }
            assertEquals(17, store.offset(key));
        }
    }

    @Test
    public void aDiskThatIsFullWhenItIsForcedIsFullAfterwards() throws IOException {
        var key = settled(10);
        var full = new LocalStore(root, channel -> {
            throw new IOException("No space left on device");
        });
        try (var to = full.append(key)) {
            to.write(ByteBuffer.wrap(bytes(1, 5)));
            assertThrows(NoRoomException.class, to::settle);
            assertThrows(NoRoomException.class, to::settle);
        }
    }

    @Test
    public void theMarkIsMadeWithTheFile() throws IOException {
        var key = fresh();
        store.create(key);
        assertTrue(Files.exists(file(key, ".mark")));
        Files.delete(file(key, ".mark"));
        try (var to = store.append(key)) {
            assertEquals(0, to.offset());
        }
    }

    @Test
    public void settlingMeanwhileDisturbsNobody() throws Exception {
        var key = fresh();
        store.create(key);
        try (var to = store.append(key)) {
            var beside = new Thread(() -> {
                try {
                    for (int i = 0; i < 50; i++) {
                        to.settleMeanwhile();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var failed = new AtomicReference<Throwable>();
            beside.setUncaughtExceptionHandler((thread, failure) -> failed.set(failure));
            beside.start();
            for (int i = 0; i < 200; i++) {
                to.write(ByteBuffer.wrap(bytes(i, 5000)));
                assertTrue(to.offset() % 5000 == 0);
            }
            beside.join();
            assertNull(failed.get());
            assertEquals(1_000_000, to.settle());
        }
        assertEquals(1_000_000, store.offset(key));
    }

    @Test
    public void whoIsShutOutWhileSettlingIsToldSo() throws Exception {
        var key = settled(10);
        for (int i = 0; i < 20; i++) {
            var first = store.append(key);
            first.write(ByteBuffer.wrap(bytes(i, 100_000)));
            var told = new CompletableFuture<Throwable>();
            var beside = new Thread(() -> {
                try {
                    first.settle();
                    told.complete(null);
                } catch (IOException | RuntimeException e) {
                    told.complete(e);
                }
            });
            beside.start();
            try (var second = store.append(key)) {
                var failure = told.get();
                assertTrue(String.valueOf(failure), failure == null || failure instanceof FileInUseException);
                assertEquals(0, (second.offset() - 10) % 100_000);
                assertEquals(second.offset(), second.settle());
            }
        }
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
