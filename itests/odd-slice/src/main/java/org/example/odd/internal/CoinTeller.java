package org.example.odd.internal;

import java.util.Optional;

import org.example.odd.CoinEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Refusal;
import dev.tandem.session.Conversation;

/** Tells the conversation how the coin has landed. Waits, without missing a toss, while there is no conversation. */
@Component
public final class CoinTeller implements EventSubscriber {
    private final Conversation conversation;

    @Activate
    public CoinTeller(@Reference Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public String name() {
        return "odd.teller";
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof CoinEvent.Landed landed) {
            var text = landed.side() == CoinEvent.Side.HEADS ? "The coin shows heads" : "The coin shows tails";
            var answer = conversation.note(
                    landed.site(),
                    landed.session(),
                    Optional.of(landed.by()),
                    text,
                    Ids.derived(published.id(), name()));
            if (answer instanceof Answer.Refused<?> refused && refused.refusal().reason() == Refusal.Reason.BUSY) {
                throw new IllegalStateException(refused.refusal().detail());
            }
        }
    }
}
