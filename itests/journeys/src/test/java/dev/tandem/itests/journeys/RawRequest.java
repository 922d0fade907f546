package dev.tandem.itests.journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.tandem.itests.harness.AnyCertificate;

/** An HTTP request that no honest library would send, or that stops in the middle. */
final class RawRequest implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    /** Sends the head; {@code headers} hold all but Host. */
    RawRequest(String method, URI uri, Map<String, String> headers) throws IOException {
        socket = connect(uri);
        socket.setSoTimeout(PATIENCE_MILLIS);
        var head = new StringBuilder(method + " " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        send(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Over TLS any name is this machine, and every certificate is believed. */
    private static Socket connect(URI uri) throws IOException {
        if (!uri.getScheme().equals("https")) {
            return new Socket(uri.getHost(), uri.getPort());
        }
        var plain = new Socket("127.0.0.1", uri.getPort());
        return AnyCertificate.context().getSocketFactory().createSocket(plain, uri.getHost(), uri.getPort(), true);
    }

    /** More bytes of the body, as they are. */
    RawRequest send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The same as one chunk of a body whose length nobody knows. */
    RawRequest chunk(byte[] bytes) throws IOException {
        send((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        send(bytes);
        return send("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Its status; 0 if the server has closed the connection without a word. */
    int status() throws IOException {
        var line = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
        } catch (java.net.SocketException reset) {
            return 0;
        }
        var words = line.toString(StandardCharsets.ISO_8859_1).split(" ");
        return words.length < 2 ? 0 : Integer.parseInt(words[1]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
