package dev.tandem.webacd.internal.transfer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Conversation;
import dev.tandem.session.SessionId;
import dev.tandem.webacd.WorkSource;

/** Tells customers in the chat, if there is one. */
@Component(service = Notes.class)
public final class Notes {
    /** So many lines of the conversation are shown with an offer. */
    private static final int MOST_SAID = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Conversation conversation;

    @Activate
    public Notes() {}

    Notes(Conversation conversation) {
        this.conversation = conversation;
    }

    /** What was said so far, as an agent who is asked sees it. */
    List<WorkSource.Said> said(SiteId site, SessionId session) {
        var chat = conversation;
        return chat == null
                ? List.of()
                : chat.latest(site, session, MOST_SAID).stream()
                        .map(one -> new WorkSource.Said(one.at(), one.name(), one.text()))
                        .toList();
    }

    /** @throws IllegalStateException if it may be told later */
    void tell(SiteId site, SessionId session, String text, UUID command) {
        var chat = conversation;
        if (chat == null || text.isEmpty()) {
            return;
        }
        var answer = chat.note(site, session, Optional.empty(), text, command);
        if (answer instanceof Answer.Refused<Conversation.Posted> refused) {
            if (refused.refusal().reason() == Refusal.Reason.BUSY) {
                throw new IllegalStateException(
                        "the customer is told later: " + refused.refusal().code());
            }
            LOG.debug("Session {} is not told: {}", session, refused.refusal().code());
        }
    }
}
