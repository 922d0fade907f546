package dev.tandem.itests.benchmarks.relay;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client with no more in it than a load needs: it looks at the head of a frame and passes over the rest, so that
 * the load's own work does not hide the relay's. Not thread-safe.
 */
final class Link implements AutoCloseable {
    /** Who hears what comes. */
    interface Hearer {
        /** @param captured as its header has it */
        void frame(long sequence, long captured);

        void text(String json);
    }

    static final int MASK = 0x5A3C96E1;
    private static final int IN = 512 * 1024;
    private static final int OUT = 64 * 1024;
    private static final int FRAME_HEADER = 20;
    private static final int TEXT = 0x81;
    private static final int PONG = 0x8A;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT);
    /** Of the message under way, what is of no interest and has not come yet. */
    private long skip;

    private Link(SocketChannel channel) {
        this.channel = channel;
    }

    static Link open(URI server, String path) throws IOException {
        var channel = SocketChannel.open(new java.net.InetSocketAddress(server.getHost(), server.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var link = new Link(channel);
        var request = "GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nOrigin: " + server
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        link.readHandshake();
        channel.configureBlocking(false);
        return link;
    }

    private void readHandshake() throws IOException {
        var head = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new EOFException(head.toString());
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** Queues a text; {@link #flush} sends it. */
    void text(String json) {
        put(TEXT, json.getBytes(StandardCharsets.US_ASCII));
    }

    private void put(int head, byte[] bytes) {
        if (bytes.length >= 65_536 || bytes.length + 8 > out.remaining()) {
            throw new IllegalStateException("the relay does not take our texts");
        }
        out.put((byte) head);
        if (bytes.length < 126) {
            out.put((byte) (0x80 | bytes.length));
        } else {
            out.put((byte) (0x80 | 126)).putShort((short) bytes.length);
        }
        out.putInt(MASK);
        for (int i = 0; i < bytes.length; i++) {
            out.put((byte) (bytes[i] ^ MASK >>> (24 - 8 * (i & 3))));
        }
    }

    /** @return whether all texts have left */
    boolean flush() throws IOException {
        if (out.position() > 0) {
            out.flip();
            channel.write(out);
            out.compact();
        }
        return out.position() == 0;
    }

    /** Reads what has come. */
    void read(Hearer hearer) throws IOException {
        int got = channel.read(in);
        if (got < 0) {
            throw new EOFException("the relay has closed the socket");
        }
        in.flip();
        while (one(hearer)) {
            // the next
        }
        in.compact();
    }

    private boolean one(Hearer hearer) throws IOException {
        if (skip > 0) {
            int step = (int) Math.min(skip, in.remaining());
            in.position(in.position() + step);
            skip -= step;
            if (skip > 0) {
                return false;
            }
        }
        int at = in.position();
        int there = in.remaining();
        if (there < 2) {
            return false;
        }
        int length = in.get(at + 1) & 0x7F;
        int head = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (there < head) {
            return false;
        }
        long payload =
                length < 126 ? length : length == 126 ? Short.toUnsignedInt(in.getShort(at + 2)) : in.getLong(at + 2);
        int opcode = in.get(at) & 0x0F;
        long needed = head + (opcode == 2 ? Math.min(payload, FRAME_HEADER) : payload);
        if (there < needed) {
            return false;
        }
        if (opcode == 2) {
            hearer.frame(Integer.toUnsignedLong(in.getInt(at + head + 16)), in.getLong(at + head + 8));
            in.position(at + head + FRAME_HEADER);
            skip = payload - FRAME_HEADER;
        } else {
            var bytes = new byte[(int) payload];
            in.position(at + head);
            in.get(bytes);
            control(opcode, bytes, hearer);
        }
        return true;
    }

    private void control(int opcode, byte[] bytes, Hearer hearer) throws IOException {
        switch (opcode) {
            case 1 -> hearer.text(new String(bytes, StandardCharsets.UTF_8));
            case 8 -> throw new EOFException("the relay has closed the socket: "
                    + (bytes.length < 2
                            ? ""
                            : ((bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF) + " "
                                    + new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8)));
            case 9 -> put(PONG, bytes);
            default -> throw new IOException("opcode " + opcode);
        }
    }

    /**
     * Answers what comes if it is a beat.
     *
     * @param now microseconds, by the clock that the sender's headers have
     */
    void answerBeat(String json, long now) {
        var beat = "{\"op\":\"beat\",\"now\":";
        if (json.startsWith(beat)) {
            int end = beat.length();
            while (Character.isDigit(json.charAt(end))) {
                end++;
            }
            text(json.substring(0, end) + ",\"at\":" + now + "}");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
