package dev.tandem.filetransfer.internal.receive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore.Appender;
import dev.tandem.filetransfer.FileStore.FileInUseException;

/**
 * One request's bytes on their way into a file. Somebody else may {@link #stop} it at any time, also while its thread waits for a
 * line that is dead: what had come by then is kept, unless it is to be judged as a whole.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    /** What may be lost of a request when the power goes: so much, or so long. */
    private static final long AHEAD = 8L * 1024 * 1024;

    private static final long OFTEN = 1_000;

    private final FileKey key;
    private final Appender to;
    private final ByteBuffer buffer;
    private final boolean whole;
    private final Executor settlers;
    private final Clock clock;
    private final AtomicBoolean settling = new AtomicBoolean();
    private long unsettled;
    private long flushed;
    private boolean over;

    /** @param whole whether nothing of it counts before all of it has come */
    Intake(FileKey key, Appender to, ByteBuffer buffer, boolean whole, Executor settlers, Clock clock) {
        this.key = key;
        this.to = to;
        this.buffer = buffer;
        this.whole = whole;
        this.settlers = settlers;
        this.clock = clock;
        this.flushed = clock.millis();
    }

    /**
     * Takes bytes in.
     *
     * @param last whether the file may be complete with them: then they are settled when it is known that no more come
     */
    synchronized void take(byte[] bytes, int length, boolean last) throws IOException {
        refuseWhenOver();
        int from = 0;
        while (from < length) {
            int some = Math.min(length - from, buffer.remaining());
            buffer.put(bytes, from, some);
            from += some;
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
        long now = clock.millis();
        if (now - flushed >= OFTEN) {
            flush();
        }
        if (!whole && !last && unsettled > 0 && (unsettled >= AHEAD || now - flushed >= OFTEN)) {
            settleAhead();
            flushed = now;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        unsettled += buffer.remaining();
        try {
            to.write(buffer);
        } finally {
            // What was written of it cannot be told if it failed: the whole of it is not there.
            buffer.clear();
        }
    }

    /** The disk works while the line does. */
    private void settleAhead() {
        if (!settling.compareAndSet(false, true)) {
            return;
        }
        unsettled = 0;
        try {
            settlers.execute(() -> {
                try {
                    to.settleMeanwhile();
                } catch (FileInUseException e) {
                    LOG.debug("{} is over", key.id());
                } catch (IOException | RuntimeException e) {
                    // Who settles at the end meets it again, and answers for it.
                    LOG.debug("{} could not be settled meanwhile", key.id(), e);
                } finally {
                    settling.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            settling.set(false);
        }
    }

    /** All has come. @return the offset, of which everything is durable */
    synchronized long settle() throws IOException {
        refuseWhenOver();
        if (buffer.position() > 0) {
            flush();
        }
        return to.settle();
    }

    /** Shuts it out for whoever comes next, and keeps what had come if it may. */
    synchronized void stop() {
        if (over) {
            return;
        }
        try {
            if (!whole) {
                settle();
            }
        } catch (IOException e) {
            LOG.debug("What had come of {} is not kept", key.id(), e);
        } finally {
            over = true;
            to.close();
        }
    }

    /** Nothing more comes, and what was not settled is not kept. */
    synchronized void end() {
        over = true;
        to.close();
    }

    private void refuseWhenOver() throws FileInUseException {
        if (over) {
            throw new FileInUseException(key);
        }
    }
}
