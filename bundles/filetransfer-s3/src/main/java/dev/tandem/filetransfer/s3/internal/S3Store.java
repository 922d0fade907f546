package dev.tandem.filetransfer.s3.internal;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.s3.internal.Bucket.AbsentException;
import dev.tandem.filetransfer.s3.internal.Bucket.Found;

/**
 * Files in a bucket. Nothing but the bucket knows of them: any node goes on with what another one began, see {@link Growing}.
 * A sealed file is one object with exactly its bytes.
 */
@Component(
        service = {FileStore.class, S3Store.class},
        configurationPid = Settings.PID)
@Designate(ocd = Settings.Config.class)
public final class S3Store implements FileStore {
    /** The name by which settings choose it. */
    public static final String NAME = "s3";

    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);
    private static final int RACES = 5;
    /** A head is mostly shorter: one request instead of two. */
    private static final int HEAD = 16 * 1024;

    private final Optional<Bucket> bucket;
    private final String state;
    private final Names names;
    private final Path spool;
    private final int part;
    private final boolean unused;
    private final ConcurrentMap<FileKey, Growing> growing = new ConcurrentHashMap<>();

    /** Without a bucket it is there and empty; with settings that are wrong it is out of order. */
    @Activate
    public S3Store(BundleContext context, Settings.Config config) throws IOException {
        this(folder(context), config);
    }

    S3Store(Path spool, Settings.Config config) throws IOException {
        Spool.clear(spool);
        this.spool = spool;
        Optional<Settings> read = Optional.empty();
        var said = "No bucket is configured: etc/" + Settings.PID + ".cfg";
        if (!config.bucket().isBlank()) {
            try {
                read = Optional.of(Settings.of(config));
                said = read.get()
                        + read.get().keys().map(keys -> ", as " + keys).orElse("");
            } catch (IllegalArgumentException e) {
                said = "etc/" + Settings.PID + ".cfg: " + e.getMessage();
            }
        }
        state = said;
        unused = config.bucket().isBlank();
        bucket = read.map(Bucket::new);
        names = new Names(read.map(Settings::prefix).orElse(""));
        part = read.map(Settings::part).orElse(0);
        tell(config, read);
    }

    private void tell(Settings.Config config, Optional<Settings> read) {
        if (read.isPresent()) {
            LOG.info("Files can be kept in S3: {}, objects {}*", state, names.prefix());
        } else if (config.bucket().isBlank()) {
            LOG.info("{}", state);
        } else {
            LOG.warn("No file can be kept in S3: {}", state);
        }
        read.filter(Settings::inTheClear).ifPresent(settings -> LOG.warn("{} is asked without TLS", settings));
    }

    private static Path folder(BundleContext context) {
        return Objects.requireNonNull(context.getDataFile("spool"), "a bundle has a folder")
                .toPath();
    }

    @Deactivate
    void close() {
        growing.values().forEach(Growing::end);
        bucket.ifPresent(Bucket::close);
    }

    /** Whether there is a bucket, or what is wrong, for people. */
    String state() {
        return state;
    }

    boolean configured() {
        return bucket.isPresent();
    }

    /** Whether files can be kept there just now. */
    void check() throws IOException {
        bucket().check(names);
    }

    private Bucket bucket() throws IOException {
        return bucket.orElseThrow(() -> new IOException(state));
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Where nobody has named a bucket nothing is. */
    private Snapshot look(FileKey key) throws IOException {
        if (unused) {
            return Snapshot.of(names, key, List.of());
        }
        return Snapshot.of(names, key, bucket().list(names.file(key)));
    }

    private static String id() {
        return String.format("%016x", UUID.randomUUID().getMostSignificantBits());
    }

    @Override
    public void create(FileKey key) throws IOException {
        var into = bucket();
        var seen = look(key);
        if (seen.missing()) {
            into.put(names.claim(key, seen.next(id())), Body.empty());
        }
    }

    @Override
    public long offset(FileKey key) throws IOException {
        var seen = look(key);
        if (seen.missing()) {
            throw new MissingFileException(key);
        }
        return seen.offset();
    }

    @Override
    public Appender append(FileKey key) throws IOException {
        return open(key);
    }

    private Growing open(FileKey key) throws IOException {
        end(key);
        var before = look(key);
        if (before.whole().isPresent() || before.missing()) {
            throw new MissingFileException(key);
        }
        var writer = before.next(id());
        bucket().put(names.claim(key, writer), Body.empty());
        var growth = claimed(key, writer);
        var opened = new Growing[1];
        opened[0] = new Growing(
                bucket(), names, key, writer, growth, part, new Spool(spool), () -> growing.remove(key, opened[0]));
        var other = growing.put(key, opened[0]);
        if (other != null) {
            other.end();
        }
        return opened[0];
    }

    /** Of this node; others find out when they look into the bucket. */
    private void end(FileKey key) {
        var before = growing.get(key);
        if (before != null) {
            before.end();
        }
    }

    /** What the file is made of, seen after it was claimed. */
    private Growth claimed(FileKey key, Writer writer) throws IOException {
        for (int race = 0; race < RACES; race++) {
            var seen = look(key);
            var ofOthers = seen.claims().size() > 1;
            if (seen.whole().isPresent() || !ofOthers) {
                bucket().delete(List.of(names.claim(key, writer)));
                throw new MissingFileException(key);
            }
            if (!seen.isWriter(writer)) {
                throw new FileInUseException(key);
            }
            try {
                return seen.last().isEmpty()
                        ? Growth.NONE
                        : growth(seen.last().get()).overtaken();
            } catch (AbsentException e) {
                // Deleted between the listing and now: the next listing says how it stands.
                LOG.debug("A step of {} went while it was read", key.id(), e);
            }
        }
        throw new FileInUseException(key);
    }

    private Growth growth(Snapshot.Step step) throws IOException {
        var start = bucket().get(step.object(), 0, HEAD);
        int length = Growth.length(start);
        var head = length <= start.length ? Arrays.copyOf(start, length) : bucket().get(step.object(), 0, length);
        return Growth.read(step.object(), head);
    }

    @Override
    public void seal(FileKey key) throws IOException {
        end(key);
        var seen = look(key);
        if (seen.missing()) {
            throw new MissingFileException(key);
        }
        if (seen.whole().isEmpty()) {
            finish(key);
            seen = look(key);
        }
        tidy(seen);
    }

    private void finish(FileKey key) throws IOException {
        try (var last = open(key)) {
            last.finish();
        } catch (IOException e) {
            // Somebody else may have been faster, or the service was and its answer was lost.
            if (look(key).whole().isEmpty()) {
                throw e;
            }
        }
    }

    private void tidy(Snapshot seen) throws IOException {
        try {
            bucket().delete(seen.objects());
        } catch (IOException e) {
            LOG.info("What a sealed file was made of is deleted with it: {}", e.getMessage());
        }
    }

    private Found whole(FileKey key) throws IOException {
        return look(key).whole().orElseThrow(() -> new MissingFileException(key));
    }

    @Override
    public ReadableByteChannel read(FileKey key, long from) throws IOException {
        return new Download(bucket(), names.whole(key), from, whole(key).size());
    }

    @Override
    public long size(FileKey key) throws IOException {
        return whole(key).size();
    }

    @Override
    public void concatenate(FileKey key, List<FileKey> parts) throws IOException {
        var sources = new ArrayList<Found>();
        for (var one : parts) {
            sources.add(whole(one));
        }
        create(key);
        try (var to = open(key);
                var some = new Spool(spool)) {
            if (to.offset() > 0) {
                throw new FileInUseException(key);
            }
            new Joining(bucket(), names.whole(key), some).join(sources, to::fence);
        }
        tidy(look(key));
    }

    @Override
    public void delete(FileKey key) throws IOException {
        var now = growing.get(key);
        if (now != null) {
            now.end();
        }
        if (unused) {
            return;
        }
        var seen = look(key);
        var all = new ArrayList<>(seen.objects());
        seen.whole().ifPresent(whole -> all.add(whole.name()));
        bucket().delete(all);
        for (var upload : bucket().uploads(names.whole(key))) {
            if (upload.object().equals(names.whole(key))) {
                bucket().abort(upload.object(), upload.id());
            }
        }
    }

    /** Files, and those of which nothing is left but an upload that nobody completed: deleting them aborts it. */
    @Override
    public Stream<Stored> all() throws IOException {
        if (unused) {
            return Stream.empty();
        }
        var latest = new LinkedHashMap<FileKey, Instant>();
        for (var upload : bucket().uploads(names.prefix())) {
            note(latest, upload.object(), upload.begun());
        }
        bucket().each(names.prefix(), found -> note(latest, found.name(), found.changed()));
        return latest.entrySet().stream().map(one -> new Stored(one.getKey(), one.getValue()));
    }

    private void note(Map<FileKey, Instant> latest, String object, Instant changed) {
        names.key(object).ifPresent(key -> latest.merge(key, changed, (a, b) -> a.isAfter(b) ? a : b));
    }

    @Override
    public long room() throws IOException {
        return Long.MAX_VALUE;
    }
}
