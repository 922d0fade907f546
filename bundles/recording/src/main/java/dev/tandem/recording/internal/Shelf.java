package dev.tandem.recording.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;
import dev.tandem.recording.Recording;
import dev.tandem.recording.RecordingId;
import dev.tandem.recording.internal.webm.Folders;
import dev.tandem.session.SessionId;

/** Where the files of recordings stand on this node. */
@Component(service = Shelf.class)
public final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final Pattern NAME = Pattern.compile("([0-9a-f-]{36})-([0-9]{1,6})\\.(part|webm|jsonl|webm\\.new)");

    /** The files of one part. */
    public record Place(Path live, Path finished, Path lines) {
        List<Path> all() {
            return List.of(live, finished, lines, finished.resolveSibling(finished.getFileName() + ".new"));
        }
    }

    /** A file that was found. */
    record Found(SiteId site, RecordingId recording, int part) {}

    private final Settings settings;
    private final Path usual;

    @Activate
    public Shelf(BundleContext context, @Reference Settings settings) {
        this(
                Path.of(Optional.ofNullable(context.getProperty("karaf.data")).orElse("data"))
                        .resolve("recordings"),
                settings);
    }

    Shelf(Path usual, Settings settings) {
        this.usual = usual;
        this.settings = settings;
    }

    Path folder() {
        return settings.folder().isBlank() ? usual : Path.of(settings.folder().strip());
    }

    private Path folder(SiteId site, SessionId session) {
        return folder().resolve(site.value()).resolve(session.toString());
    }

    public Place place(Recording of, int part) {
        var folder = folder(of.site(), of.session());
        var name = of.id() + "-" + part;
        return new Place(
                folder.resolve(name + ".part"), folder.resolve(name + ".webm"), folder.resolve(name + ".jsonl"));
    }

    /** Makes the folder of a session. */
    Path prepare(Recording of) throws IOException {
        var folder = folder(of.site(), of.session());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Folders.sync(folder.getParent());
        }
        return folder;
    }

    /** Bytes of the disk that recordings may still take. */
    long room() throws IOException {
        var folder = folder();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return Files.getFileStore(folder.toAbsolutePath()).getUsableSpace() - settings.reserve();
    }

    /** Deletes what there is of a part. */
    void delete(Recording of, int part) throws IOException {
        for (var file : place(of, part).all()) {
            Files.deleteIfExists(file);
        }
        var folder = folder(of.site(), of.session());
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Other parts stand there.
        }
        if (Files.isDirectory(folder)) {
            Folders.sync(folder);
        }
    }

    /** Whether there is anything of a part. */
    public boolean has(Recording of, int part) {
        return place(of, part).all().stream().anyMatch(Files::exists);
    }

    /**
     * Deletes files that are older than that and that nobody knows: of a crash between the file and its event.
     *
     * @param known whether that file belongs to something
     * @return how many were deleted
     */
    int sweep(Duration age, Instant now, Predicate<Found> known) throws IOException {
        int swept = 0;
        if (!Files.isDirectory(folder())) {
            return swept;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder(), 3)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (var file : files) {
            var found = found(file);
            if (found.isPresent() && old(file, age, now) && !known.test(found.get())) {
                LOG.info("Nobody knows the recording {}: it is deleted", file);
                Files.deleteIfExists(file);
                swept++;
            }
        }
        return swept;
    }

    private static boolean old(Path file, Duration age, Instant now) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(age));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Optional<Found> found(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        var inside = folder().relativize(file);
        if (!name.matches() || inside.getNameCount() != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Found(
                    new SiteId(inside.getName(0).toString()),
                    new RecordingId(UUID.fromString(name.group(1))),
                    Integer.parseInt(name.group(2))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
