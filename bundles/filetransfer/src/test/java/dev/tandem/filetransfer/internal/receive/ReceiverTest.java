package dev.tandem.filetransfer.internal.receive;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.NoRoomException;
import dev.tandem.filetransfer.internal.receive.Receiver.Expected;
import dev.tandem.filetransfer.internal.receive.Receiver.Trouble;
import dev.tandem.filetransfer.internal.receive.Receiver.TroubleException;
import dev.tandem.filetransfer.internal.store.LocalStore;
import dev.tandem.platform.SiteId;

/** Bodies on their way into files of a real folder. */
public class ReceiverTest {
    private static final int MEGABYTE = 1024 * 1024;

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final Receiver receiver = new Receiver(Runnable::run, Clock.systemUTC());
    private final FileKey key =
            new FileKey(new SiteId("acme"), UUID.randomUUID().toString().replace("-", ""));
    private final AtomicLong told = new AtomicLong();
    private LocalStore store;

    @Before
    public void begin() throws IOException {
        store = new LocalStore(temporary.getRoot().toPath());
        store.create(key);
    }

    private static byte[] bytes(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private Expected expected(long offset, long size) {
        return expected(store, offset, size, Optional.empty(), Optional.empty());
    }

    private Expected expected(FileStore in, long offset, long size, Optional<Long> body, Optional<Checksum> sum) {
        return new Expected(in, key, offset, size, true, body, sum, told::addAndGet);
    }

    private Trouble trouble(Expected expected, InputStream body) {
        return assertThrows(TroubleException.class, () -> receiver.receive(expected, body))
                .trouble();
    }

    private byte[] sealed() throws IOException {
        store.seal(key);
        try (ReadableByteChannel channel = store.read(key, 0)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    private static Optional<Checksum> sha1(byte[] bytes) throws Exception {
        return Optional.of(new Checksum(
                Checksum.Algorithm.SHA1, MessageDigest.getInstance("SHA-1").digest(bytes)));
    }

    /** Gives bytes, then breaks. */
    private static InputStream broken(byte[] bytes) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });
    }

    /** Gives bytes, then hangs until the latch is open. */
    private static InputStream hanging(byte[] bytes, CountDownLatch hangs, CountDownLatch goesOn) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                hangs.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return 'x';
            }

            @Override
            public int read(byte[] to, int from, int length) throws IOException {
                to[from] = (byte) read();
                return 1;
            }
        });
    }

    @Test
    public void whatComesInPiecesIsWhole() throws Exception {
        var all = bytes(1, 5 * MEGABYTE + 17);
        int at = 0;
        for (int length : new int[] {0, 1, 65_536, 3 * MEGABYTE, 2 * MEGABYTE - 65_520}) {
            var piece = Arrays.copyOfRange(all, at, at + length);
            at += length;
            assertEquals(at, receiver.receive(expected(at - length, all.length), new ByteArrayInputStream(piece)));
            assertEquals(
                    "durable when it returns",
                    at,
                    new LocalStore(temporary.getRoot().toPath()).offset(key));
        }
        assertEquals(all.length, at);
        assertArrayEquals(all, sealed());
        assertEquals(all.length, told.get());
    }

    @Test
    public void anotherOffsetChangesNothing() throws Exception {
        receiver.receive(expected(0, 100), new ByteArrayInputStream(bytes(1, 10)));
        for (long lie : new long[] {0, 9, 11, 100}) {
            assertEquals(
                    new Trouble.OtherOffset(10), trouble(expected(lie, 100), new ByteArrayInputStream(new byte[0])));
        }
        assertEquals(10, store.offset(key));
    }

    @Test
    public void moreThanAnnouncedIsRefusedBeforeItIsRead() {
        InputStream never = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }
        };
        assertEquals(
                new Trouble.TooMany(), trouble(expected(store, 0, 100, Optional.of(101L), Optional.empty()), never));
    }

    @Test
    public void moreThanAnnouncedNeverMakesAFileWhole() throws Exception {
        for (int length : new int[] {101, 5000, 3 * MEGABYTE}) {
            assertEquals(new Trouble.TooMany(), trouble(expected(0, 100), new ByteArrayInputStream(bytes(1, length))));
            assertEquals(0, store.offset(key));
        }
        var oneByOne =
                new SequenceInputStream(new ByteArrayInputStream(bytes(1, 100)), new ByteArrayInputStream(new byte[1]));
        assertEquals(new Trouble.TooMany(), trouble(expected(0, 100), oneByOne));
        assertTrue(store.offset(key) < 100);
    }

    @Test
    public void aWrongSumKeepsNothingOfTheBody() throws Exception {
        var good = bytes(1, 2 * MEGABYTE);
        var sum = sha1(good);
        assertEquals(
                good.length,
                receiver.receive(
                        expected(store, 0, 30 * MEGABYTE, Optional.empty(), sum), new ByteArrayInputStream(good)));
        var bad = bytes(2, 20 * MEGABYTE);
        assertEquals(
                new Trouble.Corrupt(),
                trouble(
                        expected(store, good.length, 30 * MEGABYTE, Optional.empty(), sum),
                        new ByteArrayInputStream(bad)));
        assertEquals(good.length, store.offset(key));
        assertArrayEquals(good, sealed());
    }

    @Test
    public void ofABrokenLineIsKeptWhatCame() throws Exception {
        var came = bytes(1, 3 * MEGABYTE + 5);
        assertEquals(new Trouble.Gone(), trouble(expected(0, 10 * MEGABYTE), broken(came)));
        assertEquals(came.length, store.offset(key));
        assertArrayEquals(came, sealed());
    }

    @Test
    public void ofABrokenLineNothingIsKeptThatNobodyCanCheck() throws Exception {
        var came = bytes(1, 3 * MEGABYTE + 5);
        assertEquals(
                new Trouble.Gone(),
                trouble(
                        expected(store, 0, 10 * MEGABYTE, Optional.empty(), sha1(bytes(1, 8 * MEGABYTE))),
                        broken(came)));
        assertEquals(0, store.offset(key));
    }

    @Test
    public void aHangingRequestIsShutOutByWhoComesNext() throws Exception {
        var first = bytes(1, 2 * MEGABYTE + 7);
        var hangs = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var threads = Executors.newSingleThreadExecutor();
        try {
            var dead = threads.submit(() -> trouble(expected(0, 5 * MEGABYTE), hanging(first, hangs, goesOn)));
            assertTrue(hangs.await(60, TimeUnit.SECONDS));
            assertTrue(receiver.busy(key));
            // What HEAD does.
            receiver.stop(key);
            assertEquals("what had come is kept", first.length, store.offset(key));
            var more = bytes(2, 100);
            assertEquals(
                    first.length + 100,
                    receiver.receive(expected(first.length, 5 * MEGABYTE), new ByteArrayInputStream(more)));
            goesOn.countDown();
            assertEquals(new Trouble.TakenOver(), dead.get(60, TimeUnit.SECONDS));
            assertEquals(first.length + 100, store.offset(key));
            assertFalse(receiver.busy(key));
        } finally {
            goesOn.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    public void whoGoesOnAtTheLastAnswerAfterAHangingRequestLearnsTheOffset() throws Exception {
        var first = bytes(1, 500_000);
        var hangs = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var dead = new CompletableFuture<Trouble>();
        new Thread(() -> dead.complete(trouble(expected(0, 5 * MEGABYTE), hanging(first, hangs, goesOn)))).start();
        assertTrue(hangs.await(60, TimeUnit.SECONDS));
        assertEquals(
                new Trouble.OtherOffset(first.length),
                trouble(expected(0, 5 * MEGABYTE), new ByteArrayInputStream(first)));
        goesOn.countDown();
        assertEquals(new Trouble.TakenOver(), dead.get(60, TimeUnit.SECONDS));
        assertEquals(first.length, store.offset(key));
    }

    @Test
    public void ofAHangingRequestNothingIsKeptThatNobodyCanCheck() throws Exception {
        var hangs = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var dead = new CompletableFuture<Trouble>();
        var body = bytes(1, 2 * MEGABYTE);
        var sum = sha1(body);
        new Thread(() -> dead.complete(
                        trouble(expected(store, 0, 5 * MEGABYTE, Optional.empty(), sum), hanging(body, hangs, goesOn))))
                .start();
        assertTrue(hangs.await(60, TimeUnit.SECONDS));
        receiver.stop(key);
        assertEquals(0, store.offset(key));
        goesOn.countDown();
        assertEquals(new Trouble.TakenOver(), dead.get(60, TimeUnit.SECONDS));
    }

    /** As when the bundle stops: the next one begins a moment later, and finds the file as it is left here. */
    @Test
    public void aReceiverThatClosesKeepsWhatHasComeAndLeavesTheFileToTheNext() throws Exception {
        var hangs = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var dead = new CompletableFuture<Trouble>();
        var body = bytes(1, 2 * MEGABYTE);
        new Thread(() -> dead.complete(trouble(expected(0, body.length + 1), hanging(body, hangs, goesOn)))).start();
        assertTrue(hangs.await(60, TimeUnit.SECONDS));
        receiver.close();
        var next = new LocalStore(temporary.getRoot().toPath());
        assertEquals(body.length, next.offset(key));
        try (var appender = next.append(key)) {
            assertEquals(body.length, appender.offset());
        }
        goesOn.countDown();
        assertEquals("its last byte came too late", new Trouble.Gone(), dead.get(60, TimeUnit.SECONDS));
        assertEquals(body.length, next.offset(key));
        assertEquals(new Trouble.Gone(), trouble(expected(body.length, body.length + 1), broken(bytes(2, 1))));
        assertEquals(body.length, next.offset(key));
    }

    /** A process that is killed then has lost little. */
    @Test
    public void mostOfALongRequestIsDurableBeforeItsEnd() throws Exception {
        var hangs = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var dead = new CompletableFuture<Trouble>();
        var body = bytes(1, 20 * MEGABYTE);
        new Thread(() -> dead.complete(trouble(expected(0, 50 * MEGABYTE), hanging(body, hangs, goesOn)))).start();
        assertTrue(hangs.await(60, TimeUnit.SECONDS));
        assertTrue("" + store.offset(key), store.offset(key) >= 12 * MEGABYTE);
        receiver.end(key);
        goesOn.countDown();
        assertEquals(new Trouble.TakenOver(), dead.get(60, TimeUnit.SECONDS));
    }

    @Test
    public void aFullDiskLeavesWhatWasAcknowledged() throws Exception {
        var good = bytes(1, 1000);
        receiver.receive(expected(0, 10 * MEGABYTE), new ByteArrayInputStream(good));
        assertEquals(
                new Trouble.NoRoom(),
                trouble(
                        expected(new Full(store), 1000, 10 * MEGABYTE, Optional.empty(), Optional.empty()),
                        new ByteArrayInputStream(bytes(2, 3 * MEGABYTE))));
        assertEquals(1000, store.offset(key));
        assertEquals(1010, receiver.receive(expected(1000, 10 * MEGABYTE), new ByteArrayInputStream(bytes(3, 10))));
    }

    @Test
    public void manyAtOnceTakeLittleMemory() {
        var buffers = new Buffers(8);
        var lent = Stream.generate(buffers::lend).limit(100).toList();
        long sum = lent.stream().mapToLong(ByteBuffer::capacity).sum();
        assertTrue("" + sum, sum <= 16L * MEGABYTE);
        lent.forEach(buffers::back);
        var again = Stream.generate(buffers::lend).limit(100).toList();
        assertTrue("the same ones", again.stream().allMatch(one -> lent.stream().anyMatch(it -> it == one)));
    }

    /** A store whose disk is full after a megabyte. */
    private record Full(LocalStore in) implements FileStore {
        @Override
        public String name() {
            return "full";
        }

        @Override
        public void create(FileKey key) throws IOException {
            in.create(key);
        }

        @Override
        public long offset(FileKey key) throws IOException {
            return in.offset(key);
        }

        @Override
        public Appender append(FileKey key) throws IOException {
            var to = in.append(key);
            return new Appender() {
                private long written;

                @Override
                public long offset() {
                    return to.offset();
                }

                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    if (written >= MEGABYTE) {
                        throw new NoRoomException(new IOException("No space left on device"));
                    }
                    written += bytes.remaining();
                    to.write(bytes);
                }

                @Override
                public long settle() throws IOException {
                    return to.settle();
                }

                @Override
                public void close() {
                    to.close();
                }
            };
        }

        @Override
        public void seal(FileKey key) throws IOException {
            in.seal(key);
        }

        @Override
        public ReadableByteChannel read(FileKey key, long from) throws IOException {
            return in.read(key, from);
        }

        @Override
        public long size(FileKey key) throws IOException {
            return in.size(key);
        }

        @Override
        public void concatenate(FileKey key, List<FileKey> parts) throws IOException {
            in.concatenate(key, parts);
        }

        @Override
        public void delete(FileKey key) throws IOException {
            in.delete(key);
        }

        @Override
        public Stream<Stored> all() throws IOException {
            return in.all();
        }

        @Override
        public long room() throws IOException {
            return 0;
        }
    }
}
