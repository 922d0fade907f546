package dev.tandem.filetransfer.internal.desk;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.SentFile;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.book.Direction;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.desk.Gate.Place;
import dev.tandem.filetransfer.internal.names.SafeName;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.session.Participant;
import dev.tandem.session.Participant.Role;
import dev.tandem.web.Problem;

import io.swagger.v3.oas.annotations.media.Schema;

/** Transfers as pages get them, by REST and by the live channel alike; each caller their own. */
@Component(service = Views.class)
public final class Views {
    /** How many files stand on a page of a folder's files. */
    public static final int PAGE = 500;

    private final TransferBook book;
    private final Gate gate;
    private final Settings settings;
    private final Progress progress;
    private final Stores stores;

    @Activate
    public Views(
            @Reference TransferBook book,
            @Reference Gate gate,
            @Reference Settings settings,
            @Reference Progress progress,
            @Reference Stores stores) {
        this.book = book;
        this.gate = gate;
        this.settings = settings;
        this.progress = progress;
        this.stores = stores;
    }

    /** What there is in a session, and what the caller may do. */
    public record Listing(
            @Schema(description = "The oldest first. Customers get what they send and what is for them.")
                    List<TransferView> transfers,
            Limits limits,
            @Schema(description = "Whether the caller takes all that the other side sends, without being asked.")
                    boolean acceptAll,
            @Schema(description = "Whether the caller may send something now.") boolean send,
            @Schema(description = "If not: why, such as `not-in-control`.") Optional<String> why) {}

    /** Bytes of a file each way, and files of a folder, at most. */
    public record Limits(long toCustomer, long fromCustomer, int files) {}

    /** Who has sent it, by the name of now. */
    public record PersonView(UUID id, @Schema(description = "Empty once erased.") String name, Optional<Role> role) {}

    /** A file or a folder that somebody sends. */
    public record TransferView(
            UUID id,
            Kind kind,
            @Schema(description = "As its sender calls it; null once erased. Not to be trusted.") Optional<String> name,
            PersonView from,
            @Schema(description = "The caller sends it.") boolean mine,
            @Schema(description = "The caller is asked about it.") boolean forMe,
            State state,
            @Schema(description = "Why it came to nothing.") Optional<Ending> ending,
            Instant at,
            Optional<Instant> answeredAt,
            Optional<Instant> endedAt,
            @Schema(description = "As announced, until all are there.") int fileCount,
            long readyCount,
            long refusedCount,
            @Schema(description = "As announced, or as far as it is known.") long bytes,
            @Schema(description = "How many of them are here.") long received,
            @Schema(description = "Nothing more is announced.") boolean complete,
            @Schema(description = "Bytes have come within ten seconds.") boolean receiving,
            @Schema(description = "The file; null for a folder.") Optional<FileView> file,
            @Schema(description = "Where the caller reads it; null while that is not so.") Optional<String> download) {}

    /** A file. */
    public record FileView(
            String id,
            @Schema(description = "As its sender calls it; null once erased. Not to be trusted.") Optional<String> path,
            @Schema(description = "A harmless name to save it by.") String name,
            Optional<Long> size,
            @Schema(description = "Media type: as its sender says, then as it turned out to be.") String type,
            @Schema(description = "When it was last changed, as its sender says; null if that was not said.")
                    Optional<Instant> modified,
            FileState state,
            @Schema(description = "SHA-256 in hexadecimal, once it was looked at.") Optional<String> sha256,
            @Schema(description = "Why it may not pass.") Optional<Reason> reason,
            @Schema(description = "How many bytes of it are here.") long offset) {}

    /** Some files of a folder. */
    public record FilesView(
            List<FileView> files,
            @Schema(description = "Its empty folders, on the first page.") List<String> folders,
            @Schema(description = "What to ask for as `after` to get more; null if these are the last.")
                    Optional<Integer> next) {}

    /** All that a caller sees of a session. */
    public Listing listing(Place place) {
        var session = place.session();
        var me = place.participant();
        var refusal = gate.refusal(session, me);
        return new Listing(
                book.of(session.site(), session.id()).stream()
                        .filter(one -> sees(place, one))
                        .map(one -> of(place, one))
                        .toList(),
                new Limits(
                        settings.most(session.site(), Direction.TO_CUSTOMER),
                        settings.most(session.site(), Direction.FROM_CUSTOMER),
                        Gate.MOST_FILES),
                book.acceptsAll(session.site(), session.id(), me.id(), session.epoch()),
                refusal.isEmpty(),
                refusal.map(Problem::code));
    }

    /** Agents see all that goes on in their session, customers what is theirs. */
    static boolean sees(Place place, FileTransfer transfer) {
        return place.participant().role() == Role.AGENT
                || transfer.from().equals(place.participant().id())
                || place.receives(transfer);
    }

    /** A transfer, of which the paths in a folder need not be there. */
    public TransferView of(Place place, FileTransfer transfer) {
        var me = place.participant();
        boolean single = transfer.kind() == Kind.FILE;
        long known = transfer.bytes();
        return new TransferView(
                transfer.id().value(),
                transfer.kind(),
                transfer.name(),
                from(place, transfer),
                transfer.from().equals(me.id()),
                gate.asks(place, transfer),
                transfer.state(),
                transfer.ending(),
                transfer.at(),
                transfer.answeredAt(),
                transfer.endedAt(),
                transfer.complete() ? transfer.files().size() : transfer.announcedFiles(),
                count(transfer, FileState.READY),
                count(transfer, FileState.REFUSED),
                transfer.complete()
                        ? known
                        : Math.max(known, transfer.announcedBytes().orElse(0L)),
                transfer.files().stream()
                        .mapToLong(file -> offset(transfer, file))
                        .sum(),
                transfer.complete(),
                transfer.state() == State.ARRIVING
                        && transfer.files().stream()
                                .anyMatch(file -> file.state() == FileState.ARRIVING && progress.receiving(file.id())),
                single ? transfer.files().stream().findFirst().map(file -> file(transfer, file)) : Optional.empty(),
                download(place, transfer));
    }

    private Optional<String> download(Place place, FileTransfer transfer) {
        if (!gate.reads(place, transfer)) {
            return Optional.empty();
        }
        return transfer.kind() == Kind.FOLDER
                ? Optional.of("/api/filetransfer/" + transfer.session() + "/transfers/" + transfer.id() + "/zip")
                : transfer.files().stream().findFirst().map(file -> "/api/files/" + file.id());
    }

    private static PersonView from(Place place, FileTransfer transfer) {
        var from = place.session().participant(transfer.from());
        return new PersonView(
                transfer.from().value(), from.map(Participant::name).orElse(""), from.map(Participant::role));
    }

    private static long count(FileTransfer transfer, FileState state) {
        return transfer.files().stream().filter(file -> file.state() == state).count();
    }

    /** A page of the files of a transfer. */
    public FilesView files(FileTransfer transfer, int after) {
        var files = book.files(transfer.site(), transfer.id(), after, PAGE);
        int next = after + files.size();
        return new FilesView(
                files.stream().map(file -> file(transfer, file)).toList(),
                after == 0 ? book.folders(transfer.site(), transfer.id()) : List.of(),
                next < transfer.files().size() ? Optional.of(next) : Optional.empty());
    }

    private FileView file(FileTransfer transfer, SentFile file) {
        return new FileView(
                file.id(),
                file.path(),
                SafeName.of(file.path().orElse("")),
                file.size(),
                file.type(),
                file.modified(),
                file.state(),
                file.sha256(),
                file.reason(),
                offset(transfer, file));
    }

    /** As far as this node knows: who receives a file tells, and what is whole is whole. */
    private long offset(FileTransfer transfer, SentFile file) {
        return switch (file.state()) {
            case READY -> file.size().orElse(0L);
            case ARRIVING -> arrived(transfer, file);
            case REFUSED, TAKEN_BACK -> 0;
        };
    }

    /** What comes just now stands in memory; a file of which nothing comes may have come further on another node. */
    private long arrived(FileTransfer transfer, SentFile file) {
        long seen = progress.of(file.id()).map(Progress.Seen::offset).orElse(0L);
        // Of a folder there may be thousands.
        if (transfer.kind() != Kind.FILE || progress.receiving(file.id())) {
            return seen;
        }
        var key = new FileKey(transfer.site(), file.id());
        try {
            return stores.offset(key);
        } catch (IOException e) {
            return seen;
        }
    }
}
