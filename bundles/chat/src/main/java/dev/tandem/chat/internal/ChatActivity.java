package dev.tandem.chat.internal;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Activity;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;

/**
 * Talking in a session. It is granted with the epoch of the agent who started the session or took it, and to customers who wait
 * for one, so nobody has to start it; when control passes it ends like everything else, and whoever has control then starts it
 * again. What was said can always be read.
 */
@Component(service = {Activity.class, ChatActivity.class})
public final class ChatActivity implements Activity {
    static final String NAME = "chat";

    private final SupportSessions sessions;

    @Activate
    public ChatActivity(@Reference SupportSessions sessions) {
        this.sessions = sessions;
    }

    /** Whether something can be said in that session now. */
    static boolean open(SupportSession session) {
        return session.state() == SupportSession.State.TRANSFERRING
                || session.epoch() <= session.firstEpoch()
                || session.activity(NAME).isPresent();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Nothing to hasten: every message asks the session. */
    @Override
    public void stopped(SiteId site, SessionId session) {}

    /** @return refused with FORBIDDEN {@code not-controller} */
    public Answer<None> start(SupportSession session, ParticipantId by, UUID command) {
        return sessions.start(session.site(), session.id(), NAME, by, Scope.CONTROL, command);
    }

    /** Accepted if it was not running. */
    public Answer<None> stop(SupportSession session, ParticipantId by, UUID command) {
        return sessions.stop(session.site(), session.id(), NAME, "participant:" + by, command);
    }
}
