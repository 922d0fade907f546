package dev.tandem.web.internal.socket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Buffers outside the heap for sockets that are read or written just now; idle sockets have none. Thread-safe. */
public final class Buffers {
    /** Bytes of each: a frame of a screen and its head, as a rule. */
    public static final int SIZE = 128 * 1024;

    private final int kept;
    /** The one used last comes first: it is still in the processor's cache. */
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();

    /** @param kept how many are kept for the next */
    public Buffers(int kept) {
        this.kept = kept;
    }

    /** An empty buffer. */
    public ByteBuffer take() {
        synchronized (spare) {
            if (!spare.isEmpty()) {
                return spare.pop().clear();
            }
        }
        return ByteBuffer.allocateDirect(SIZE);
    }

    /** The buffer is not used any more. */
    public void give(ByteBuffer buffer) {
        synchronized (spare) {
            if (spare.size() < kept) {
                spare.push(buffer);
            }
        }
    }
}
