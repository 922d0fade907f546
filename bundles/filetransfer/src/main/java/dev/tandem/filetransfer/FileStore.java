package dev.tandem.filetransfer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where bytes are kept. A file is created, appended to, sealed, read and deleted; its offset is the number of bytes that
 * survive the end of the process and of the power.
 *
 * <p>Methods may block, and are called by many threads. {@link IOException} means that the store is out of order and that
 * trying again later may help; the subclasses here say what else it may be.
 */
@ConsumerType
public interface FileStore {
    /** Permanent name, by which the setting chooses it: {@code local}. */
    String name();

    /** Makes an empty file. What is there already stays as it is. */
    void create(FileKey key) throws IOException;

    /**
     * How many bytes of the file will not be lost.
     *
     * @throws MissingFileException if there is none
     */
    long offset(FileKey key) throws IOException;

    /**
     * Goes on at the offset. Whoever appended to the file before is shut out: their next call fails, and what they had not
     * settled is not kept, since it may be what they would have thrown away.
     *
     * @throws MissingFileException if there is none, or it is sealed
     * @throws FileInUseException if another process appends to it just now
     */
    Appender append(FileKey key) throws IOException;

    /**
     * Nothing more comes; from now on it can be read.
     *
     * @throws MissingFileException if there is none
     */
    void seal(FileKey key) throws IOException;

    /**
     * Reads a sealed file, from that byte on.
     *
     * @throws MissingFileException if there is none, or it is not sealed
     */
    ReadableByteChannel read(FileKey key, long from) throws IOException;

    /** The size of a sealed file. @throws MissingFileException if there is none, or it is not sealed */
    long size(FileKey key) throws IOException;

    /** Makes a sealed file out of others, which stay. */
    void concatenate(FileKey key, List<FileKey> parts) throws IOException;

    /** Deletes it, whole or not. Nothing happens if there is none. */
    void delete(FileKey key) throws IOException;

    /** All that is there, for whoever looks for what nobody knows any more. To be closed. */
    Stream<Stored> all() throws IOException;

    /** Bytes that there is room for; {@link Long#MAX_VALUE} if nobody can tell. */
    long room() throws IOException;

    /** A file in the store, and when it was last changed. */
    record Stored(FileKey key, Instant changed) {}

    /** Appends to one file. Used by one thread at a time; closing it keeps what was settled, and no more. */
    interface Appender extends Closeable {
        /** The offset when it was opened, and after the last {@link #settle}. */
        long offset();

        /**
         * Takes the bytes in. They are no part of the offset yet.
         *
         * @throws NoRoomException if the store is full
         * @throws FileInUseException if somebody else appends to it by now
         */
        void write(ByteBuffer bytes) throws IOException;

        /**
         * Everything taken in is a part of the offset when this returns.
         *
         * @return the offset
         * @throws FileInUseException if somebody else appends to it by now
         */
        long settle() throws IOException;

        /**
         * Begins to settle what was taken in by now, while more is taken in: alone of these methods it may run beside another
         * one. Nothing has to happen.
         */
        default void settleMeanwhile() throws IOException {}

        @Override
        void close();
    }

    /** There is no such file. */
    final class MissingFileException extends IOException {
        /** For that file. */
        public MissingFileException(FileKey key) {
            super("There is no file " + key.id());
        }
    }

    /** Somebody else appends to the file. */
    final class FileInUseException extends IOException {
        /** For that file. */
        public FileInUseException(FileKey key) {
            super("Somebody else appends to the file " + key.id());
        }
    }

    /** The store is full. */
    final class NoRoomException extends IOException {
        /** With what the store said. */
        public NoRoomException(IOException cause) {
            super("The store is full", cause);
        }
    }
}
