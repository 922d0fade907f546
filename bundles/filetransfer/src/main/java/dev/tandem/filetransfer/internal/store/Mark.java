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

    static Known read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var both = ByteBuffer.allocate(2 * PLACE);
            while (both.hasRemaining() && channel.read(both) >= 0) {
                // Until the end.
            }
            both.flip();
            var first = place(both, 0);
            var second = place(both, PLACE);
            return first.count() > second.count() ? first : second;
        } catch (NoSuchFileException e) {
            return Known.NONE;
        }
    }

    private static Known place(ByteBuffer both, int at) {
        if (both.limit() < at + SUMMED + Long.BYTES) {
            return Known.NONE;
        }
        long count = both.getLong(at);
        long offset = both.getLong(at + Long.BYTES);
        return both.getLong(at + SUMMED) == sum(both.slice(at, SUMMED)) ? new Known(count, offset) : Known.NONE;
    }

    /** On the disk when it returns. */
    static Known write(FileChannel channel, Known before, long offset) throws IOException {
        var now = new Known(before.count() + 1, offset);
        var bytes = ByteBuffer.allocate(PLACE);
        bytes.putLong(now.count()).putLong(offset);
        bytes.putLong(sum(bytes.slice(0, SUMMED))).putLong(0).flip();
        long at = now.count() % 2 * PLACE;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        channel.force(false);
        return now;
    }

    private static long sum(ByteBuffer bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
