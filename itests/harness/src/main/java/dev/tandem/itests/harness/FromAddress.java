package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asks from another address of the loopback (127.0.0.7), since limits count by address. Any host's name is this machine;
 * over TLS every certificate is believed. Immutable.
 */
public final class FromAddress {
    private final URI base;
    private final String address;
    private final String more;

    public FromAddress(URI base, String address) {
        this(base, address, "");
    }

    private FromAddress(URI base, String address, String more) {
        this.base = base;
        this.address = address;
        this.more = more;
    }

    /** The same with one more line of headers; the same name may come again. */
    public FromAddress with(String header, String value) {
        return new FromAddress(base, address, more + header + ": " + value + "\r\n");
    }

    /** An answer; {@code nanos} is how long it took. */
    public record Reply(int status, Map<String, String> headers, JsonNode body, String text, long nanos) {}

    /** @param path below {@code /api} */
    public Reply post(String path, Map<String, ?> body) {
        var bytes = Api.json(body).getBytes(StandardCharsets.UTF_8);
        return send(
                "POST /api" + path,
                """
                Content-Type: application/json\r
                Content-Length: %d\r
                Idempotency-Key: %s\r
                """
                        .formatted(bytes.length, UUID.randomUUID()),
                bytes);
    }

    /** Any path, {@code /api} or not. */
    public Reply get(String path) {
        return send("GET " + path, "", new byte[0]);
    }

    private Reply send(String request, String headers, byte[] body) {
        var head = request + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nConnection: close\r\n" + more + headers
                + "\r\n";
        try (var socket = connect()) {
            long start = System.nanoTime();
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return parse(answer, System.nanoTime() - start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", base.getPort()), 5_000);
        return base.getScheme().equals("https")
                ? AnyCertificate.context().getSocketFactory().createSocket(socket, base.getHost(), base.getPort(), true)
                : socket;
    }

    private static Reply parse(String answer, long nanos) {
        int end = answer.indexOf("\r\n\r\n");
        var lines = answer.substring(0, end).split("\r\n");
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        var text = answer.substring(end + 4);
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            text = dechunk(text);
        }
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, Api.tree(text), text, nanos);
    }

    private static String dechunk(String chunks) {
        var whole = new StringBuilder();
        int at = 0;
        while (true) {
            int line = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, line).strip(), 16);
            if (size == 0) {
                return whole.toString();
            }
            whole.append(chunks, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }
}
