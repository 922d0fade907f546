package dev.tandem.filetransfer.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore.Stored;
import dev.tandem.platform.SiteId;

/**
 * Where files stand below the folder: {@code SITE/ab/abcd….part} while they grow, {@code .mark} beside it, {@code .bin} when they
 * are whole. Two hexadecimal digits in between, since folders of a hundred thousand files are slow.
 */
final class Folder {
    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{32})\\.(part|mark|bin)");
    private static final int DEPTH = 3;

    private final Path root;

    Folder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path part(FileKey key) {
        return place(key, ".part");
    }

    Path mark(FileKey key) {
        return place(key, ".mark");
    }

    Path whole(FileKey key) {
        return place(key, ".bin");
    }

    private Path place(FileKey key, String ending) {
        return root.resolve(key.site().value())
                .resolve(key.id().substring(0, 2))
                .resolve(key.id() + ending);
    }

    /** Empty files in one folder, whose names are on the disk; those that are there stay as they are. */
    void make(Path... files) throws IOException {
        boolean made = false;
        try {
            prepare(files[0]);
            for (var file : files) {
                made |= made(file);
            }
        } catch (IOException e) {
            throw NoRoom.of(e);
        }
        if (made) {
            sync(files[0].getParent());
        }
    }

    private static boolean made(Path file) throws IOException {
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** The folder of a file, on the disk up to where there was one before. */
    private void prepare(Path file) throws IOException {
        var folder = file.getParent();
        if (Files.isDirectory(folder)) {
            return;
        }
        var before = folder;
        while (before != null && !Files.isDirectory(before)) {
            before = before.getParent();
        }
        Files.createDirectories(folder);
        for (var made = folder; made != null && !made.equals(before); made = made.getParent()) {
            if (made.getParent() != null) {
                sync(made.getParent());
            }
        }
    }

    /** A file under its new name, on the disk. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.getParent());
    }

    /** @return whether there was one; it is gone from the disk then */
    boolean delete(Path file) throws IOException {
        if (!Files.deleteIfExists(file)) {
            return false;
        }
        sync(file.getParent());
        return true;
    }

    private static void sync(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; there a rename is on the disk by itself.
        }
    }

    /** Every file of ours below the folder; others are left alone, and so is a folder that cannot be read. */
    Stream<Stored> all() {
        return inside(root)
                .flatMap(Folder::inside)
                .flatMap(Folder::inside)
                .filter(Files::isRegularFile)
                .flatMap(file -> stored(file).stream());
    }

    private static Stream<Path> inside(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (var all = Files.list(folder)) {
            return all.toList().stream();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The folder {} cannot be read", folder, e);
            return Stream.empty();
        }
    }

    private Optional<Stored> stored(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        var inside = root.relativize(file);
        if (!name.matches() || inside.getNameCount() != DEPTH) {
            return Optional.empty();
        }
        try {
            var key = new FileKey(new SiteId(inside.getName(0).toString()), name.group(1));
            return Optional.of(new Stored(key, changed(file)));
        } catch (IllegalArgumentException | IOException e) {
            // Not ours, or gone meanwhile.
            return Optional.empty();
        }
    }

    private static Instant changed(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** Bytes that the disk has left. */
    long room() throws IOException {
        var folder = root.toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (NoSuchFileException e) {
            return Long.MAX_VALUE;
        }
    }
}
