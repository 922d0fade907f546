package dev.tandem.filetransfer.s3.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import dev.tandem.filetransfer.FileStore.NoRoomException;

/**
 * Bytes on their way to the service, in a file of this node: a part of eight megabytes for each of a hundred files at once
 * would not fit into the memory. Nobody misses it after a crash.
 */
final class Spool implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private FileChannel file;
    private boolean closed;

    /** The file is made when the first byte comes. */
    Spool(Path folder) {
        this.folder = folder;
    }

    /** What earlier processes have left. */
    static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var all = Files.newDirectoryStream(folder, "*.spool")) {
                for (var one : all) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    private synchronized FileChannel file() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (file == null) {
            Files.createDirectories(folder);
            file = FileChannel.open(
                    folder.resolve(UUID.randomUUID() + ".spool"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        return file;
    }

    void write(ByteBuffer bytes, long at) throws IOException {
        try {
            long to = at;
            while (bytes.hasRemaining()) {
                to += file().write(bytes, to);
            }
        } catch (IOException e) {
            throw String.valueOf(e.getMessage()).contains("No space left") ? new NoRoomException(e) : e;
        }
    }

    /** All of the stream. @return where it ends then */
    long write(InputStream in, long at) throws IOException {
        var buffer = new byte[BUFFER];
        long to = at;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            write(ByteBuffer.wrap(buffer, 0, read), to);
            to += read;
        }
        return to;
    }

    /** The bytes between two places; may be opened again for another attempt. */
    InputStream open(long from, long to) {
        return new Range(from, to);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // It is deleted at the next start.
            }
            file = null;
        }
    }

    private final class Range extends InputStream {
        private final long to;
        private long at;

        Range(long from, long to) {
            at = from;
            this.to = to;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at >= to) {
                return -1;
            }
            int read = file().read(ByteBuffer.wrap(into, offset, (int) Math.min(length, to - at)), at);
            if (read < 0) {
                throw new IOException("The spool is shorter than what was written to it");
            }
            at += read;
            return read;
        }
    }
}
