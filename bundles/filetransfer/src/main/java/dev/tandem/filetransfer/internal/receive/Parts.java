package dev.tandem.filetransfer.internal.receive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.internal.book.Direction;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.Gate;
import dev.tandem.filetransfer.internal.desk.Settings;
import dev.tandem.filetransfer.internal.receive.PartBook.Part;
import dev.tandem.filetransfer.internal.receive.PartBook.Room;
import dev.tandem.filetransfer.internal.receive.Receiver.Expected;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * Parts of files, which come side by side and are then made one (tus concatenation). Clients say nothing of a part but its length,
 * so a part belongs to its caller and to nothing else; what it becomes is judged when it becomes a file.
 */
@Component(service = Parts.class)
public final class Parts {
    private static final Duration TOUCHED = Duration.ofMinutes(5);

    private final Gate gate;
    private final TransferBook transfers;
    private final Settings settings;
    private final Stores stores;
    private final PartBook book;
    private final Receiving receiving;
    private final Uploads uploads;
    private final Clock clock;

    @Activate
    public Parts(
            @Reference Gate gate,
            @Reference TransferBook transfers,
            @Reference Settings settings,
            @Reference Stores stores,
            @Reference PartBook book,
            @Reference Receiving receiving,
            @Reference Uploads uploads,
            @Reference Clock clock) {
        this.gate = gate;
        this.transfers = transfers;
        this.settings = settings;
        this.stores = stores;
        this.book = book;
        this.receiving = receiving;
        this.uploads = uploads;
        this.clock = clock;
    }

    /** The caller's part with that id. */
    public Optional<Part> find(Call call, String id) {
        var caller = call.caller();
        return book.find(new FileKey(caller.site(), id))
                .filter(part -> part.partial() && part.owner().equals(caller.actor()));
    }

    /** Begins a part, with the bytes that come with it. */
    public Upload create(Call call, Headers headers, InputStream in) throws IOException {
        var length = headers.length();
        if (headers.deferred() == length.isPresent()) {
            throw new ProblemException(
                    Problem.invalid(Headers.LENGTH, "Either this or " + Headers.DEFER + " is needed."));
        }
        var caller = call.caller();
        gate.somewhere(call);
        refuseTooLarge(caller, length.orElse(0L));
        var store = stores.of(caller.site());
        if (store.room() < length.orElse(0L)) {
            throw new ProblemException(Receiving.storageFull());
        }
        var checksum = headers.checksum();
        var key = new FileKey(caller.site(), UUID.randomUUID().toString().replace("-", ""));
        store.create(key);
        if (!book.begin(key, caller.actor(), length, room(caller))) {
            store.delete(key);
            throw tooMany();
        }
        var part = book.find(key).orElseThrow();
        long offset = headers.bytes() ? receive(call, part, length, 0, headers, checksum, in) : 0;
        return upload(part, offset, length);
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                new Problem(413, "too-many-parts", "Too many parts are on their way, or there is no room for them."));
    }

    private Room room(Caller caller) {
        var site = caller.site();
        long left = settings.siteQuota(site) - transfers.bytes(site);
        return new Room(most(caller), settings.sessionQuota(site), left);
    }

    /** Who may send something at all, and how large it may be. */
    private void refuseTooLarge(Caller caller, long bytes) {
        long most = most(caller);
        if (bytes > most) {
            throw new ProblemException(
                    new Problem(413, "file-too-large", "A file this way has at most " + most + " bytes."));
        }
    }

    private long most(Caller caller) {
        if (caller instanceof Caller.OfAgent) {
            return settings.most(caller.site(), Direction.TO_CUSTOMER);
        } else if (caller instanceof Caller.OfCustomer) {
            return settings.most(caller.site(), Direction.FROM_CUSTOMER);
        }
        throw new ProblemException(new Problem(401, "sign-in-needed", "You need to be signed in."));
    }

    private long receive(
            Call call,
            Part part,
            Optional<Long> length,
            long offset,
            Headers headers,
            Optional<Checksum> checksum,
            InputStream in)
            throws IOException {
        var store = holding(part.key());
        var expected = new Expected(
                store,
                part.key(),
                offset,
                length.orElse(most(call.caller())),
                length.isPresent(),
                headers.body(),
                checksum,
                touching(part.key()));
        book.touch(part.key());
        try {
            return receiving.receive(call.caller().actor(), expected, in);
        } finally {
            book.touch(part.key());
        }
    }

    /** What still comes is not given up; the book is told so, but not for every block. */
    private LongConsumer touching(FileKey key) {
        var quarter = settings.expiry(key.site()).dividedBy(4);
        var pace = quarter.compareTo(TOUCHED) < 0 ? quarter : TOUCHED;
        var told = new AtomicReference<>(clock.instant());
        return bytes -> {
            var now = clock.instant();
            if (!told.get().plus(pace).isAfter(now)) {
                told.set(now);
                book.touch(key);
            }
        };
    }

    private FileStore holding(FileKey key) throws IOException {
        try {
            return stores.holding(key);
        } catch (MissingFileException e) {
            throw new ProblemException(Problem.unknown());
        }
    }

    private Upload upload(Part part, long offset, Optional<Long> length) throws IOException {
        var upload = Upload.of(
                        part.key().id(),
                        offset,
                        length,
                        Optional.of(
                                clock.instant().plus(settings.expiry(part.key().site()))))
                .with(Optional.empty(), Optional.of(PartBook.PARTIAL));
        if (upload.whole()) {
            holding(part.key()).seal(part.key());
        }
        return upload;
    }

    /** Where its client goes on. */
    public Upload offset(Part part) throws IOException {
        receiving.stop(part.key());
        return upload(part, holding(part.key()).offset(part.key()), part.length());
    }

    /** Bytes that go on at an offset. */
    public Upload append(Call call, Part part, Headers headers, InputStream in) throws IOException {
        if (!headers.bytes()) {
            throw new ProblemException(
                    new Problem(415, "not-bytes", "The body is " + Headers.BYTES + ", or there is none."));
        }
        gate.somewhere(call);
        long offset = headers.offset();
        var checksum = headers.checksum();
        var length = sized(call.caller(), part, headers);
        long now = holding(part.key()).offset(part.key());
        if (length.filter(bytes -> bytes == now).isPresent()
                && offset == now
                && headers.body().orElse(1L) == 0) {
            return upload(part, now, length);
        }
        return upload(part, receive(call, part, length, offset, headers, checksum, in), length);
    }

    private Optional<Long> sized(Caller caller, Part part, Headers headers) throws IOException {
        var said = headers.length();
        if (said.isEmpty() || said.equals(part.length())) {
            return part.length();
        }
        if (part.length().isPresent() || said.get() < holding(part.key()).offset(part.key())) {
            throw new ProblemException(Problem.invalid(Headers.LENGTH, "The length is known, and stays."));
        }
        refuseTooLarge(caller, said.get());
        if (!book.sized(part.key(), part.owner(), said.get(), room(caller))) {
            throw tooMany();
        }
        return said;
    }

    /** It is not needed. */
    public void end(Part part) throws IOException {
        receiving.end(part.key());
        book.forget(part.key());
        stores.delete(part.key());
    }

    /** Makes a file of parts, which are gone then. */
    public Upload join(Call call, Headers headers, Headers.Concat.Final concat) throws IOException {
        if (headers.length().isPresent()) {
            throw new ProblemException(Problem.invalid(Headers.LENGTH, "The parts say how long it is."));
        }
        var all = new ArrayList<Part>();
        long length = 0;
        for (var id : concat.parts()) {
            var found = known(call, id);
            if (found.isEmpty()) {
                return again(call, headers, concat);
            }
            var part = found.get();
            long bytes = part.length().orElse(-1L);
            if (bytes < 0 || holding(part.key()).offset(part.key()) != bytes) {
                throw new ProblemException(
                        new Problem(400, "part-unfinished", "A part is not whole yet, and has to be."));
            }
            holding(part.key()).seal(part.key());
            length += bytes;
            all.add(part);
        }
        Upload upload;
        // All of it is copied: that takes as long as a body.
        try (var line = receiving.line(call.caller().actor())) {
            upload = uploads.ofParts(call, headers, concat, all, length);
        }
        for (var part : List.copyOf(all)) {
            end(part);
        }
        return upload.with(upload.metadata(), Optional.of(concat.said()));
    }

    /** The request came before, and its answer was lost: the parts are gone, since the file is made. */
    private Upload again(Call call, Headers headers, Headers.Concat.Final concat) throws IOException {
        var caller = call.caller();
        var made = book.made(caller.site(), caller.actor(), concat.said())
                .flatMap(part -> uploads.made(call, headers, part))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
        for (var id : concat.parts()) {
            var left = known(call, id);
            if (left.isPresent()) {
                end(left.get());
            }
        }
        return made.with(made.metadata(), Optional.of(concat.said()));
    }

    private Optional<Part> known(Call call, String id) {
        try {
            return find(call, id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }
}
