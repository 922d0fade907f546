package dev.tandem.device.internal;

import java.util.List;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** {@code device/SESSION} on the live channel: what the computers of a session tell. */
@Component(service = LiveTopics.class)
public final class DeviceTopics implements LiveTopics {
    static final String KIND = "device";

    private final SupportSessions sessions;
    private final DeviceViews views;

    @Activate
    public DeviceTopics(@Reference SupportSessions sessions, @Reference DeviceViews views) {
        this.sessions = sessions;
        this.views = views;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        var membership = sessions.membership(caller, session(id));
        long number = views.number(membership);
        return number <= after
                ? new Delivery.Messages(List.of())
                : new Delivery.Snapshot(new Message(number, "device.state", views.of(membership)));
    }

    /** The session that an id in a topic or path names. */
    public static SessionId session(String id) {
        try {
            return new SessionId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }
}
