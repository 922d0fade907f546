package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;

import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.RoughLine;
import dev.tandem.itests.harness.TusJs;

import io.tus.java.client.ProtocolException;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUploader;

/** The server is killed ten times while two clients send. A distribution of its own. */
public class FilesCrashIT {
    private static final int KILLS = Integer.getInteger("tandem.files.kills", 10);
    private static final int CHUNK = 512 * 1024;
    private static final int SIZE = (64 << 20) + 12_345;
    /** Slow enough that a client is in the middle of its file at every kill. */
    private static final long BYTES_PER_SECOND = 8L << 20;

    private static final Duration LONGEST = Duration.ofSeconds(120);

    private static Karaf karaf;

    @Rule
    public final Scene scene = new Scene();

    @BeforeClass
    public static void start() {
        karaf = Running.unpack("files-crash").start();
    }

    @AfterClass
    public static void kill() {
        karaf.killHard();
    }

    @Test
    public void B12_killedServerKnowsEveryByteThatItAcknowledgedTenTimes() throws Exception {
        var site = Site.create(karaf);
        // The longest there is, and pages that come back after each kill: the session is to outlast ten starts.
        site.set("session.grace", "600");
        var sending = Sending.begin(site, scene);
        var jsFile = Sending.write("crash-js.bin", Sending.bytes(SIZE, 21));
        var javaFile = Sending.write("crash-java.bin", Sending.bytes(SIZE, 22));
        var line = scene.closing(RoughLine.slow(karaf.uri(), BYTES_PER_SECOND));
        var js = new JsClient(sending, jsFile, line.uri());
        var java = new JavaClient(sending, javaFile, line.uri());
        for (int kill = 0; kill < KILLS; kill++) {
            long more = (2L + kill % 5) * CHUNK;
            long jsTarget = js.acknowledged + more;
            long javaTarget = java.acknowledged + more;
            js.goOn();
            java.goOn();
            Await.until(
                    "both clients to be acknowledged more",
                    LONGEST,
                    () -> js.accepted() >= jsTarget && java.acknowledged >= javaTarget);
            karaf.killHard();
            js.awaitBroken();
            java.awaitBroken();
            assertTrue("killed in the middle", js.acknowledged < SIZE && java.acknowledged < SIZE);
            karaf.start();
        }
        js.goOn();
        java.goOn();
        assertArrives(sending, js.awaitDone(), jsFile);
        assertArrives(sending, java.awaitDone(), javaFile);
        System.out.printf(
                "Server killed -9 %d times in mid-upload: acknowledged and sent again, the most: %,d bytes (js), %,d (Java);"
                        + " kept without having been acknowledged: %,d (js), %,d (Java)%n",
                KILLS, js.again, java.again, js.gift, java.gift);
        assertEquals("acknowledged bytes that were sent again", 0, Math.max(js.again, java.again));
    }

    private static void assertArrives(Sending sending, String url, Path file) throws Exception {
        var id = Sending.id(url);
        var offered = sending.agree(sending.customer(), id);
        assertEquals(Sending.sum(file), offered.path("file").path("sha256").asText());
        assertEquals(Sending.sum(file), sending.sumOfDownload(id, sending.asCustomer()));
    }

    /** What both have in common: where they are, and what a kill has cost them. */
    private abstract static class Client {
        final Sending sending;
        final Path file;
        final URI door;
        volatile long acknowledged;
        long again;
        long gift;

        Client(Sending sending, Path file, URI door) {
            this.sending = sending;
            this.file = file;
            this.door = door;
        }

        void resumedAt(long offset) {
            assertTrue(
                    acknowledged + " bytes were acknowledged, " + offset + " are known after the kill",
                    offset >= acknowledged);
            again = Math.max(again, acknowledged - offset);
            gift = Math.max(gift, offset - acknowledged);
            acknowledged = offset;
        }
    }

    private final class JsClient extends Client {
        private final Path folder = Running.work().resolve("tus-js");
        private TusJs process;
        private boolean begun;

        JsClient(Sending sending, Path file, URI door) {
            super(sending, file, door);
        }

        void goOn() throws IOException {
            process = scene.closing(TusJs.start(Files.createDirectories(folder)));
            var options = new HashMap<String, Object>();
            options.put("headers", sending.asAgent());
            options.put("metadata", sending.metadata("crash-js.bin"));
            options.put("chunkSize", CHUNK);
            options.put(
                    "store", Running.work().resolve("sending/urls-crash.json").toString());
            options.put("again", begun);
            process.upload(Sending.door(door).toString(), file, options);
            if (begun) {
                resumedAt(process.await("resumed").path("offset").asLong());
            }
            begun = true;
        }

        long accepted() {
            return Math.max(acknowledged, process.accepted());
        }

        void awaitBroken() {
            process.await("failed");
            acknowledged = accepted();
            process.close();
        }

        String awaitDone() {
            return process.await("done").path("url").asText();
        }
    }

    private static final class JavaClient extends Client {
        private final TusURLMemoryStore urls = new TusURLMemoryStore();
        private CompletableFuture<String> run;

        JavaClient(Sending sending, Path file, URI door) {
            super(sending, file, door);
        }

        void goOn() throws IOException, ProtocolException {
            var client = new TusClient();
            client.setUploadCreationURL(Sending.door(door).toURL());
            client.enableResuming(urls);
            client.setHeaders(sending.asAgent());
            var upload = new io.tus.java.client.TusUpload(file.toFile());
            upload.setMetadata(sending.metadata("crash-java.bin"));
            boolean begun = run != null;
            var uploader = client.resumeOrCreateUpload(upload);
            if (begun) {
                resumedAt(uploader.getOffset());
            }
            uploader.setChunkSize(CHUNK);
            uploader.setRequestPayloadSize(CHUNK);
            run = CompletableFuture.supplyAsync(() -> send(uploader));
        }

        private String send(TusUploader uploader) {
            try {
                while (uploader.uploadChunk() > 0) {
                    // A chunk is a request, whose answer was looked at.
                    acknowledged = uploader.getOffset();
                }
                uploader.finish();
                return uploader.getUploadURL().toString();
            } catch (IOException | ProtocolException e) {
                throw new IllegalStateException(e);
            }
        }

        void awaitBroken() {
            assertTrue(
                    "it was cut off",
                    run.handle((url, broken) -> broken != null).join());
        }

        String awaitDone() {
            return run.join();
        }
    }
}
