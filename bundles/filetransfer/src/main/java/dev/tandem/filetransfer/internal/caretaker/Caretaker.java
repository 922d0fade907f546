package dev.tandem.filetransfer.internal.caretaker;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.FileStore.Stored;
import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.Settings;
import dev.tandem.filetransfer.internal.receive.PartBook;
import dev.tandem.filetransfer.internal.receive.Receiving;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.filetransfer.internal.verify.Verifier;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;
import dev.tandem.web.LaterThread;

/**
 * Looks after bytes that nobody looks after any more: those of transfers that came to nothing or are kept no longer, parts that were
 * never made a file, what a crash has left; and has files looked at that were whole when the process died.
 */
@Component(service = Caretaker.class, immediate = true)
public final class Caretaker {
    /** Bytes of which the book knows nothing are left alone for that long: their event may be on its way. */
    static final Duration ORPHAN = Duration.ofDays(1);

    static final Duration PACE = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(2);
    /** Changes come in groups: one look for all of them. */
    private static final Duration GROUP = Duration.ofMillis(500);

    private static final int SWEEPS = 12;
    private static final int MOST = 50_000;
    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);

    private final TransferBook book;
    private final Stores stores;
    private final PartBook parts;
    private final Receiving receiving;
    private final Verifier verifier;
    private final Settings settings;
    private final Clock clock;
    private final LaterThread later = new LaterThread("tandem-files-caretaker");
    private final Runnable closing;
    private final Set<Place> changed = ConcurrentHashMap.newKeySet();
    /** Deleted already: only spares the disk. */
    private final Set<FileKey> gone = ConcurrentHashMap.newKeySet();

    private int rounds;

    private record Place(SiteId site, SessionId session) {}

    @Activate
    public Caretaker(
            @Reference TransferBook book,
            @Reference Stores stores,
            @Reference PartBook parts,
            @Reference Receiving receiving,
            @Reference Verifier verifier,
            @Reference Settings settings,
            @Reference Clock clock) {
        this.book = book;
        this.stores = stores;
        this.parts = parts;
        this.receiving = receiving;
        this.verifier = verifier;
        this.settings = settings;
        this.clock = clock;
        this.closing = book.listen(this::changed);
        later.run(SOON, this::round);
    }

    @Deactivate
    void close() {
        closing.run();
        later.close();
    }

    private void round() {
        try {
            guarded("what is whole", this::lookAtWhole);
            guarded("parts", this::endParts);
            if (rounds % SWEEPS == 0) {
                guarded("what nobody wants", this::sweep);
            }
            rounds++;
        } finally {
            later.run(PACE, this::round);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** What fails fails alone. */
    private static void guarded(Object what, Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Could not look after {}, trying again later", what, e);
        }
    }

    /** A transfer has changed: perhaps it is over, or a file of it. */
    private void changed(SiteId site, SessionId session) {
        if (changed.add(new Place(site, session))) {
            later.run(GROUP, () -> clear(site, session));
        }
    }

    private void clear(SiteId site, SessionId session) {
        changed.remove(new Place(site, session));
        if (gone.size() > MOST) {
            gone.clear();
        }
        for (var file : book.unwanted(site, session)) {
            var key = new FileKey(site, file);
            if (gone.add(key)) {
                delete(key);
            }
        }
    }

    /** Whether its bytes are kept. */
    static boolean wanted(FileTransfer transfer, SentFile file) {
        boolean ofTransfer = transfer.state().open() || transfer.state() == State.DONE;
        return ofTransfer && (file.state() == FileState.ARRIVING || file.state() == FileState.READY);
    }

    private void delete(FileKey key) {
        try {
            receiving.end(key);
            stores.delete(key);
        } catch (IOException | RuntimeException e) {
            gone.remove(key);
            LOG.warn("The file {} is not wanted and could not be deleted, trying again later", key.id(), e);
        }
    }

    /** All was here, and then the process died. */
    void lookAtWhole() {
        for (var transfer : book.arriving()) {
            guarded(transfer.id(), () -> {
                boolean any = false;
                for (var file : transfer.files()) {
                    any |= file.state() == FileState.ARRIVING && file.size().isPresent() && looked(transfer, file);
                }
                if (any) {
                    // It does not expire because we take our time.
                    book.prolong(transfer.site(), transfer.id(), UUID.randomUUID());
                }
            });
        }
    }

    private boolean looked(FileTransfer transfer, SentFile file) {
        var key = new FileKey(transfer.site(), file.id());
        try {
            if (whole(key, file)) {
                verifier.look(key);
                return true;
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Nobody knows whether the file {} is whole, trying again later", file.id(), e);
        }
        return false;
    }

    private boolean whole(FileKey key, SentFile file) throws IOException {
        if (receiving.busy(key)) {
            return false;
        }
        try {
            return stores.offset(key) >= file.size().orElseThrow();
        } catch (MissingFileException e) {
            // Another node may have it; else it expires.
            return false;
        }
    }

    /** Parts of which nothing has come for as long as files may take; and what is known of those that were made a file. */
    void endParts() {
        for (var site : parts.sites()) {
            guarded(site, () -> endParts(site));
        }
    }

    private void endParts(SiteId site) {
        var now = clock.instant();
        for (var part : parts.partial(site, now.minus(settings.expiry(site)))) {
            if (!receiving.busy(part.key())) {
                guarded(part.key().id(), () -> end(part.key()));
            }
        }
        parts.made(site, now.minus(ORPHAN)).forEach(file -> parts.forget(file.key()));
    }

    private void end(FileKey part) throws IOException {
        LOG.info("The part {} was never made a file", part.id());
        parts.forget(part);
        stores.delete(part);
    }

    /** Everything that stands in the stores and is not wanted. */
    void sweep() {
        for (var store : stores.all()) {
            guarded(store.name(), () -> sweep(store));
        }
    }

    private void sweep(FileStore store) throws IOException {
        List<Stored> all;
        try (var found = store.all()) {
            all = found.toList();
        }
        for (var one : all) {
            guarded(one.key().id(), () -> sweep(store, one));
        }
    }

    private void sweep(FileStore store, Stored one) throws IOException {
        if (!receiving.busy(one.key()) && unwanted(one)) {
            LOG.info("Nobody wants the file {}: it is deleted", one.key().id());
            store.delete(one.key());
        }
    }

    private boolean unwanted(Stored one) {
        var transfer = book.ofFile(one.key().site(), one.key().id());
        if (transfer.isPresent()) {
            return transfer.get()
                    .file(one.key().id())
                    .filter(file -> wanted(transfer.get(), file))
                    .isEmpty();
        }
        Instant young = clock.instant().minus(ORPHAN);
        return one.changed().isBefore(young) && !parts.knows(one.key());
    }
}
