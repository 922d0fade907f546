package dev.tandem.filetransfer.s3.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads a sealed file. Receivers may be slow and services cut idle lines: then it asks again from where it was. A sealed file
 * never changes, so that nothing else can come.
 */
final class Download implements ReadableByteChannel {
    private static final int BUFFER = 128 * 1024;
    private static final int ATTEMPTS = 3;

    private final Bucket bucket;
    private final String object;
    private final long size;
    private final byte[] buffer = new byte[BUFFER];
    private ResponseInputStream<GetObjectResponse> stream;
    private long at;
    private boolean closed;

    Download(Bucket bucket, String object, long from, long size) {
        this.bucket = bucket;
        this.object = object;
        this.size = size;
        at = from;
    }

    @Override
    public synchronized int read(ByteBuffer into) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!into.hasRemaining()) {
            return 0;
        }
        if (at >= size) {
            return -1;
        }
        int read = read(Math.min(BUFFER, into.remaining()));
        into.put(buffer, 0, read);
        at += read;
        return read;
    }

    private int read(int most) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (stream == null) {
                    stream = bucket.get(object, at);
                }
                int read = stream.read(buffer, 0, most);
                if (read > 0) {
                    return read;
                }
                throw new IOException("The object " + object + " ended at " + at + " of " + size);
            } catch (Bucket.AbsentException e) {
                throw e;
            } catch (IOException e) {
                drop();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void drop() {
        if (stream != null) {
            // Closing would read the rest.
            stream.abort();
            stream = null;
        }
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }
}
