package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.RoughLine;
import dev.tandem.itests.harness.RoughLine.Fate;
import dev.tandem.itests.harness.RoughLine.Way;
import dev.tandem.itests.harness.TusJs;

/** Files come through lines that drop, and lines that fall silent. */
public class RoughLineIT {
    private static final int MB = 1 << 20;
    private static final int SIZE = 20 * MB + 77;
    /** How long a client waits on a line that says nothing. */
    private static final int STALL_MILLIS = 2_000;

    @Rule
    public final Scene scene = new Scene();

    private Sending sending;
    private byte[] bytes;

    @Before
    public void together() {
        sending = Sending.begin(Site.create(Running.karaf()), scene);
        bytes = Sending.bytes(SIZE, 13);
    }

    @Test
    public void B12_uploadComesThroughALineThatDropsEveryConnection() throws Exception {
        var line = scene.closing(new RoughLine(Running.karaf().uri(), n -> Fate.drop(Way.UP, 3L * MB)));
        upload(line, List.of(0, 100, 500, 1000, 1000));
        assertTrue("connections that were dropped: " + line.struck(), line.struck() >= 6);
    }

    @Test
    public void B12_uploadComesThroughALineThatFallsSilent() throws Exception {
        // Neither the server nor the client hears that the other one has gone: the server has a request that never
        // ends.
        var line = scene.closing(
                new RoughLine(Running.karaf().uri(), n -> n < 6 ? Fate.stall(Way.UP, 3L * MB) : Fate.NONE));
        // Each time it asks where to go on, and may do so on a connection that carries nothing else.
        var js = upload(line, List.of(0, 100, 500, 1000, 1000));
        assertTrue("lines that fell silent: " + line.struck(), line.struck() >= 3);
        assertFalse("it had to notice by itself", js.all("stalled").isEmpty());
    }

    @Test
    public void B12_downloadComesThroughALineThatDropsAndFallsSilent() throws Exception {
        var upload = TusUpload.create(sending.door(), sending.asAgent(), sending.metadata("down.bin"), SIZE);
        assertEquals(204, upload.patch(0, bytes).status());
        sending.agree(sending.customer(), upload.id());
        var line = scene.closing(new RoughLine(
                Running.karaf().uri(), n -> n % 3 == 2 ? Fate.stall(Way.DOWN, 3L * MB) : Fate.drop(Way.DOWN, 4L * MB)));
        var got = new Download(line.uri().resolve(upload.uri().getPath()));
        for (int attempt = 0; got.at < SIZE && attempt < 40; attempt++) {
            got.goOn();
        }
        assertEquals(SIZE, got.at);
        assertEquals(Sending.sum(bytes), HexFormat.of().formatHex(got.sum.digest()));
        assertTrue("connections that were struck: " + line.struck(), line.struck() >= 5);
    }

    /** As a browser does it: what is there is kept, and the rest asked for. */
    private final class Download {
        private final URI uri;
        private final MessageDigest sum = Sending.sha256();
        private String tag = "";
        private long at;

        Download(URI uri) {
            this.uri = uri;
        }

        void goOn() {
            HttpURLConnection connection = null;
            try {
                connection = (HttpURLConnection) uri.toURL().openConnection();
                connection.setReadTimeout(STALL_MILLIS);
                sending.asCustomer().forEach(connection::setRequestProperty);
                if (at > 0) {
                    connection.setRequestProperty("Range", "bytes=" + at + "-");
                    connection.setRequestProperty("If-Range", tag);
                }
                assertEquals(at > 0 ? 206 : 200, connection.getResponseCode());
                assertTrue("a strong tag", connection.getHeaderField("ETag").matches("\"[^\"]+\""));
                assertTrue("the same file", tag.isEmpty() || tag.equals(connection.getHeaderField("ETag")));
                tag = connection.getHeaderField("ETag");
                var piece = new byte[64 * 1024];
                try (var in = connection.getInputStream()) {
                    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                        sum.update(piece, 0, read);
                        at += read;
                    }
                }
            } catch (IOException broken) {
                // Again, from there.
            } finally {
                if (connection != null) {
                    connection.disconnect();
                }
            }
        }
    }

    private TusJs upload(RoughLine line, List<Integer> delays) throws IOException, InterruptedException {
        var file = Sending.write("rough.bin", bytes);
        var options = new HashMap<String, Object>();
        options.put("headers", sending.asAgent());
        options.put("metadata", sending.metadata("rough.bin"));
        options.put("retryDelays", delays);
        options.put("stall", STALL_MILLIS);
        var js =
                scene.closing(TusJs.start(Files.createDirectories(Running.work().resolve("tus-js"))));
        var done = js.upload(Sending.door(line.uri()).toString(), file, options).await("done");
        var id = Sending.id(done.path("url").asText());
        var offered = sending.agree(sending.customer(), id);
        assertEquals(Sending.sum(bytes), offered.path("file").path("sha256").asText());
        assertEquals(Sending.sum(bytes), sending.sumOfDownload(id, sending.asCustomer()));
        System.out.printf(
                "%d connections were struck, %.1f MB went up for a file of %.1f MB%n",
                line.struck(), line.up() / 1e6, SIZE / 1e6);
        return js;
    }
}
