package dev.tandem.recording.internal;

import java.util.UUID;
import java.util.function.LongFunction;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.session.SessionEvent;

/** Hears on every node what happens: whichever writes notes it, and writes nothing more at once if it may not. */
@Component(service = EventSubscriber.class)
public final class TrackWatch implements EventSubscriber {
    private final Recorder recorder;

    @Activate
    public TrackWatch(@Reference Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public String name() {
        return "recording.track";
    }

    @Override
    public Reach reach() {
        return Reach.EVERY_NODE;
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent event) {
            heard(event, published);
        }
    }

    private void heard(SessionEvent event, Published published) {
        if (event instanceof SessionEvent.Joined joined) {
            note(event, published, "joined", joined.participant().value());
        } else if (event instanceof SessionEvent.Returned returned) {
            note(event, published, "joined", returned.participant().value());
        } else if (event instanceof SessionEvent.Left left) {
            note(event, published, "left", left.participant().value());
        } else if (event instanceof SessionEvent.ActivityStarted started
                && !started.activity().equals(Director.NAME)) {
            note(event, published, started.activity() + "-started", started.by().value());
        } else if (event instanceof SessionEvent.ActivityStopped stopped
                && !stopped.activity().equals(Director.NAME)) {
            note(event, published, at -> Line.of(at, stopped.activity() + "-stopped"));
        } else if (event instanceof SessionEvent.CustomerSelected selected) {
            note(event, published, "customer-selected", selected.customer().value());
        } else if (event instanceof SessionEvent.ControlOffered) {
            note(event, published, at -> Line.of(at, "control-offered"));
        }
        recorder.recheck(event.site(), event.session());
    }

    private void note(SessionEvent event, Published published, String what, UUID participant) {
        note(event, published, at -> Line.of(at, what, participant));
    }

    private void note(SessionEvent event, Published published, LongFunction<Line> what) {
        recorder.note(event.site(), event.session(), published.at(), what);
    }
}
