package dev.tandem.filetransfer.internal.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileInspector;
import dev.tandem.filetransfer.FileInspector.InspectedFile;
import dev.tandem.filetransfer.FileInspector.Verdict;
import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.book.Direction;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.Settings;
import dev.tandem.filetransfer.internal.names.SafeName;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.web.LaterThread;

/**
 * Looks at files whose bytes are all here, before anybody is asked whether they want them: one pass for checksum and type, then
 * every inspector. What could not be done now is done later; the same file may be named as often as one likes.
 */
@Component(service = Verifier.class, configurationPid = "dev.tandem.filetransfer.inspection")
@Designate(ocd = Verifier.Config.class)
public final class Verifier {
    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);
    private static final int LOOKERS = 4;
    private static final int INSPECTIONS = 8;
    private static final int CHUNK = 256 * 1024;
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final TransferBook book;
    private final Stores stores;
    private final Settings settings;
    private final Types types;
    private final Rules rules;
    private final BooleanSupplier settled;
    private final ThreadPoolExecutor lookers;
    private final ThreadPoolExecutor inspections;
    private final LaterThread later = new LaterThread("tandem-files-again");
    private final Set<FileKey> underWay = ConcurrentHashMap.newKeySet();
    /** Files that have waited for an inspector once: it may be on its way. */
    private final Set<FileKey> waited = ConcurrentHashMap.newKeySet();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<FileInspector> inspectors = List.of();

    /** Of a node. */
    @ObjectClassDefinition(
            name = "Tandem file transfer: inspection",
            description = "Which inspectors there have to be, and how long they take")
    public @interface Config {
        @AttributeDefinition(
                description = "Seconds after which an inspector that gives no answer is taken as out of order",
                min = "1")
        int seconds() default 300;

        @AttributeDefinition(
                description = "Names of inspectors without which files count as not inspected, with commas between")
        String required() default "";
    }

    /**
     * What holds for inspectors.
     *
     * @param limit after which one that gives no answer is out of order
     * @param required names of those that are out of order when they are not there
     */
    public record Rules(Duration limit, List<String> required) {
        static Rules of(Config config) {
            var names = Stream.of(config.required().split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
            return new Rules(Duration.ofSeconds(config.seconds()), names);
        }
    }

    /** It is no time for judging: the system starts or stops, and an inspector may not be there yet, or be gone. */
    private static final class NotNowException extends RuntimeException {
        private final transient Duration again;

        NotNowException(String why, Duration again) {
            super(why, null, false, false);
            this.again = again;
        }
    }

    @Activate
    public Verifier(
            BundleContext context,
            @Reference TransferBook book,
            @Reference Stores stores,
            @Reference Settings settings,
            @Reference Types types,
            Config config) {
        this(book, stores, settings, types, Rules.of(config), () -> settled(context), List.of());
    }

    /** @param settled whether the system neither starts nor stops */
    public Verifier(
            TransferBook book,
            Stores stores,
            Settings settings,
            Types types,
            Rules rules,
            BooleanSupplier settled,
            List<FileInspector> inspectors) {
        this.book = book;
        this.stores = stores;
        this.settings = settings;
        this.types = types;
        this.rules = rules;
        this.settled = settled;
        this.inspectors = inspectors;
        lookers = new ThreadPoolExecutor(
                LOOKERS, LOOKERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("tandem-files-look-"));
        lookers.allowCoreThreadTimeOut(true);
        inspections = new ThreadPoolExecutor(
                0, INSPECTIONS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), named("tandem-files-inspect-"));
    }

    /** Whether every bundle that is to run could do so by now: an inspector may stand on a higher level than we do. */
    private static boolean settled(BundleContext context) {
        var framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        int level = framework.adapt(FrameworkStartLevel.class).getStartLevel();
        return framework.getState() == Bundle.ACTIVE
                && Stream.of(context.getBundles())
                        .map(bundle -> bundle.adapt(BundleStartLevel.class))
                        .noneMatch(one -> one != null && one.isPersistentlyStarted() && one.getStartLevel() > level);
    }

    private static ThreadFactory named(String name) {
        var number = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Deactivate
    public void close() {
        later.close();
        lookers.shutdownNow();
        inspections.shutdownNow();
    }

    /** Looks at a file, soon. Returns at once. */
    public void look(FileKey key) {
        if (!underWay.add(key)) {
            return;
        }
        try {
            lookers.execute(() -> run(key));
        } catch (RejectedExecutionException e) {
            // It stops; the caretaker of the next start finds the file.
            underWay.remove(key);
        }
    }

    private void run(FileKey key) {
        var again = Optional.<Duration>empty();
        try {
            var transfer = book.ofFile(key.site(), key.id()).filter(one -> one.state() == State.ARRIVING);
            var file = transfer.flatMap(one -> one.file(key.id())).filter(one -> one.state() == FileState.ARRIVING);
            if (file.isPresent()) {
                done(judge(key, transfer.get(), file.get()));
            }
            waited.remove(key);
        } catch (NotNowException e) {
            LOG.info("The file {} waits: {}", key.id(), e.getMessage());
            again = Optional.of(e.again);
        } catch (Throwable e) {
            if (!lookers.isShutdown()) {
                LOG.warn("The file {} could not be looked at, trying again", key.id(), e);
            }
            again = Optional.of(AGAIN);
        } finally {
            underWay.remove(key);
        }
        if (!lookers.isShutdown()) {
            again.ifPresent(time -> later.run(time, () -> look(key)));
        }
    }

    private static void done(Answer<None> answer) {
        if (answer instanceof Answer.Refused<None> refused) {
            throw new IllegalStateException(refused.refusal().detail());
        }
    }

    private Answer<None> judge(FileKey key, FileTransfer transfer, SentFile file) throws IOException {
        waitUntilSettled();
        FileStore store;
        try {
            store = stores.holding(key);
            store.seal(key);
        } catch (MissingFileException e) {
            LOG.warn("The bytes of the file {} are lost", key.id());
            return refuse(key, transfer, Reason.LOST);
        }
        long size = store.size(key);
        if (file.size().filter(said -> said != size).isPresent()) {
            LOG.warn("The file {} has {} bytes instead of {}", key.id(), size, file.size());
            return refuse(key, transfer, Reason.LOST);
        }
        var name = SafeName.of(file.path().orElse("file"));
        var seen = seen(store, key, name);
        if (!allowed(transfer, name, seen.found())) {
            return refuse(key, transfer, Reason.TYPE);
        }
        var inspected = new Inspected(key.site(), name, seen.found().type(), size, store, key);
        var against = against(inspected);
        if (against.isPresent()) {
            return refuse(key, transfer, against.get());
        }
        return book.ready(
                key.site(),
                transfer.id(),
                key.id(),
                size,
                seen.sha256(),
                seen.found().type());
    }

    /** The event first, then the bytes. */
    private Answer<None> refuse(FileKey key, FileTransfer transfer, Reason reason) throws IOException {
        var answer = book.refuse(key.site(), transfer.id(), key.id(), reason);
        if (answer instanceof Answer.Accepted<None>) {
            stores.delete(key);
        }
        return answer;
    }

    private record Seen(String sha256, Found found) {}

    private Seen seen(FileStore store, FileKey key, String name) throws IOException {
        var digest = sha256();
        var look = types.look(name);
        var chunk = ByteBuffer.allocate(CHUNK);
        try (var from = store.read(key, 0)) {
            while (from.read(chunk) >= 0) {
                chunk.flip();
                look.update(chunk);
                digest.update(chunk);
                chunk.clear();
            }
        }
        return new Seen(HexFormat.of().formatHex(digest.digest()), look.found(Content.of(store, key)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private boolean allowed(FileTransfer transfer, String name, Found found) {
        try {
            return settings.types(transfer.site(), Direction.of(transfer)).admits(name, found);
        } catch (BadTypeListException e) {
            LOG.warn("The site {} allows types that nobody knows, so no file passes", transfer.site(), e);
            return false;
        }
    }

    private void waitUntilSettled() {
        if (lookers.isShutdown() || !settled.getAsBoolean()) {
            throw new NotNowException("the system starts or stops", SOON);
        }
    }

    /** What speaks against the file; empty if it passes all inspectors. */
    private Optional<Reason> against(Inspected file) {
        var there = List.copyOf(inspectors);
        // Now that they have been looked up: none of them was on its way.
        waitUntilSettled();
        for (var name : rules.required()) {
            if (there.stream().noneMatch(one -> one.name().equals(name))) {
                if (waited.add(file.key())) {
                    throw new NotNowException(name + " is not there", AGAIN);
                }
                var against = outOfOrder(name, file, new IllegalStateException("it is not there"));
                if (against.isPresent()) {
                    return against;
                }
            }
        }
        return there.stream()
                .flatMap(inspector -> against(inspector, file).stream())
                .findFirst();
    }

    /** What speaks against the file; empty if it passes this inspector. */
    private Optional<Reason> against(FileInspector inspector, Inspected file) {
        try {
            var verdict = verdict(inspector, file);
            if (!verdict.passes()) {
                LOG.warn("The file {} is refused by {}: {}", file.key().id(), inspector.name(), verdict.finding());
                return Optional.of(Reason.INFECTED);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopping", e);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            return outOfOrder(inspector.name(), file, e);
        }
    }

    private Optional<Reason> outOfOrder(String inspector, Inspected file, Exception why) {
        // Who is being stopped is not out of order.
        waitUntilSettled();
        boolean passes = settings.passesUninspected(file.site());
        LOG.warn(
                "{} is out of order; the file {} {}",
                inspector,
                file.key().id(),
                passes ? "passes without it, as the site has it" : "is refused",
                why);
        return passes ? Optional.empty() : Optional.of(Reason.UNINSPECTED);
    }

    private Verdict verdict(FileInspector inspector, InspectedFile file)
            throws InterruptedException, ExecutionException, TimeoutException {
        var asked = inspections.submit(() -> inspector.inspect(file));
        try {
            return asked.get(rules.limit().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            asked.cancel(true);
        }
    }

    private record Inspected(SiteId site, String name, String type, long size, FileStore store, FileKey key)
            implements InspectedFile {
        @Override
        public InputStream open() throws IOException {
            return Channels.newInputStream(store.read(key, 0));
        }
    }
}
