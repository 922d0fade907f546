package dev.tandem.screen;

import java.nio.ByteBuffer;

/**
 * What stands before the codec's chunk in every frame; the package description has the layout.
 *
 * @param key whether the frame can be decoded without any other
 * @param width pixels, 1 to 65,535
 * @param height pixels, 1 to 65,535
 * @param captured microseconds since the Unix epoch by the sender's clock
 * @param sequence 0 to 4,294,967,295
 */
public record FrameHeader(boolean key, int width, int height, long captured, long sequence) {
    public static final int VERSION = 1;
    /** Bytes of a header. */
    public static final int LENGTH = 20;
    /** Most bytes of a frame, header and chunk. */
    public static final int LARGEST_FRAME = 4 * 1024 * 1024;

    private static final int LARGEST_SIDE = 0xFFFF;
    private static final long LARGEST_SEQUENCE = 0xFFFF_FFFFL;

    public FrameHeader {
        require(width >= 1 && width <= LARGEST_SIDE, "width");
        require(height >= 1 && height <= LARGEST_SIDE, "height");
        require(captured >= 0, "time of capture");
        require(sequence >= 0 && sequence <= LARGEST_SEQUENCE, "sequence");
    }

    /**
     * Reads the header of a frame and leaves the buffer as it is.
     *
     * @throws IllegalArgumentException if it is no frame of version 1, is too large, or has no chunk
     */
    public static FrameHeader read(ByteBuffer frame) {
        int at = frame.position();
        require(frame.remaining() > LENGTH && frame.remaining() <= LARGEST_FRAME, "length");
        require(frame.get(at) == VERSION, "version");
        int flags = frame.get(at + 1);
        require((flags & ~1) == 0 && frame.getShort(at + 6) == 0, "flags");
        return new FrameHeader(
                (flags & 1) != 0,
                Short.toUnsignedInt(frame.getShort(at + 2)),
                Short.toUnsignedInt(frame.getShort(at + 4)),
                frame.getLong(at + 8),
                Integer.toUnsignedLong(frame.getInt(at + 16)));
    }

    /** Writes the header at the buffer's position, which moves on. */
    public void write(ByteBuffer target) {
        target.put((byte) VERSION).put((byte) (key ? 1 : 0));
        target.putShort((short) width).putShort((short) height).putShort((short) 0);
        target.putLong(captured).putInt((int) sequence);
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException("a frame's " + what + " is wrong");
        }
    }
}
