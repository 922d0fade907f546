package dev.tandem.web.internal.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What waits to be sent on one socket, bounded by bytes, as WebSocket frames. Messages are shared, not copied, until they
 * are put, many at once, into the buffer that is written. Whoever offered a message is told once when we have let go of it.
 * Thread-safe; one thread at a time fills and reports.
 */
public final class FrameQueue {
    /** Bytes of texts that may wait: they are small, so a client that has so many to read does not read. */
    static final int MOST_TEXT = 256 * 1024;

    private static final int FIN = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int LARGEST_SHORT = 0xFFFF;
    private static final int LONGEST_HEAD = 10;
    private static final Runnable NOBODY = () -> {};

    private record Message(int opcode, ByteBuffer bytes, int size, Runnable gone) {}

    private final long most;
    private final LongSupplier nanoTime;
    private final Deque<Message> queue = new ArrayDeque<>();
    /** Pings, pongs and the last word, which do not wait for the others. */
    private final Deque<Message> ahead = new ArrayDeque<>();
    /** Whole in the buffer that is being written. */
    private final List<Message> leaving = new ArrayList<>();

    private Message begun;
    private long waiting;
    private long waitingText;
    private boolean writing;
    private long writingSince;
    private boolean stopped;

    /** @param most bytes that may wait; a message larger than that still goes when nothing waits */
    public FrameQueue(long most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** @return false if there was no room */
    public boolean text(String text) {
        return offer(FrameReader.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), NOBODY);
    }

    /**
     * @param gone told once, on whatever thread, when the bytes are not needed any more; not if this returns false
     * @return false if there was no room
     */
    public boolean binary(ByteBuffer bytes, Runnable gone) {
        return offer(FrameReader.BINARY, bytes.duplicate(), gone);
    }

    private synchronized boolean offer(int opcode, ByteBuffer bytes, Runnable gone) {
        int size = bytes.remaining();
        boolean full = waiting > 0 && waiting + size > most;
        if (stopped || full || opcode == FrameReader.TEXT && waitingText + size > MOST_TEXT) {
            return false;
        }
        queue.add(new Message(opcode, bytes, size, gone));
        count(opcode, size);
        return true;
    }

    public synchronized void ping() {
        ahead(FrameReader.PING, new byte[0]);
    }

    public synchronized void pong(byte[] bytes) {
        // A flood of pings is answered once: the protocol wants the latest.
        ahead.removeIf(m -> m.opcode == FrameReader.PONG);
        ahead(FrameReader.PONG, bytes);
    }

    private void count(int opcode, int more) {
        waiting += more;
        if (opcode == FrameReader.TEXT) {
            waitingText += more;
        }
    }

    private void ahead(int opcode, byte[] bytes) {
        if (!stopped) {
            ahead.add(new Message(opcode, ByteBuffer.wrap(bytes), 0, NOBODY));
        }
    }

    /** Lets go of all but what a frame under way still needs, and says good-bye after that. */
    public void close(int code, String reason) {
        var words = reason.getBytes(StandardCharsets.UTF_8);
        var last = ByteBuffer.allocate(2 + words.length)
                .putShort((short) code)
                .put(words)
                .flip();
        List<Message> dropped;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            dropped = new ArrayList<>(queue);
            queue.clear();
            ahead.clear();
            ahead.add(new Message(FrameReader.CLOSE, last, 0, NOBODY));
            waiting = 0;
        }
        dropped.forEach(m -> m.gone.run());
    }

    /** Lets go of everything. */
    public void abort() {
        List<Message> dropped;
        synchronized (this) {
            stopped = true;
            dropped = new ArrayList<>(queue);
            dropped.addAll(leaving);
            if (begun != null) {
                dropped.add(begun);
            }
            begun = null;
            leaving.clear();
            queue.clear();
            ahead.clear();
            waiting = 0;
        }
        dropped.forEach(m -> m.gone.run());
    }

    public synchronized long waiting() {
        return waiting;
    }

    /** How long the buffer that is being written has been so, in nanoseconds; 0 if none is. */
    public synchronized long stuckFor() {
        return writing ? nanoTime.getAsLong() - writingSince : 0;
    }

    /** Puts in what has room. @return false if there was nothing */
    public synchronized boolean fill(ByteBuffer to) {
        int before = to.position();
        while (begun != null || next(to)) {
            put(begun.bytes, to);
            if (begun.bytes.hasRemaining()) {
                break;
            }
            leaving.add(begun);
            begun = null;
        }
        writing = to.position() > before;
        writingSince = writing ? nanoTime.getAsLong() : 0;
        return writing;
    }

    private boolean next(ByteBuffer to) {
        if (to.remaining() < LONGEST_HEAD || ahead.isEmpty() && queue.isEmpty()) {
            return false;
        }
        begun = ahead.isEmpty() ? queue.remove() : ahead.remove();
        int size = begun.bytes.remaining();
        to.put((byte) (FIN | begun.opcode));
        if (size < SHORT) {
            to.put((byte) size);
        } else if (size <= LARGEST_SHORT) {
            to.put((byte) SHORT).putShort((short) size);
        } else {
            to.put((byte) LONG).putLong(size);
        }
        return true;
    }

    private static void put(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        to.put(to.position(), from, from.position(), count);
        to.position(to.position() + count);
        from.position(from.position() + count);
    }

    /** What {@link #fill} gave last is on its way. */
    public void sent() {
        List<Message> gone;
        synchronized (this) {
            writing = false;
            if (leaving.isEmpty()) {
                return;
            }
            gone = List.copyOf(leaving);
            leaving.clear();
            if (!stopped) {
                gone.forEach(m -> count(m.opcode, -m.size));
            }
        }
        for (var message : gone) {
            message.gone.run();
        }
    }
}
