package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.RoughLine;
import dev.tandem.itests.harness.TusJs;

import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;

/** The clients of tus that there are, as they are, send files through the running server, and the other side gets them whole. */
public class TusClientsIT {
    private static final int MB = 1 << 20;
    private static final int SIZE = 24 * MB + 12_345;
    /** So slow that there is time to stop in the middle. */
    private static final long SLOW = 24L * MB;

    @Rule
    public final Scene scene = new Scene();

    private Sending sending;
    private Path file;
    private String sum;

    @Before
    public void together() throws IOException {
        sending = Sending.begin(Site.create(Running.karaf()), scene);
        file = Sending.write("whole.bin", Sending.bytes(SIZE, 7));
        sum = Sending.sum(file);
    }

    @Test
    public void B12_tusJsClientPausesAndANewOneGoesOnWhereItWas() throws Exception {
        var line = scene.closing(RoughLine.slow(Running.karaf().uri(), SLOW));
        var store = Running.work().resolve("sending/urls-" + sending.session() + ".json");
        var options = options(sending.asAgent());
        options.put("chunkSize", 2 * MB);
        options.put("store", store.toString());
        var first = js();
        first.upload(Sending.door(line.uri()).toString(), file, options);
        first.awaitAccepted(6 * MB);
        first.pause();
        long acknowledged = first.accepted();
        var url = first.await("created").path("url").asText();
        first.close();
        assertTrue("stopped in the middle: " + acknowledged, acknowledged < SIZE);
        assertEquals(
                "its receiver sees it arriving",
                "ARRIVING",
                sending.transfers(sending.customer()).get(0).get("state").asText());

        options.put("again", true);
        var second = js();
        second.upload(Sending.door(line.uri()).toString(), file, options);
        long known = second.await("resumed").path("offset").asLong();
        assertTrue(acknowledged + " bytes were acknowledged, " + known + " are known", known >= acknowledged);
        assertEquals(url, second.await("done").path("url").asText());
        assertArrives(Sending.id(url));
    }

    @Test
    public void B12_tusJavaClientPausesAndANewOneGoesOnWhereItWas() throws Exception {
        var line = scene.closing(RoughLine.slow(Running.karaf().uri(), SLOW));
        var urls = new TusURLMemoryStore(); // what a program keeps between two runs
        var first = java(Sending.door(line.uri()), urls, sending.asAgent());
        var uploader = first.createUpload(upload());
        uploader.setChunkSize(MB / 2);
        uploader.setRequestPayloadSize(2 * MB);
        long acknowledged = 0;
        while (acknowledged < 6 * MB) {
            assertTrue(uploader.uploadChunk() > 0);
            // A request ends, and is looked at, when it has all that it carries.
            acknowledged = uploader.getOffset() / (2 * MB) * (2 * MB);
        }
        uploader.finish();

        var second = java(Sending.door(line.uri()), urls, sending.asAgent());
        var again = second.resumeUpload(upload());
        assertTrue(
                acknowledged + " bytes were acknowledged, " + again.getOffset() + " are known",
                again.getOffset() >= acknowledged && again.getOffset() < SIZE);
        again.setChunkSize(MB);
        while (again.uploadChunk() > 0) {
            // On to the end.
        }
        again.finish();
        assertArrives(Sending.id(again.getUploadURL().toString()));
    }

    @Test
    public void B12_tusJsClientSendsPartsAtOnceAndTheyBecomeOneFile() throws Exception {
        var options = options(sending.asAgent());
        options.put("parallelUploads", 4);
        options.put("chunkSize", 2 * MB);
        var done = js().upload(sending.door().toString(), file, options).await("done");
        assertArrives(Sending.id(done.path("url").asText()));
        assertEquals(
                "the parts are nobody's files",
                1,
                sending.transfers(sending.agent()).size());
    }

    @Test
    public void B12_tusJsClientSendsWithTheCreationOrSaysTheLengthLater() throws Exception {
        for (var way : new String[] {"uploadDataDuringCreation", "uploadLengthDeferred"}) {
            var options = options(sending.asAgent());
            options.put(way, true);
            options.put("chunkSize", 4 * MB);
            var done = js().upload(sending.door().toString(), file, options).await("done");
            assertArrives(Sending.id(done.path("url").asText()));
        }
    }

    @Test
    public void B12_tusJsClientsChecksumsAreKept() throws Exception {
        for (var algorithm : new String[] {"sha1", "sha256"}) {
            var options = options(sending.asAgent());
            options.put("checksum", algorithm);
            options.put("chunkSize", 4 * MB);
            var done = js().upload(sending.door().toString(), file, options).await("done");
            assertArrives(Sending.id(done.path("url").asText()));
        }
    }

    @Test
    public void B12_bytesWithAnotherChecksumDoNotCount() throws Exception {
        var options = options(sending.asAgent());
        options.put("checksum", "sha256");
        options.put("chunkSize", 4 * MB);
        options.put("wrongChecksumAt", 8 * MB);
        var first = js().upload(sending.door().toString(), file, options);
        assertEquals(460, first.await("failed").path("status").asInt());
        assertEquals(8 * MB, first.accepted());
        var url = first.all("created").get(0).path("url").asText();
        assertEquals(8 * MB, new TusUpload(URI.create(url), sending.asAgent()).offset());

        options.remove("wrongChecksumAt");
        options.put("uploadUrl", url);
        var second = js().upload(sending.door().toString(), file, options);
        assertEquals(8 * MB, second.await("resumed").path("offset").asLong());
        second.await("done");
        assertArrives(Sending.id(url));
    }

    @Test
    public void B12_tusJsClientTakesItsUploadBack() throws Exception {
        var line = scene.closing(RoughLine.slow(Running.karaf().uri(), SLOW));
        var options = options(sending.asAgent());
        options.put("chunkSize", 2 * MB);
        var js = js().upload(Sending.door(line.uri()).toString(), file, options);
        js.awaitAccepted(4 * MB);
        js.terminate();
        var id = Sending.id(js.await("created").path("url").asText());
        var there = new TusUpload(sending.file(id), sending.asAgent());
        assertEquals(404, there.head().status());
        assertEquals(404, there.patch(4 * MB, new byte[] {1}).status());
        assertTrue(sending.transfers(sending.customer()).stream()
                .noneMatch(one -> one.get("state").asText().matches("ARRIVING|OFFERED|AGREED|DONE")));
    }

    @Test
    public void B12_customerSendsByTusJavaClientAndTheAgentAccepts() throws Exception {
        var client = java(sending.door(), new TusURLMemoryStore(), sending.asCustomer());
        var uploader = client.createUpload(upload());
        uploader.setChunkSize(MB);
        while (uploader.uploadChunk() > 0) {
            // On to the end.
        }
        uploader.finish();
        var id = Sending.id(uploader.getUploadURL().toString());
        sending.await(id, "OFFERED");
        assertEquals(404, Sending.get(sending.file(id), sending.asAgent()).status());
        sending.agree(sending.agent(), id);
        assertEquals(sum, sending.sumOfDownload(id, sending.asAgent()));
    }

    /** Offered with its checksum, no byte before it is agreed to, whole after. */
    private void assertArrives(String id) throws Exception {
        var offered = sending.await(id, "OFFERED");
        assertEquals(sum, offered.path("file").path("sha256").asText());
        assertEquals(SIZE, offered.path("file").path("size").asLong());
        assertEquals(404, Sending.get(sending.file(id), sending.asCustomer()).status());
        sending.agree(sending.customer(), id);
        assertEquals(sum, sending.sumOfDownload(id, sending.asCustomer()));
        sending.await(id, "DONE");
    }

    private TusJs js() throws IOException {
        return scene.closing(TusJs.start(Files.createDirectories(Running.work().resolve("tus-js"))));
    }

    private Map<String, Object> options(Map<String, String> who) {
        var options = new HashMap<String, Object>();
        options.put("headers", who);
        options.put("metadata", sending.metadata("whole.bin"));
        return options;
    }

    private static TusClient java(URI door, TusURLMemoryStore urls, Map<String, String> who) throws IOException {
        var client = new TusClient();
        client.setUploadCreationURL(door.toURL());
        client.enableResuming(urls);
        client.setHeaders(who);
        return client;
    }

    private io.tus.java.client.TusUpload upload() throws IOException {
        var upload = new io.tus.java.client.TusUpload(file.toFile());
        upload.setMetadata(sending.metadata("whole.bin"));
        return upload;
    }
}
