package dev.tandem.journal.internal.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.tandem.journal.internal.Course;

/**
 * A zip that is being written: files, and in the end their SHA-256 in the form that {@code sha256sum -c} reads. It is on
 * disk when {@link #finish} returns.
 */
final class Archive implements AutoCloseable {
    static final String SUMS = "SHA256SUMS";
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final Instant time;
    private final ZipOutputStream zip;
    private final Map<String, String> sums = new TreeMap<>();

    Archive(Path file, Instant time) throws IOException {
        this.file = file;
        this.time = time;
        this.zip = new ZipOutputStream(new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), CHUNK));
    }

    /** @param written hears how many bytes of it have been read */
    void add(String name, Path content, Course course, LongConsumer written) throws IOException {
        try (var in = Files.newInputStream(content)) {
            entry(name, out -> {
                var chunk = new byte[CHUNK];
                long done = 0;
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    course.check();
                    out.write(chunk, 0, read);
                    done += read;
                    written.accept(done);
                }
            });
        }
    }

    void add(String name, String text) throws IOException {
        entry(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    private void entry(String name, Content content) throws IOException {
        var digest = sha256();
        var entry = new ZipEntry(name);
        entry.setTime(time.toEpochMilli());
        zip.putNextEntry(entry);
        var out = new DigestOutputStream(zip, digest);
        content.to(out);
        zip.closeEntry();
        sums.put(name, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void finish() throws IOException {
        var text = new StringBuilder();
        sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        zip.putNextEntry(new ZipEntry(SUMS));
        zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.close();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
