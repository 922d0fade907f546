package dev.tandem.filetransfer.internal.desk;

import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransferEvent;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.filetransfer.internal.names.SafeName;
import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Refusal;
import dev.tandem.session.Conversation;

/** Puts a line with a link into the conversation for each transfer that is there to be taken, if there is a conversation. */
@Component(service = EventSubscriber.class)
public final class ChatNotes implements EventSubscriber {
    private static final String NAME = "filetransfer.chat";
    /** How much of a name stands in a line. */
    private static final int SHOWN = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ChatNotes.class);

    private final TransferBook book;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Conversation conversation;

    @Activate
    public ChatNotes(@Reference TransferBook book) {
        this.book = book;
    }

    /** For tests: with that conversation. */
    ChatNotes(TransferBook book, Conversation conversation) {
        this(book);
        this.conversation = conversation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void on(Published published) {
        var chat = conversation;
        if (chat != null && published.event() instanceof FileTransferEvent.Offered now) {
            book.brief(now.site(), now.transfer())
                    .filter(one -> one.name().isPresent())
                    .ifPresent(one -> tell(chat, one, published));
        }
    }

    private static void tell(Conversation chat, FileTransfer transfer, Published published) {
        var code = (transfer.kind() == Kind.FILE ? "file/" : "folder/") + transfer.id();
        var answer = chat.happened(
                transfer.site(),
                transfer.session(),
                code,
                Optional.of(transfer.from()),
                shown(transfer.name().orElseThrow()),
                Ids.derived(published.id(), NAME));
        if (answer instanceof Answer.Refused<Conversation.Posted> refused) {
            if (refused.refusal().reason() == Refusal.Reason.BUSY) {
                throw new IllegalStateException("later: " + refused.refusal().code());
            }
            LOG.debug(
                    "Session {} is not told of {}: {}",
                    transfer.session(),
                    transfer.id(),
                    refused.refusal().code());
        }
    }

    private static String shown(String given) {
        var name = SafeName.of(given);
        return name.codePointCount(0, name.length()) <= SHOWN
                ? name
                : name.substring(0, name.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
