package dev.tandem.recording.internal.webm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A recording while it is made: a header and clusters, each written and brought to the disk as a whole. A crash at any
 * moment leaves all that was brought there; {@link Finisher} makes a file of it that can be played and searched. Not for
 * several threads.
 *
 * <p>A cluster without blocks says how far the recording has come while nothing moves.
 */
public final class LiveFile implements Closeable {
    /** Blocks of one cluster lie within so many milliseconds. */
    static final int LONGEST_CLUSTER = 1_000;

    /** A picture: the codec's chunk, and when it came, in milliseconds since the file's beginning. */
    public record Picture(long millis, boolean key, ByteBuffer chunk) {}

    private final FileChannel channel;
    private long bytes;

    private LiveFile(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws java.nio.file.FileAlreadyExistsException if there is one already: nothing is ever overwritten */
    public static LiveFile create(Path path) throws IOException {
        var file = new LiveFile(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        try {
            file.write(new Elements()
                    .raw(Heads.ebml().buffer())
                    .id(Ebml.SEGMENT)
                    .longSize(Ebml.UNKNOWN)
                    .raw(Heads.info().buffer())
                    .raw(Heads.tracks(1, 1).buffer()));
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Appends pictures in order and how far the recording has come, and brings all to the disk before it returns.
     *
     * @param until milliseconds, not before the last picture
     */
    public void append(List<Picture> pictures, long until) throws IOException {
        var all = new Elements(pictures.stream()
                        .mapToInt(picture -> picture.chunk().remaining() + 16)
                        .sum()
                + 64);
        int from = 0;
        while (from < pictures.size()) {
            from = cluster(all, pictures, from);
        }
        if (pictures.isEmpty() || pictures.get(pictures.size() - 1).millis() < until) {
            all.master(Ebml.CLUSTER, new Elements(16).unsigned(Ebml.TIMESTAMP, until));
        }
        write(all);
    }

    private static int cluster(Elements all, List<Picture> pictures, int from) {
        long start = pictures.get(from).millis();
        var blocks = new Elements(1024).unsigned(Ebml.TIMESTAMP, start);
        int at = from;
        while (at < pictures.size() && pictures.get(at).millis() - start < LONGEST_CLUSTER) {
            var picture = pictures.get(at++);
            blocks.id(Ebml.SIMPLE_BLOCK)
                    .size(Ebml.BLOCK_HEAD + picture.chunk().remaining())
                    .blockHead((int) (picture.millis() - start), picture.key() ? Ebml.KEY_FLAG : 0)
                    .raw(picture.chunk());
        }
        all.master(Ebml.CLUSTER, blocks);
        return at;
    }

    private void write(Elements elements) throws IOException {
        var left = elements.buffer();
        while (left.hasRemaining()) {
            bytes += channel.write(left);
        }
        channel.force(false);
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
