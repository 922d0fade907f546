package dev.tandem.filetransfer.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

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
    private final Runnable closed;
    private Known known;
    private long written;
    private long forced;
    private boolean over;

    private Growing(FileKey key, FileChannel file, FileChannel marks, Known known, Runnable closed) {
        this.key = key;
        this.file = file;
        this.marks = marks;
        this.known = known;
        this.closed = closed;
        written = known.offset();
        forced = written;
    }

    /** @param closed told once, when nobody appends by this any more */
    static Growing open(Folder folder, FileKey key, Runnable closed) throws IOException {
        FileChannel file;
        try {
            file = FileChannel.open(folder.part(key), StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw new MissingFileException(key);
        }
        FileChannel marks = null;
        try {
            marks = FileChannel.open(
                    folder.mark(key), StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            if (lock(marks).isEmpty()) {
                throw new FileInUseException(key);
            }
            return new Growing(key, file, marks, Mark.read(folder.mark(key)), closed);
        } catch (IOException | RuntimeException e) {
            file.close();
            if (marks != null) {
                marks.close();
            }
            throw e;
        }
    }

    private static Optional<FileLock> lock(FileChannel marks) throws IOException {
        try {
            return Optional.ofNullable(marks.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized long offset() {
        return known.offset();
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        refuseWhenOver();
        try {
            while (bytes.hasRemaining()) {
                written += file.write(bytes, written);
            }
        } catch (IOException e) {
            throw full(e);
        }
    }

    /** Brings to the disk what was written by now, and marks nothing: so that less is left to do when it is settled. */
    void force() throws IOException {
        long until;
        synchronized (this) {
            if (over || written == forced) {
                return;
            }
            until = written;
        }
        // Others write on meanwhile.
        file.force(false);
        synchronized (this) {
            forced = Math.max(forced, until);
        }
    }

    @Override
    public synchronized long settle() throws IOException {
        refuseWhenOver();
        return settled();
    }

    private long settled() throws IOException {
        try {
            if (written > forced) {
                file.force(false);
                forced = written;
            }
            if (written > known.offset()) {
                known = Mark.write(marks, known, written);
            }
            return known.offset();
        } catch (IOException e) {
            throw full(e);
        }
    }

    /** Shuts the writer out, who may have settled what had come. */
    synchronized void end() {
        if (over) {
            return;
        }
        over = true;
        close(file);
        close(marks);
        closed.run();
    }

    /** As {@link #end}, and keeps what had come whole. */
    synchronized void endAndKeep() throws IOException {
        if (!over) {
            try {
                settled();
            } finally {
                end();
            }
        }
    }

    @Override
    public void close() {
        end();
    }

    private void refuseWhenOver() throws FileInUseException {
        if (over) {
            throw new FileInUseException(key);
        }
    }

    private static IOException full(IOException e) {
        var said = String.valueOf(e.getMessage());
        return said.contains("No space left") || said.contains("Disk quota") || said.contains("not enough space")
                ? new NoRoomException(e)
                : e;
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // What was settled is on the disk, and the rest is not wanted.
        }
    }
}
