package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.benchmarks.Pair;
import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/**
 * The distribution as it is shipped, with the room that a session may take made large: an agent sends, the customer agrees and
 * fetches.
 */
final class TandemFiles implements FileServer {
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(120);
    private static final String SITE = "bench";

    private final Karaf karaf;
    private final Api agent;
    private final Tus tus;
    private Pair pair;

    private TandemFiles(Karaf karaf) {
        this.karaf = karaf;
        var made = karaf.api()
                .as(karaf.administrator())
                .post(
                        "/platform/sites",
                        Map.of("site", SITE, "agents", List.of("Anna Bell"), "administrators", List.of("Anna Bell")))
                .ok()
                .get("agents")
                .get(0);
        var signIn =
                new Karaf.SignIn(made.get("user").asText(), made.get("password").asText());
        agent = karaf.api().as(signIn);
        for (var quota : List.of("filetransfer.session-quota-bytes", "filetransfer.site-quota-bytes")) {
            agent.put("/settings/" + quota, Map.of("value", Long.toString(1L << 40)))
                    .ok();
        }
        pair = Pair.open(agent, karaf.api(), SITE, "Marie Dupont").present();
        var basic = Base64.getEncoder()
                .encodeToString((signIn.user() + ":" + signIn.password()).getBytes(StandardCharsets.UTF_8));
        tus = new Tus(
                URI.create(karaf.uri() + "/api/files"),
                Map.of("Authorization", "Basic " + basic),
                Map.of("session", pair.session(), "filename", "f.bin", "filetype", "application/octet-stream"));
    }

    static TandemFiles start(Path distribution, Path folder) {
        var karaf = Karaf.unpack(distribution, folder);
        // As shipped one agent sends 32 files at once and a customer takes 8, and they hear 503 for more.
        karaf.configure("dev.tandem.filetransfer.lines.cfg", Map.of("of.one", "100", "of.customer", "100"));
        try {
            return new TandemFiles(karaf.start());
        } catch (RuntimeException | AssertionError e) {
            karaf.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "Tandem";
    }

    @Override
    public String promises() {
        return "survives a power cut";
    }

    @Override
    public Request place(long size) throws IOException {
        return TusFiles.place(tus, size);
    }

    @Override
    public Optional<Tus> tus() {
        return Optional.of(tus);
    }

    @Override
    public void awaitReady(URI uploaded) {
        transfer(uploaded, "OFFERED", "AGREED", "DONE");
    }

    @Override
    public Request fetch(URI uploaded) {
        var transfer = transfer(uploaded, "OFFERED", "AGREED", "DONE");
        if (transfer.path("state").asText().equals("OFFERED")) {
            pair.customer()
                    .post("/filetransfer/" + pair.session() + "/transfers/"
                            + transfer.get("id").asText() + "/agree")
                    .ok();
        }
        return new Request("GET", uploaded, Map.of("Authorization", "Bearer " + pair.token()));
    }

    /** Waits until it is in one of those states. */
    JsonNode transfer(URI uploaded, String... states) {
        var file = id(uploaded);
        return Await.value("the file to be " + String.join(" or ", states), LONGEST_CHECK, () -> {
            for (var one : agent.get("/filetransfer/" + pair.session() + "/transfers")
                    .ok()
                    .get("transfers")) {
                if (one.path("file").path("id").asText().equals(file)
                        && List.of(states).contains(one.path("state").asText())) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public long offset(URI upload) throws IOException {
        return TusFiles.offset(tus, upload);
    }

    @Override
    public void forget(URI uploaded) throws IOException {
        var transfer = transfer(uploaded, "ARRIVING", "PAUSED", "OFFERED", "AGREED", "DELIVERING", "DONE");
        var cancelled = agent.post("/filetransfer/" + pair.session() + "/transfers/"
                + transfer.get("id").asText() + "/cancel");
        if (cancelled.status() == 204) {
            // Its bytes are deleted soon, and not while somebody else is measured.
            var id = id(uploaded);
            Await.until("the bytes to be gone", LONGEST_CHECK, () -> !isThere(id));
        }
    }

    private boolean isThere(String file) {
        try (var files = Files.walk(karaf.home().resolve("data/files"))) {
            return files.anyMatch(one -> one.getFileName().toString().startsWith(file));
        } catch (IOException | UncheckedIOException e) {
            // One of them went while it was looked at.
            return true;
        }
    }

    private static String id(URI uploaded) {
        return uploaded.getPath().replaceAll(".*/", "");
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of(ProcessHandle.of(karaf.pid()).orElseThrow());
    }

    @Override
    public void killAndStart() {
        karaf.killHard();
        karaf.start();
        pair = pair.present();
    }

    @Override
    public void close() {
        pair.close();
        karaf.close();
    }
}
