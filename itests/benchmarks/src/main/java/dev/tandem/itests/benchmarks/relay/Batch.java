package dev.tandem.itests.benchmarks.relay;

import java.nio.ByteBuffer;
import java.util.Random;

/** Frames of the screen's wire, masked and ready, in which only time, sequence and key flag change. */
final class Batch {
    private static final int BINARY = 0x82;
    private static final int BYTES = 256 * 1024;
    private static final long LONG_MASK = (long) Link.MASK << 32 | Link.MASK & 0xFFFF_FFFFL;

    private final ByteBuffer buffer;
    private final int head;
    private final int each;
    private final int most;

    /** @param size bytes of a frame, its header included */
    Batch(int size) {
        head = (size < 126 ? 2 : size < 65_536 ? 4 : 10) + 4;
        each = head + size;
        most = Math.max(1, BYTES / each);
        buffer = ByteBuffer.allocateDirect(most * each);
        var random = new Random(size);
        var chunk = new byte[size];
        for (int i = 0; i < most; i++) {
            buffer.put((byte) BINARY);
            if (size < 126) {
                buffer.put((byte) (0x80 | size));
            } else if (size < 65_536) {
                buffer.put((byte) (0x80 | 126)).putShort((short) size);
            } else {
                buffer.put((byte) (0x80 | 127)).putLong(size);
            }
            buffer.putInt(Link.MASK);
            random.nextBytes(chunk);
            int start = buffer.position();
            buffer.put(chunk);
            buffer.put(start, (byte) (1 ^ Link.MASK >>> 24));
            short side = 1000;
            buffer.putShort(start + 2, (short) (side ^ Link.MASK));
            buffer.putShort(start + 4, (short) (side ^ Link.MASK >>> 16));
            buffer.putShort(start + 6, (short) Link.MASK);
        }
    }

    int most() {
        return most;
    }

    /** The next frames, ready to be written. */
    ByteBuffer next(int count, long sequence, boolean key, long captured) {
        buffer.clear();
        for (int i = 0; i < count; i++) {
            int at = i * each + head;
            buffer.put(at + 1, (byte) ((key && i == 0 ? 1 : 0) ^ Link.MASK >>> 16));
            buffer.putLong(at + 8, captured ^ LONG_MASK);
            buffer.putInt(at + 16, (int) (sequence + i) ^ Link.MASK);
        }
        return buffer.limit(count * each).position(0);
    }
}
