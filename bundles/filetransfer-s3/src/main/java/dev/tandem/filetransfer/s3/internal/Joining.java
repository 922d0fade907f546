package dev.tandem.filetransfer.s3.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import dev.tandem.filetransfer.s3.internal.Bucket.Found;
import dev.tandem.filetransfer.s3.internal.Growth.Part;

/**
 * One object out of others. What is large enough is copied within the service; only what is too small for a part, and what is
 * needed to make it large enough, passes through here.
 */
final class Joining {
    /** The least that services take as a part that is not the last. */
    static final long LEAST = 5L * 1024 * 1024;
    /** The most that is copied by one request, well within what an attempt may take. */
    private static final long MOST = 128L * 1024 * 1024;

    private final Bucket bucket;
    private final String object;
    private final Spool spool;
    private final List<Part> parts = new ArrayList<>();
    private String upload = "";
    /** Bytes in the spool, fewer than a part needs. */
    private long waiting;

    Joining(Bucket bucket, String object, Spool spool) {
        this.bucket = bucket;
        this.object = object;
        this.spool = spool;
    }

    /** What comes just before the object appears; it may forbid it. */
    interface Before {
        void check() throws IOException;
    }

    void join(List<Found> sources, Before before) throws IOException {
        try {
            for (var source : sources) {
                add(source);
            }
            if (upload.isEmpty()) {
                before.check();
                bucket.put(object, new Body(new byte[0], spool, 0, waiting));
            } else {
                if (waiting > 0) {
                    send();
                }
                before.check();
                bucket.complete(object, upload, parts);
            }
        } catch (IOException e) {
            giveUp(e);
            throw e;
        }
    }

    private void add(Found source) throws IOException {
        long at = 0;
        if (waiting > 0) {
            at = Math.min(LEAST - waiting, source.size());
            fetch(source, 0, at);
        }
        while (source.size() - at >= LEAST) {
            long left = source.size() - at;
            // Not so much that what is left would be too small.
            long some = left <= MOST ? left : Math.min(MOST, left - LEAST);
            parts.add(bucket.copy(object, upload(), parts.size() + 1, source.name(), at, some));
            at += some;
        }
        fetch(source, at, source.size() - at);
    }

    private void fetch(Found source, long from, long length) throws IOException {
        if (length == 0) {
            return;
        }
        try (var in = bucket.get(source.name(), from);
                var some = new Limited(in, length)) {
            long to = spool.write(some, waiting);
            // The rest is not wanted, and closing would read it.
            in.abort();
            if (to - waiting != length) {
                throw new IOException("The object " + source.name() + " is shorter than it was");
            }
            waiting = to;
        }
        if (waiting >= LEAST) {
            send();
        }
    }

    private void send() throws IOException {
        parts.add(bucket.send(object, upload(), parts.size() + 1, new Body(new byte[0], spool, 0, waiting)));
        waiting = 0;
    }

    private String upload() throws IOException {
        if (upload.isEmpty()) {
            upload = bucket.begin(object);
        }
        return upload;
    }

    private void giveUp(IOException why) {
        if (!upload.isEmpty()) {
            try {
                bucket.abort(object, upload);
            } catch (IOException e) {
                // It is aborted when the file is deleted.
                why.addSuppressed(e);
            }
        }
    }

    /** The first bytes of a stream. */
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() {
            // Whoever opened it closes it.
        }
    }
}
