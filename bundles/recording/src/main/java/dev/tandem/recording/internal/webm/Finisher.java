package dev.tandem.recording.internal.webm;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes of a {@link LiveFile}, whole or cut off anywhere, a file that says how long it is and where its key frames are, so
 * that players can seek. The new file is complete and on the disk before it has its name; the old one stays.
 *
 * <p>A picture that stays for long gets a duration of its own, the last one too. Where nothing was shared at the beginning a
 * grey picture stands, so that all times count from the file's beginning.
 */
public final class Finisher {
    /** A cluster is closed after so many milliseconds, and at each key frame. */
    static final int CLUSTER = 5_000;

    private static final int CLUSTER_BYTES = 4 * 1024 * 1024;
    /** From here on a picture is told how long it stays, milliseconds. */
    private static final int STILL = 1_000;

    private static final int LEAST_LAST = 40;
    private static final int BUFFER = 256 * 1024;

    /**
     * What was made.
     *
     * @param millis how long it is
     */
    public record Finished(long millis, long bytes, int pictures) {}

    /** A block of the new file: where its bytes are, when it is due and how long it stays if that is said. */
    private record Block(ByteBuffer own, int source, long millis, boolean key, long stays, long before) {
        boolean still() {
            return stays >= STILL;
        }
    }

    private final FileChannel source;
    private final Index index;
    private final List<Block> opening = new ArrayList<>();
    private final long end;

    private Finisher(FileChannel source) throws IOException {
        this.source = source;
        this.index = LiveReader.read(source);
        int first = index.count() == 0 ? 0 : index.millis(0);
        long last = index.count() == 0 ? 0 : index.millis(index.count() - 1);
        this.end = Math.max(index.end(), last + LEAST_LAST);
        if (index.count() == 0) {
            opening.add(new Block(Vp8.grey(index.size()), -1, 0, true, Math.max(end, STILL), 0));
        } else if (first >= STILL) {
            opening.add(new Block(Vp8.grey(index.size()), -1, 0, true, first, 0));
        } else if (first > 0) {
            // A moment before the first picture came: it may as well have been there.
            opening.add(new Block(bytes(0), -1, 0, true, first, 0));
        }
    }

    /**
     * Makes it.
     *
     * @param target replaced if it is there: a former try may have come as far
     * @throws IOException if there is no room, for example; the target is as it was
     */
    public static Finished finish(Path live, Path target) throws IOException {
        var fresh = target.resolveSibling(target.getFileName() + ".new");
        try {
            var finished = write(live, fresh);
            move(fresh, target);
            Folders.sync(target.getParent());
            return finished;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Finished write(Path live, Path fresh) throws IOException {
        try (var from = FileChannel.open(live, StandardOpenOption.READ);
                var to = FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var finisher = new Finisher(from);
            var out = new BufferedOutputStream(Channels.newOutputStream(to), BUFFER);
            finisher.run(out);
            out.flush();
            to.force(true);
            return new Finished(finisher.end, to.size(), finisher.index.count());
        }
    }

    private static void move(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A cluster to be: its first block, the one after its last, and its size. */
    private record Cluster(int from, int to, long content, long position) {}

    private void run(OutputStream out) throws IOException {
        var clusters = clusters();
        var info = Heads.info(end);
        var tracks = Heads.tracks(index.size().width(), index.size().height());
        long headLength = seekHead(0, 0, 0).length() + info.length() + tracks.length();
        long cuesLength = cues(clusters, 0).length();
        long first = headLength + cuesLength;
        var cues = cues(clusters, first);
        long infoAt = seekHead(0, 0, 0).length();
        var seekHead = seekHead(infoAt, infoAt + info.length(), headLength);
        long segment = first
                + clusters.stream()
                        .mapToLong(cluster -> Ebml.whole(Ebml.CLUSTER, cluster.content()))
                        .sum();
        put(out, Heads.ebml());
        put(out, new Elements().id(Ebml.SEGMENT).longSize(segment));
        put(out, seekHead);
        put(out, info);
        put(out, tracks);
        put(out, cues);
        for (var cluster : clusters) {
            put(out, cluster);
        }
    }

    private int blocks() {
        return opening.size() + index.count();
    }

    private Block block(int at) {
        if (at < opening.size()) {
            return opening.get(at);
        }
        int i = at - opening.size();
        long due = index.millis(i);
        long next = i + 1 < index.count() ? index.millis(i + 1) : end;
        long before = i == 0 ? 0 : index.millis(i - 1);
        boolean last = i + 1 == index.count();
        long stays = last ? Math.max(next - due, LEAST_LAST) : next - due;
        // The last picture's duration is always said: nothing follows that would tell.
        return new Block(null, i, due, index.key(i), last ? Math.max(stays, STILL) : stays, due - before);
    }

    private long stays(Block block) {
        return Math.min(block.stays(), Math.max(end - block.millis(), LEAST_LAST));
    }

    private int length(Block block) {
        return block.own() != null ? block.own().remaining() : index.length(block.source());
    }

    private long size(Block block) {
        long payload = (long) Ebml.BLOCK_HEAD + length(block);
        if (!block.still()) {
            return Ebml.whole(Ebml.SIMPLE_BLOCK, payload);
        }
        return Ebml.whole(
                Ebml.BLOCK_GROUP, Ebml.whole(Ebml.BLOCK, payload) + about(block).length());
    }

    /** What a group says of its block. */
    private Elements about(Block block) {
        var about = new Elements(32).unsigned(Ebml.BLOCK_DURATION, stays(block));
        return block.key() ? about : about.signed(Ebml.REFERENCE_BLOCK, -block.before());
    }

    private List<Cluster> clusters() {
        var clusters = new ArrayList<Cluster>();
        int from = 0;
        long content = 0;
        long start = 0;
        long position = 0;
        for (int at = 0; at < blocks(); at++) {
            var block = block(at);
            long size = size(block);
            if (at > from && (block.key() || block.millis() - start >= CLUSTER || content + size > CLUSTER_BYTES)) {
                clusters.add(new Cluster(from, at, content, position));
                position += Ebml.whole(Ebml.CLUSTER, content);
                from = at;
                content = 0;
            }
            if (at == from) {
                start = block.millis();
                content = new Elements(16).unsigned(Ebml.TIMESTAMP, start).length();
            }
            content += size;
        }
        clusters.add(new Cluster(from, blocks(), content, position));
        return clusters;
    }

    /** @param first where the clusters begin, in the segment */
    private Elements cues(List<Cluster> clusters, long first) {
        var points = new Elements(clusters.size() * 32);
        for (var cluster : clusters) {
            var block = block(cluster.from());
            if (block.key()) {
                var positions = new Elements(32)
                        .unsigned(Ebml.CUE_TRACK, Ebml.TRACK)
                        .unsigned(Ebml.CUE_CLUSTER_POSITION, first + cluster.position(), 8);
                var point = new Elements(32)
                        .unsigned(Ebml.CUE_TIME, block.millis())
                        .master(Ebml.CUE_TRACK_POSITIONS, positions);
                points.master(Ebml.CUE_POINT, point);
            }
        }
        return new Elements(points.length() + 16).master(Ebml.CUES, points);
    }

    private static Elements seekHead(long info, long tracks, long cues) {
        var seeks = new Elements();
        seek(seeks, Ebml.INFO, info);
        seek(seeks, Ebml.TRACKS, tracks);
        seek(seeks, Ebml.CUES, cues);
        return new Elements().master(Ebml.SEEK_HEAD, seeks);
    }

    private static void seek(Elements seeks, int id, long position) {
        var seek = new Elements(32).unsigned(Ebml.SEEK_ID, id & 0xFFFF_FFFFL, 4);
        seeks.master(Ebml.SEEK, seek.unsigned(Ebml.SEEK_POSITION, position, 8));
    }

    private void put(OutputStream out, Cluster cluster) throws IOException {
        long start = block(cluster.from()).millis();
        put(out, new Elements(32).id(Ebml.CLUSTER).size(cluster.content()).unsigned(Ebml.TIMESTAMP, start));
        for (int at = cluster.from(); at < cluster.to(); at++) {
            var block = block(at);
            int since = (int) (block.millis() - start);
            long payload = (long) Ebml.BLOCK_HEAD + length(block);
            var head = new Elements(32);
            if (block.still()) {
                head.id(Ebml.BLOCK_GROUP)
                        .size(Ebml.whole(Ebml.BLOCK, payload) + about(block).length())
                        .id(Ebml.BLOCK)
                        .size(payload)
                        .blockHead(since, 0);
            } else {
                head.id(Ebml.SIMPLE_BLOCK).size(payload).blockHead(since, block.key() ? Ebml.KEY_FLAG : 0);
            }
            put(out, head);
            var bytes = block.own() != null ? block.own() : bytes(block.source());
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            if (block.still()) {
                put(out, about(block));
            }
        }
    }

    private ByteBuffer bytes(int at) throws IOException {
        var bytes = ByteBuffer.allocate(index.length(at));
        while (bytes.hasRemaining()) {
            if (source.read(bytes, index.offset(at) + bytes.position()) < 0) {
                throw new IOException("the recording has become shorter while it was finished");
            }
        }
        return bytes.flip();
    }

    private static void put(OutputStream out, Elements elements) throws IOException {
        var bytes = elements.buffer();
        out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
    }
}
