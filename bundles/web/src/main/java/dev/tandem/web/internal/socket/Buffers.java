package dev.tandem.web.internal.socket;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** Buffers outside the heap for sockets that are read or written just now; idle sockets have none. Thread-safe. */
public final class Buffers {
    /** Bytes of each: a frame of a screen and its head, as a rule. */
    public static final int SIZE = 128 * 1024;

    private final ArrayBlockingQueue<ByteBuffer> spare;

    /** @param kept how many are kept for the next */
    public Buffers(int kept) {
        spare = new ArrayBlockingQueue<>(kept);
    }

    /** An empty buffer. */
    public ByteBuffer take() {
        var buffer = spare.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    /** The buffer is not used any more. */
    public void give(ByteBuffer buffer) {
        spare.offer(buffer);
    }
}
