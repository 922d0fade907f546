package dev.tandem.recording.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.recording.RecordingEvent;
import dev.tandem.session.SessionEvent;

/** Brings recordings on when something happens in their sessions: on one node, and whatever crashes, at last. */
@Component(service = EventSubscriber.class)
public final class SessionWatch implements EventSubscriber {
    private final Director director;

    @Activate
    public SessionWatch(@Reference Director director) {
        this.director = director;
    }

    @Override
    public String name() {
        return "recording.director";
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent event && matters(event)) {
            director.advance(event.site(), event.session());
        } else if (published.event() instanceof RecordingEvent.Asked asked) {
            director.advance(asked.site(), asked.session());
        }
    }

    private static boolean matters(SessionEvent event) {
        if (event instanceof SessionEvent.ConsentChanged changed) {
            return changed.consent().capability().equals(Director.NAME);
        }
        if (event instanceof SessionEvent.ActivityStopped stopped) {
            return stopped.activity().equals(Director.NAME);
        }
        return event instanceof SessionEvent.Joined
                || event instanceof SessionEvent.Returned
                || event instanceof SessionEvent.Left
                || event instanceof SessionEvent.ControlPassed
                || event instanceof SessionEvent.Ended;
    }
}
