package dev.tandem.web.internal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * What waits to be sent on one socket, bounded by bytes. Offering never blocks; one message is under way at a time.
 * Buffers are shared, never copied.
 */
public final class SendQueue {
    /** The socket below. All methods return at once; those that send call {@code done} exactly once, later or from within. */
    public interface Wire {
        void text(String text, Done done);

        void binary(ByteBuffer bytes, Done done);

        /** Asks the other side for a sign of life. */
        void ping();

        /** Closes the socket; what still waits is lost. */
        void close(int code, String reason);
    }

    /** Called when a message has left, or cannot leave any more. */
    @FunctionalInterface
    public interface Done {
        void sent(boolean well);
    }

    private record Waiting(String text, ByteBuffer bytes, long size) {}

    private final Wire wire;
    private final long most;
    private final long low;
    private final Runnable drained;
    private final LongSupplier nanoTime;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long waiting;
    private boolean sending;
    private boolean pumping;
    private boolean wasFull;
    private boolean dead;
    private long sendingSince;

    /**
     * @param most bytes that may wait; a message larger than that still goes when nothing waits
     * @param drained told, on whatever thread, when half of it is free again after an offer was turned down
     */
    public SendQueue(Wire wire, long most, Runnable drained, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.wire = wire;
        this.most = most;
        this.low = most / 2;
        this.drained = drained;
    }

    /** @return false if there was no room */
    public boolean offer(String text) {
        // Room is bounded roughly; counting UTF-8 exactly would cost a pass over every message.
        return offer(new Waiting(text, null, text.length()));
    }

    /** @return false if there was no room */
    public boolean offer(ByteBuffer bytes) {
        var view = bytes.asReadOnlyBuffer();
        return offer(new Waiting(null, view, view.remaining()));
    }

    private boolean offer(Waiting message) {
        synchronized (queue) {
            if (dead) {
                return false;
            }
            if (waiting > 0 && waiting + message.size > most) {
                wasFull = true;
                return false;
            }
            queue.add(message);
            waiting += message.size;
        }
        pump();
        return true;
    }

    public long waiting() {
        synchronized (queue) {
            return waiting;
        }
    }

    /** How long the message under way has been under way, in nanoseconds; 0 if none is. */
    public long stuckFor() {
        synchronized (queue) {
            return sending ? nanoTime.getAsLong() - sendingSince : 0;
        }
    }

    /** Sends nothing more. */
    public void stop() {
        synchronized (queue) {
            dead = true;
            queue.clear();
            waiting = 0;
        }
    }

    /** A loop and not a recursion: a wire that is done at once would otherwise nest as deep as the queue is long. */
    private void pump() {
        synchronized (queue) {
            if (pumping) {
                return;
            }
            pumping = true;
        }
        while (true) {
            Waiting next;
            synchronized (queue) {
                next = sending || dead ? null : queue.poll();
                if (next == null) {
                    pumping = false;
                    return;
                }
                sending = true;
                sendingSince = nanoTime.getAsLong();
            }
            send(next);
        }
    }

    private void send(Waiting next) {
        Done done = well -> sent(next, well);
        try {
            if (next.text != null) {
                wire.text(next.text, done);
            } else {
                wire.binary(next.bytes, done);
            }
        } catch (RuntimeException e) {
            done.sent(false);
        }
    }

    private void sent(Waiting message, boolean well) {
        boolean tell = false;
        synchronized (queue) {
            if (!sending) {
                return;
            }
            sending = false;
            if (!dead) {
                waiting -= message.size;
                if (wasFull && waiting <= low) {
                    wasFull = false;
                    tell = true;
                }
            }
        }
        if (!well) {
            stop();
            wire.close(CloseCode.TOO_SLOW, "come back"); // a socket that cannot send must not look alive
            return;
        }
        if (tell) {
            drained.run();
        }
        pump();
    }
}
