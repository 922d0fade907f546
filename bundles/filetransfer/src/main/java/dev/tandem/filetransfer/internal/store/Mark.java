package dev.tandem.filetransfer.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How far a growing file can be trusted. Its length cannot say that: after a power cut a file may be longer than what of it
 * reached the disk. Two places are written in turn, each with a count and a sum, so that a torn write leaves the one before.
 */
final class Mark {
    private static final int PLACE = 32;
    private static final int SUMMED = 16;

    private Mark() {}

    /** What a mark says. */
    record Known(long count, long offset) {
        static final Known NONE = new Known(0, 0);
    }

    /** Not of a file that grows in this process: with the channel that is closed here its lock would be gone (POSIX). */
    static Known read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        } catch (NoSuchFileException e) {
            return Known.NONE;
        }
    }

    static Known read(FileChannel channel) throws IOException {
        var both = ByteBuffer.allocate(2 * PLACE);
        while (both.hasRemaining() && channel.read(both, both.position()) >= 0) {
            // Until the end.
        }
        both.flip();
        var first = place(both, 0);
        var second = place(both, PLACE);
        return first.count() > second.count() ? first : second;
    }

    private static Known place(ByteBuffer both, int at) {
        if (both.limit() < at + SUMMED + Long.BYTES) {
            return Known.NONE;
        }
        long count = both.getLong(at);
        long offset = both.getLong(at + Long.BYTES);
        return both.getLong(at + SUMMED) == sum(both.slice(at, SUMMED)) ? new Known(count, offset) : Known.NONE;
    }

    /** On the disk when it returns; the one before holds when it fails. */
    static Known write(FileChannel channel, Known before, long offset, Forcing forcing) throws IOException {
        var now = new Known(before.count() + 1, offset);
        var bytes = ByteBuffer.allocate(PLACE);
        bytes.putLong(now.count()).putLong(offset);
        bytes.putLong(sum(bytes.slice(0, SUMMED))).putLong(0).flip();
        long at = now.count() % 2 * PLACE;
        put(channel, bytes, at);
        try {
            forcing.force(channel);
        } catch (IOException e) {
            // Who reads it from memory would trust what a power cut takes away.
            put(channel, ByteBuffer.allocate(PLACE), at);
            throw e;
        }
        return now;
    }

    private static void put(FileChannel channel, ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static long sum(ByteBuffer bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
