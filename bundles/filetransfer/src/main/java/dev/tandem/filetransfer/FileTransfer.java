package dev.tandem.filetransfer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/**
 * A file, or a folder with its files, that a participant of a session sends to the other side; a snapshot.
 *
 * @param name what its sender calls it; empty once that is erased. Personal, and no path of ours
 * @param to the customer for whom it is; empty if it is for the agents
 * @param epoch of control, for which it is granted
 * @param state see {@link State}
 * @param at when it was announced
 * @param answeredAt when it was agreed to or declined
 * @param endedAt when it came to its end
 * @param ending why it came to nothing; empty if it did not
 * @param announcedFiles how many files there will be at most
 * @param announcedBytes how large they will be at most, all together; empty if its sender did not say
 * @param files what is in it, in the order in which it was announced
 * @param folders empty folders in it
 * @param complete whether nothing more is announced
 * @param version the stream's version
 */
public record FileTransfer(
        SiteId site,
        TransferId id,
        SessionId session,
        Kind kind,
        Optional<String> name,
        ParticipantId from,
        Optional<ParticipantId> to,
        long epoch,
        State state,
        Instant at,
        Optional<Instant> answeredAt,
        Optional<Instant> endedAt,
        Optional<Ending> ending,
        int announcedFiles,
        Optional<Long> announcedBytes,
        List<SentFile> files,
        List<String> folders,
        boolean complete,
        long version) {

    public FileTransfer {
        files = List.copyOf(files);
        folders = List.copyOf(folders);
    }

    /** What was sent. */
    public enum Kind {
        FILE,
        /** A tree; each file has its path in it. */
        FOLDER
    }

    /** ARRIVING, OFFERED, AGREED, DONE; or at last one of the others. */
    public enum State {
        /** Bytes come, or are looked at. The receiver sees it, and may decline. */
        ARRIVING,
        /** All is here, and every inspector has passed it. The receiver is asked. */
        OFFERED,
        /** The receiver wants it, and may read it. */
        AGREED,
        /** The receiver has it. May be read again. */
        DONE,
        /** The receiver does not want it. Terminal. */
        DECLINED,
        /** It came to nothing, {@link Ending} says why. Terminal. */
        CANCELLED,
        /** Nothing of it may pass: each file says why. Terminal. */
        REFUSED,
        /** Its bytes have been deleted. Terminal. */
        REMOVED;

        /** Whether the receiver may read its files. */
        public boolean readable() {
            return this == AGREED || this == DONE;
        }

        /** Whether something may yet become of it. */
        public boolean open() {
            return this == ARRIVING || this == OFFERED || this == AGREED;
        }
    }

    /** Why it came to nothing. */
    public enum Ending {
        /** The sender has taken it back. */
        TAKEN_BACK,
        /** Control has passed to another agent. */
        CONTROL_PASSED,
        /** The session has ended, or the customer has left it. */
        SESSION_ENDED,
        /** It was not finished in time. */
        EXPIRED
    }

    /**
     * A file of it.
     *
     * @param id 32 hexadecimal digits, as in its URL
     * @param path its name, or the way to it in the folder, as its sender calls it; empty once that is erased
     * @param size bytes; empty until the sender knows
     * @param type media type: as its sender says, then as it turned out to be
     * @param modified when it was last changed, as its sender says
     * @param sha256 hexadecimal, once it was looked at
     * @param reason why it may not pass
     */
    public record SentFile(
            String id,
            Optional<String> path,
            Optional<Long> size,
            String type,
            Optional<Instant> modified,
            FileState state,
            Optional<String> sha256,
            Optional<Reason> reason) {}

    /** ARRIVING, then one of the others. */
    public enum FileState {
        /** Bytes come, or are looked at. */
        ARRIVING,
        /** All its bytes are here, and it may pass. */
        READY,
        /** It may not pass. */
        REFUSED,
        /** Its sender has taken it back. */
        TAKEN_BACK
    }

    /** Why a file may not pass. */
    public enum Reason {
        /** It is not of a type that the site allows, or not of that which its name says. */
        TYPE,
        /** An inspector has found something in it. */
        INFECTED,
        /** An inspector is out of order, and the site lets nothing pass that nobody has looked at. */
        UNINSPECTED,
        /** It is larger than the site allows. */
        SIZE,
        /** Its bytes are lost. */
        LOST
    }

    /** That file, if it is in it. */
    public Optional<SentFile> file(String file) {
        return files.stream().filter(one -> one.id().equals(file)).findFirst();
    }

    /** Bytes of all its files whose size is known. */
    public long bytes() {
        return files.stream().mapToLong(file -> file.size().orElse(0L)).sum();
    }
}
