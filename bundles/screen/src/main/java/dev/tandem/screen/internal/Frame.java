package dev.tandem.screen.internal;

import java.nio.ByteBuffer;

import dev.tandem.screen.FrameHeader;

/** A received frame: its header and all its bytes, header included, which nobody changes. */
record Frame(FrameHeader header, ByteBuffer bytes) {
    /**
     * Judges a frame and keeps it. This is the one copy: what the socket lends us is valid only during the call.
     *
     * @throws IllegalArgumentException if it is no frame
     */
    static Frame copyOf(ByteBuffer received) {
        var header = FrameHeader.read(received);
        var copy = ByteBuffer.allocate(received.remaining());
        copy.put(received.duplicate()).flip();
        return new Frame(header, copy.asReadOnlyBuffer());
    }

    /** The bytes with a position of their own, shared. */
    ByteBuffer share() {
        return bytes.duplicate();
    }

    int size() {
        return bytes.capacity();
    }
}
