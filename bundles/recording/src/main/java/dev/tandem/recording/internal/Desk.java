package dev.tandem.recording.internal;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.recording.Recording;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** What people do with recordings, and whether they may. */
@Component(service = Desk.class)
public final class Desk {
    private final SupportSessions sessions;
    private final Director director;
    private final Recorder recorder;
    private final RecordingBook book;
    private final Settings settings;

    @Activate
    public Desk(
            @Reference SupportSessions sessions,
            @Reference Director director,
            @Reference Recorder recorder,
            @Reference RecordingBook book,
            @Reference Settings settings) {
        this.sessions = sessions;
        this.director = director;
        this.recorder = recorder;
        this.book = book;
        this.settings = settings;
    }

    /** The controller wants it recorded. */
    public Recording start(Caller caller, SessionId id, UUID command) {
        var in = controller(caller, id);
        var site = in.session().site();
        if (!settings.allowed(site)) {
            throw new ProblemException(
                    new Problem(403, "recording-not-allowed", "Sessions of this site are not recorded."));
        }
        recorder.full(site).ifPresent(why -> {
            throw new ProblemException(
                    why == Recording.Ending.QUOTA
                            ? new Problem(409, "recording-quota", "The recordings of this site take all they may.")
                            : new Problem(409, "recording-no-room", "There is no room for a recording."));
        });
        return later(() -> director.press(
                in.session(),
                in.participant().id(),
                Ids.derived(command, "recording/" + in.participant().id()),
                caller.actor()));
    }

    /** The controller does not want it any more. */
    public Recording stop(Caller caller, Recording recording, UUID command) {
        controller(caller, recording.session());
        return later(() -> director.stop(recording, Ids.derived(command, "recording/stop"), caller.actor()));
    }

    /** Nobody is to see it any more. */
    public Recording remove(Recording recording, String actor, UUID command) {
        book.execute(
                        recording.site(),
                        recording.id(),
                        Ids.derived(command, "recording/remove"),
                        actor,
                        (state, now) -> RecordingRules.remove(state))
                .orElseThrow(ProblemException::refused);
        return book.find(recording.site(), recording.id()).orElseThrow();
    }

    private SupportSessions.Membership controller(Caller caller, SessionId id) {
        var in = sessions.membership(caller, id);
        if (!in.session().controls(in.participant().id())) {
            throw new ProblemException(
                    new Problem(403, "not-controller", "Only the agent in control records a session."));
        }
        return in;
    }

    private static Recording later(java.util.function.Supplier<Recording> doing) {
        try {
            return doing.get();
        } catch (Director.LaterException e) {
            throw ProblemException.refused(e.refusal());
        }
    }
}
