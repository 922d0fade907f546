package dev.tandem.filetransfer.internal.receive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.FileInUseException;
import dev.tandem.filetransfer.FileStore.NoRoomException;

/**
 * Takes the bodies of requests into files. An offset it returns is durable. Of two requests for one file the later one wins, since
 * the earlier one is most likely dead and does not know it yet.
 */
public final class Receiver {
    private static final int READ = 32 * 1024;
    private static final int LARGE_BUFFERS = 8;

    private final Buffers buffers = new Buffers(LARGE_BUFFERS);
    private final ConcurrentMap<FileKey, Intake> intakes = new ConcurrentHashMap<>();
    private final Executor settlers;
    private final Clock clock;
    private volatile boolean closed;

    /** @param settlers may block on the disk; who is refused by it settles later */
    public Receiver(Executor settlers, Clock clock) {
        this.settlers = settlers;
        this.clock = clock;
    }

    /**
     * What is expected of a body.
     *
     * @param offset at which the client goes on
     * @param most the largest offset that it may come to
     * @param complete whether the file is whole at that offset; else it is only bounded by it
     * @param body how many bytes there are, if that was said
     * @param checksum what they have to sum up to
     * @param progress told the number of bytes as they come
     */
    public record Expected(
            FileStore store,
            FileKey key,
            long offset,
            long most,
            boolean complete,
            Optional<Long> body,
            Optional<Checksum> checksum,
            LongConsumer progress) {}

    /** How it ended, when it did not end well. The file is as good as before, or better. */
    public sealed interface Trouble {
        /** The file's offset is another one. */
        record OtherOffset(long offset) implements Trouble {}

        /** More bytes came than may. */
        record TooMany() implements Trouble {}

        /** They are not what the client has sent. */
        record Corrupt() implements Trouble {}

        /** Another request goes on with the file. */
        record TakenOver() implements Trouble {}

        /** The store is full. */
        record NoRoom() implements Trouble {}

        /** The line broke, and there is nobody to hear of it; or hardly anything came by it. */
        record Gone() implements Trouble {}
    }

    /** Carries a {@link Trouble}. */
    public static final class TroubleException extends Exception {
        private final transient Trouble trouble;

        TroubleException(Trouble trouble) {
            super(trouble.toString(), null, false, false);
            this.trouble = trouble;
        }

        /** What it was. */
        public Trouble trouble() {
            return trouble;
        }
    }

    /**
     * Takes a body in.
     *
     * @return the offset after it
     * @throws IOException if the store is out of order
     */
    public long receive(Expected expected, InputStream in) throws IOException, TroubleException {
        // Not before its predecessor is out: it would find the offset too small.
        stop(expected.key());
        var buffer = buffers.lend();
        try (var to = open(expected)) {
            var intake =
                    new Intake(expected.key(), to, buffer, expected.checksum().isPresent(), settlers, clock);
            var before = intakes.put(expected.key(), intake);
            if (before != null) {
                before.end();
            }
            try {
                if (closed) {
                    throw new TroubleException(new Trouble.Gone());
                }
                return all(expected, in, intake);
            } catch (FileInUseException e) {
                throw new TroubleException(closed ? new Trouble.Gone() : new Trouble.TakenOver());
            } catch (NoRoomException e) {
                throw new TroubleException(new Trouble.NoRoom());
            } finally {
                // From here on nobody else touches the buffer.
                intake.end();
                intakes.remove(expected.key(), intake);
            }
        } finally {
            buffers.back(buffer);
        }
    }

    private static FileStore.Appender open(Expected expected) throws IOException, TroubleException {
        FileStore.Appender to;
        try {
            to = expected.store().append(expected.key());
        } catch (FileInUseException e) {
            throw new TroubleException(new Trouble.TakenOver());
        }
        if (to.offset() != expected.offset()) {
            to.close();
            throw new TroubleException(new Trouble.OtherOffset(to.offset()));
        }
        // Only now: from a wrong offset any body may seem too long, and the client has to hear of the offset.
        if (expected.body()
                .filter(body -> body > expected.most() - expected.offset())
                .isPresent()) {
            to.close();
            throw new TroubleException(new Trouble.TooMany());
        }
        return to;
    }

    private long all(Expected expected, InputStream in, Intake intake) throws IOException, TroubleException {
        var sum = expected.checksum().map(Checksum::begin);
        var bytes = new byte[READ];
        long left = expected.most() - expected.offset();
        var pace = new Pace(clock);
        while (true) {
            pace.begin();
            int read = read(in, bytes, intake);
            if (read < 0) {
                break;
            }
            boolean tooSlow = pace.tooSlow(read);
            if (read > left) {
                throw new TroubleException(new Trouble.TooMany());
            }
            left -= read;
            if (sum.isPresent()) {
                sum.get().add(bytes, 0, read);
            }
            intake.take(bytes, read, expected.complete() && left == 0);
            expected.progress().accept(read);
            if (tooSlow) {
                intake.stop();
                throw new TroubleException(new Trouble.Gone());
            }
        }
        if (sum.filter(one -> !one.fits()).isPresent()) {
            throw new TroubleException(new Trouble.Corrupt());
        }
        return intake.settle();
    }

    private static int read(InputStream in, byte[] bytes, Intake intake) throws TroubleException {
        try {
            return in.read(bytes, 0, bytes.length);
        } catch (IOException e) {
            // As much as possible is kept; of what is to be judged as a whole nothing is.
            intake.stop();
            throw new TroubleException(new Trouble.Gone());
        }
    }

    /**
     * Ends a request that is under way here with this file and keeps what has come of it: for a client that asks where to go on,
     * while the request that was cut off still waits.
     */
    public void stop(FileKey key) {
        var intake = intakes.get(key);
        if (intake != null) {
            intake.stop();
        }
    }

    /** Ends it and keeps nothing: the file is about to be deleted. */
    public void end(FileKey key) {
        var intake = intakes.get(key);
        if (intake != null) {
            intake.end();
        }
    }

    /**
     * Takes nothing in any more, and keeps what has come: another receiver may have the same files a moment later, of which this
     * one, with a request that still sends, would know nothing.
     */
    public void close() {
        closed = true;
        intakes.values().forEach(Intake::stop);
    }

    /** Whether a request is under way here with this file. */
    public boolean busy(FileKey key) {
        return intakes.containsKey(key);
    }
}
