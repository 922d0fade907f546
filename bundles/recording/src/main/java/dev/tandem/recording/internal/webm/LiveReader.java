package dev.tandem.recording.internal.webm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Finds the pictures of a {@link LiveFile}, up to where it is whole: what was being written when the power went, or a node
 * was killed, is left out. Never fails because of what stands in the file.
 */
final class LiveReader {
    private static final int WINDOW = 64 * 1024;

    private final FileChannel channel;
    private final long length;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
    private long windowAt;
    private int windowLength;

    private LiveReader(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
    }

    static Index read(FileChannel channel) throws IOException {
        return new LiveReader(channel).read();
    }

    /** An element's head. {@code end} may be beyond the file's end. */
    private record Element(int id, long content, long end) {}

    private Index read() throws IOException {
        var index = new Index();
        var head = element(0);
        if (head == null || head.id() != Ebml.HEAD) {
            return index;
        }
        var segment = element(head.end());
        if (segment == null || segment.id() != Ebml.SEGMENT) {
            return index;
        }
        long at = segment.content();
        while (true) {
            var element = element(at);
            if (element == null) {
                return index;
            }
            if (element.id() == Ebml.CLUSTER) {
                if (!cluster(element, index)) {
                    return index;
                }
            } else if (element.id() != Ebml.INFO && element.id() != Ebml.TRACKS) {
                return index;
            }
            at = element.end();
        }
    }

    /** @return whether it was whole */
    private boolean cluster(Element cluster, Index index) throws IOException {
        long time = -1;
        long at = cluster.content();
        while (at < cluster.end()) {
            var element = element(at);
            if (element == null || element.end() > length || element.end() > cluster.end()) {
                return false;
            }
            if (element.id() == Ebml.TIMESTAMP) {
                time = unsigned(element);
                index.reached(time);
            } else if (element.id() != Ebml.SIMPLE_BLOCK || time < 0 || !block(element, time, index)) {
                return false;
            }
            at = element.end();
        }
        return true;
    }

    private boolean block(Element block, long time, Index index) throws IOException {
        long size = block.end() - block.content() - Ebml.BLOCK_HEAD;
        if (size < 1 || size > Integer.MAX_VALUE) {
            return false;
        }
        var bytes = peek(block.content(), (int) Math.min(size, 16) + Ebml.BLOCK_HEAD);
        bytes.get();
        int since = bytes.getShort();
        boolean key = (bytes.get() & Ebml.KEY_FLAG) != 0;
        if (!Vp8.plausible(bytes, key)) {
            return false;
        }
        if (key) {
            Vp8.size(bytes).ifPresent(index::sized);
        }
        // Nothing can be decoded before the first key frame.
        if (key || index.count() > 0) {
            index.add(block.content() + Ebml.BLOCK_HEAD, (int) size, time + since, key);
        }
        return true;
    }

    private long unsigned(Element element) throws IOException {
        int width = (int) Math.min(8, element.end() - element.content());
        var bytes = peek(element.content(), width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | bytes.get() & 0xFF;
        }
        return value;
    }

    /** The element whose head stands there whole, or null. */
    private Element element(long at) throws IOException {
        if (at < 0 || at >= length) {
            return null;
        }
        var bytes = peek(at, 12);
        int idLength = leading(bytes, 4);
        if (idLength == 0 || bytes.remaining() <= idLength) {
            return null;
        }
        int id = 0;
        for (int i = 0; i < idLength; i++) {
            id = id << 8 | bytes.get() & 0xFF;
        }
        int sizeLength = leading(bytes, 8);
        if (sizeLength == 0 || bytes.remaining() < sizeLength) {
            return null;
        }
        long size = bytes.get() & (1 << (8 - sizeLength)) - 1;
        for (int i = 1; i < sizeLength; i++) {
            size = size << 8 | bytes.get() & 0xFF;
        }
        long content = at + idLength + sizeLength;
        return new Element(id, content, content + size);
    }

    /** How many bytes a number of variable length has, by its first; 0 if it has none, or too many. */
    private static int leading(ByteBuffer bytes, int most) {
        if (!bytes.hasRemaining()) {
            return 0;
        }
        int zeros = Integer.numberOfLeadingZeros(bytes.get(bytes.position()) & 0xFF) - 24;
        return zeros < most ? zeros + 1 : 0;
    }

    /** So many bytes from there, or as many as there are. */
    private ByteBuffer peek(long at, int wanted) throws IOException {
        int there = (int) Math.min(wanted, length - at);
        if (at < windowAt || at + there > windowAt + windowLength) {
            window.clear();
            windowAt = at;
            while (window.hasRemaining() && channel.read(window, at + window.position()) > 0) {
                // Reads until the window is full or the file ends.
            }
            windowLength = window.position();
        }
        int from = (int) (at - windowAt);
        return window.slice(from, Math.min(there, windowLength - from));
    }
}
