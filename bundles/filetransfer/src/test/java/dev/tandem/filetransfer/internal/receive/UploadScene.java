package dev.tandem.filetransfer.internal.receive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.sqlite.SQLiteDataSource;

import dev.tandem.filetransfer.FileInspector;
import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.FilesActivity;
import dev.tandem.filetransfer.internal.desk.Gate;
import dev.tandem.filetransfer.internal.desk.Progress;
import dev.tandem.filetransfer.internal.desk.Settings;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.filetransfer.internal.verify.Types;
import dev.tandem.filetransfer.internal.verify.Verifier;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.SiteId;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.testing.FakeCall;

/** Anna in control and Marie, who is helped, over a real journal and real files. */
public final class UploadScene implements AutoCloseable {
    public static final SiteId SITE = Cast.SITE;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Types TYPES = new Types();

    public final TestClock clock = new TestClock();
    public final FakeSessions sessions = new FakeSessions(clock);
    public final FakeSession session = Cast.in(sessions);
    public final Values values = new Values();
    public final JournalRuntime journal;
    public final Settings settings;
    public final List<FileInspector> inspectors = new ArrayList<>();
    public final List<String> required = new ArrayList<>();
    public volatile BooleanSupplier settled = () -> true;
    public TransferBook book;
    public Gate gate;
    public Stores stores;
    public PartBook parts;
    public Receiving receiving;
    public Verifier verifier;
    public Uploads uploads;
    public Parts partial;
    public Progress progress;
    private final Path folder;

    public UploadScene(Path folder) {
        this.folder = folder;
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
        journal = JournalRuntime.open(source, clock);
        settings = new Settings(journal.settings(), TYPES, values);
        journal.declare(settings);
        start();
    }

    /** As when the bundle starts. */
    public void start() {
        book = new TransferBook(
                journal.journal(),
                journal.database(),
                journal.sealer(),
                settings,
                new FilesActivity(sessions),
                (site, topic) -> {},
                clock);
        gate = new Gate(sessions, book, settings);
        stores = new Stores(folder.resolve("files"), settings);
        parts = new PartBook(journal.database(), clock);
        receiving = new Receiving(new Lines(140, 32, 8, clock), clock);
        var rules = new Verifier.Rules(Duration.ofSeconds(1), required);
        verifier = new Verifier(book, stores, settings, TYPES, rules, () -> settled.getAsBoolean(), inspectors);
        progress = new Progress(book, (site, topic) -> {}, clock);
        uploads = new Uploads(gate, book, progress, settings, stores, parts, receiving, verifier, clock);
        partial = new Parts(gate, book, settings, stores, parts, receiving, uploads, clock);
    }

    /** As when it stops. */
    public void stop() {
        uploads.close();
        receiving.close();
        verifier.close();
        book.close();
    }

    /** Headers of a request, with our version. */
    public static Headers headers(String... pairs) {
        var all = new HashMap<String, List<String>>();
        all.put("Tus-Resumable", List.of("1.0.0"));
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], List.of(pairs[i + 1]));
        }
        return new Headers(name -> all.getOrDefault(name, List.of()));
    }

    public static String metadata(Map<String, String> said) {
        return said.entrySet().stream()
                .map(one -> one.getKey() + " "
                        + Base64.getEncoder().encodeToString(one.getValue().getBytes(StandardCharsets.UTF_8)))
                .reduce((a, b) -> a + "," + b)
                .orElse("");
    }

    public static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    public static InputStream none() {
        return InputStream.nullInputStream();
    }

    public static FakeCall call(Caller caller) {
        return new FakeCall(caller);
    }

    /** Begins an upload by Anna for Marie. */
    public Upload begin(String name, long length) throws IOException {
        return uploads.create(
                call(Cast.ANNA),
                headers(
                        Headers.LENGTH,
                        Long.toString(length),
                        Headers.METADATA,
                        metadata(Map.of("session", Cast.SESSION.toString(), "filename", name))),
                false,
                none());
    }

    public Upload append(Caller caller, String file, long offset, String text, String... more) throws IOException {
        var all = new ArrayList<>(List.of("Content-Type", Headers.BYTES, Headers.OFFSET, Long.toString(offset)));
        all.addAll(List.of(more));
        return uploads.append(call(caller), file, headers(all.toArray(new String[0])), bytes(text));
    }

    public FileTransfer of(String file) {
        return book.ofFile(SITE, file).orElseThrow();
    }

    public FileKey key(String file) {
        return new FileKey(SITE, file);
    }

    public FileTransfer awaits(String file, State state) throws InterruptedException {
        until(() -> of(file).state() == state);
        return of(file);
    }

    /** Waits for what happens on other threads. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not happen");
            }
            synchronized (condition) {
                condition.wait(5);
            }
        }
    }

    @Override
    public void close() {
        stop();
        journal.close();
    }

    /** The configuration of the node. */
    public static final class Values implements Settings.Config {
        public long toCustomer = 1L << 30;
        public long fromCustomer = 100L << 20;
        public String types = "";
        public String uninspected = "refuse";
        public long sessionQuota = 4L << 30;
        public String store = "local";
        public long siteQuota = 100L << 30;

        @Override
        public String folder() {
            return "";
        }

        @Override
        public long to_customer_bytes() {
            return toCustomer;
        }

        @Override
        public long from_customer_bytes() {
            return fromCustomer;
        }

        @Override
        public String types_to_customer() {
            return types;
        }

        @Override
        public String types_from_customer() {
            return types;
        }

        @Override
        public long session_quota_bytes() {
            return sessionQuota;
        }

        @Override
        public long site_quota_bytes() {
            return siteQuota;
        }

        @Override
        public long expiry_minutes() {
            return 60;
        }

        @Override
        public long keep_hours() {
            return 24;
        }

        @Override
        public String uninspected() {
            return uninspected;
        }

        @Override
        public String store() {
            return store;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return Settings.Config.class;
        }
    }
}
