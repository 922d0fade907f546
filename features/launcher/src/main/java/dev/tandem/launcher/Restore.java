package dev.tandem.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Driver;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Puts a backup into an installation that does not run. The archive is read to its end and everything in it compared with
 * its digest, and the chain in its database verified, before anything there is touched; what stood there is kept.
 */
final class Restore {
    static final String UNDER_WAY = ".restoring";
    private static final String DATA_SOURCE = "etc/org.ops4j.datasource-tandem.cfg";
    private static final FileAttribute<?> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** What the check of the chain needs of what is installed, besides Java. */
    private static final List<String> JARS = List.of(
            "dev/tandem/tandem-journal/",
            "dev/tandem/tandem-platform/",
            "org/xerial/sqlite-jdbc/",
            "com/fasterxml/jackson/core/",
            "com/fasterxml/jackson/datatype/");

    private final Path run;
    private final Clock clock;

    /** @param run the installation: the folder with {@code etc} and {@code system} in it */
    Restore(Path run, Clock clock) {
        this.run = run.toAbsolutePath().normalize();
        this.clock = clock;
    }

    List<String> from(Path archive) throws Refused, IOException {
        if (!Files.isDirectory(run.resolve("etc"))) {
            throw new Refused(run + " is no installation of Tandem: it has no etc/.");
        }
        refuseRunning();
        var fresh = Files.createTempDirectory(run, ".restore-", OWNERS_FOLDER);
        try {
            var backup = Backup.unpack(archive, fresh);
            var checked = check(fresh, backup);
            var kept = swap(fresh, backup);
            return said(backup, checked, kept);
        } catch (FileSystemException e) {
            throw new Refused(
                    e.getMessage() + (Files.exists(run.resolve(UNDER_WAY)) ? ". It was broken off; do it again." : ""),
                    e);
        } finally {
            delete(fresh);
        }
    }

    /** Karaf holds a lock on this file for as long as it runs. */
    private void refuseRunning() throws Refused, IOException {
        var lock = run.resolve("lock");
        if (Files.exists(lock)) {
            try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    var held = channel.tryLock()) {
                if (held != null) {
                    return;
                }
            } catch (OverlappingFileLockException e) {
                throw new Refused("Tandem runs in " + run + ". End it first.", e);
            }
            throw new Refused("Tandem runs in " + run + ". End it first.");
        }
    }

    /** Where the database goes and what was found in it, or nothing if the backup has none. */
    private Optional<String> check(Path fresh, Backup backup) throws Refused, IOException {
        if (!backup.hasDatabase()) {
            return Optional.empty();
        }
        database(fresh);
        var jars = new ArrayList<URL>();
        var system = run.resolve("system");
        if (Files.isDirectory(system)) {
            try (var all = Files.walk(system)) {
                for (var jar : all.filter(f -> f.toString().endsWith(".jar")).toList()) {
                    var name = system.relativize(jar).toString().replace('\\', '/');
                    if (JARS.stream().anyMatch(name::startsWith)) {
                        jars.add(jar.toUri().toURL());
                    }
                }
            }
        }
        try (var loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var driver = (Driver)
                    loader.loadClass("org.sqlite.JDBC").getConstructor().newInstance();
            var found = loader.loadClass("dev.tandem.journal.internal.backup.Check")
                    .getMethod("run", Driver.class, Path.class)
                    .invoke(null, driver, fresh.resolve(Backup.DATABASE));
            return Optional.of((String) found);
        } catch (InvocationTargetException e) {
            throw new Refused(
                    "The database in the backup is not good: " + e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new Refused("What is installed in " + run + " cannot check a backup: " + e, e);
        }
    }

    /** Where the configuration in the backup says that the database is. */
    private Path database(Path fresh) throws Refused, IOException {
        var url = "";
        if (Files.exists(fresh.resolve(DATA_SOURCE))) {
            var settings = new Properties();
            try (var in = Files.newBufferedReader(fresh.resolve(DATA_SOURCE))) {
                settings.load(in);
            }
            url = settings.getProperty("url", "");
        }
        if (!url.startsWith("jdbc:sqlite:")) {
            throw new Refused("The backup has a database of SQLite, but its " + DATA_SOURCE + " names none.");
        }
        var file = url.substring("jdbc:sqlite:".length())
                .replaceFirst("\\?.*", "")
                .replace("${karaf.base}", run.toString())
                .replace("${karaf.home}", run.toString());
        var path = run.resolve(file).normalize();
        if (!path.startsWith(run)) {
            throw new Refused("The configuration in the backup puts the database at " + path + ", outside of " + run
                    + ". Restore it by hand (docs/backup.md).");
        }
        return path;
    }

    private Path swap(Path fresh, Backup backup) throws IOException, Refused {
        var kept = run.resolve("before-restore-" + STAMP.format(clock.instant()));
        Files.createDirectory(kept, OWNERS_FOLDER);
        Files.writeString(run.resolve(UNDER_WAY), "The restore of " + backup.made() + " has not ended.\n");
        if (backup.hasDatabase()) {
            var database = database(fresh);
            for (var tail : List.of("", "-wal", "-shm")) {
                var old = database.resolveSibling(database.getFileName() + tail);
                keep(old, kept);
            }
            Files.createDirectories(database.getParent());
            Files.move(fresh.resolve(Backup.DATABASE), database, StandardCopyOption.ATOMIC_MOVE);
        }
        for (var name : backup.beside()) {
            var there = run.resolve(name);
            keep(there, kept);
            Files.createDirectories(there.getParent());
            Files.move(fresh.resolve(name), there, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.delete(run.resolve(UNDER_WAY));
        try (var folder = FileChannel.open(run, StandardOpenOption.READ)) {
            folder.force(true);
        }
        return kept;
    }

    private void keep(Path file, Path kept) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            var to = kept.resolve(run.relativize(file));
            Files.createDirectories(to.getParent());
            Files.move(file, to);
        }
    }

    private List<String> said(Backup backup, Optional<String> checked, Path kept) {
        var lines = new ArrayList<String>();
        lines.add("Restored what was backed up on " + backup.made() + " by release " + backup.release() + ".");
        lines.add(
                checked.map(found -> "  The database: " + found + ", each chain verified.")
                        .orElse(
                                "  It has no database: that is on PostgreSQL, and restored with pg_restore or from a base backup."));
        lines.add("  " + backup.beside().size() + " files of etc/.");
        lines.add("  What was there before is in " + kept + ".");
        return lines;
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
