package dev.tandem.filetransfer.internal.desk;

import java.util.UUID;
import java.util.function.Predicate;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.FileTransferEvent;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions;

/**
 * Ends what has not been agreed to when control passes, a customer goes or the session ends, and the session's activity with
 * the last transfer. Requests are refused before that already: they ask the session.
 */
@Component(service = EventSubscriber.class)
public final class SessionWatch implements EventSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

    private final SupportSessions sessions;
    private final TransferBook book;
    private final FilesActivity activity;

    @Activate
    public SessionWatch(
            @Reference SupportSessions sessions, @Reference TransferBook book, @Reference FilesActivity activity) {
        this.sessions = sessions;
        this.book = book;
        this.activity = activity;
    }

    @Override
    public String name() {
        return "filetransfer.sessions";
    }

    @Override
    public void on(Published published) {
        var id = published.id();
        if (published.event() instanceof SessionEvent event) {
            on(event, id);
        } else if (published.event() instanceof FileTransferEvent.Announced now) {
            begun(now, id);
        } else if (published.event() instanceof FileTransferEvent now) {
            settle(now.site(), now.session(), id);
        }
    }

    private void on(SessionEvent event, UUID id) {
        var site = event.site();
        var session = event.session();
        if (event instanceof SessionEvent.Ended) {
            book.kept(site, session)
                    .forEach(one -> done(book.sessionOver(site, one.id(), Ids.derived(id, "over/" + one.id()))));
            book.forgetAccepting(site, session);
        } else if (event instanceof SessionEvent.ControlPassed now) {
            end(site, session, Ending.CONTROL_PASSED, one -> one.epoch() < now.epoch(), id);
        } else if (event instanceof SessionEvent.Transferring) {
            // What the next agent is sent has a later epoch, however late this comes.
            long epoch = sessions.find(site, session).map(one -> one.epoch()).orElse(Long.MAX_VALUE);
            boolean waits = sessions.find(site, session)
                    .filter(one -> FilesActivity.goesOn(one, epoch))
                    .isEmpty();
            end(site, session, Ending.CONTROL_PASSED, one -> waits || one.epoch() < epoch, id);
        } else if (event instanceof SessionEvent.Left now) {
            end(site, session, Ending.SESSION_ENDED, one -> isOfCustomer(one, now.participant()), id);
        } else if (event instanceof SessionEvent.Returned) {
            goOn(site, session, id);
        }
    }

    private static boolean isOfCustomer(FileTransfer transfer, ParticipantId customer) {
        return transfer.to().map(customer::equals).orElseGet(() -> customer.equals(transfer.from()));
    }

    /** One that was announced while control passed, or the session ended, is found here. */
    private void begun(FileTransferEvent.Announced now, UUID id) {
        var session = sessions.find(now.site(), now.session());
        book.brief(now.site(), now.transfer())
                .filter(one -> session.filter(known -> FilesActivity.goesOn(known, one.epoch()))
                        .isEmpty())
                .ifPresent(one -> done(book.cancel(
                        one.site(), one.id(), Ending.CONTROL_PASSED, "system", Ids.derived(id, "late/" + one.id()))));
    }

    private void end(SiteId site, SessionId session, Ending why, Predicate<FileTransfer> which, UUID id) {
        book.kept(site, session).stream()
                .filter(one -> one.state() == State.ARRIVING || one.state() == State.OFFERED)
                .filter(which)
                .forEach(one -> {
                    LOG.debug("Transfer {} of session {} ends: {}", one.id(), session, why);
                    done(book.cancel(site, one.id(), why, "system", Ids.derived(id, "ended/" + one.id())));
                });
    }

    /** With the last transfer the activity ends; one that begins in that moment has it run again. */
    private void settle(SiteId site, SessionId session, UUID id) {
        if (book.anyOpen(site, session)) {
            return;
        }
        done(activity.stop(site, session, Ids.derived(id, "files/stop")));
        goOn(site, session, id);
    }

    private void goOn(SiteId site, SessionId session, UUID id) {
        if (book.anyOpen(site, session)) {
            sessions.find(site, session)
                    .filter(one -> !one.running(FilesActivity.NAME))
                    .flatMap(one -> one.controller())
                    .ifPresent(by -> done(activity.start(site, session, by, Ids.derived(id, "files/again"))));
        }
    }

    /** What cannot be written now is heard of again. Any other refusal says that there is nothing to do any more. */
    private static void done(Answer<None> answer) {
        if (answer instanceof Answer.Refused<None> refused && refused.refusal().reason() == Refusal.Reason.BUSY) {
            throw new IllegalStateException("later: " + refused.refusal().code());
        }
    }
}
