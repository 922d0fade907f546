package dev.tandem.itests.harness;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A media socket of the screen, byte by byte, so that it can do what no browser does. It reads, acknowledges frames and
 * answers beats and pings by itself, unless it was opened deaf.
 */
public final class MediaClient implements AutoCloseable {
    /** The end of a socket that was closed without a word. */
    public static final String WITHOUT_A_WORD = "1006";

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int FIN = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int HEADER = 20;
    private static final int MASK = 0x01020304;

    private final Socket socket;
    private final DataOutputStream out;
    private final boolean viewer;
    private final List<JsonNode> texts = new CopyOnWriteArrayList<>();
    private final List<Long> sequences = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private MediaClient(URI server, boolean viewer, boolean deaf) throws IOException {
        this.viewer = viewer;
        socket = new Socket();
        if (deaf) {
            socket.setReceiveBufferSize(16 * 1024);
        }
        socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()));
        socket.setTcpNoDelay(true);
        out = new DataOutputStream(socket.getOutputStream());
        var in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        shakeHands(server, in);
        if (!deaf) {
            var thread = new Thread(() -> listen(in), "media-client");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Opens it with that ticket and says who it is. */
    public static MediaClient open(URI server, String ticket, String role) {
        return open(server, ticket, role, false);
    }

    /** The same, and never reads what it is sent. */
    public static MediaClient openDeaf(URI server, String ticket, String role) {
        return open(server, ticket, role, true);
    }

    private static MediaClient open(URI server, String ticket, String role, boolean deaf) {
        try {
            var client = new MediaClient(server, role.equals("viewer"), deaf);
            client.text(Api.json(Map.of("op", "hello", "ticket", ticket, "role", role)));
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shakeHands(URI server, DataInputStream in) throws IOException {
        var request = "GET /media HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nOrigin: " + server
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")
                || !head.toString().contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                || head.toString().toLowerCase(java.util.Locale.ROOT).contains("extensions")) {
            throw new IOException(head.toString());
        }
    }

    public MediaClient text(String text) {
        return message(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame of the screen's wire; the chunk is no video, which the relay does not know. */
    public MediaClient frame(boolean key, long sequence, int size) {
        var frame = ByteBuffer.allocate(HEADER + size)
                .put((byte) 1)
                .put((byte) (key ? 1 : 0))
                .putShort((short) 640)
                .putShort((short) 480)
                .putShort((short) 0)
                .putLong(1)
                .putInt((int) sequence);
        return binary(frame.array());
    }

    public MediaClient binary(byte[] bytes) {
        return message(FIN | BINARY, bytes);
    }

    private MediaClient message(int head, byte[] bytes) {
        var frame = ByteBuffer.allocate(bytes.length + 14).put((byte) head);
        if (bytes.length < 126) {
            frame.put((byte) (0x80 | bytes.length));
        } else {
            frame.put((byte) (0x80 | 127)).putLong(bytes.length);
        }
        frame.putInt(MASK);
        for (int i = 0; i < bytes.length; i++) {
            frame.put((byte) (bytes[i] ^ (i % 4 + 1)));
        }
        return raw(java.util.Arrays.copyOf(frame.array(), frame.position()));
    }

    /** The beginning of a binary message that says it will be so long, and no more. */
    public MediaClient promise(long length) {
        return raw(ByteBuffer.allocate(14)
                .put((byte) (FIN | BINARY))
                .put((byte) (0x80 | 127))
                .putLong(length)
                .putInt(MASK)
                .array());
    }

    /** Bytes as they are. Once the server has closed the socket they are lost. */
    public MediaClient raw(byte[] bytes) {
        synchronized (out) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                ended.complete(WITHOUT_A_WORD);
            }
        }
        return this;
    }

    private void listen(DataInputStream in) {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0F;
                long length = in.readUnsignedByte();
                length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                var bytes = new byte[(int) length];
                in.readFully(bytes);
                heard(opcode, bytes);
            }
        } catch (IOException e) {
            ended.complete(WITHOUT_A_WORD);
        }
    }

    private void heard(int opcode, byte[] bytes) throws IOException {
        switch (opcode) {
            case TEXT -> {
                var text = Api.tree(new String(bytes, StandardCharsets.UTF_8));
                texts.add(text);
                if (text.path("op").asText().equals("beat")) {
                    text(Api.json(Map.of("op", "beat", "now", text.get("now").asLong(), "at", 1)));
                }
            }
            case BINARY -> {
                long sequence = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(16));
                sequences.add(sequence);
                if (viewer) {
                    text("{\"op\":\"ack\",\"sequence\":" + sequence + "}");
                }
            }
            case PING -> message(FIN | PONG, bytes);
            case CLOSE -> ended.complete((ByteBuffer.wrap(bytes).getShort() & 0xFFFF) + " "
                    + new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8));
            default -> throw new IOException("opcode " + opcode);
        }
    }

    /** The first text that fits, from the beginning on. */
    public JsonNode await(String what, Predicate<JsonNode> fits) {
        return Await.value(what + "; received " + texts, LONGEST, () -> texts.stream()
                .filter(fits)
                .findFirst());
    }

    public void awaitAcknowledged(long sequence) {
        await(
                "ack of " + sequence,
                t -> t.path("op").asText().equals("ack") && t.get("sequence").asLong() >= sequence);
    }

    public void awaitFrame(long sequence) {
        Await.until("frame " + sequence, LONGEST, () -> sequences.contains(sequence));
    }

    /** The sequences of the frames received. */
    public List<Long> sequences() {
        return List.copyOf(sequences);
    }

    /** Close code and reason, as {@code 4403 bad-frame}. */
    public String end() {
        return end(LONGEST);
    }

    public String end(Duration longest) {
        return Await.value("the socket's end", longest, () -> java.util.Optional.ofNullable(ended.getNow(null)));
    }

    public boolean open() {
        return !ended.isDone();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
