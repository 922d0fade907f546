package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.web.internal.CloseCode;
import dev.tandem.web.internal.media.MediaHub;
import dev.tandem.web.internal.media.MediaLine;
import dev.tandem.web.internal.media.MediaWire;
import dev.tandem.web.internal.socket.Batches;
import dev.tandem.web.internal.socket.Buffers;
import dev.tandem.web.internal.socket.FrameQueue;
import dev.tandem.web.internal.socket.FrameReader;

/**
 * A media socket on Jetty's connection, plain or TLS: reads large pieces, writes many messages at once, and has buffers only
 * while it does so. Whoever queues something writes it, on its own thread, as far as the network takes it.
 */
final class MediaConnection extends AbstractConnection implements Connection.UpgradeTo, MediaWire {
    static final long MOST_WAITING = 8L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(MediaConnection.class);
    /** For the client to answer our good-bye, and to take what is on its way. */
    private static final long LONGEST_GOODBYE_MILLIS = 5_000;
    /** A client that has taken nothing for so long would not hear a good-bye. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Buffers buffers;
    private final Batches batches;
    private final FrameQueue queue = new FrameQueue(MOST_WAITING, System::nanoTime);
    private final FrameReader reader = new FrameReader(new Hearer());
    private final Pump pump = new Pump();
    private final Runnable flush = pump::iterate;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final MediaHub hub;
    private ByteBuffer in;
    private volatile MediaLine line;

    MediaConnection(EndPoint endPoint, Executor executor, MediaHub hub, Buffers buffers, Batches batches) {
        super(endPoint, executor);
        this.hub = hub;
        this.buffers = buffers;
        this.batches = batches;
    }

    /** What came with the handshake. */
    @Override
    public void onUpgradeTo(ByteBuffer early) {
        if (early != null && early.hasRemaining()) {
            in = buffers.take();
            in.put(early).flip();
        }
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // The hub watches over silence, in both directions.
        getEndPoint().setIdleTimeout(0);
        line = hub.open(this);
        if (in != null) {
            readAll();
        }
        onFillable();
    }

    @Override
    public void onFillable() {
        try {
            while (true) {
                if (in == null) {
                    in = buffers.take().limit(0);
                }
                int got = getEndPoint().fill(in);
                if (got > 0) {
                    readAll();
                } else if (got == 0) {
                    rest();
                    fillInterested();
                    return;
                } else {
                    break;
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("A media socket broke", e);
        }
        in.position(in.limit());
        rest();
        gone();
    }

    private void readAll() {
        if (closing.get()) {
            in.position(in.limit()); // until the client has heard our good-bye
        } else {
            batches.run(() -> reader.read(in));
        }
    }

    private void rest() {
        if (!in.hasRemaining()) {
            buffers.give(in);
            in = null;
        }
    }

    @Override
    protected void onFillInterestedFailed(Throwable cause) {
        gone();
    }

    @Override
    public void onClose() {
        super.onClose();
        gone();
    }

    /** Nothing more comes or goes. */
    private void gone() {
        closing.set(true);
        queue.abort();
        getEndPoint().close();
        if (line != null) {
            line.socketClosed();
        }
    }

    @Override
    public boolean binary(ByteBuffer frame, Runnable gone) {
        return flushed(queue.binary(frame, gone));
    }

    @Override
    public boolean text(String json) {
        return flushed(queue.text(json));
    }

    private boolean flushed(boolean queued) {
        if (queued) {
            batches.atTheEnd(flush);
        }
        return queued;
    }

    @Override
    public long waiting() {
        return queue.waiting();
    }

    @Override
    public long stuckFor() {
        return queue.stuckFor();
    }

    @Override
    public void ping() {
        queue.ping();
        batches.atTheEnd(flush);
    }

    @Override
    public void close(int code, String reason) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (queue.stuckFor() > STUCK_NANOS) {
            queue.abort();
            getEndPoint().close();
            return;
        }
        queue.close(code, reason);
        // What the client still sends is read and forgotten, since closing on it would lose our last word.
        getEndPoint().setIdleTimeout(LONGEST_GOODBYE_MILLIS);
        hub.later(getEndPoint()::close, LONGEST_GOODBYE_MILLIS);
        batches.atTheEnd(flush);
    }

    private final class Hearer implements FrameReader.Hearer {
        @Override
        public void text(String text) {
            line.receivedText(text);
        }

        @Override
        public void binary(ByteBuffer bytes) {
            line.receivedBinary(bytes);
        }

        @Override
        public void ping(byte[] bytes) {
            line.heard();
            queue.pong(bytes);
            batches.atTheEnd(flush);
        }

        @Override
        public void pong() {
            line.heard();
        }

        @Override
        public void closing(int code) {
            line.close(CloseCode.NORMAL, "");
        }

        @Override
        public void fault(int code, String reason) {
            line.close(code, reason);
        }

        @Override
        public int largestText() {
            return line.longestText();
        }

        @Override
        public int largestBinary() {
            return line.largestFrame();
        }
    }

    /** Writes what waits, one buffer after the other. */
    private final class Pump extends IteratingCallback {
        private ByteBuffer out;

        @Override
        protected Action process() {
            if (out == null) {
                out = buffers.take();
            }
            out.clear();
            if (!queue.fill(out)) {
                buffers.give(out);
                out = null;
                if (closing.get()) {
                    getEndPoint().shutdownOutput();
                }
                return Action.IDLE;
            }
            getEndPoint().write(this, out.flip());
            return Action.SCHEDULED;
        }

        @Override
        public void succeeded() {
            queue.sent();
            super.succeeded();
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            LOG.debug("A media socket takes nothing more", cause);
            buffers.give(out);
            if (line != null) {
                line.broken();
            }
            gone();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
