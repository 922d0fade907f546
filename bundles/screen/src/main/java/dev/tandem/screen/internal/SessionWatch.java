package dev.tandem.screen.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.session.SessionEvent;

/** Hears who has left or was removed, what was stopped and what has passed to others, at whatever node, so that nothing passes more, at once and not at the next look. */
@Component(service = EventSubscriber.class)
public final class SessionWatch implements EventSubscriber {
    private final ScreenRelay relay;

    @Activate
    public SessionWatch(@Reference ScreenRelay relay) {
        this.relay = relay;
    }

    @Override
    public String name() {
        return "screen.watch";
    }

    /** Wherever the session is relayed, nothing may pass any more. */
    @Override
    public Reach reach() {
        return Reach.EVERY_NODE;
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent.Left left) {
            relay.recheck(left.site(), left.session());
        } else if (published.event() instanceof SessionEvent.ActivityStopped stopped) {
            relay.recheck(stopped.site(), stopped.session());
        } else if (published.event() instanceof SessionEvent.Ended ended) {
            relay.recheck(ended.site(), ended.session());
        } else if (published.event() instanceof SessionEvent.ControlPassed passed) {
            relay.recheck(passed.site(), passed.session());
        } else if (published.event() instanceof SessionEvent.CustomerSelected selected) {
            relay.recheck(selected.site(), selected.session());
        }
    }
}
