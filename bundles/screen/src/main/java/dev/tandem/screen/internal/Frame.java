package dev.tandem.screen.internal;

import java.nio.ByteBuffer;
import java.util.Optional;

import dev.tandem.screen.FrameHeader;

/** A received frame: its header and all its bytes, header included, which nobody changes. */
record Frame(FrameHeader header, ByteBuffer bytes) {
    /** Judges a frame and keeps it, in the one copy: what the socket lends is valid only during the call. */
    static Optional<Frame> copyOf(ByteBuffer received) {
        FrameHeader header;
        try {
            header = FrameHeader.read(received);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var copy = ByteBuffer.allocate(received.remaining());
        copy.put(received.duplicate()).flip();
        return Optional.of(new Frame(header, copy.asReadOnlyBuffer()));
    }

    /** The bytes with a position of their own, shared. */
    ByteBuffer share() {
        return bytes.duplicate();
    }

    int size() {
        return bytes.capacity();
    }
}
