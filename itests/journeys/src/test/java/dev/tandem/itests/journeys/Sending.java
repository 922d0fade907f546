package dev.tandem.itests.journeys;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/** A session with an agent and a customer who send each other files by REST. */
record Sending(Site site, Site.Support support, Site.Seated seated) {
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** An answer with a body that was read. */
    record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** Both have a page as long as the scene lasts. */
    static Sending begin(Site site, Scene scene) {
        var support = site.support(scene);
        return new Sending(site, support, support.join(scene));
    }

    String session() {
        return support.id();
    }

    Api agent() {
        return site.anna().api();
    }

    Api customer() {
        return seated.api();
    }

    /** Where uploads begin, as it is seen at that address. */
    static URI door(URI base) {
        return base.resolve("/api/files");
    }

    URI door() {
        return door(site.karaf().uri());
    }

    Map<String, String> asAgent() {
        return basic(site.anna().signIn());
    }

    static Map<String, String> basic(Karaf.SignIn signIn) {
        var both = signIn.user() + ":" + signIn.password();
        return Map.of(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    }

    Map<String, String> asCustomer() {
        return Map.of("Authorization", "Bearer " + seated.token());
    }

    /** What a client has to say of a single file. */
    Map<String, String> metadata(String name) {
        return Map.of("session", session(), "filename", name, "filetype", "application/octet-stream");
    }

    /** The file's id in an upload's URL. */
    static String id(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    List<JsonNode> transfers(Api who) {
        var all = new java.util.ArrayList<JsonNode>();
        who.get("/filetransfer/" + session() + "/transfers")
                .ok()
                .get("transfers")
                .forEach(all::add);
        return all;
    }

    /** The transfer of that single file, once it is in one of these states. */
    JsonNode await(String file, String... states) {
        return Await.value("the file to be " + String.join(" or ", states), LONGEST, () -> transfers(agent()).stream()
                .filter(one -> one.path("file").path("id").asText().equals(file))
                .filter(one -> List.of(states).contains(one.get("state").asText()))
                .findFirst());
    }

    /** The other side takes it, once it is offered. */
    JsonNode agree(Api receiver, String file) {
        var offered = await(file, "OFFERED");
        receiver.post("/filetransfer/" + session() + "/transfers/"
                        + offered.get("id").asText() + "/agree")
                .ok();
        return offered;
    }

    static Answer send(String method, URI uri, Map<String, String> headers, byte[] body) {
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static Answer get(URI uri, Map<String, String> headers) {
        return send("GET", uri, headers, new byte[0]);
    }

    URI file(String id) {
        return URI.create(door() + "/" + id);
    }

    /** The sum of what the receiver gets, which is not kept. */
    String sumOfDownload(String file, Map<String, String> receiver) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(file(file)).timeout(LONGEST);
        receiver.forEach(request::header);
        var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new AssertionError("HTTP " + answer.statusCode());
        }
        return sum(answer.body());
    }

    /** SHA-256, hexadecimal. */
    static String sum(Path file) throws IOException {
        return sum(Files.newInputStream(file));
    }

    static String sum(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static String sum(InputStream bytes) throws IOException {
        try (var in = new DigestInputStream(bytes, sha256())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes that nobody can guess from each other. */
    static byte[] bytes(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static Path write(String name, byte[] bytes) throws IOException {
        var folder = Files.createDirectories(Running.work().resolve("sending"));
        return Files.write(folder.resolve(name), bytes);
    }

    static JsonNode problem(Answer answer) {
        return Api.tree(new String(answer.body(), StandardCharsets.UTF_8));
    }
}
