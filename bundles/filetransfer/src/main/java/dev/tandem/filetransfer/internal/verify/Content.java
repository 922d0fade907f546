package dev.tandem.filetransfer.internal.verify;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;

/** A whole file, of which a few places are read. */
public interface Content {
    /** Bytes. */
    long size();

    /** Its bytes from that one on; closed by the caller. */
    ReadableByteChannel from(long position) throws IOException;

    /** A sealed file in a store. */
    static Content of(FileStore store, FileKey key) throws IOException {
        var size = store.size(key);
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public ReadableByteChannel from(long position) throws IOException {
                return store.read(key, position);
            }
        };
    }

    /**
     * That many bytes from there.
     *
     * @throws EOFException if they are not all in the file
     */
    default byte[] bytes(long position, int length) throws IOException {
        if (position < 0 || position > size() - length) {
            throw new EOFException();
        }
        var bytes = ByteBuffer.allocate(length);
        try (var channel = from(position)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException();
                }
            }
        }
        return bytes.array();
    }
}
