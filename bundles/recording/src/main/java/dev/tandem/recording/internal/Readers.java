package dev.tandem.recording.internal;

import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Agent.Role;
import dev.tandem.recording.Recording;
import dev.tandem.recording.RecordingId;
import dev.tandem.recording.Recordings;
import dev.tandem.session.Participant;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** Who may see a recording: agents who were in its session, supervisors and administrators of the site. */
@Component(service = Readers.class)
public final class Readers {
    private final SupportSessions sessions;
    private final Recordings recordings;

    @Activate
    public Readers(@Reference SupportSessions sessions, @Reference Recordings recordings) {
        this.sessions = sessions;
        this.recordings = recordings;
    }

    /** A recording with its session, if that is still known. */
    public record Readable(Recording recording, Optional<SupportSession> session) {}

    /** @throws ProblemException 404 {@code unknown} if there is none, or it is not for that agent */
    public Readable readable(Agent agent, UUID id) {
        var found = recordings.find(agent.site(), new RecordingId(id));
        var session = found.flatMap(recording -> sessions.find(agent.site(), recording.session()));
        return found.filter(recording -> overseer(agent)
                        || session.filter(known -> wasIn(agent, known)).isPresent())
                .map(recording -> new Readable(recording, session))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    /** @throws ProblemException 404 {@code unknown} if there is no such session, or its recordings are not for that agent */
    public SupportSession session(Agent agent, UUID id) {
        return sessions.find(agent.site(), new SessionId(id))
                .filter(session -> overseer(agent) || wasIn(agent, session))
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    /** The session of a recording in a list. */
    public Readable of(Recording recording) {
        return new Readable(recording, sessions.find(recording.site(), recording.session()));
    }

    public static boolean overseer(Agent agent) {
        return agent.has(Role.SUPERVISOR) || agent.has(Role.ADMINISTRATOR);
    }

    private static boolean wasIn(Agent agent, SupportSession session) {
        return session.participants().stream()
                .filter(one -> one.state() != Participant.State.INVITED)
                .anyMatch(one -> one.agent().equals(Optional.of(agent.id())));
    }
}
