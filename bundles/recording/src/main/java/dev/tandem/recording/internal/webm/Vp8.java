package dev.tandem.recording.internal.webm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The little that a container must know of VP8 (RFC 6386, section 9.1). */
public final class Vp8 {
    private static final int KEY_HEAD = 10;
    private static final int START_CODE = 0x9D012A;
    private static final int LARGEST_SIDE = 0x3FFF;
    private static final int BLOCK_SIDE = 16;

    /** Bytes that a macroblock without any content takes at most, in either partition. */
    private static final int BYTES_PER_BLOCK = 4;

    private static final int SLACK = 256;

    /** A partition's length has 19 bits. */
    private static final Size LARGEST_GREY = new Size(3840, 2160);

    /** A size in pixels. */
    public record Size(int width, int height) {
        long area() {
            return (long) width * height;
        }
    }

    private Vp8() {}

    /** Whether it looks like a frame that says so of itself: what a crash has left zero does not. */
    static boolean plausible(ByteBuffer chunk, boolean key) {
        if (chunk.remaining() < 3 || key != isKey(chunk)) {
            return false;
        }
        return !key || size(chunk).isPresent();
    }

    static boolean isKey(ByteBuffer chunk) {
        return (chunk.get(chunk.position()) & 1) == 0;
    }

    /** The size that a key frame gives to what follows. */
    static Optional<Size> size(ByteBuffer key) {
        if (key.remaining() < KEY_HEAD) {
            return Optional.empty();
        }
        int at = key.position();
        int code = (key.get(at + 3) & 0xFF) << 16 | (key.get(at + 4) & 0xFF) << 8 | key.get(at + 5) & 0xFF;
        int width = little(key, at + 6) & LARGEST_SIDE;
        int height = little(key, at + 8) & LARGEST_SIDE;
        return code == START_CODE && width > 0 && height > 0 ? Optional.of(new Size(width, height)) : Optional.empty();
    }

    private static int little(ByteBuffer bytes, int at) {
        return bytes.get(at) & 0xFF | (bytes.get(at + 1) & 0xFF) << 8;
    }

    /**
     * A key frame of nothing but grey, for a time in which nobody shares. Its partitions are zeros: a decoder reads every
     * decision as "no", which predicts each block from grey borders and adds nothing.
     */
    static ByteBuffer grey(Size wanted) {
        var size = wanted.area() <= LARGEST_GREY.area() ? wanted : LARGEST_GREY;
        int blocks = ((size.width() + BLOCK_SIDE - 1) / BLOCK_SIDE) * ((size.height() + BLOCK_SIDE - 1) / BLOCK_SIDE);
        int partition = SLACK + BYTES_PER_BLOCK * blocks;
        var frame = ByteBuffer.allocate(KEY_HEAD + 2 * partition).order(ByteOrder.LITTLE_ENDIAN);
        boolean shown = true;
        int tag = (shown ? 1 << 4 : 0) | partition << 5;
        frame.put((byte) tag).put((byte) (tag >> 8)).put((byte) (tag >> 16));
        frame.put((byte) 0x9D).put((byte) 0x01).put((byte) 0x2A);
        frame.putShort((short) size.width()).putShort((short) size.height());
        return frame.rewind();
    }
}
