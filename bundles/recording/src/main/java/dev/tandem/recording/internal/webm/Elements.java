package dev.tandem.recording.internal.webm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Elements one after another, in memory. Not for several threads. */
final class Elements {
    private byte[] bytes;
    private int length;

    Elements() {
        this(256);
    }

    Elements(int expected) {
        this.bytes = new byte[expected];
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, length).slice();
    }

    Elements unsigned(int id, long value) {
        return unsigned(id, value, Ebml.unsignedLength(value));
    }

    /** A number in a fixed number of bytes, so that the element's length does not depend on it. */
    Elements unsigned(int id, long value, int width) {
        id(id).size(width);
        return number(value, width);
    }

    /** A signed number of two bytes. */
    Elements signed(int id, long value) {
        return id(id).size(Integer.BYTES).number(value, Integer.BYTES);
    }

    Elements real(int id, double value) {
        return id(id).size(Double.BYTES).number(Double.doubleToLongBits(value), Double.BYTES);
    }

    Elements text(int id, String ascii) {
        var text = ascii.getBytes(StandardCharsets.US_ASCII);
        return id(id).size(text.length).raw(ByteBuffer.wrap(text));
    }

    Elements master(int id, Elements content) {
        return id(id).size(content.length).raw(content.buffer());
    }

    Elements id(int id) {
        return number(id & 0xFFFF_FFFFL, Ebml.idLength(id));
    }

    Elements size(long size) {
        int width = Ebml.sizeLength(size);
        return number(size | 1L << (7 * width), width);
    }

    /** A size in eight bytes, whatever it is. */
    Elements longSize(long size) {
        return number(size | 1L << 56, 8);
    }

    /** What stands before the payload of a block. */
    Elements blockHead(int sinceCluster, int flags) {
        return number(0x80 | Ebml.TRACK, 1).number(sinceCluster, 2).number(flags, 1);
    }

    /** These bytes; the buffer's position stays. */
    Elements raw(ByteBuffer more) {
        int size = more.remaining();
        room(size);
        more.get(more.position(), bytes, length, size);
        length += size;
        return this;
    }

    private Elements number(long value, int width) {
        room(width);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
