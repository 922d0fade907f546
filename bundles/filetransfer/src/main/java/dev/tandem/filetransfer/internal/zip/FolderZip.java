package dev.tandem.filetransfer.internal.zip;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.tandem.filetransfer.internal.names.SafeName;

/**
 * A folder as a zip that is made while it is sent: nothing of it is kept on the disk. Sizes beyond 4 GB are written as ZIP64. What
 * is inside is not compressed again, since most of what people send is so already and the line is rarely the slower part.
 */
public final class FolderZip {
    private static final int CHUNK = 256 * 1024;

    /** What stands in the folder. */
    public sealed interface Entry {
        /** The way to it within the folder, as its sender calls it. */
        String path();

        /** When it was changed, as its sender says. */
        Optional<Instant> modified();
    }

    /** A folder with nothing in it. */
    public record Empty(String path, Optional<Instant> modified) implements Entry {}

    /** A file. */
    public record Content(String path, Optional<Instant> modified, Source source) implements Entry {}

    /** Where its bytes come from, opened when it is its turn. */
    @FunctionalInterface
    public interface Source {
        /** To be closed by who asks. */
        ReadableByteChannel open() throws IOException;
    }

    private final Set<String> taken = new HashSet<>();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);

    private FolderZip() {}

    /**
     * Writes the whole zip.
     *
     * @param out stays open
     * @throws IOException if a file cannot be read or the line broke; what was sent by then is no whole zip, and says so
     */
    public static void write(String folder, List<? extends Entry> entries, OutputStream out) throws IOException {
        new FolderZip().all(SafeName.of(folder), entries, out);
    }

    private void all(String folder, List<? extends Entry> entries, OutputStream out) throws IOException {
        // It writes its heads byte by byte.
        var zip = new ZipOutputStream(new BufferedOutputStream(out, CHUNK));
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (var entry : entries) {
            var path = SafeName.path(entry.path());
            if (path.isEmpty()) {
                continue;
            }
            boolean empty = entry instanceof Empty;
            var head = new ZipEntry(free(folder + "/" + String.join("/", path.get())) + (empty ? "/" : ""));
            entry.modified().map(FileTime::from).ifPresent(head::setLastModifiedTime);
            zip.putNextEntry(head);
            if (entry instanceof Content content) {
                copy(content.source(), zip);
            }
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }

    /** Made harmless, or on a disk that knows no capitals or composes letters, two may have one name. */
    private String free(String path) {
        int dot = path.lastIndexOf('.');
        int cut = dot > path.lastIndexOf('/') + 1 ? dot : path.length();
        var name = path;
        for (int i = 2; !taken.add(plain(name)); i++) {
            name = path.substring(0, cut) + " (" + i + ")" + path.substring(cut);
        }
        return name;
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private void copy(Source source, OutputStream out) throws IOException {
        try (var from = source.open()) {
            var to = Channels.newChannel(out);
            chunk.clear();
            while (from.read(chunk) >= 0) {
                to.write(chunk.flip());
                chunk.clear();
            }
        }
    }
}
