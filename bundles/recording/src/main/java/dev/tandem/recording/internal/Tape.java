package dev.tandem.recording.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.tandem.journal.Lease;
import dev.tandem.recording.Recording;
import dev.tandem.recording.internal.webm.LiveFile;
import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.FrameSink;

/**
 * A part that is being written: takes what comes, on any thread and at once, and writes it when it is flushed, by one thread
 * at a time. While the gate is shut it takes nothing, and time goes on: the last picture stays.
 */
final class Tape implements FrameSink, AutoCloseable {
    /** What may wait for the disk. Beyond it pictures are missed up to the next key frame. */
    static final long MOST_WAITING = 32L * 1024 * 1024;
    /** So often there is a key frame, so that one can seek. */
    static final Duration KEY_EVERY = Duration.ofSeconds(20);
    /** One that is missing is asked for this often. */
    static final Duration KEY_AGAIN = Duration.ofSeconds(1);
    /** How far it has come is written at least this often. */
    static final Duration BEAT = Duration.ofSeconds(1);

    private final Recording of;
    private final int part;
    private final Lease lease;
    private final LiveFile file;
    private final LineFile lines;
    private final Instant begun;
    private final Object disk = new Object();
    private List<LiveFile.Picture> waiting = new ArrayList<>();
    private List<Line> linesWaiting = new ArrayList<>();
    private long waitingBytes;
    private long last;
    private boolean open;
    private boolean inSync;
    private boolean sharing;
    private boolean changed;
    private Instant keyAt = Instant.MIN;
    private Instant keyAsked = Instant.MIN;
    private Instant flushed = Instant.MIN;
    private boolean closed;

    /** @param lease under which the session's media hang on this node */
    Tape(Recording of, int part, Lease lease, LiveFile file, LineFile lines, Instant begun) {
        this.of = of;
        this.part = part;
        this.lease = lease;
        this.file = file;
        this.lines = lines;
        this.begun = begun;
    }

    Recording of() {
        return of;
    }

    int part() {
        return part;
    }

    Lease lease() {
        return lease;
    }

    /** Opens or shuts the gate: whether all allow that it is written. */
    synchronized void gate(boolean allowed, Instant now) {
        if (open != allowed) {
            if (!allowed) {
                // What came before stays; nothing that comes after it.
                note(now, allowed);
            }
            open = allowed;
            inSync = false;
            if (allowed) {
                note(now, allowed);
            }
        }
    }

    private void note(Instant now, boolean allowed) {
        if (last > 0 || !linesWaiting.isEmpty()) {
            linesWaiting.add(Line.of(millis(now), allowed ? "resumed" : "paused"));
        }
    }

    @Override
    public synchronized void config(FrameSink.Picture picture, Instant at) {
        sharing = true;
        inSync = false;
    }

    @Override
    public synchronized void frame(FrameHeader header, ByteBuffer chunk, Instant at) {
        if (!open || closed) {
            inSync = false;
            return;
        }
        if (waitingBytes + chunk.remaining() > MOST_WAITING || !inSync && !header.key()) {
            inSync = false;
            return;
        }
        inSync = true;
        last = Math.max(last, millis(at));
        waiting.add(new LiveFile.Picture(last, header.key(), chunk));
        waitingBytes += chunk.remaining();
        if (header.key()) {
            keyAt = at;
        }
        changed = !header.key();
    }

    @Override
    public synchronized void stopped() {
        sharing = false;
        inSync = false;
    }

    /** Something that happened, if it may be written. */
    synchronized void line(Instant at, java.util.function.LongFunction<Line> what) {
        if (open && !closed) {
            linesWaiting.add(what.apply(millis(at)));
        }
    }

    /** Whether a key frame is to be asked for now. */
    synchronized boolean wantsKey(Instant now) {
        boolean missing = !inSync;
        boolean old = changed && keyAt.isBefore(now.minus(KEY_EVERY));
        if (!sharing || !open || !(missing || old) || keyAsked.isAfter(now.minus(KEY_AGAIN))) {
            return false;
        }
        keyAsked = now;
        return true;
    }

    /** Writes what has come, and how far it has come; never under the lock under which things come. */
    void flush(Instant now) throws IOException {
        // Whoever closes it may come from another thread than who writes it.
        synchronized (disk) {
            write(now);
        }
    }

    private void write(Instant now) throws IOException {
        List<LiveFile.Picture> pictures;
        List<Line> said;
        long until;
        synchronized (this) {
            if (closed || waiting.isEmpty() && linesWaiting.isEmpty() && now.isBefore(flushed.plus(BEAT))) {
                return;
            }
            pictures = waiting;
            said = linesWaiting;
            waiting = new ArrayList<>();
            linesWaiting = new ArrayList<>();
            waitingBytes = 0;
            flushed = now;
            last = Math.max(last, millis(now));
            until = last;
        }
        file.append(pictures, until);
        lines.append(said);
    }

    private long millis(Instant at) {
        return Math.max(0, Duration.between(begun, at).toMillis());
    }

    /** As large as it is on the disk. */
    long bytes() {
        return file.bytes();
    }

    /** Nothing is taken any more; what has come must have been flushed. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            open = false;
        }
        synchronized (disk) {
            try (lines) {
                file.close();
            }
        }
    }
}
