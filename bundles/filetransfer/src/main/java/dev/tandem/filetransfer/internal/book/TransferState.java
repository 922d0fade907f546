package dev.tandem.filetransfer.internal.book;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.journal.Personal;

/**
 * The fold of a transfer's facts. {@code announced} is empty for a stream without any.
 */
record TransferState(
        Optional<Fact.Announced> announced,
        State state,
        Files files,
        List<Fact.FoldersAdded> folders,
        boolean complete,
        Optional<Instant> answeredAt,
        Optional<Instant> endedAt,
        Optional<Ending> ending) {
    static final TransferState NONE = new TransferState(
            Optional.empty(),
            State.ARRIVING,
            Files.NONE,
            List.of(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** A file. @param number its place among the files */
    record Entry(
            String id,
            int number,
            Personal.Ref path,
            Optional<Long> size,
            String type,
            Optional<Instant> modified,
            FileState state,
            Optional<String> sha256,
            Optional<Reason> reason) {
        Entry at(int place) {
            return new Entry(id, place, path, size, type, modified, state, sha256, reason);
        }

        Entry sized(long bytes) {
            return new Entry(id, number, path, Optional.of(bytes), type, modified, state, sha256, reason);
        }

        Entry as(FileState now, Optional<Reason> why) {
            return new Entry(id, number, path, size, type, modified, now, sha256, why);
        }
    }

    TransferState with(Fact fact) {
        if (fact instanceof Fact.Announced now) {
            return new TransferState(Optional.of(now), state, files, folders, complete, answeredAt, endedAt, ending);
        } else if (fact instanceof Fact.FileAdded now) {
            return change(new Entry(
                    now.file(),
                    0,
                    now.path(),
                    now.size(),
                    now.type(),
                    now.modified(),
                    FileState.ARRIVING,
                    Optional.empty(),
                    Optional.empty()));
        } else if (fact instanceof Fact.FileSized now) {
            return change(now.file(), old -> old.sized(now.size()));
        } else if (fact instanceof Fact.RoomMade) {
            // What it counts towards the quotas is no part of what a transfer may become.
            return this;
        } else if (fact instanceof Fact.FoldersAdded now) {
            var more = new ArrayList<>(folders);
            more.add(now);
            return new TransferState(announced, state, files, List.copyOf(more), complete, answeredAt, endedAt, ending);
        } else if (fact instanceof Fact.Completed) {
            return new TransferState(announced, state, files, folders, true, answeredAt, endedAt, ending);
        } else if (fact instanceof Fact.FileReady now) {
            return change(
                    now.file(),
                    old -> new Entry(
                            old.id(),
                            old.number(),
                            old.path(),
                            Optional.of(now.size()),
                            now.type(),
                            old.modified(),
                            FileState.READY,
                            Optional.of(now.sha256()),
                            Optional.empty()));
        } else if (fact instanceof Fact.FileRefused now) {
            return change(now.file(), old -> old.as(FileState.REFUSED, Optional.of(now.reason())));
        } else if (fact instanceof Fact.FileTakenBack now) {
            return change(now.file(), old -> old.as(FileState.TAKEN_BACK, Optional.empty()));
        } else if (fact instanceof Fact.Offered) {
            return to(State.OFFERED);
        } else if (fact instanceof Fact.Agreed now) {
            return to(State.AGREED).answered(now.at());
        } else if (fact instanceof Fact.Declined now) {
            return to(State.DECLINED).answered(now.at()).ended(now.at(), Optional.empty());
        } else if (fact instanceof Fact.Delivered now) {
            return to(State.DONE).ended(now.at(), Optional.empty());
        } else if (fact instanceof Fact.Refused now) {
            return to(State.REFUSED).ended(now.at(), Optional.empty());
        } else if (fact instanceof Fact.Cancelled now) {
            return to(State.CANCELLED).ended(now.at(), Optional.of(now.why()));
        }
        return to(State.REMOVED);
    }

    private TransferState change(String file, UnaryOperator<Entry> change) {
        return files.get(file).map(entry -> change(change.apply(entry))).orElse(this);
    }

    private TransferState change(Entry entry) {
        return new TransferState(announced, state, files.with(entry), folders, complete, answeredAt, endedAt, ending);
    }

    private TransferState to(State now) {
        return new TransferState(announced, now, files, folders, complete, answeredAt, endedAt, ending);
    }

    private TransferState answered(Instant at) {
        return new TransferState(announced, state, files, folders, complete, Optional.of(at), endedAt, ending);
    }

    private TransferState ended(Instant at, Optional<Ending> why) {
        return new TransferState(announced, state, files, folders, complete, answeredAt, Optional.of(at), why);
    }

    boolean arriving() {
        return announced.isPresent() && state == State.ARRIVING;
    }

    Optional<Entry> file(String id) {
        return files.get(id);
    }

    /** Whether any file is in that state. */
    boolean any(FileState wanted) {
        return files.count(wanted) > 0;
    }

    /** Bytes that were said to come with the files that have been added. */
    long bytes() {
        return files.bytes();
    }

    /** How many empty folders there are. */
    int folderCount() {
        return folders.stream().mapToInt(Fact.FoldersAdded::count).sum();
    }
}
