package dev.tandem.filetransfer.clamav.internal;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection on which nobody waits for ever; for one thread. Sockets of the JDK have time limits for TCP only, and only for
 * reading, so this one never blocks.
 */
final class Line implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private Line(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.key = channel.register(selector, 0);
    }

    static Line to(SocketAddress address, Duration patience) throws IOException {
        var channel = address instanceof InetSocketAddress
                ? SocketChannel.open()
                : SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            var line = new Line(channel, Selector.open());
            try {
                line.connect(address, deadline(patience));
                return line;
            } catch (IOException | RuntimeException e) {
                line.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void connect(SocketAddress address, long deadline) throws IOException {
        if (!channel.connect(address)) {
            do {
                await(SelectionKey.OP_CONNECT, deadline, "does not take the connection");
            } while (!channel.finishConnect());
        }
    }

    /**
     * Sends them, as long as the other side takes some within that time again and again.
     *
     * @return whether they have all gone; false if the other side has something to say before
     */
    boolean send(ByteBuffer bytes, Duration patience) throws IOException {
        var deadline = deadline(patience);
        while (bytes.hasRemaining()) {
            await(SelectionKey.OP_WRITE | SelectionKey.OP_READ, deadline, "takes nothing more");
            if (key.isReadable()) {
                return false;
            }
            if (channel.write(bytes) > 0) {
                deadline = deadline(patience);
            }
        }
        return true;
    }

    /**
     * What the other side says until that byte.
     *
     * @throws IOException if it has not said all of it within that time, stops before, or says more than so many bytes
     */
    byte[] until(byte end, int most, Duration patience) throws IOException {
        var deadline = deadline(patience);
        var bytes = ByteBuffer.allocate(most);
        while (bytes.hasRemaining()) {
            await(SelectionKey.OP_READ, deadline, "does not answer");
            var before = bytes.position();
            if (channel.read(bytes) < 0) {
                throw new IOException(
                        before == 0
                                ? "closed the connection without an answer"
                                : "stopped in the middle of its answer");
            }
            for (var i = before; i < bytes.position(); i++) {
                if (bytes.get(i) == end) {
                    var said = new byte[i];
                    bytes.get(0, said);
                    return said;
                }
            }
        }
        throw new IOException("answers without end");
    }

    private void await(int operations, long deadline, String otherwise) throws IOException {
        key.interestOps(operations);
        do {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException(otherwise);
            }
            selector.selectedKeys().clear();
            selector.select(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
        } while (selector.selectedKeys().isEmpty());
    }

    private static long deadline(Duration patience) {
        return System.nanoTime() + patience.toNanos();
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
