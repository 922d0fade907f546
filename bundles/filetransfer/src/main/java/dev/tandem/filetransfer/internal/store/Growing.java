package dev.tandem.filetransfer.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore.Appender;
import dev.tandem.filetransfer.FileStore.FileInUseException;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.FileStore.NoRoomException;
import dev.tandem.filetransfer.internal.store.Mark.Known;

/**
 * A file that somebody appends to. Bytes are written at their place as they come, forced to the disk, then marked: what stands
 * behind the mark is not there, and is overwritten by whoever comes next.
 *
 * <p>Of two writers the later one wins at once, though the earlier one may hang in a read from a dead line: it finds out when
 * it writes. Between processes, which may share the folder, a lock of the file system judges.
 */
final class Growing implements Appender {
    private final FileKey key;
    private final FileChannel file;
    private final FileChannel marks;
    private final Forcing forcing;
    private final Consumer<Growing> closed;
    private final Object settling = new Object();
    private final Object closing = new Object();
    private volatile Known known;
    /** The system tells once that bytes did not reach the disk, and forgets them: nothing settles after that. */
    private volatile Optional<IOException> lost = Optional.empty();

    private long written;
    private boolean over;
    private boolean shut;

    private Growing(
            FileKey key, FileChannel file, FileChannel marks, Known known, Forcing forcing, Consumer<Growing> closed) {
        this.key = key;
        this.file = file;
        this.marks = marks;
        this.known = known;
        this.forcing = forcing;
        this.closed = closed;
        written = known.offset();
    }

    /** @param closed told once, when nobody appends by this any more */
    static Growing open(Folder folder, FileKey key, Forcing forcing, Consumer<Growing> closed) throws IOException {
        FileChannel file;
        try {
            file = FileChannel.open(folder.part(key), StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw new MissingFileException(key);
        }
        FileChannel marks = null;
        try {
            marks = marks(folder, key);
            if (lock(marks).isEmpty()) {
                throw new FileInUseException(key);
            }
            if (!Files.exists(folder.part(key))) {
                // Sealed or deleted by another process since it was opened.
                throw new MissingFileException(key);
            }
            return new Growing(key, file, marks, Mark.read(marks), forcing, closed);
        } catch (IOException | RuntimeException e) {
            file.close();
            if (marks != null) {
                marks.close();
            }
            throw e;
        }
    }

    private static FileChannel marks(Folder folder, FileKey key) throws IOException {
        var mark = folder.mark(key);
        if (!Files.exists(mark)) {
            folder.make(mark);
        }
        return FileChannel.open(mark, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Optional<FileLock> lock(FileChannel marks) throws IOException {
        try {
            return Optional.ofNullable(marks.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public long offset() {
        return known.offset();
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        refuseWhenOver();
        refuseWhenLost();
        try {
            while (bytes.hasRemaining()) {
                written += file.write(bytes, written);
            }
        } catch (IOException e) {
            throw NoRoom.of(e);
        }
    }

    /** Others write on meanwhile: what they write is settled the next time. */
    @Override
    public long settle() throws IOException {
        synchronized (settling) {
            long until;
            synchronized (this) {
                refuseWhenOver();
                refuseWhenLost();
                until = written;
            }
            if (until > known.offset()) {
                settle(until);
            }
            return known.offset();
        }
    }

    private void settle(long until) throws IOException {
        try {
            // The lock should do; on some disks that nodes share it does not.
            if (Mark.read(marks).count() != known.count()) {
                throw new FileInUseException(key);
            }
            forcing.force(file);
            known = Mark.write(marks, known, until, forcing);
        } catch (ClosedChannelException e) {
            throw new FileInUseException(key);
        } catch (FileInUseException e) {
            throw e;
        } catch (IOException e) {
            var why = NoRoom.of(e);
            lost = Optional.of(why);
            throw why;
        }
    }

    @Override
    public void settleMeanwhile() throws IOException {
        settle();
    }

    /** Shuts the writer out. What was not settled is not there. */
    @Override
    public void close() {
        synchronized (this) {
            over = true;
        }
        // Whoever comes second waits: what it opens next would lose its lock when this is closed.
        synchronized (closing) {
            if (shut) {
                return;
            }
            shut = true;
            // Waits for whoever is about to settle.
            close(file);
            close(marks);
            closed.accept(this);
        }
    }

    private synchronized void refuseWhenOver() throws FileInUseException {
        if (over) {
            throw new FileInUseException(key);
        }
    }

    private void refuseWhenLost() throws IOException {
        if (lost.isPresent()) {
            var why = lost.get();
            throw why instanceof NoRoomException
                    ? new NoRoomException(why)
                    : new IOException("Bytes of the file " + key.id() + " did not reach the disk", why);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // What was settled is on the disk, and the rest is not wanted.
        }
    }
}
