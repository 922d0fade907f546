package dev.tandem.filetransfer.internal.desk;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.internal.book.Sender;
import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Activity;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.SupportSessions;

/**
 * Sending files in a session, granted with an epoch of control. Whoever sends, it runs in the name of the agent in control: an
 * activity is one participant's, and both sides may send at once.
 */
@Component(service = {Activity.class, FilesActivity.class})
public final class FilesActivity implements Activity {
    /** Also what the terms of a session may switch off. */
    public static final String NAME = "files";

    private final SupportSessions sessions;

    @Activate
    public FilesActivity(@Reference SupportSessions sessions) {
        this.sessions = sessions;
    }

    /** Whether what was begun in that epoch of control still goes on. */
    static boolean goesOn(SupportSession session, long epoch) {
        return session.epoch() == epoch
                && session.state() != State.ENDED
                && session.state() != State.TRANSFERRING
                && !session.terms().off(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Nothing to hasten: every request asks the session. */
    @Override
    public void stopped(SiteId site, SessionId session) {}

    /** Something is being sent. */
    public Answer<None> start(Sender sender, UUID command) {
        return start(sender.site(), sender.session(), sender.controller(), command);
    }

    Answer<None> start(SiteId site, SessionId session, ParticipantId controller, UUID command) {
        return sessions.start(site, session, NAME, controller, Scope.CONTROL, command);
    }

    /** Nothing is being sent any more. */
    Answer<None> stop(SiteId site, SessionId session, UUID command) {
        return sessions.stop(site, session, NAME, "system", command);
    }
}
