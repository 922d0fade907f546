package dev.tandem.chat.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.chat.internal.ChatConversations.Happened;
import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Refusal;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;

/** Notes in the conversation what happens in the session: who comes and goes, what is shared, the end. */
@Component(service = EventSubscriber.class)
public final class SessionNotices implements EventSubscriber {
    private static final String NAME = "chat.notices";
    /** The activities that are worth a line. */
    private static final Set<String> TOLD = Set.of("screen", "recording", "call", ChatActivity.NAME);

    private final ChatConversations conversations;

    @Activate
    public SessionNotices(@Reference ChatConversations conversations) {
        this.conversations = conversations;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Each session has a conversation of its own. */
    @Override
    public Object turn(Published published) {
        return published.stream();
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent event) {
            happened(event, published.at()).ifPresent(what -> {
                var command = Ids.derived(published.id(), NAME);
                var answer = conversations.notice(event.site(), event.session(), what, command);
                if (answer instanceof Answer.Refused<?> refused
                        && refused.refusal().reason() == Refusal.Reason.BUSY) {
                    throw new IllegalStateException(refused.refusal().detail());
                }
            });
        }
    }

    private static Optional<Happened> happened(SessionEvent event, Instant at) {
        if (event instanceof SessionEvent.Joined joined) {
            return notice("joined", Optional.of(joined.participant()), at);
        }
        if (event instanceof SessionEvent.Left left) {
            return notice("left", Optional.of(left.participant()), at);
        }
        if (event instanceof SessionEvent.Transferring transferring) {
            return transferring.from().flatMap(from -> notice("handed-over", Optional.of(from), at));
        }
        if (event instanceof SessionEvent.Taken taken) {
            return notice("taken", Optional.of(taken.by()), at);
        }
        if (event instanceof SessionEvent.ControlPassed passed) {
            // From nobody: who has taken the session has been told.
            return passed.from().flatMap(from -> notice("control-passed", Optional.of(passed.to()), at));
        }
        if (event instanceof SessionEvent.ActivityStarted started && TOLD.contains(started.activity())) {
            return notice(started.activity() + "-started", Optional.of(started.by()), at);
        }
        if (event instanceof SessionEvent.ActivityStopped stopped && TOLD.contains(stopped.activity())) {
            return notice(stopped.activity() + "-stopped", Optional.empty(), at);
        }
        return event instanceof SessionEvent.Ended ? notice("ended", Optional.empty(), at) : Optional.empty();
    }

    private static Optional<Happened> notice(String code, Optional<ParticipantId> about, Instant at) {
        return Optional.of(new Happened(code, about, Optional.empty(), Optional.of(at)));
    }
}
