package dev.tandem.recording.internal.webm;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A reader of Matroska of its own, written from the specification and sharing nothing with the writer: strict, every byte
 * must belong to an element, and what the file says of itself must be true.
 */
final class Parsed {
    private static final Set<Long> MASTERS = Set.of(
            0x1A45DFA3L,
            0x18538067L,
            0x114D9B74L,
            0x4DBBL,
            0x1549A966L,
            0x1654AE6BL,
            0xAEL,
            0xE0L,
            0x1F43B675L,
            0xA0L,
            0x1C53BB6BL,
            0xBBL,
            0xB7L);

    record Node(long id, long at, byte[] content, List<Node> children) {
        List<Node> all(long wanted) {
            return children.stream().filter(child -> child.id() == wanted).toList();
        }

        Node one(long wanted) {
            var found = all(wanted);
            if (found.size() != 1) {
                throw new AssertionError(found.size() + " of " + Long.toHexString(wanted));
            }
            return found.get(0);
        }

        long number() {
            long value = 0;
            for (byte b : content) {
                value = value << 8 | b & 0xFF;
            }
            return value;
        }

        double real() {
            return ByteBuffer.wrap(content).getDouble();
        }
    }

    record Picture(long millis, boolean key, ByteBuffer chunk, long stays) {}

    final Node segment;
    final List<Picture> pictures = new ArrayList<>();
    final double duration;
    final long width;
    final long height;
    final List<Long> cueTimes;

    Parsed(byte[] file) throws IOException {
        var top = nodes(file, 0);
        if (top.size() != 2 || top.get(0).id() != 0x1A45DFA3L || top.get(1).id() != 0x18538067L) {
            throw new AssertionError("a file is a head and a segment");
        }
        segment = top.get(1);
        duration = segment.one(0x1549A966L).one(0x4489L).real();
        var video = segment.one(0x1654AE6BL).one(0xAEL).one(0xE0L);
        width = video.one(0xB0L).number();
        height = video.one(0xBAL).number();
        for (var cluster : segment.all(0x1F43B675L)) {
            long time = cluster.one(0xE7L).number();
            for (var child : cluster.children()) {
                if (child.id() == 0xA3L) {
                    pictures.add(picture(time, child.content(), null, 0));
                } else if (child.id() == 0xA0L) {
                    boolean key = child.all(0xFBL).isEmpty();
                    pictures.add(picture(
                            time,
                            child.one(0xA1L).content(),
                            key,
                            child.one(0x9BL).number()));
                }
            }
        }
        cueTimes = segment.one(0x1C53BB6BL).all(0xBBL).stream()
                .map(point -> point.one(0xB3L).number())
                .toList();
        checkCues();
        checkSeekHead();
        checkTimes();
    }

    private static Picture picture(long cluster, byte[] block, Boolean key, long stays) {
        var bytes = ByteBuffer.wrap(block);
        if (bytes.get() != (byte) 0x81) {
            throw new AssertionError("a block of another track");
        }
        long at = cluster + bytes.getShort();
        byte flags = bytes.get();
        boolean isKey = key == null ? (flags & 0x80) != 0 : key;
        if (isKey != ((bytes.get(bytes.position()) & 1) == 0)) {
            throw new AssertionError("the codec says otherwise about a key frame at " + at);
        }
        return new Picture(at, isKey, bytes.slice(), stays);
    }

    private void checkCues() {
        var clusters = segment.all(0x1F43B675L);
        for (var point : segment.one(0x1C53BB6BL).all(0xBBL)) {
            long position = point.one(0xB7L).one(0xF1L).number();
            var cluster = clusters.stream()
                    .filter(one -> one.at() == position)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no cluster at " + position));
            if (cluster.one(0xE7L).number() != point.one(0xB3L).number()) {
                throw new AssertionError("the cluster of a cue begins at another time");
            }
        }
    }

    private void checkSeekHead() {
        for (var seek : segment.one(0x114D9B74L).all(0x4DBBL)) {
            long id = seek.one(0x53ABL).number();
            if (segment.one(id).at() != seek.one(0x53ACL).number()) {
                throw new AssertionError("the seek head points elsewhere for " + Long.toHexString(id));
            }
        }
    }

    private void checkTimes() {
        if (pictures.isEmpty()
                || pictures.get(0).millis() != 0
                || !pictures.get(0).key()) {
            throw new AssertionError("it does not begin with a key frame at 0");
        }
        long before = 0;
        for (var picture : pictures) {
            if (picture.millis() < before || picture.millis() + picture.stays() > duration) {
                throw new AssertionError("pictures are out of order, or later than the end");
            }
            before = picture.millis();
        }
    }

    /** @param base where the content stands in the segment's own count */
    private static List<Node> nodes(byte[] bytes, long base) throws IOException {
        var nodes = new ArrayList<Node>();
        int at = 0;
        while (at < bytes.length) {
            var in = new DataInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at));
            int idLength = Integer.numberOfLeadingZeros(bytes[at] & 0xFF) - 23;
            long id = 0;
            for (int i = 0; i < idLength; i++) {
                id = id << 8 | in.readUnsignedByte();
            }
            int first = in.readUnsignedByte();
            int sizeLength = Integer.numberOfLeadingZeros(first) - 23;
            long size = first & (1L << (8 - sizeLength)) - 1;
            for (int i = 1; i < sizeLength; i++) {
                size = size << 8 | in.readUnsignedByte();
            }
            if (size > bytes.length - at - idLength - sizeLength) {
                throw new AssertionError("an element is longer than its parent: " + Long.toHexString(id));
            }
            var content = in.readNBytes((int) size);
            // Positions in a segment count from the beginning of its content.
            long childBase = id == 0x18538067L ? 0 : base + at + idLength + sizeLength;
            var children = MASTERS.contains(id) ? nodes(content, childBase) : List.<Node>of();
            nodes.add(new Node(id, base + at, content, children));
            at += idLength + sizeLength + (int) size;
        }
        return nodes;
    }
}
