package dev.tandem.itests.journeys;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.Rule;
import org.junit.Test;

/** A folder by REST alone, from its announcement to the zip. */
public class FilesFolderIT {
    private static final int MB = 1 << 20;
    private static final Instant LONG_AGO = Instant.parse("2003-02-28T23:59:58Z");
    private static final Instant LATELY = Instant.parse("2026-07-19T10:20:31Z");

    @Rule
    public final Scene scene = new Scene();

    @Test
    public void B12_aFolderArrivesAsAZipEntryByEntry() throws Exception {
        var sending = Sending.begin(Site.create(Running.karaf()), scene);
        var big = Sending.bytes(5 * MB + 77, 41);
        var files = new TreeMap<String, byte[]>(Map.of(
                "index.txt", "an index".getBytes(),
                "chapters/one/text two.txt", Sending.bytes(70_000, 42),
                "chapters/zweites Kapitel/größe.bin", Sending.bytes(4_000, 43),
                "chapters/none.txt", new byte[0]));
        var folder = SentFolder.byAgent(sending, "Manual", files.size() + 1, 6L * MB);
        files.forEach((path, bytes) -> folder.file(path, bytes, path.startsWith("index") ? LONG_AGO : LATELY));
        folder.empty("empty", "chapters/empty too/deeper");
        var upload = folder.begin("large.bin", big.length, LATELY);
        assertEquals(204, upload.patch(0, java.util.Arrays.copyOf(big, 2 * MB)).status());
        folder.complete();
        assertEquals(
                "one file is still on its way",
                "ARRIVING",
                folder.now().get("state").asText());
        assertEquals(404, folder.zip(sending.asCustomer()).status());
        assertEquals(204, upload.goOn(big).status());
        folder.await("OFFERED");
        assertEquals(5, folder.now().get("readyCount").asInt());
        assertEquals("nobody has agreed", 404, folder.zip(sending.asCustomer()).status());
        folder.agree(sending.customer());

        var answer = folder.zip(sending.asCustomer());
        assertEquals(200, answer.status());
        assertEquals("application/zip", answer.header("Content-Type"));
        assertTrue(
                answer.header("Content-Disposition"),
                answer.header("Content-Disposition").contains("Manual.zip"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        var found = SentFolder.entries(answer.body());
        files.put("large.bin", big);
        for (var file : files.entrySet()) {
            var entry = found.remove("Manual/" + file.getKey());
            assertTrue(file.getKey() + " is in " + found.keySet(), entry != null);
            assertArrayEquals(file.getKey(), file.getValue(), entry.bytes());
            assertEquals(file.getKey(), file.getKey().startsWith("index") ? LONG_AGO : LATELY, entry.modified());
        }
        assertEquals(
                "the empty folders and nothing else",
                Set.of("Manual/empty/", "Manual/chapters/empty too/deeper/"),
                found.keySet());
        folder.await("DONE");
        assertEquals(
                "it may be read again", 200, folder.zip(sending.asCustomer()).status());
        var elsewhere = Sending.begin(Site.create(Running.karaf()), scene);
        for (var stranger : java.util.List.of(elsewhere.asAgent(), elsewhere.asCustomer())) {
            assertEquals(404, folder.zip(stranger).status());
        }
        assertEquals(401, folder.zip(Map.of()).status());
    }
}
