package dev.tandem.filetransfer.internal.receive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Direct memory for what is on the way to the disk. A few uploads get much, since large writes are fast; when many come together
 * each gets little, so that a hundred of them take no more than some megabytes.
 */
final class Buffers {
    static final int LARGE = 1024 * 1024;
    static final int SMALL = 64 * 1024;

    private final int most;
    private final Deque<ByteBuffer> large = new ArrayDeque<>();
    private final Deque<ByteBuffer> small = new ArrayDeque<>();
    private int lent;

    /** @param most how many large ones there are */
    Buffers(int most) {
        this.most = most;
    }

    /** An empty one, to be given back. */
    synchronized ByteBuffer lend() {
        if (lent < most) {
            lent++;
            var kept = large.poll();
            return kept == null ? ByteBuffer.allocateDirect(LARGE) : kept.clear();
        }
        var kept = small.poll();
        return kept == null ? ByteBuffer.allocateDirect(SMALL) : kept.clear();
    }

    synchronized void back(ByteBuffer buffer) {
        if (buffer.capacity() == LARGE) {
            lent--;
            large.push(buffer);
        } else {
            small.push(buffer);
        }
    }
}
