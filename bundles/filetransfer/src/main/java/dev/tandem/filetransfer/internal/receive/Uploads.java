package dev.tandem.filetransfer.internal.receive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.Announcement;
import dev.tandem.filetransfer.internal.book.FileToCome;
import dev.tandem.filetransfer.internal.book.Sender;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.Gate;
import dev.tandem.filetransfer.internal.desk.Progress;
import dev.tandem.filetransfer.internal.desk.Settings;
import dev.tandem.filetransfer.internal.names.SafeName;
import dev.tandem.filetransfer.internal.receive.PartBook.Part;
import dev.tandem.filetransfer.internal.receive.Receiver.Expected;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.filetransfer.internal.verify.Verifier;
import dev.tandem.journal.Ids;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;
import dev.tandem.web.Call;
import dev.tandem.web.LaterThread;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * Files on their way in. A file stands in the store before it stands in the book, and is looked at once its last byte is durable.
 * Who may is {@link Gate}'s; bytes are {@link Receiving}'s.
 */
@Component(service = Uploads.class)
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    /** What is kept free for everything else on the disk. */
    private static final long RESERVE = 64L * 1024 * 1024;

    private final Gate gate;
    private final TransferBook book;
    private final Progress progress;
    private final Settings settings;
    private final Stores stores;
    private final PartBook parts;
    private final Receiving receiving;
    private final Verifier verifier;
    private final Prolonging prolonging;
    private final Clock clock;
    private final LaterThread later = new LaterThread("tandem-files");
    private final ConcurrentMap<FileKey, Coming> coming = new ConcurrentHashMap<>();
    private final Runnable closing;

    @Activate
    public Uploads(
            @Reference Gate gate,
            @Reference TransferBook book,
            @Reference Progress progress,
            @Reference Settings settings,
            @Reference Stores stores,
            @Reference PartBook parts,
            @Reference Receiving receiving,
            @Reference Verifier verifier,
            @Reference Clock clock) {
        this.gate = gate;
        this.book = book;
        this.progress = progress;
        this.settings = settings;
        this.stores = stores;
        this.parts = parts;
        this.receiving = receiving;
        this.verifier = verifier;
        this.prolonging = new Prolonging(book, settings, clock);
        this.clock = clock;
        this.closing = book.listen(this::changed);
    }

    @Deactivate
    void close() {
        closing.run();
        later.close();
    }

    /** What comes for a transfer that is over by now is shut out: control has passed, the session ended, nobody wants it. */
    private void changed(SiteId site, SessionId session) {
        var here = coming.entrySet().stream()
                .filter(one -> one.getValue().isOf(site, session))
                .map(Map.Entry::getKey)
                .toList();
        if (!here.isEmpty()) {
            later.run(Duration.ZERO, () -> here.stream().filter(this::over).forEach(receiving::end));
        }
    }

    private boolean over(FileKey key) {
        return book.ofFile(key.site(), key.id())
                .filter(one -> one.state() == State.ARRIVING)
                .flatMap(one -> one.file(key.id()))
                .filter(file -> file.state() == FileState.ARRIVING)
                .isEmpty();
    }

    /** A request whose bytes come, which equals no other one. */
    private static final class Coming {
        private final FileTransfer transfer;

        Coming(FileTransfer transfer) {
            this.transfer = transfer;
        }

        boolean isOf(SiteId site, SessionId session) {
            return transfer.site().equals(site) && transfer.session().equals(session);
        }
    }

    /** A file that was added, by whom. */
    private record Added(Sender sender, TransferId transfer, FileKey key) {}

    /**
     * A new upload, with the bytes that come with it.
     *
     * @param repeatable whether the client can send the same request again and mean the same upload
     * @throws ProblemException as the protocol has it; {@link Gate#sender}, {@link Gate#admit}
     */
    public Upload create(Call call, Headers headers, boolean repeatable, InputStream in) throws IOException {
        var length = length(headers);
        var said = Said.of(headers.metadata(), call.caller());
        var checksum = headers.checksum();
        var added = add(call, said, length, 0);
        var found = growing(call, added.key());
        if (found.isEmpty()) {
            return over(call, added.key());
        }
        var store = found.get();
        long offset = store.offset(added.key());
        if (offset == 0 && headers.bytes()) {
            var transfer = known(added.key());
            try {
                offset = receive(
                        call,
                        transfer,
                        expected(store, added.key(), 0, length, gate.most(transfer), headers, checksum, transfer),
                        in);
            } catch (ProblemException e) {
                if (!repeatable) {
                    // The client has no address of it yet, and comes with another one.
                    giveUp(call, added);
                }
                throw e;
            }
        }
        return whole(added.key(), offset, length);
    }

    /** @throws ProblemException 400 unless the length is said, or is said to come later */
    private static Optional<Long> length(Headers headers) {
        var length = headers.length();
        if (headers.deferred() == length.isPresent()) {
            throw new ProblemException(
                    Problem.invalid(Headers.LENGTH, "Either this or " + Headers.DEFER + " is needed."));
        }
        return length;
    }

    /** @param ofParts bytes that stand in parts, which are gone afterwards */
    private Added add(Call call, Said said, Optional<Long> length, long ofParts) throws IOException {
        var name = SafeName.of(said.path());
        var adding = said.transfer().map(id -> gate.adding(call, id));
        var sender = adding.map(Gate.Adding::sender)
                .orElseGet(() -> gate.sender(call, said.session().orElseThrow()));
        if (adding.isEmpty()) {
            gate.admitTransfer(sender);
        }
        long others = parts.bytes(sender.site(), gate.most(sender)) - ofParts;
        gate.admit(sender, name, length, said.type(), Math.max(0, others));
        var store = stores.of(sender.site());
        refuseWhenFull(store, length);
        var key = new FileKey(sender.site(), UUID.randomUUID().toString().replace("-", ""));
        gate.makeRoom(sender, key.id(), length, Math.max(0, others));
        boolean added = false;
        try {
            store.create(key);
            var command = call.commandId();
            var transfer = adding.isPresent()
                    ? adding.get().transfer().id()
                    : book.announce(
                                    sender,
                                    new Announcement(Kind.FILE, said.path(), 1, length),
                                    Ids.derived(command, "announce"))
                            .orElseThrow(ProblemException::refused);
            var file = new FileToCome(key.id(), said.path(), length, said.type(), said.modified());
            var first = book.add(sender, transfer, file, Ids.derived(command, "add"))
                    .orElseThrow(ProblemException::refused);
            added = first.file().equals(key.id());
            if (adding.isEmpty()) {
                book.complete(sender, transfer, Ids.derived(command, "complete"))
                        .orElseThrow(ProblemException::refused);
            }
            if (!added) {
                store.delete(key);
            }
            return new Added(sender, transfer, new FileKey(sender.site(), first.file()));
        } catch (RuntimeException e) {
            // What stands in the book by now is a file: its client goes on with it, or it expires.
            if (book.ofFile(key.site(), key.id()).isEmpty()) {
                store.delete(key);
            }
            throw e;
        } finally {
            if (!added) {
                book.giveRoomBack(key.site(), key.id());
            }
        }
    }

    /**
     * The store of a file that a command has added, perhaps long ago. One whose bytes are awaited and that stands nowhere is made
     * once more; empty if nothing more is awaited.
     */
    private Optional<FileStore> growing(Call call, FileKey key) throws IOException {
        try {
            return Optional.of(stores.holding(key));
        } catch (MissingFileException e) {
            var file = gate.mine(call, key.id()).file(key.id()).orElseThrow();
            if (file.state() != FileState.ARRIVING) {
                return Optional.empty();
            }
            LOG.warn("The file {} is awaited and stands nowhere: it begins anew", key.id());
            var store = stores.of(key.site());
            store.create(key);
            return Optional.of(store);
        }
    }

    /** What a repeat hears of a file that came and whose bytes are not kept: it may not pass. */
    private Upload over(Call call, FileKey key) {
        var file = gate.mine(call, key.id()).file(key.id()).orElseThrow();
        return Upload.of(key.id(), file.size().orElse(0L), file.size(), Optional.empty());
    }

    private static void refuseWhenFull(FileStore store, Optional<Long> length) throws IOException {
        long room = store.room();
        if (room < Long.MAX_VALUE && room - RESERVE < length.orElse(0L)) {
            throw new ProblemException(Receiving.storageFull());
        }
    }

    private void giveUp(Call call, Added added) throws IOException {
        var site = added.sender().site();
        book.takeBack(
                site,
                added.transfer(),
                added.key().id(),
                call.caller().actor(),
                Ids.derived(call.commandId(), "give-up"));
        stores.delete(added.key());
    }

    private FileTransfer known(FileKey key) {
        return book.ofFile(key.site(), key.id()).orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private Expected expected(
            FileStore store,
            FileKey key,
            long offset,
            Optional<Long> length,
            long most,
            Headers headers,
            Optional<Checksum> checksum,
            FileTransfer transfer) {
        var come = new AtomicLong(offset);
        return new Expected(
                store, key, offset, length.orElse(most), length.isPresent(), headers.body(), checksum, bytes -> {
                    progress.received(transfer, key.id(), come.addAndGet(bytes));
                    prolonging.bytesCame(transfer);
                });
    }

    private long receive(Call call, FileTransfer transfer, Expected expected, InputStream in) throws IOException {
        var mine = new Coming(transfer);
        try {
            coming.put(expected.key(), mine);
            return receiving.receive(call.caller().actor(), expected, in);
        } catch (ProblemException e) {
            // Shut out because control has passed, or another one declined: that is what it hears.
            if (e.problem().status() == 423) {
                refuseUnlessArriving(call, expected.key());
            }
            throw e;
        } finally {
            // Not if a later request has taken the file over: it is in its place by now.
            if (coming.remove(expected.key(), mine)) {
                settled(transfer, expected);
            }
        }
    }

    private void settled(FileTransfer transfer, Expected expected) {
        var key = expected.key();
        try {
            progress.settled(transfer, key.id(), expected.store().offset(key));
        } catch (IOException e) {
            progress.forget(key.id());
        }
    }

    private void refuseUnlessArriving(Call call, FileKey key) {
        var now = gate.mine(call, key.id());
        if (now.state() != State.ARRIVING) {
            throw new ProblemException(Problem.unknown());
        }
    }

    /** What is to be said of an upload after bytes have come; the look at it begins if it is whole. */
    private Upload whole(FileKey key, long offset, Optional<Long> length) {
        var upload = Upload.of(key.id(), offset, length, Optional.of(expires(key)));
        if (upload.whole()) {
            verifier.look(key);
        }
        return upload;
    }

    private Instant expires(FileKey key) {
        return clock.instant().plus(settings.expiry(key.site()));
    }

    /** Where a client goes on. What it has sent by a request that was cut off is kept, and that request is over. */
    public Upload find(Call call, String id) throws IOException {
        var transfer = gate.mine(call, id);
        var file = transfer.file(id).orElseThrow();
        var key = new FileKey(transfer.site(), id);
        long offset = offset(file, key);
        var made = parts.find(key).map(Part::concat);
        var upload = Upload.of(id, offset, file.size(), Optional.of(expires(key)));
        if (upload.whole() && file.state() == FileState.ARRIVING) {
            // The request that brought the last byte may have been cut off by this one, and nothing more comes.
            verifier.look(key);
        }
        return upload.with(metadata(transfer, file), made);
    }

    private long offset(SentFile file, FileKey key) throws IOException {
        if (file.state() != FileState.ARRIVING && file.size().isPresent()) {
            return file.size().get();
        }
        receiving.stop(key);
        try {
            return stores.offset(key);
        } catch (MissingFileException e) {
            throw new ProblemException(Problem.unknown());
        }
    }

    private static Optional<String> metadata(FileTransfer transfer, SentFile file) {
        var pairs = new ArrayList<String>();
        file.path()
                .ifPresent(path ->
                        pairs.add(Headers.pair(transfer.kind() == Kind.FOLDER ? "relativePath" : "filename", path)));
        pairs.add(Headers.pair("filetype", file.type()));
        var said = String.join(",", pairs);
        return said.length() < 6_000 ? Optional.of(said) : Optional.empty();
    }

    /** Bytes that go on at an offset. @throws ProblemException as the protocol has it */
    public Upload append(Call call, String id, Headers headers, InputStream in) throws IOException {
        if (!headers.bytes()) {
            throw new ProblemException(
                    new Problem(415, "not-bytes", "The body is " + Headers.BYTES + ", or there is none."));
        }
        long offset = headers.offset();
        var checksum = headers.checksum();
        var transfer = gate.mine(call, id);
        var file = transfer.file(id).orElseThrow();
        var key = new FileKey(transfer.site(), id);
        if (parts.knows(key)) {
            throw new ProblemException(
                    new Problem(403, "made-of-parts", "This file is made of others, and does not grow."));
        }
        if (file.state() != FileState.ARRIVING) {
            return nothingMore(file.id(), offset, file.size().orElse(0L), in);
        }
        var length = sized(call, transfer, file, headers);
        var store = holding(key);
        var expected = expected(store, key, offset, length, gate.most(transfer), headers, checksum, transfer);
        try {
            return whole(key, receive(call, transfer, expected, in), length);
        } catch (MissingFileException e) {
            // All of it is here, and it is being looked at.
            return nothingMore(file.id(), offset, length.orElse(0L), in);
        }
    }

    private FileStore holding(FileKey key) throws IOException {
        try {
            return stores.holding(key);
        } catch (MissingFileException e) {
            throw new ProblemException(Problem.unknown());
        }
    }

    /** Clients out there may end with a body without a byte, and without saying that there is none in it. */
    private static Upload nothingMore(String file, long offset, long size, InputStream in) throws IOException {
        if (offset != size) {
            throw new ProblemException(new Problem(409, "other-offset", "The upload is at " + size + "."));
        }
        if (in.read() >= 0) {
            throw new ProblemException(
                    new Problem(413, "more-than-announced", "More bytes come than the upload has room for."));
        }
        return Upload.of(file, size, Optional.of(size), Optional.empty());
    }

    /** The length, which a client may say now that it knows it, once. */
    private Optional<Long> sized(Call call, FileTransfer transfer, SentFile file, Headers headers) throws IOException {
        var said = headers.length();
        if (said.isEmpty() || said.equals(file.size())) {
            return file.size();
        }
        if (file.size().isPresent()) {
            throw new ProblemException(Problem.invalid(Headers.LENGTH, "The length is known, and stays."));
        }
        var key = new FileKey(transfer.site(), file.id());
        receiving.stop(key);
        var store = holding(key);
        if (said.get() < store.offset(key)) {
            throw new ProblemException(Problem.invalid(Headers.LENGTH, "There are more bytes already."));
        }
        var sender = gate.adding(call, transfer.id().value()).sender();
        long made = book.room(transfer.site(), file.id());
        gate.admit(sender, SafeName.of(file.path().orElse("")), said, file.type(), -made);
        refuseWhenFull(store, Optional.of(said.get() - store.offset(key)));
        book.sized(sender, transfer.id(), file.id(), said.get(), Ids.derived(call.commandId(), "sized"))
                .orElseThrow(ProblemException::refused);
        return said;
    }

    /** The sender does not want to send it any more. What was agreed to is the receiver's. */
    public void end(Call call, String id) throws IOException {
        var transfer = gate.mine(call, id);
        var key = new FileKey(transfer.site(), id);
        var actor = call.caller().actor();
        if (transfer.state() == State.ARRIVING) {
            receiving.end(key);
            book.takeBack(transfer.site(), transfer.id(), id, actor, call.commandId())
                    .orElseThrow(ProblemException::refused);
        }
        // It may have been offered since, or is it already.
        if (transfer.kind() == Kind.FILE && known(key).state() == State.OFFERED) {
            book.cancel(
                            transfer.site(),
                            transfer.id(),
                            Ending.TAKEN_BACK,
                            actor,
                            Ids.derived(call.commandId(), "cancel"))
                    .orElseThrow(ProblemException::refused);
        }
        var now = known(key);
        if (now.state().readable()) {
            throw new ProblemException(
                    new Problem(409, "agreed", "The receiver has agreed to it: it is not taken back."));
        } else if (now.state() == State.OFFERED) {
            throw new ProblemException(new Problem(
                    409, "transfer-over", "The folder is offered as it is: it is taken back as a whole, or not."));
        }
        stores.delete(key);
    }

    /** A file that this request has made of parts before; empty if it was another one. */
    Optional<Upload> made(Call call, Headers headers, Part part) {
        var said = Said.of(headers.metadata(), call.caller());
        var transfer = gate.mine(call, part.key().id());
        var file = transfer.file(part.key().id()).orElseThrow();
        var first = said.transfer()
                .map(TransferId::new)
                .orElseGet(() -> TransferBook.announced(Ids.derived(call.commandId(), "announce"), transfer.from()));
        boolean same = transfer.id().equals(first) && file.path().equals(Optional.of(said.path()));
        long length = part.length().orElseThrow();
        return same ? Optional.of(whole(part.key(), length, Optional.of(length))) : Optional.empty();
    }

    /**
     * A file that is made of parts, which are all here. Nobody can append to it.
     *
     * @param length of all of them
     */
    Upload ofParts(Call call, Headers headers, Headers.Concat.Final concat, List<Part> of, long length)
            throws IOException {
        var said = Said.of(headers.metadata(), call.caller());
        var added = add(call, said, Optional.of(length), length);
        var found = growing(call, added.key());
        if (found.isEmpty()) {
            return over(call, added.key());
        }
        var store = found.get();
        if (store.offset(added.key()) < length) {
            parts.made(added.key(), call.caller().actor(), length, concat.said());
            try {
                store.concatenate(added.key(), of.stream().map(Part::key).toList());
            } catch (IOException | RuntimeException e) {
                giveUp(call, added);
                throw e;
            }
        }
        return whole(added.key(), length, Optional.of(length));
    }
}
