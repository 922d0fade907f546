package dev.tandem.filetransfer.internal.book;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;

/** What may become of a transfer. Pure. */
final class TransferRules {
    /** When what is not whole, or not wanted by anybody, is given up. */
    static final String EXPIRY = "expiry";
    /** When the bytes of what is over are deleted. */
    static final String RETENTION = "retention";

    static final int MOST_FOLDERS = 10_000;

    private TransferRules() {}

    static Decision<Fact, None> announce(TransferState state, Fact.Announced announced, Duration expiry) {
        return state.announced().isPresent()
                ? Decision.nothing()
                : Decision.accept(List.<Fact>of(announced))
                        .wake(EXPIRY, announced.at().plus(expiry));
    }

    /**
     * @param path its personal text goes with the event
     * @param most what it counts while its size is not known
     */
    static Decision<Fact, None> add(
            TransferState state,
            String file,
            Personal path,
            Optional<Long> size,
            String type,
            Optional<Instant> modified,
            long most) {
        if (state.file(file).isPresent()) {
            return Decision.nothing();
        }
        if (!state.arriving() || state.complete()) {
            return over();
        }
        var announced = state.announced().orElseThrow();
        if (state.files().size() >= announced.files()) {
            return Decision.refuse(
                    Refusal.Reason.CONFLICT,
                    "more-files-than-announced",
                    "More files come than the " + announced.files() + " that were announced.");
        }
        var facts = new ArrayList<Fact>();
        facts.add(new Fact.FileAdded(file, path.ref(), size, type, modified));
        if (size.isEmpty()) {
            facts.add(new Fact.RoomMade(file, most));
        }
        return tooLarge(state, size.orElse(0L))
                .orElseGet(() -> Decision.<Fact>accept(facts).with(path));
    }

    /** The sender of a file whose size was not known has said it; it holds from then on. */
    static Decision<Fact, None> sized(TransferState state, String file, long size) {
        var found = state.file(file).filter(one -> one.state() == FileState.ARRIVING);
        if (!state.arriving() || found.isEmpty()) {
            return over();
        }
        if (found.get().size().isPresent()) {
            return found.get().size().get() == size
                    ? Decision.nothing()
                    : Decision.refuse(Refusal.Reason.CONFLICT, "size-known", "The size of this file is known already.");
        }
        return tooLarge(state, size).orElseGet(() -> Decision.accept(List.of(new Fact.FileSized(file, size))));
    }

    private static Optional<Decision<Fact, None>> tooLarge(TransferState state, long more) {
        return state.announced()
                .flatMap(Fact.Announced::bytes)
                .filter(most -> state.bytes() + more > most)
                .map(most -> Decision.refuse(
                        Refusal.Reason.CONFLICT,
                        "more-bytes-than-announced",
                        "The files are larger than the " + most + " bytes that were announced."));
    }

    /** Bytes have come: it is given up so much later. */
    static Decision<Fact, None> prolong(TransferState state, Duration expiry, Instant now) {
        return state.arriving() ? Decision.<Fact>accept(List.of()).wake(EXPIRY, now.plus(expiry)) : Decision.nothing();
    }

    /** @param paths their personal text goes with the event */
    static Decision<Fact, None> addFolders(TransferState state, Personal paths, int count) {
        if (!state.arriving() || state.complete()) {
            return over();
        }
        if (state.announced().orElseThrow().kind() != Kind.FOLDER) {
            return Decision.refuse(Refusal.Reason.CONFLICT, "no-folder", "A file has no folders in it.");
        }
        if (state.folderCount() + count > MOST_FOLDERS) {
            return Decision.refuse(
                    Refusal.Reason.CONFLICT,
                    "too-many-folders",
                    "A folder has at most " + MOST_FOLDERS + " empty folders in it.");
        }
        return Decision.<Fact>accept(List.of(new Fact.FoldersAdded(paths.ref(), count)))
                .with(paths);
    }

    /** @param beforehand the receiver who has agreed to all of this sender, if one has */
    static Decision<Fact, None> complete(TransferState state, Optional<UUID> beforehand, Duration expiry, Instant now) {
        if (state.announced().isEmpty() || state.complete() || !state.arriving()) {
            return Decision.nothing();
        }
        return settled(state, List.of(new Fact.Completed()), beforehand, expiry, now);
    }

    static Decision<Fact, None> ready(
            TransferState state,
            String file,
            long size,
            String sha256,
            String type,
            Optional<UUID> beforehand,
            Duration expiry,
            Instant now) {
        return arriving(state, file)
                ? settled(state, List.of(new Fact.FileReady(file, size, sha256, type)), beforehand, expiry, now)
                : Decision.nothing();
    }

    static Decision<Fact, None> refuse(
            TransferState state, String file, Reason reason, Optional<UUID> beforehand, Duration expiry, Instant now) {
        return arriving(state, file)
                ? settled(state, List.of(new Fact.FileRefused(file, reason)), beforehand, expiry, now)
                : Decision.nothing();
    }

    /** The sender does not want to send that one. */
    static Decision<Fact, None> takeBack(
            TransferState state, String file, Optional<UUID> beforehand, Duration expiry, Instant now) {
        boolean there = state.arriving()
                && state.file(file)
                        .filter(one -> one.state() == FileState.ARRIVING || one.state() == FileState.READY)
                        .isPresent();
        return there
                ? settled(state, List.of(new Fact.FileTakenBack(file)), beforehand, expiry, now)
                : Decision.nothing();
    }

    /**
     * If nothing more is awaited the receiver is asked, or there is nothing to be asked about. The time in which somebody has to
     * do something begins anew: looking at a file may have taken all of it.
     */
    private static Decision<Fact, None> settled(
            TransferState state, List<Fact> facts, Optional<UUID> beforehand, Duration expiry, Instant now) {
        var after = state;
        for (var fact : facts) {
            after = after.with(fact);
        }
        var all = new ArrayList<>(facts);
        boolean awaited = !after.complete() || after.any(FileState.ARRIVING);
        if (awaited) {
            return Decision.<Fact>accept(all).wake(EXPIRY, now.plus(expiry));
        }
        if (after.any(FileState.READY)
                || after.files().isEmpty() && !after.folders().isEmpty()) {
            all.add(new Fact.Offered(now));
            beforehand.ifPresent(by -> all.add(new Fact.Agreed(by, true, now)));
            var decision = Decision.<Fact>accept(all);
            return beforehand.isPresent() ? decision.calm(EXPIRY) : decision.wake(EXPIRY, now.plus(expiry));
        }
        all.add(after.any(FileState.REFUSED) ? new Fact.Refused(now) : new Fact.Cancelled(Ending.TAKEN_BACK, now));
        return Decision.<Fact>accept(all).calm(EXPIRY);
    }

    static Decision<Fact, None> agree(TransferState state, UUID by, Instant now) {
        if (state.announced().isPresent() && state.state().readable()) {
            return Decision.nothing();
        }
        return state.announced().isPresent() && state.state() == State.OFFERED
                ? Decision.<Fact>accept(List.of(new Fact.Agreed(by, false, now)))
                        .calm(EXPIRY)
                : over();
    }

    /** Also while it arrives: nobody has to wait for what nobody wants. */
    static Decision<Fact, None> decline(TransferState state, UUID by, Instant now) {
        if (state.announced().isPresent() && state.state() == State.DECLINED) {
            return Decision.nothing();
        }
        boolean asked =
                state.announced().isPresent() && (state.state() == State.ARRIVING || state.state() == State.OFFERED);
        return asked
                ? Decision.<Fact>accept(List.of(new Fact.Declined(by, now))).calm(EXPIRY)
                : over();
    }

    static Decision<Fact, None> delivered(TransferState state, UUID by, Instant now) {
        return state.announced().isPresent() && state.state() == State.AGREED
                ? Decision.accept(List.of(new Fact.Delivered(by, now)))
                : Decision.nothing();
    }

    /** What the receiver has agreed to is not taken back: it may be on the way. */
    static Decision<Fact, None> cancel(TransferState state, Ending why, Instant now) {
        boolean there =
                state.announced().isPresent() && (state.state() == State.ARRIVING || state.state() == State.OFFERED);
        return there
                ? Decision.<Fact>accept(List.of(new Fact.Cancelled(why, now))).calm(EXPIRY)
                : Decision.nothing();
    }

    /** The session is over: what was not agreed to ends, and the bytes are kept for that long. */
    static Decision<Fact, None> sessionOver(TransferState state, Duration keep, Instant now) {
        if (state.announced().isEmpty() || state.state() == State.REMOVED) {
            return Decision.nothing();
        }
        boolean unanswered = state.state() == State.ARRIVING || state.state() == State.OFFERED;
        List<Fact> facts = unanswered ? List.of(new Fact.Cancelled(Ending.SESSION_ENDED, now)) : List.of();
        return Decision.<Fact>accept(facts).calm(EXPIRY).wake(RETENTION, now.plus(keep));
    }

    static Decision<Fact, None> due(TransferState state, String deadline, Instant now) {
        if (deadline.equals(EXPIRY)) {
            return cancel(state, Ending.EXPIRED, now);
        }
        boolean over = deadline.equals(RETENTION) && state.announced().isPresent() && state.state() != State.REMOVED;
        return over ? Decision.accept(List.of(new Fact.Removed(now))) : Decision.nothing();
    }

    private static boolean arriving(TransferState state, String file) {
        return state.arriving()
                && state.file(file)
                        .filter(one -> one.state() == FileState.ARRIVING)
                        .isPresent();
    }

    private static Decision<Fact, None> over() {
        return Decision.refuse(
                Refusal.Reason.CONFLICT, "transfer-over", "This transfer is not open for that any more.");
    }
}
