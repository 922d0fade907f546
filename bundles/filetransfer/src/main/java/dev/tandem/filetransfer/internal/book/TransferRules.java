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

    private TransferRules() {}

    static Decision<Fact, None> announce(TransferState state, Fact.Announced announced, Duration expiry) {
        return state.announced().isPresent()
                ? Decision.nothing()
                : Decision.accept(List.<Fact>of(announced))
                        .wake(EXPIRY, announced.at().plus(expiry));
    }

    /** @param path its personal text goes with the event */
    static Decision<Fact, None> add(
            TransferState state,
            String file,
            Personal path,
            Optional<Long> size,
            String type,
            Optional<Instant> modified) {
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
        if (announced
                .bytes()
                .filter(most -> state.bytes() + size.orElse(0L) > most)
                .isPresent()) {
            return Decision.refuse(
                    Refusal.Reason.CONFLICT,
                    "more-bytes-than-announced",
                    "The files are larger than the " + announced.bytes().get() + " bytes that were announced.");
        }
        var added = Decision.<Fact>accept(List.of(new Fact.FileAdded(file, path.ref(), size, type, modified)))
                .with(path);
        return added;
    }

    static Decision<Fact, None> addFolders(TransferState state, Personal paths) {
        if (!state.arriving() || state.complete()) {
            return over();
        }
        return state.announced().orElseThrow().kind() == Kind.FOLDER
                ? Decision.<Fact>accept(List.of(new Fact.FoldersAdded(paths.ref())))
                        .with(paths)
                : Decision.refuse(Refusal.Reason.CONFLICT, "no-folder", "A file has no folders in it.");
    }

    /** @param beforehand the receiver who has agreed to all of this sender, if one has */
    static Decision<Fact, None> complete(TransferState state, Optional<UUID> beforehand, Instant now) {
        if (state.announced().isEmpty() || state.complete() || !state.arriving()) {
            return Decision.nothing();
        }
        return settled(state, List.of(new Fact.Completed()), beforehand, now);
    }

    static Decision<Fact, None> ready(
            TransferState state,
            String file,
            long size,
            String sha256,
            String type,
            Optional<UUID> beforehand,
            Instant now) {
        return arriving(state, file)
                ? settled(state, List.of(new Fact.FileReady(file, size, sha256, type)), beforehand, now)
                : Decision.nothing();
    }

    static Decision<Fact, None> refuse(
            TransferState state, String file, Reason reason, Optional<UUID> beforehand, Instant now) {
        return arriving(state, file)
                ? settled(state, List.of(new Fact.FileRefused(file, reason)), beforehand, now)
                : Decision.nothing();
    }

    /** The sender does not want to send that one. */
    static Decision<Fact, None> takeBack(TransferState state, String file, Optional<UUID> beforehand, Instant now) {
        boolean there = state.arriving()
                && state.file(file)
                        .filter(one -> one.state() == FileState.ARRIVING || one.state() == FileState.READY)
                        .isPresent();
        return there ? settled(state, List.of(new Fact.FileTakenBack(file)), beforehand, now) : Decision.nothing();
    }

    /** If nothing more is awaited the receiver is asked, or there is nothing to be asked about. */
    private static Decision<Fact, None> settled(
            TransferState state, List<Fact> facts, Optional<UUID> beforehand, Instant now) {
        var after = state;
        for (var fact : facts) {
            after = after.with(fact);
        }
        var all = new ArrayList<>(facts);
        boolean awaited = !after.complete() || after.any(FileState.ARRIVING);
        if (awaited) {
            return Decision.accept(all);
        }
        if (after.any(FileState.READY)
                || after.files().isEmpty() && !after.folders().isEmpty()) {
            all.add(new Fact.Offered(now));
            beforehand.ifPresent(by -> all.add(new Fact.Agreed(by, true, now)));
            return Decision.accept(all);
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
