package dev.tandem.itests.journeys;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests of tus 1.0.0 by hand, honest or not. */
record TusUpload(URI uri, Map<String, String> who) {
    private static final byte[] NOTHING = {};

    /** Asks for an upload; {@code more} adds headers, or takes one away with an empty value. */
    static Sending.Answer ask(
            URI door, Map<String, String> who, Map<String, String> metadata, Map<String, String> more, byte[] body) {
        var headers = headers(who);
        var said = metadata.entrySet().stream()
                .map(one -> one.getKey() + " " + base64(one.getValue()))
                .collect(Collectors.joining(","));
        if (!said.isEmpty()) {
            headers.put("Upload-Metadata", said);
        }
        if (body.length > 0) {
            headers.put("Content-Type", "application/offset+octet-stream");
        }
        headers.putAll(more);
        headers.values().removeIf(String::isEmpty);
        return Sending.send("POST", door, headers, body);
    }

    static TusUpload create(URI door, Map<String, String> who, Map<String, String> metadata, long size) {
        var made = ask(door, who, metadata, Map.of("Upload-Length", Long.toString(size)), NOTHING);
        if (made.status() != 201) {
            throw new AssertionError("HTTP " + made.status() + ": " + new String(made.body(), StandardCharsets.UTF_8));
        }
        return new TusUpload(door.resolve(made.header("Location")), who);
    }

    String id() {
        return Sending.id(uri.toString());
    }

    Sending.Answer patch(long offset, byte[] body) {
        return patch(Long.toString(offset), body, Map.of());
    }

    Sending.Answer patch(String offset, byte[] body, Map<String, String> more) {
        var headers = headers(who);
        headers.put("Upload-Offset", offset);
        headers.put("Content-Type", "application/offset+octet-stream");
        headers.putAll(more);
        headers.values().removeIf(String::isEmpty);
        return Sending.send("PATCH", uri, headers, body);
    }

    Sending.Answer head() {
        return Sending.send("HEAD", uri, headers(who), NOTHING);
    }

    Sending.Answer delete() {
        return Sending.send("DELETE", uri, headers(who), NOTHING);
    }

    long offset() {
        var head = head();
        if (head.header("Upload-Offset").isEmpty()) {
            throw new AssertionError("HTTP " + head.status() + " without an offset");
        }
        return Long.parseLong(head.header("Upload-Offset"));
    }

    /**
     * Goes on with what the server does not have yet, as clients do: who hears that the offset is another one asks again, since
     * a request that was cut off may still have been on its way when it was asked.
     */
    Sending.Answer goOn(byte[] bytes) {
        var answer = rest(bytes);
        for (int again = 0; answer.status() == 409 && again < 5; again++) {
            answer = rest(bytes);
        }
        return answer;
    }

    private Sending.Answer rest(byte[] bytes) {
        long known = offset();
        return patch(known, Arrays.copyOfRange(bytes, (int) known, bytes.length));
    }

    private static Map<String, String> headers(Map<String, String> who) {
        var headers = new HashMap<>(who);
        headers.put("Tus-Resumable", "1.0.0");
        return headers;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
