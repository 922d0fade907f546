package dev.tandem.screen.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.session.SessionEvent;

/** Hears who has left, so that an agent who has sees nothing more, at once and not at the next look. */
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

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent.Left left) {
            relay.recheck(left.site(), left.session());
        } else if (published.event() instanceof SessionEvent.Ended ended) {
            relay.recheck(ended.site(), ended.session());
        }
    }
}
