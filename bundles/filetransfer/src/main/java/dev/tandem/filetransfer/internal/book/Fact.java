package dev.tandem.filetransfer.internal.book;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Personal;

/** What is stored of a transfer. That bytes arrive is not: it stands beside them. */
sealed interface Fact {
    EventTypes<Fact> TYPES = EventTypes.<Fact>none()
            .with("file-transfer.announced.v1", Announced.class)
            .with("file-transfer.file-added.v1", FileAdded.class)
            .with("file-transfer.file-sized.v1", FileSized.class)
            .with("file-transfer.room-made.v1", RoomMade.class)
            .with("file-transfer.folders-added.v1", FoldersAdded.class)
            .with("file-transfer.completed.v1", Completed.class)
            .with("file-transfer.file-ready.v1", FileReady.class)
            .with("file-transfer.file-refused.v1", FileRefused.class)
            .with("file-transfer.file-taken-back.v1", FileTakenBack.class)
            .with("file-transfer.offered.v1", Offered.class)
            .with("file-transfer.agreed.v1", Agreed.class)
            .with("file-transfer.declined.v1", Declined.class)
            .with("file-transfer.delivered.v1", Delivered.class)
            .with("file-transfer.refused.v1", Refused.class)
            .with("file-transfer.cancelled.v1", Cancelled.class)
            .with("file-transfer.removed.v1", Removed.class);

    /**
     * @param to the customer for whom it is; empty if it is for the agents
     * @param files how many there will be at most
     * @param bytes how large they will be at most, all together; empty if that is not known
     */
    record Announced(
            UUID session,
            UUID from,
            Optional<UUID> to,
            long epoch,
            Kind kind,
            Personal.Ref name,
            int files,
            Optional<Long> bytes,
            Instant at)
            implements Fact {}

    /** @param modified as its sender says */
    record FileAdded(String file, Personal.Ref path, Optional<Long> size, String type, Optional<Instant> modified)
            implements Fact {}

    /** Nobody knows yet how large it is: so much counts until somebody does. */
    record RoomMade(String file, long bytes) implements Fact {}

    /** Its sender knows by now how large it is. */
    record FileSized(String file, long size) implements Fact {}

    /**
     * @param paths of empty folders, as JSON
     * @param count how many
     */
    record FoldersAdded(Personal.Ref paths, int count) implements Fact {}

    record Completed() implements Fact {}

    record FileReady(String file, long size, String sha256, String type) implements Fact {}

    record FileRefused(String file, Reason reason) implements Fact {}

    record FileTakenBack(String file) implements Fact {}

    record Offered(Instant at) implements Fact {}

    /** @param beforehand whether the receiver had agreed to all of this sender */
    record Agreed(UUID by, boolean beforehand, Instant at) implements Fact {}

    record Declined(UUID by, Instant at) implements Fact {}

    record Delivered(UUID by, Instant at) implements Fact {}

    record Refused(Instant at) implements Fact {}

    record Cancelled(Ending why, Instant at) implements Fact {}

    /** Nobody may read it any more; its bytes are deleted next. */
    record Removed(Instant at) implements Fact {}
}
