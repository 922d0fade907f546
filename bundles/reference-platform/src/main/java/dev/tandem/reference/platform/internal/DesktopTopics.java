package dev.tandem.reference.platform.internal;

import java.util.List;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** The topic {@code desktop/me}: always the whole desktop of the agent who asks. */
@Component(service = LiveTopics.class)
public final class DesktopTopics implements LiveTopics {
    private final Views views;
    private final Bell bell;

    @Activate
    public DesktopTopics(@Reference Views views, @Reference Bell bell) {
        this.views = views;
        this.bell = bell;
    }

    @Override
    public String kind() {
        return Bell.KIND;
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        if (!(caller instanceof Caller.OfAgent of) || !id.equals(Bell.MINE)) {
            throw new ProblemException(Problem.unknown());
        }
        // The number before the state: what changes in between is delivered once more, never missed.
        long number = bell.number(caller.site(), after);
        return number == after
                ? new Delivery.Messages(List.of())
                : new Delivery.Snapshot(new Message(number, "desktop.state", views.desktop(of.agent())));
    }
}
