package dev.tandem.filetransfer.internal.desk;

import java.time.Duration;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.FileTransferEvent;
import dev.tandem.filetransfer.internal.book.Direction;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.journal.EventSubscriber;

/**
 * Two lines in the log of one node for each transfer: that it begins, and what came of it. Names of files and people are not told: a
 * log is read by others, and is not erased with them.
 */
@Component(service = EventSubscriber.class)
public final class TransferLog implements EventSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(TransferLog.class);

    private final TransferBook book;

    @Activate
    public TransferLog(@Reference TransferBook book) {
        this.book = book;
    }

    @Override
    public String name() {
        return "filetransfer.log";
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof FileTransferEvent now && tells(now)) {
            book.brief(now.site(), now.transfer()).ifPresent(one -> tell(one, now, published));
        }
    }

    private static boolean tells(FileTransferEvent event) {
        return event instanceof FileTransferEvent.Announced
                || event instanceof FileTransferEvent.Delivered
                || event instanceof FileTransferEvent.Declined
                || event instanceof FileTransferEvent.Cancelled
                || event instanceof FileTransferEvent.FileRefused;
    }

    private static void tell(FileTransfer one, FileTransferEvent event, Published published) {
        if (event instanceof FileTransferEvent.Announced) {
            LOG.info(
                    "Transfer {} in session {} of site {} begins: {} {}, {} files, {} bytes",
                    one.id(),
                    one.session(),
                    one.site(),
                    one.kind(),
                    Direction.of(one),
                    one.announcedFiles(),
                    one.announcedBytes().map(String::valueOf).orElse("?"));
        } else if (!(event instanceof FileTransferEvent.FileRefused refused) || endsIt(one, refused)) {
            LOG.info(
                    "Transfer {} in session {} of site {} is over: {} after {} ms, {} files, {} bytes",
                    one.id(),
                    one.session(),
                    one.site(),
                    outcome(one, event),
                    Duration.between(one.at(), published.at()).toMillis(),
                    one.files().size(),
                    one.bytes());
        }
    }

    /** It may have been deleted since. */
    private static String outcome(FileTransfer one, FileTransferEvent event) {
        if (event instanceof FileTransferEvent.Delivered) {
            return State.DONE.name();
        } else if (event instanceof FileTransferEvent.Declined) {
            return State.DECLINED.name();
        } else if (event instanceof FileTransferEvent.Cancelled now) {
            return State.CANCELLED + " " + now.why();
        }
        return State.REFUSED + " " + ((FileTransferEvent.FileRefused) event).reason();
    }

    /** Of a folder nothing may be left: that is told once, not for each of its files. */
    private static boolean endsIt(FileTransfer one, FileTransferEvent.FileRefused refused) {
        return one.state() == State.REFUSED
                && one.files().stream()
                        .filter(file -> file.state() == FileState.REFUSED)
                        .reduce((first, last) -> last)
                        .filter(last -> last.id().equals(refused.file()))
                        .isPresent();
    }
}
