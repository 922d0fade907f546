package dev.tandem.journal.internal.move;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.internal.Unable;

/**
 * The file in {@code etc/} that says where the database is. A new one is written in full beside it, for its owner's eyes
 * only, and takes its place by a rename when the move is done; a node that died in between does that when it starts.
 */
final class DataSourceFile {
    private static final String NAME = "org.ops4j.datasource-tandem.cfg";
    private static final String MOVE = "# move ";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final Path next;

    DataSourceFile(Path etc) {
        this.file = etc.resolve(NAME);
        // No name that Karaf would read as a configuration.
        this.next = etc.resolve(NAME + ".next");
    }

    /** Writes the file that is to hold when the move is done. */
    void prepare(UUID move, Instant at, Target target) throws IOException {
        var text = "# Where Tandem keeps its journal. Written by tandem:move on " + at
                + "; what stood here before stands\n"
                + "# beside it. It holds a password: only its owner may read it.\n"
                + MOVE + move + "\n"
                + "osgi.jdbc.driver.name = PostgreSQL JDBC Driver\n"
                + "dataSourceName = tandem\n"
                + "url = " + escaped(target.url()) + "\n"
                + "user = " + escaped(target.user()) + "\n"
                + "password = " + escaped(target.password()) + "\n"
                + "pool = hikari\n"
                + "hikari.maximumPoolSize = 20\n"
                + "hikari.minimumIdle = 1\n"
                + "hikari.initializationFailTimeout = -1\n"
                + "hikari.connectionTimeout = 5000\n"
                + "hikari.poolName = tandem\n";
        discard();
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        sync();
    }

    /** Which move the prepared file belongs to, if there is one. */
    Optional<String> prepared() throws IOException {
        if (!Files.exists(next)) {
            return Optional.empty();
        }
        return Files.readAllLines(next).stream()
                .filter(line -> line.startsWith(MOVE))
                .map(line -> line.substring(MOVE.length()).strip())
                .findFirst()
                .or(() -> Optional.of(""));
    }

    /** Lets it hold, and keeps the one before beside it. */
    void complete(Instant at) throws IOException {
        if (Files.exists(file)) {
            Files.copy(
                    file,
                    file.resolveSibling(NAME + ".before-" + STAMP.format(at)),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync();
    }

    void discard() throws IOException {
        Files.deleteIfExists(next);
    }

    Path file() {
        return file;
    }

    Path next() {
        return next;
    }

    private void sync() throws IOException {
        try (var channel = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** As Karaf reads a value: a backslash escapes, a space at an end is skipped, and ${...} is replaced. */
    static String escaped(String value) {
        if (value.contains("${") || value.chars().anyMatch(c -> c < ' ')) {
            throw new Unable("Karaf cannot take a value with ${ or with control characters from its files; change the"
                    + " password or the URL.");
        }
        var text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                text.append("\\\\");
            } else if (c > '~' || c == ' ' && (i == 0 || i == value.length() - 1)) {
                // In whatever encoding the file is read.
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
