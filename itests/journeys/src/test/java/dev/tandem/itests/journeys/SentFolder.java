package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;

/** A folder that somebody sends as integrators' clients do: announced by REST, its files by tus. */
final class SentFolder {
    private final Sending sending;
    private final Api sender;
    private final Map<String, String> who;
    private final String id;

    /** What stands in a zip. {@code bytes} is empty for a folder. */
    record Entry(byte[] bytes, Instant modified) {}

    private SentFolder(Sending sending, Api sender, Map<String, String> who, String id) {
        this.sending = sending;
        this.sender = sender;
        this.who = who;
        this.id = id;
    }

    /** By the agent, for the customer. */
    static SentFolder byAgent(Sending sending, String name, int files, long bytes) {
        var body = Map.of("kind", "FOLDER", "name", name, "files", files, "bytes", bytes);
        var made = sending.agent()
                .post("/filetransfer/" + sending.session() + "/transfers", body)
                .ok();
        return new SentFolder(
                sending, sending.agent(), sending.asAgent(), made.get("id").asText());
    }

    private String path() {
        return "/filetransfer/" + sending.session() + "/transfers/" + id;
    }

    /** One request brings a small file whole. */
    SentFolder file(String path, byte[] bytes, Instant modified) {
        var upload = TusUpload.ask(
                sending.door(),
                who,
                metadata(path, modified),
                Map.of("Upload-Length", Integer.toString(bytes.length)),
                bytes);
        assertEquals(new String(upload.body()), 201, upload.status());
        return this;
    }

    /** An upload whose bytes come later. */
    TusUpload begin(String path, long size, Instant modified) {
        return TusUpload.create(sending.door(), who, metadata(path, modified), size);
    }

    private Map<String, String> metadata(String path, Instant modified) {
        var said = new HashMap<String, String>();
        said.put("transfer", id);
        said.put("relativePath", path);
        said.put("filetype", "application/octet-stream");
        said.put("modified", modified.toString());
        return said;
    }

    SentFolder empty(String... paths) {
        sender.post(path() + "/folders", Map.of("paths", List.of(paths))).ok();
        return this;
    }

    SentFolder complete() {
        sender.post(path() + "/complete").ok();
        return this;
    }

    JsonNode now() {
        return sender.get(path()).ok();
    }

    SentFolder await(String state) {
        Await.until("the folder to be " + state, Duration.ofSeconds(120), () -> now().get("state")
                .asText()
                .equals(state));
        return this;
    }

    SentFolder agree(Api receiver) {
        receiver.post(path() + "/agree").ok();
        return this;
    }

    Sending.Answer zip(Map<String, String> receiver) {
        return Sending.get(java.net.URI.create(sending.site().karaf().uri() + "/api" + path() + "/zip"), receiver);
    }

    /** Its entries by name; read as a stream and as a file, which have to say the same. */
    static Map<String, Entry> entries(byte[] zip) throws IOException {
        var streamed = new TreeMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertEquals("twice: " + entry, null, streamed.put(entry.getName(), in.readAllBytes()));
            }
        }
        var file = Files.write(Running.work().resolve("folder.zip"), zip);
        var found = new TreeMap<String, Entry>();
        try (var read = new ZipFile(file.toFile())) {
            for (var entry : List.copyOf(read.stream().toList())) {
                var bytes = read.getInputStream(entry).readAllBytes();
                assertTrue(entry.getName(), java.util.Arrays.equals(bytes, streamed.get(entry.getName())));
                found.put(
                        entry.getName(),
                        new Entry(bytes, entry.getLastModifiedTime().toInstant()));
            }
        }
        assertEquals(streamed.keySet(), found.keySet());
        return found;
    }
}
