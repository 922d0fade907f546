package dev.tandem.journal.internal.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.sql.DataSource;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.internal.Chains;
import dev.tandem.journal.internal.Course;
import dev.tandem.journal.internal.Place;
import dev.tandem.journal.internal.Session;
import dev.tandem.journal.internal.SqlDatabase;
import dev.tandem.journal.internal.Unable;

/**
 * Makes one archive of a running node: the database as it was at one moment, and what stands beside it.
 *
 * <p>The database is copied by {@code VACUUM INTO}: a reader like any other, so that nobody who writes waits for it and
 * never has to begin again as SQLite's page-wise backup must under writes; and it takes over what lives, not the free
 * pages in which an erased text may still stand.
 */
public final class Backup {
    static final String DATABASE = "tandem.db";
    static final String ABOUT = "BACKUP.txt";
    private static final int SQLITE_FULL = 13;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final FileAttribute<?> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final SqlDatabase database;
    private final Place place;
    private final Function<Path, DataSource> files;
    private final Clock clock;

    /** @param files opens a file of SQLite */
    public Backup(SqlDatabase database, Place place, Function<Path, DataSource> files, Clock clock) {
        this.database = database;
        this.place = place;
        this.files = files;
        this.clock = clock;
    }

    /**
     * A finished backup.
     *
     * @param withDatabase false on PostgreSQL, which has its own tools for that
     */
    public record Made(Path file, long bytes, int files, boolean withDatabase, Chains chains) {}

    /**
     * Writes {@code tandem-backup-TIME.zip}, readable for its owner only. It appears when all of it is on disk and the
     * chain in it has been verified; if anything fails before, or it is cancelled, nothing is left behind.
     *
     * @throws Unable with what was wrong
     * @throws CancellationException if it was cancelled
     */
    public Made run(Path folder, Course course) {
        var now = clock.instant();
        var target = folder.resolve("tandem-backup-" + STAMP.format(now) + ".zip");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, OWNERS_FOLDER);
            }
            if (Files.exists(target)) {
                throw new Unable(target + " is there already.");
            }
            var work = Files.createTempDirectory(folder, ".tandem-backup-", OWNERS_FOLDER);
            try {
                return write(work, target, now, course);
            } finally {
                delete(work);
            }
        } catch (CancellationException | Unable e) {
            throw e;
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLITE_FULL) {
                throw full(folder, e);
            }
            throw new Unable("The database cannot be copied: " + e.getMessage(), e);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No space left")) {
                throw full(folder, e);
            }
            throw new Unable("The backup cannot be written: " + words(e), e);
        } catch (Exception e) {
            throw new Unable("The backup failed: " + e, e);
        }
    }

    private static Unable full(Path folder, Exception e) {
        return new Unable("There is not enough room in " + folder + ". Nothing was left behind.", e);
    }

    private static String words(IOException e) {
        return e instanceof FileSystemException ? e.getClass().getSimpleName() + " " + e.getMessage() : e.getMessage();
    }

    private Made write(Path work, Path target, Instant now, Course course) throws Exception {
        var withDatabase = database.dialect() == Dialect.SQLITE;
        var copy = work.resolve(DATABASE);
        var chains = withDatabase ? copyVerified(copy, course) : database.readSession(Chains::read);
        var part = work.resolve("part.zip");
        var beside = Beside.in(place.etc());
        try (var archive = new Archive(part, now)) {
            archive.add(ABOUT, about(now, withDatabase, chains));
            for (var name : beside) {
                course.check();
                archive.add("etc/" + name, place.etc().resolve(name), course, done -> {});
            }
            if (withDatabase) {
                var written = new AtomicLong();
                course.at("Packing it", written::get, Files.size(copy));
                archive.add(DATABASE, copy, course, written::set);
            }
            archive.finish();
        }
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        course.pointOfNoReturn();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        sync(target.toAbsolutePath().getParent());
        return new Made(target, Files.size(target), beside.size(), withDatabase, chains);
    }

    private Chains copyVerified(Path copy, Course course) throws Exception {
        try (var connection = database.connect()) {
            copy(connection, copy, course);
        }
        Chains chains;
        try (var connection = files.apply(copy).getConnection()) {
            var session = new Session(connection, Dialect.SQLITE, false);
            chains = Chains.verify(session, "Verifying the chain in the copy", course);
            session.close();
        }
        return chains;
    }

    private static void copy(Connection connection, Path copy, Course course) throws Exception {
        // Each is closed before the copy begins: that wants no other statement of this connection open.
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=10000");
        }
        var pages = number(connection, "page_count") - number(connection, "freelist_count");
        course.at("Copying the database", () -> size(copy), pages * number(connection, "page_size"));
        try (var into = connection.prepareStatement("VACUUM INTO ?")) {
            into.setString(1, copy.toString());
            course.stoppable(() -> cancel(into), into::execute);
        }
    }

    private static void cancel(java.sql.Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new Unable("It cannot be stopped: " + e.getMessage(), e);
        }
    }

    private static long number(Connection connection, String pragma) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA " + pragma)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private String about(Instant now, boolean withDatabase, Chains chains) {
        var text = new StringBuilder(
                "A backup of Tandem. It holds secrets and personal data: keep it where only you can read it.\n");
        text.append("To restore it: ./tandem restore FILE, or docs/backup.md.\n\n");
        text.append("format = 1\n");
        text.append("release = ").append(place.release()).append('\n');
        text.append("made = ").append(now).append('\n');
        text.append("database = ")
                .append(withDatabase ? DATABASE : "on PostgreSQL, not in here")
                .append('\n');
        for (var end : chains.ends()) {
            text.append("site.")
                    .append(end.site())
                    .append(" = ")
                    .append(end.position())
                    .append(' ')
                    .append(end.batchHash())
                    .append('\n');
        }
        return text.toString();
    }

    /** A rename is on disk when its folder is. */
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
