package dev.tandem.filetransfer.s3.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore.FileInUseException;
import dev.tandem.filetransfer.testing.S3Service;
import dev.tandem.platform.SiteId;

/**
 * Several writers on two nodes at one file, each of which believes that it is the only one, and some of which die. Each writes what
 * belongs at its offset, so that the file must be right to the last byte, and never shorter than what anybody was told.
 */
public class TwoNodesTest {
    private static final FileKey KEY = new FileKey(new SiteId("acme"), "f".repeat(32));
    private static final int WRITERS = 4;
    private static final int ROUNDS = 12;
    private static final int MOST = 3 * 1024 * 1024;
    private static final long SEED = 20261122;

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final AtomicLong acknowledged = new AtomicLong();
    private final ReentrantLock turn = new ReentrantLock();

    /** A byte that tells its place from any near one. */
    private static byte at(long place) {
        return (byte) (place * 31 + (place >> 8) * 17 + (place >> 16) * 7 + (place >> 24));
    }

    private static ByteBuffer bytes(long from, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(from + i);
        }
        return ByteBuffer.wrap(bytes);
    }

    @Test
    public void whatAnybodyWasToldIsKept() throws Exception {
        try (var service = new S3Service()) {
            var nodes = new S3Store[] {
                new S3Store(temporary.newFolder().toPath(), Given.config(service, Map.of())),
                new S3Store(temporary.newFolder().toPath(), Given.config(service, Map.of()))
            };
            nodes[0].create(KEY);
            var threads = Executors.newFixedThreadPool(WRITERS);
            var writers = IntStream.range(0, WRITERS)
                    .<Callable<Integer>>mapToObj(i -> () -> write(nodes[i % 2], new Random(SEED + i)))
                    .toList();
            int settled = 0;
            for (var writer : threads.invokeAll(writers, 300, TimeUnit.SECONDS)) {
                settled += writer.get();
            }
            threads.shutdown();
            System.out.println("settled " + settled + " times, " + acknowledged + " bytes acknowledged");
            assertTrue("only " + settled + " times anything was settled", settled > 10);
            long before = nodes[1].offset(KEY);
            assertTrue(before + " < " + acknowledged, before >= acknowledged.get());
            nodes[1].seal(KEY);
            assertEquals(before, nodes[0].size(KEY));
            verify(nodes[0], before);
            for (var node : nodes) {
                node.close();
            }
        }
    }

    private int write(S3Store node, Random random) throws IOException {
        int settled = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Mostly one after the other, or all would only overtake each other.
            boolean waits = random.nextInt(4) > 0;
            if (waits) {
                turn.lock();
            }
            try {
                settled += writeSome(node, random);
            } catch (FileInUseException e) {
                // Somebody else was later.
            } finally {
                if (waits) {
                    turn.unlock();
                }
            }
        }
        return settled;
    }

    private int writeSome(S3Store node, Random random) throws IOException {
        int settled = 0;
        long told = acknowledged.get();
        var to = node.append(KEY);
        long at = to.offset();
        assertTrue(at + " < " + told, at >= told);
        for (int more = random.nextInt(4); more >= 0; more--) {
            int some = random.nextInt(MOST);
            to.write(bytes(at, some));
            at += some;
            if (random.nextBoolean()) {
                acknowledge(to.settle());
                settled++;
            }
        }
        if (random.nextBoolean()) {
            // Otherwise it died.
            to.close();
        }
        return settled;
    }

    private void acknowledge(long offset) {
        acknowledged.accumulateAndGet(offset, Math::max);
    }

    private static void verify(S3Store node, long size) throws IOException {
        try (var in = Channels.newInputStream(node.read(KEY, 0))) {
            var buffer = new byte[128 * 1024];
            long place = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++, place++) {
                    if (buffer[i] != at(place)) {
                        throw new AssertionError("wrong at " + place + " of " + size);
                    }
                }
            }
            assertEquals(size, place);
        }
    }
}
