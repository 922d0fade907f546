package dev.tandem.filetransfer.s3.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import org.apache.felix.hc.api.Result.Status;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore.FileInUseException;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.testing.S3Service;
import dev.tandem.platform.SiteId;

/** A service that is down, hangs, or does not know us. */
public class S3TroubleTest {
    private static final FileKey KEY = new FileKey(new SiteId("acme"), "0".repeat(32));
    private static final int PART = 5 * 1024 * 1024;

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private S3Service service;

    @Before
    public void begin() throws Exception {
        service = new S3Service();
    }

    @After
    public void end() throws Exception {
        service.close();
    }

    private S3Store store(Map<String, Object> changes) throws IOException {
        return new S3Store(folder(), Given.config(service, changes));
    }

    private Path folder() throws IOException {
        return temporary.newFolder().toPath();
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static IOException outOfOrder(org.junit.function.ThrowingRunnable what) {
        var thrown = assertThrows(IOException.class, what);
        assertFalse(thrown.toString(), thrown instanceof MissingFileException);
        assertFalse(thrown.toString(), thrown instanceof FileInUseException);
        assertFalse(thrown.getMessage(), thrown.getMessage().contains(S3Service.SECRET));
        return thrown;
    }

    @Test
    public void whatWasTakenInWhileTheServiceWasDownIsKeptByTheSameWriter() throws Exception {
        var store = store(Map.of());
        var all = bytes(PART + 500_000);
        store.create(KEY);
        try (var to = store.append(KEY)) {
            to.write(ByteBuffer.wrap(all, 0, PART - 10));
            to.settle();
            service.down();
            to.write(ByteBuffer.wrap(all, PART - 10, 10));
            outOfOrder(to::settle);
            outOfOrder(() -> store.offset(KEY));
            outOfOrder(() -> store.create(KEY));
            outOfOrder(() -> store.size(KEY));
            outOfOrder(() -> store.delete(new FileKey(KEY.site(), "1".repeat(32))));
            outOfOrder(() -> store.all().count());
            assertEquals(PART - 10, to.offset());
            var check = new S3Check(store).execute();
            assertEquals(Status.WARN, check.getStatus());
            service.up();
            assertEquals(Status.OK, new S3Check(store).execute().getStatus());
            to.write(ByteBuffer.wrap(all, PART, 500_000));
            assertEquals(all.length, to.settle());
        }
        store.seal(KEY);
        assertArrayEquals(all, read(store));
        store.close();
    }

    private static byte[] read(S3Store store) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var from = store.read(KEY, 0)) {
            Channels.newInputStream(from).transferTo(all);
        }
        return all.toByteArray();
    }

    @Test
    public void readingGoesOnWhenTheLineWasCut() throws Exception {
        var store = store(Map.of());
        var all = bytes(3 * PART);
        store.create(KEY);
        try (var to = store.append(KEY)) {
            to.write(ByteBuffer.wrap(all));
            to.settle();
        }
        store.seal(KEY);
        try (var from = store.read(KEY, 0)) {
            var got = ByteBuffer.allocate(all.length);
            var some = ByteBuffer.allocate(100_000);
            assertTrue(from.read(some) > 0);
            got.put(some.flip());
            service.down();
            service.up();
            while (from.read(got) >= 0) {
                assertTrue(got.position() <= all.length);
                if (!got.hasRemaining()) {
                    break;
                }
            }
            assertArrayEquals(all, got.array());
        }
        store.close();
    }

    @Test
    public void aServiceThatNeverAnswersIsWaitedForNoLongerThanTheSettingsSay() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var store = store(Map.of(
                    "endpoint", "http://127.0.0.1:" + silent.getLocalPort(), "timeout_reply", 1L, "timeout_whole", 2L));
            long begun = System.nanoTime();
            outOfOrder(() -> store.offset(KEY));
            outOfOrder(() -> store.create(KEY));
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            assertTrue(seconds + " s", seconds < 30);
            store.close();
        }
    }

    @Test
    public void wrongKeysAreNamedAndNothingIsMissingForThat() throws Exception {
        for (var wrong : new Map[] {Map.of("secretKey", "guessed"), Map.of("accessKey", "nobody")}) {
            @SuppressWarnings("unchecked")
            var store = store((Map<String, Object>) wrong);
            var said = outOfOrder(() -> store.offset(KEY)).getMessage();
            assertTrue(said, said.contains("refuses: 403"));
            outOfOrder(() -> store.create(KEY));
            outOfOrder(() -> store.read(KEY, 0));
            var check = new S3Check(store).execute();
            assertEquals(Status.WARN, check.getStatus());
            assertTrue(check.toString(), check.toString().contains("403"));
            store.close();
        }
    }

    @Test
    public void withoutTheBucketNothingIsMissingEither() throws Exception {
        var store = store(Map.of("bucket", "another"));
        var said = outOfOrder(() -> store.offset(KEY)).getMessage();
        assertTrue(said, said.contains("NoSuchBucket"));
        outOfOrder(() -> store.size(KEY));
        outOfOrder(() -> store.append(KEY));
        store.close();
    }

    @Test
    public void withoutSettingsItSaysWhatItWants() throws Exception {
        var store = new S3Store(folder(), Given.configured(Map.of()));
        var said = outOfOrder(() -> store.create(KEY)).getMessage();
        assertTrue(said, said.contains("etc/dev.tandem.filetransfer.s3.cfg"));
        assertEquals(Long.MAX_VALUE, store.room());
        // Nothing can be there: files elsewhere are found and deleted all the same.
        assertThrows(MissingFileException.class, () -> store.offset(KEY));
        store.delete(KEY);
        assertEquals(0, store.all().count());
        assertEquals(Status.WARN, new S3Check(store).execute().getStatus());
        var wrong = store(Map.of("partMegabytes", 4));
        assertTrue(outOfOrder(() -> wrong.offset(KEY)).getMessage().contains("partMegabytes is 5 to 512"));
        wrong.close();
        store.close();
    }

    /** The role of a machine, the environment: here the properties of this process. */
    @Test
    public void withoutKeysTheSdkLooksForThem() throws Exception {
        System.setProperty("aws.accessKeyId", S3Service.ACCESS);
        System.setProperty("aws.secretAccessKey", S3Service.SECRET);
        try {
            var store = store(Map.of("accessKey", "", "secretKey", ""));
            store.create(KEY);
            assertEquals(0, store.offset(KEY));
            store.close();
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }
}
