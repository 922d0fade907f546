package dev.tandem.filetransfer.internal.desk;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.FileTransfers;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.book.Added;
import dev.tandem.filetransfer.internal.book.Announcement;
import dev.tandem.filetransfer.internal.book.FileToCome;
import dev.tandem.filetransfer.internal.book.Sender;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.filetransfer.internal.verify.Verifier;
import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Transfers as integrators use them. */
@Component(service = FileTransfers.class)
public final class FilesService implements FileTransfers {
    private static final int BLOCK = 1 << 20;
    private static final String SYSTEM = "system";

    private final TransferBook book;
    private final Gate gate;
    private final Stores stores;
    private final Verifier verifier;
    private final Set<FileKey> underWay = ConcurrentHashMap.newKeySet();

    @Activate
    public FilesService(
            @Reference TransferBook book,
            @Reference Gate gate,
            @Reference Stores stores,
            @Reference Verifier verifier) {
        this.book = book;
        this.gate = gate;
        this.stores = stores;
        this.verifier = verifier;
    }

    @Override
    public Optional<FileTransfer> find(SiteId site, TransferId transfer) {
        return book.find(site, transfer);
    }

    @Override
    public List<FileTransfer> of(SiteId site, SessionId session) {
        return book.of(site, session);
    }

    @Override
    public Answer<TransferId> send(SiteId site, SessionId session, Outgoing file, InputStream bytes, UUID command)
            throws IOException {
        Sender sender;
        var key = new FileKey(site, UUID.randomUUID().toString().replace("-", ""));
        try {
            sender = gate.controller(site, session);
            FilesDesk.refuseLength("name", file.name(), FilesDesk.LONGEST_NAME);
            gate.admitTransfer(sender);
            gate.admit(sender, file.name(), file.size(), file.type());
            gate.makeRoom(sender, key.id(), file.size(), 0);
        } catch (ProblemException e) {
            return new Answer.Refused<>(refusal(e.problem()));
        }
        Answer<TransferId> announced;
        TransferId transfer;
        FileKey first;
        boolean added = false;
        try {
            announced = book.announce(
                    sender, new Announcement(Kind.FILE, file.name(), 1, file.size()), Ids.derived(command, "announce"));
            if (!(announced instanceof Answer.Accepted<TransferId> accepted)) {
                return announced;
            }
            transfer = accepted.value();
            var come = new FileToCome(key.id(), file.name(), file.size(), file.type(), Optional.empty());
            var answer = book.add(sender, transfer, come, Ids.derived(command, "add"));
            if (answer instanceof Answer.Refused<Added> refused) {
                return new Answer.Refused<>(refused.refusal());
            }
            first = new FileKey(site, ((Answer.Accepted<Added>) answer).value().file());
            added = first.equals(key);
        } finally {
            if (!added) {
                book.giveRoomBack(site, key.id());
            }
        }
        if (!first.equals(key)) {
            var done = again(announced, first);
            if (done.isPresent()) {
                return done.get();
            }
        }
        if (!underWay.add(first)) {
            return new Answer.Refused<>(
                    new Refusal(Refusal.Reason.BUSY, "under-way", "The first call with this command is under way."));
        }
        try {
            return receive(sender, announced, transfer, first, file, bytes, command);
        } finally {
            underWay.remove(first);
        }
    }

    /** What a repeat is answered; empty if what came before has died with its process, or not come to the end yet. */
    private Optional<Answer<TransferId>> again(Answer<TransferId> announced, FileKey key) {
        var now = book.ofFile(key.site(), key.id()).orElseThrow();
        var state = now.file(key.id()).map(SentFile::state).orElseThrow();
        if (now.state() == State.CANCELLED || state == FileState.TAKEN_BACK) {
            return Optional.of(new Answer.Refused<>(cameToNothing()));
        }
        if (now.state() != State.ARRIVING || now.complete() || state != FileState.ARRIVING) {
            verifier.look(key);
            return Optional.of(announced);
        }
        return Optional.empty();
    }

    private Answer<TransferId> receive(
            Sender sender,
            Answer<TransferId> announced,
            TransferId transfer,
            FileKey key,
            Outgoing file,
            InputStream bytes,
            UUID command)
            throws IOException {
        boolean whole = false;
        long size;
        try {
            var store = stores.of(sender.site());
            // What a first try has left is no part of it.
            store.delete(key);
            store.create(key);
            size = store(store, key, bytes, file.size(), gate.most(sender));
            whole = true;
        } catch (ProblemException e) {
            return new Answer.Refused<>(refusal(e.problem()));
        } finally {
            if (!whole) {
                book.cancel(sender.site(), transfer, Ending.TAKEN_BACK, SYSTEM, UUID.randomUUID());
                stores.delete(key);
            }
        }
        if (file.size().isEmpty()) {
            var sized = book.sized(sender, transfer, key.id(), size, Ids.derived(command, "sized/" + size));
            if (sized instanceof Answer.Refused<None> refused) {
                return new Answer.Refused<>(refused.refusal());
            }
        }
        var complete = book.complete(sender, transfer, Ids.derived(command, "complete"));
        if (complete instanceof Answer.Refused<None> refused) {
            return new Answer.Refused<>(refused.refusal());
        }
        if (book.head(sender.site(), transfer)
                .filter(one -> one.state() == State.CANCELLED)
                .isPresent()) {
            return new Answer.Refused<>(cameToNothing());
        }
        verifier.look(key);
        return announced;
    }

    private static Refusal cameToNothing() {
        return new Refusal(Refusal.Reason.CONFLICT, "transfer-over", "It came to nothing: send it by another command.");
    }

    private static long store(FileStore store, FileKey key, InputStream bytes, Optional<Long> size, long most)
            throws IOException {
        long bound = size.orElse(most);
        long come = 0;
        var block = new byte[BLOCK];
        try (var appender = store.append(key)) {
            for (int read = bytes.read(block); read >= 0; read = bytes.read(block)) {
                come += read;
                if (come > bound) {
                    throw new ProblemException(
                            new Problem(413, "file-too-large", "More than " + bound + " bytes came."));
                }
                appender.write(ByteBuffer.wrap(block, 0, read));
            }
            if (size.isPresent() && come < size.get()) {
                throw new EOFException("Of " + size.get() + " bytes only " + come + " came");
            }
            return appender.settle();
        }
    }

    private static Refusal refusal(Problem problem) {
        var reason =
                switch (problem.status()) {
                    case 403 -> Refusal.Reason.FORBIDDEN;
                    case 404 -> Refusal.Reason.UNKNOWN;
                    case 409 -> Refusal.Reason.CONFLICT;
                    default -> Refusal.Reason.INVALID;
                };
        return new Refusal(reason, problem.code(), problem.detail());
    }

    @Override
    public ReadableByteChannel open(SiteId site, String file) throws IOException {
        var key = new FileKey(site, file);
        boolean readable = book.ofFile(site, file)
                .filter(one -> one.state().readable())
                .flatMap(one -> one.file(file))
                .filter(one -> one.state() == FileState.READY)
                .isPresent();
        if (!readable) {
            throw new MissingFileException(key);
        }
        return stores.holding(key).read(key, 0);
    }

    @Override
    public Answer<None> cancel(SiteId site, TransferId transfer, UUID command) {
        var found = book.head(site, transfer);
        if (found.isEmpty()) {
            return new Answer.Refused<>(new Refusal(Refusal.Reason.UNKNOWN, "unknown", "There is no such transfer."));
        }
        if (found.get().state().readable()) {
            return new Answer.Refused<>(
                    new Refusal(Refusal.Reason.CONFLICT, "transfer-over", "The receiver has agreed to it already."));
        }
        return book.cancel(site, transfer, Ending.TAKEN_BACK, SYSTEM, command);
    }
}
