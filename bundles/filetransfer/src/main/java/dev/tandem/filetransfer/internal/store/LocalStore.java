package dev.tandem.filetransfer.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;

/** Files below a folder of this node, or of several nodes that share it. */
public final class LocalStore implements FileStore {
    /** The name by which settings choose it. */
    public static final String NAME = "local";

    private static final int TURNS = 64;

    private final Folder folder;
    private final Forcing forcing;
    /** Of one file one thing at a time: a mark that is read while it is locked would lose its lock. */
    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();

    private final ConcurrentMap<FileKey, Growing> growing = new ConcurrentHashMap<>();

    /** Nothing is made before the first file comes. */
    public LocalStore(Path root) {
        this(root, Forcing.REAL);
    }

    LocalStore(Path root, Forcing forcing) {
        folder = new Folder(root);
        this.forcing = forcing;
    }

    private Object turn(FileKey key) {
        return turns.get(Math.floorMod(key.hashCode(), TURNS));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void create(FileKey key) throws IOException {
        if (!Files.exists(folder.whole(key))) {
            folder.make(folder.mark(key), folder.part(key));
        }
    }

    @Override
    public long offset(FileKey key) throws IOException {
        synchronized (turn(key)) {
            var now = growing.get(key);
            if (now != null) {
                return now.offset();
            }
            if (Files.exists(folder.part(key))) {
                return Mark.read(folder.mark(key)).offset();
            }
            return size(key);
        }
    }

    @Override
    public Appender append(FileKey key) throws IOException {
        synchronized (turn(key)) {
            end(key);
            var opened = Growing.open(folder, key, forcing, closed -> growing.remove(key, closed));
            growing.put(key, opened);
            return opened;
        }
    }

    private void end(FileKey key) {
        var before = growing.get(key);
        if (before != null) {
            before.close();
        }
    }

    @Override
    public void seal(FileKey key) throws IOException {
        synchronized (turn(key)) {
            end(key);
            var part = folder.part(key);
            if (!Files.exists(part)) {
                size(key);
                return;
            }
            cut(part, Mark.read(folder.mark(key)).offset());
            folder.move(part, folder.whole(key));
            folder.delete(folder.mark(key));
        }
    }

    /** What stands behind the mark may be anything. */
    private static void cut(Path part, long offset) throws IOException {
        try (var file = FileChannel.open(part, StandardOpenOption.WRITE)) {
            if (file.size() > offset) {
                file.truncate(offset);
                file.force(true);
            }
        }
    }

    @Override
    public ReadableByteChannel read(FileKey key, long from) throws IOException {
        try {
            return FileChannel.open(folder.whole(key), StandardOpenOption.READ).position(from);
        } catch (NoSuchFileException e) {
            throw new MissingFileException(key);
        }
    }

    @Override
    public long size(FileKey key) throws IOException {
        try {
            return Files.size(folder.whole(key));
        } catch (NoSuchFileException e) {
            throw new MissingFileException(key);
        }
    }

    @Override
    public void concatenate(FileKey key, List<FileKey> parts) throws IOException {
        create(key);
        try (var to = append(key)) {
            if (to.offset() > 0) {
                throw new FileInUseException(key);
            }
            var buffer = ByteBuffer.allocate(256 * 1024);
            for (var part : parts) {
                try (var from = read(part, 0)) {
                    while (from.read(buffer) >= 0) {
                        to.write(buffer.flip());
                        buffer.clear();
                    }
                }
            }
            to.settle();
        }
        seal(key);
    }

    @Override
    public void delete(FileKey key) throws IOException {
        synchronized (turn(key)) {
            end(key);
            folder.delete(folder.whole(key));
            folder.delete(folder.part(key));
            folder.delete(folder.mark(key));
        }
    }

    @Override
    public Stream<Stored> all() throws IOException {
        return folder.all();
    }

    @Override
    public long room() throws IOException {
        return folder.room();
    }
}
