package dev.tandem.filetransfer;

import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** What has happened to a transfer, as published to {@link dev.tandem.journal.EventSubscriber}s. */
public sealed interface FileTransferEvent {
    /** The session's site. */
    SiteId site();

    /** The session in which it is. */
    SessionId session();

    /** The transfer. */
    TransferId transfer();

    /** Somebody sends something. */
    record Announced(SiteId site, SessionId session, TransferId transfer, ParticipantId from)
            implements FileTransferEvent {}

    /** All is here and may pass: the receiver is asked. */
    record Offered(SiteId site, SessionId session, TransferId transfer) implements FileTransferEvent {}

    /** The receiver wants it. */
    record Agreed(SiteId site, SessionId session, TransferId transfer, ParticipantId by) implements FileTransferEvent {}

    /** The receiver does not want it. */
    record Declined(SiteId site, SessionId session, TransferId transfer, ParticipantId by)
            implements FileTransferEvent {}

    /** The receiver has it. */
    record Delivered(SiteId site, SessionId session, TransferId transfer) implements FileTransferEvent {}

    /** A file may not pass. */
    record FileRefused(SiteId site, SessionId session, TransferId transfer, String file, FileTransfer.Reason reason)
            implements FileTransferEvent {}

    /** It came to nothing. */
    record Cancelled(SiteId site, SessionId session, TransferId transfer, FileTransfer.Ending why)
            implements FileTransferEvent {}

    /** Its bytes are to be deleted. */
    record Removed(SiteId site, SessionId session, TransferId transfer) implements FileTransferEvent {}
}
