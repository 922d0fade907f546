package dev.tandem.filetransfer.s3.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore.Appender;
import dev.tandem.filetransfer.FileStore.FileInUseException;
import dev.tandem.filetransfer.s3.internal.Bucket.AbsentException;
import dev.tandem.filetransfer.s3.internal.Growth.Part;
import dev.tandem.filetransfer.s3.internal.Growth.Tail;

/**
 * A file that somebody appends to. Bytes go through a spool; whenever it holds a part, the part is sent; what is settled before
 * goes into a small object. A part that was not settled is left out of the file, since its bytes may turn out to be wrong.
 *
 * <p>Nothing counts before a step says so, and a step counts only if the bucket, listed after it was written, shows no later
 * writer. A later writer claims the file first and lists it then. So either it sees our step, or we see its claim: what was
 * acknowledged is never lost, without a lock and with nothing but listings that show what was written before them.
 */
final class Growing implements Appender {
    /** So many objects may make up a tail. */
    private static final int MOST_TAILS = 64;
    /** So many objects that nobody needs are worth a request. */
    private static final int UNTIDY = 16;
    /** So many bytes are worth a step while more come. */
    private static final long WORTH = 1024 * 1024;

    private final Bucket bucket;
    private final Names names;
    private final FileKey key;
    private final Writer writer;
    private final int part;
    private final Spool spool;
    private final Runnable closed;
    private final ReentrantLock lock = new ReentrantLock();
    /** Parts that the service has and that were not settled. */
    private final List<Part> coming = new ArrayList<>();

    private Growth growth;
    private int steps;
    /** The spool holds the next part from here on; what is before stands in the tail's objects only. */
    private long local;
    /** Bytes of the next part by now. */
    private long length;

    private volatile long settled;
    private volatile boolean over;

    /** @param closed told once, when nobody appends by this any more */
    Growing(
            Bucket bucket,
            Names names,
            FileKey key,
            Writer writer,
            Growth growth,
            int part,
            Spool spool,
            Runnable closed) {
        this.bucket = bucket;
        this.names = names;
        this.key = key;
        this.writer = writer;
        this.growth = growth;
        this.part = part;
        this.spool = spool;
        this.closed = closed;
        local = growth.tail();
        length = local;
        settled = growth.offset();
    }

    /** What is done under the lock. */
    private interface Work {
        void run() throws IOException;
    }

    @Override
    public long offset() {
        return settled;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        alone(() -> {
            while (bytes.hasRemaining()) {
                if (length >= part) {
                    send();
                }
                var some = bytes.slice(bytes.position(), (int) Math.min(bytes.remaining(), part - length));
                int size = some.remaining();
                spool.write(some, length);
                bytes.position(bytes.position() + size);
                length += size;
            }
        });
    }

    @Override
    public long settle() throws IOException {
        alone(this::keep);
        return settled;
    }

    /** Beside whoever writes, who waits meanwhile: not worth it for a few bytes. */
    @Override
    public void settleMeanwhile() throws IOException {
        alone(() -> {
            if (!coming.isEmpty() || length - tail() >= WORTH) {
                keep();
            }
        });
    }

    /** Bytes of the next part that were settled. */
    private long tail() {
        return coming.isEmpty() ? growth.tail() : 0;
    }

    private void keep() throws IOException {
        if (length >= part) {
            send();
        }
        long tail = tail();
        if (!coming.isEmpty()) {
            step(growth.grown(coming), 0, length);
            coming.clear();
        } else if (length > tail && growth.tails().size() >= MOST_TAILS) {
            collect();
            step(growth.withoutTail(), 0, length);
        } else if (length > tail) {
            step(growth, tail, length);
        }
        settled = growth.offset();
    }

    /** What has come becomes a part, of which nothing counts before it is settled. */
    private void send() throws IOException {
        if (!coming.isEmpty()) {
            // The number that may be on its way is one more now.
            step(growth.numbered(coming.get(coming.size() - 1).number() + 1), 0, 0);
        } else if (!growth.busy()) {
            // Says that we are sending, so that whoever overtakes us leaves this part's number alone.
            var upload = growth.upload().isEmpty() ? bucket.begin(names.whole(key)) : growth.upload();
            step(growth.sending(upload), 0, 0);
        }
        if (coming.isEmpty()) {
            collect();
        }
        coming.add(bucket.send(names.whole(key), growth.upload(), growth.next(), body(length)));
        local = 0;
        length = 0;
    }

    private Body body(long to) {
        return new Body(new byte[0], spool, 0, to);
    }

    /** Fetches what of the tail is not here. */
    private void collect() throws IOException {
        long at = 0;
        for (var tail : growth.tails()) {
            if (at >= local) {
                break;
            }
            // A step's own bytes are the last of its object.
            try (var in = bucket.get(tail.object(), tail.from())) {
                long to = spool.write(in, at);
                if (to - at != tail.length()) {
                    throw new IOException("The object " + tail.object() + " is damaged");
                }
                at = to;
            }
        }
        local = 0;
    }

    /** Writes what the file is made of now, with bytes of the spool; it holds when this returns. */
    private void step(Growth now, long from, long to) throws IOException {
        var head = now.head(to - from);
        var after = now.with(new Tail("", head.length, to - from));
        var object = names.step(key, writer, ++steps, after.offset());
        bucket.put(object, new Body(head, spool, from, to));
        var seen = look();
        if (over || !seen.isWriter(writer)) {
            discard(seen, object);
        }
        refuseUnlessOurs(seen);
        growth = now.with(new Tail(object, head.length, to - from));
        tidy(seen, object);
    }

    private Snapshot look() throws IOException {
        return Snapshot.of(names, key, bucket.list(names.file(key)));
    }

    /** @throws FileInUseException if somebody else has the file, or it was sealed or deleted */
    void fence() throws IOException {
        refuseUnlessOurs(look());
    }

    private void refuseUnlessOurs(Snapshot seen) throws FileInUseException {
        if (over || !seen.isWriter(writer)) {
            over = true;
            throw new FileInUseException(key);
        }
    }

    /** A step that came too late. While the file grows it stays: whoever overtook us may have built on it. */
    private void discard(Snapshot seen, String object) {
        if (seen.whole().isEmpty() && !seen.claims().isEmpty()) {
            return;
        }
        try {
            bucket.delete(List.of(object));
        } catch (IOException e) {
            // It belongs to no file, and goes when somebody looks for such.
        }
    }

    /** Deletes what is no part of the file any more, now and then. */
    private void tidy(Snapshot seen, String last) {
        var stale = new HashSet<>(seen.objects());
        stale.remove(last);
        stale.remove(names.claim(key, writer));
        growth.tails().forEach(tail -> stale.remove(tail.object()));
        if (stale.size() >= UNTIDY) {
            try {
                bucket.delete(stale);
            } catch (IOException e) {
                // They go with the file.
            }
        }
    }

    /** All that was settled becomes one object, which is there or not. */
    void finish() throws IOException {
        alone(() -> {
            length = growth.tail();
            local = length;
            if (growth.parts().isEmpty()) {
                collect();
                fence();
                bucket.put(names.whole(key), body(length));
                if (!growth.upload().isEmpty()) {
                    bucket.abort(names.whole(key), growth.upload());
                }
            } else {
                if (length > 0) {
                    send();
                }
                fence();
                bucket.complete(
                        names.whole(key), growth.upload(), growth.grown(coming).parts());
            }
        });
    }

    /** Shuts the writer out, who may be waiting for the service just now. */
    void end() {
        if (!over) {
            over = true;
            closed.run();
        }
        drop();
    }

    @Override
    public void close() {
        end();
    }

    private void alone(Work work) throws IOException {
        lock.lock();
        try {
            if (over) {
                throw new FileInUseException(key);
            }
            work.run();
        } catch (AbsentException e) {
            // Somebody has sealed or deleted what we were adding to, or a rule of the bucket has.
            fence();
            throw new IOException("A part of the file " + key.id() + " is gone from the bucket", e);
        } catch (IOException e) {
            if (over) {
                throw new FileInUseException(key);
            }
            throw e;
        } finally {
            lock.unlock();
            if (over) {
                drop();
            }
        }
    }

    private void drop() {
        if (lock.tryLock()) {
            try {
                spool.close();
            } finally {
                lock.unlock();
            }
        }
    }
}
