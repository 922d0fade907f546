package dev.tandem.screen.internal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.tandem.screen.FrameHeader;

/**
 * A received frame: its header and all its bytes, header included, which nobody changes and nobody copies. It counts for
 * its session as held from when the first queue has it until the last one has let go of it.
 */
final class Frame {
    private final FrameHeader header;
    private final ByteBuffer bytes;
    private final AtomicLong heldBytes;
    private final AtomicInteger holders = new AtomicInteger();

    private Frame(FrameHeader header, ByteBuffer bytes, AtomicLong heldBytes) {
        this.header = header;
        this.bytes = bytes.asReadOnlyBuffer();
        this.heldBytes = heldBytes;
    }

    /** @param heldBytes where it counts while a queue has it */
    static Optional<Frame> of(ByteBuffer received, AtomicLong heldBytes) {
        try {
            return Optional.of(new Frame(FrameHeader.read(received), received, heldBytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    FrameHeader header() {
        return header;
    }

    /** The bytes with a position of their own, shared. Who takes them calls {@link #letGo} once. */
    ByteBuffer share() {
        if (holders.getAndIncrement() == 0) {
            heldBytes.addAndGet(size());
        }
        return bytes.duplicate();
    }

    void letGo() {
        if (holders.decrementAndGet() == 0) {
            heldBytes.addAndGet(-size());
        }
    }

    int size() {
        return bytes.remaining();
    }
}
