package dev.tandem.filetransfer.s3.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.Appender;
import dev.tandem.filetransfer.FileStore.FileInUseException;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.s3.internal.Given.TestBucket;
import dev.tandem.filetransfer.testing.FileStoreContract;
import dev.tandem.filetransfer.testing.S3Service;

/** What every store has to do, and what only one in a bucket can get wrong, against a service that speaks S3. */
public class S3StoreTest extends FileStoreContract {
    private static final int PART = 5 * 1024 * 1024;

    private static S3Service service;

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private String prefix;
    private S3Store store;
    private TestBucket bucket;

    @BeforeClass
    public static void serve() throws Exception {
        service = new S3Service();
    }

    @AfterClass
    public static void goAway() throws Exception {
        service.close();
    }

    @Before
    public void begin() throws IOException {
        prefix = "t" + System.nanoTime() + "/";
        store = node();
        bucket = Given.bucket(service, Map.of());
    }

    @After
    public void end() {
        store.close();
        bucket.close();
    }

    /** A store of another node, which knows nothing but the bucket. */
    private S3Store node() throws IOException {
        return new S3Store(temporary.newFolder().toPath(), Given.config(service, Map.of("prefix", prefix)));
    }

    @Override
    protected FileStore store() {
        return store;
    }

    @Override
    protected FileStore reborn() throws IOException {
        return node();
    }

    private List<String> objects() throws IOException {
        return bucket.names().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    private static void write(Appender to, byte[] bytes, int from, int until) throws IOException {
        for (int at = from; at < until; at += 300_007) {
            to.write(ByteBuffer.wrap(bytes, at, Math.min(300_007, until - at)));
        }
    }

    private FileKey sealed(byte[] bytes) throws IOException {
        var key = fresh();
        store.create(key);
        try (var to = store.append(key)) {
            write(to, bytes, 0, bytes.length);
            to.settle();
        }
        store.seal(key);
        return key;
    }

    @Test
    public void aNodeThatDiesInTheMiddleOfAPartLosesNothingThatWasSettled() throws IOException {
        var key = fresh();
        var all = bytes(1, 3 * PART + 1_234_567);
        store.create(key);
        var dead = store.append(key);
        write(dead, all, 0, PART + 700_000);
        assertEquals(PART + 700_000, dead.settle());
        write(dead, all, PART + 700_000, 2 * PART + 900_000);

        var other = node();
        int offset = Math.toIntExact(other.offset(key));
        assertEquals("what was not settled may be wrong", PART + 700_000, offset);
        try (var to = other.append(key)) {
            assertEquals(offset, to.offset());
            write(to, all, offset, all.length);
            assertEquals(all.length, to.settle());
        }
        var third = node();
        assertEquals(all.length, third.offset(key));
        third.seal(key);
        assertArrayEquals(all, read(third, key, 0));
        assertEquals(
                "one object is left, with the file's bytes", List.of(prefix + "acme/" + key.id() + ".bin"), objects());
        assertEquals(List.of(), bucket.bucket().uploads(prefix));
        other.close();
        third.close();
    }

    /** As the receiver does while a body comes: what is on its way for long is not lost with the node. */
    @Test
    public void whatIsSettledMeanwhileIsKept() throws IOException {
        var key = fresh();
        var all = bytes(10, 2 * PART + 100);
        store.create(key);
        try (var to = store.append(key)) {
            write(to, all, 0, 1000);
            to.settleMeanwhile();
            assertEquals("too little for a request", 0, node().offset(key));
            write(to, all, 1000, PART - 1000);
            to.settleMeanwhile();
            assertEquals(PART - 1000, node().offset(key));
            write(to, all, PART - 1000, all.length);
            assertEquals(PART - 1000, node().offset(key));
            to.settleMeanwhile();
            assertEquals(all.length, node().offset(key));
        }
        store.seal(key);
        assertArrayEquals(all, read(store, key, 0));
    }

    /** A body with a wrong checksum is thrown away, however many parts of it were sent. */
    @Test
    public void partsThatWereNotSettledAreLeftOut() throws IOException {
        var key = fresh();
        var all = bytes(11, 3 * PART);
        var wrong = bytes(12, 3 * PART);
        store.create(key);
        try (var to = store.append(key)) {
            write(to, all, 0, 500);
            to.settle();
            write(to, wrong, 500, 3 * PART);
        }
        assertEquals(500, store.offset(key));
        try (var to = store.append(key)) {
            assertEquals(500, to.offset());
            write(to, all, 500, all.length);
            assertEquals(all.length, to.settle());
        }
        store.seal(key);
        assertArrayEquals(all, read(store, key, 0));
    }

    /** Each chunk comes by a request of its own, as some clients send them, and none is large enough for a part. */
    @Test
    public void manySmallChunksBecomeParts() throws IOException {
        var key = fresh();
        var all = bytes(2, PART + 900_001);
        store.create(key);
        int chunk = 60_013;
        for (int at = 0; at < all.length; at += chunk) {
            try (var to = store.append(key)) {
                assertEquals(at, to.offset());
                to.write(ByteBuffer.wrap(all, at, Math.min(chunk, all.length - at)));
                to.settle();
            }
        }
        int many = objects().size();
        assertTrue(many + " objects", many < 120);
        assertEquals(all.length, node().offset(key));
        store.seal(key);
        assertArrayEquals(all, read(store, key, 0));
        assertEquals(1, objects().size());
    }

    @Test
    public void whoWasOvertakenByAnotherNodeIsRefusedAndReplacesNothing() throws IOException {
        var key = fresh();
        var all = bytes(3, 3 * PART);
        var lies = bytes(4, 3 * PART);
        store.create(key);
        var first = store.append(key);
        write(first, all, 0, PART + 10);
        first.settle();
        // On its way to a part that the other node will make too.
        write(first, lies, PART + 10, 2 * PART);

        var other = node();
        try (var second = other.append(key)) {
            int offset = Math.toIntExact(second.offset());
            assertEquals(PART + 10, offset);
            assertThrows(FileInUseException.class, first::settle);
            assertThrows(FileInUseException.class, () -> first.write(ByteBuffer.wrap(lies, 0, 1)));
            write(second, all, offset, all.length);
            assertEquals(all.length, second.settle());
        }
        other.seal(key);
        assertArrayEquals(all, read(other, key, 0));
        other.close();
    }

    /** It had begun to send a part when it was overtaken, and goes on sending. */
    @Test
    public void aLatePartOfWhoWasOvertakenIsNoneOfTheFiles() throws IOException {
        var key = fresh();
        var all = bytes(5, 3 * PART);
        var lies = bytes(6, 3 * PART);
        store.create(key);
        var first = store.append(key);
        write(first, all, 0, PART + 10);
        first.settle();
        var other = node();
        try (var second = other.append(key)) {
            write(second, all, PART + 10, 2 * PART + 1);
            write(first, lies, PART + 10, 2 * PART + 1);
            assertThrows(FileInUseException.class, first::settle);
            write(second, all, 2 * PART + 1, all.length);
            second.settle();
        }
        other.seal(key);
        assertArrayEquals(all, read(other, key, 0));
        other.close();
    }

    @Test
    public void whatIsDeletedByAnotherNodeDoesNotComeBack() throws IOException {
        var key = fresh();
        store.create(key);
        var open = store.append(key);
        write(open, bytes(7, PART + 10), 0, PART + 10);
        open.settle();
        var other = node();
        other.delete(key);
        open.write(ByteBuffer.wrap(bytes(8, 10)));
        assertThrows(FileInUseException.class, open::settle);
        assertEquals(List.of(), objects());
        assertEquals(List.of(), bucket.bucket().uploads(prefix));
        assertThrows(MissingFileException.class, () -> store.offset(key));
        other.close();
    }

    @Test
    public void whatIsSealedByAnotherNodeDoesNotGrow() throws IOException {
        var key = fresh();
        store.create(key);
        var open = store.append(key);
        open.write(ByteBuffer.wrap(bytes(7, 20)));
        open.settle();
        var other = node();
        other.seal(key);
        open.write(ByteBuffer.wrap(bytes(8, 10)));
        assertThrows(FileInUseException.class, open::settle);
        assertEquals(20, store.size(key));
        assertEquals(1, objects().size());
        other.close();
    }

    @Test
    public void partsAreJoinedWhetherLargeOrSmall() throws IOException {
        int[] sizes = {PART + 100_000, 10, 2 * PART + 77, 0, 300_000, PART - 1, 2};
        var expected = new ByteArrayOutputStream();
        var parts = new ArrayList<FileKey>();
        for (int i = 0; i < sizes.length; i++) {
            var bytes = bytes(i, sizes[i]);
            expected.writeBytes(bytes);
            parts.add(sealed(bytes));
        }
        var whole = fresh();
        store.concatenate(whole, parts);
        assertArrayEquals(expected.toByteArray(), read(node(), whole, 0));
        assertEquals(sizes.length + 1, objects().size());
        assertEquals(List.of(), bucket.bucket().uploads(prefix));

        var nothing = fresh();
        store.concatenate(nothing, List.of(parts.get(3), parts.get(3)));
        assertEquals(0, store.size(nothing));
        assertThrows(MissingFileException.class, () -> store.concatenate(fresh(), List.of(fresh())));
        assertThrows(MissingFileException.class, () -> store.concatenate(whole, parts));
    }

    @Test
    public void anyRangeIsRead() throws IOException {
        var all = bytes(9, 400_000);
        var key = sealed(all);
        for (int from : new int[] {0, 1, 131_072, 399_999}) {
            assertArrayEquals(Arrays.copyOfRange(all, from, all.length), read(store, key, from));
        }
        assertEquals(0, read(store, key, all.length).length);
        assertEquals(0, read(store, key, all.length + 5L).length);
        // Closed early, which must not read the rest.
        store.read(key, 5).close();
    }

    @Test
    public void uploadsThatEverybodyForgotAreFoundAndAborted() throws IOException {
        var key = fresh();
        bucket.bucket().begin(prefix + "acme/" + key.id() + ".bin");
        try (var all = store.all()) {
            assertEquals(List.of(key), all.map(FileStore.Stored::key).toList());
        }
        store.delete(key);
        assertEquals(List.of(), bucket.bucket().uploads(prefix));
    }

    @Test
    public void objectsOfOthersAreLeftAlone() throws IOException {
        var key = sealed(bytes(1, 10));
        bucket.put(prefix + "acme/readme.txt", "mine");
        bucket.put(prefix + "acme/" + key.id() + "0.bin", "mine");
        bucket.put(prefix + "UPPER/" + key.id() + ".bin", "mine");
        bucket.put("elsewhere/acme/" + key.id() + ".bin", "mine");
        store.check();
        try (var all = store.all()) {
            assertEquals(List.of(key), all.map(FileStore.Stored::key).toList());
        }
        store.delete(key);
        assertEquals(4, objects().size());
        assertTrue(bucket.names().contains("elsewhere/acme/" + key.id() + ".bin"));
    }

    @Test
    public void nothingIsLeftOnTheNode() throws IOException {
        var folder = temporary.newFolder().toPath();
        var left = folder.resolve("x.spool");
        Files.writeString(left, "of a process that was killed");
        var node = new S3Store(folder, Given.config(service, Map.of("prefix", prefix)));
        assertFalse(Files.exists(left));
        var key = fresh();
        node.create(key);
        try (var to = node.append(key)) {
            to.write(ByteBuffer.wrap(bytes(1, 1000)));
            to.settle();
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
        node.close();
    }
}
