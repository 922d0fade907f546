package dev.tandem.recording.internal;

import java.util.List;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.recording.internal.Readers.Readable;
import dev.tandem.recording.internal.Views.RecordingView;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** {@code recording/SESSION} on the live channel, for agents of the session: its latest recording. */
@Component(service = LiveTopics.class)
public final class RecordingTopics implements LiveTopics {
    static final String KIND = "recording";
    static final String STATE = "recording.state";

    private final RecordingBook book;
    private final SupportSessions sessions;

    @Activate
    public RecordingTopics(@Reference RecordingBook book, @Reference SupportSessions sessions) {
        this.book = book;
        this.sessions = sessions;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        var in = sessions.membership(caller, session(id));
        if (in.participant().role() != Role.AGENT) {
            throw new ProblemException(Problem.unknown());
        }
        // Asked before what it counts: a state that is newer than its number is sent once more.
        long number = book.position(caller.site(), in.session().id());
        var all = book.of(caller.site(), in.session().id());
        if (all.isEmpty() || number <= after) {
            return new Delivery.Messages(List.of());
        }
        var latest = RecordingView.of(new Readable(all.get(all.size() - 1), java.util.Optional.of(in.session())));
        return new Delivery.Snapshot(new Message(number, STATE, latest));
    }

    private static SessionId session(String id) {
        try {
            return new SessionId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }
}
