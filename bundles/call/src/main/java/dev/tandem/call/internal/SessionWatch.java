package dev.tandem.call.internal;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.session.Consent;
import dev.tandem.session.SessionEvent;

/** Hears at whatever node who has left, what was stopped and to whom control passed. */
@Component(service = EventSubscriber.class)
public final class SessionWatch implements EventSubscriber {
    private final CallDesk desk;
    /** Questions that nobody has answered yet: that they expire takes nothing from whoever joined unasked. */
    private final Set<UUID> asked = ConcurrentHashMap.newKeySet();

    @Activate
    public SessionWatch(@Reference CallDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "call.watch";
    }

    /** Wherever the call is arranged, it must not go on. */
    @Override
    public Reach reach() {
        return Reach.EVERY_NODE;
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent.ControlPassed passed) {
            desk.controlPassed(passed.site(), passed.session(), passed.to());
        } else if (published.event() instanceof SessionEvent.ConsentChanged changed
                && changed.consent().capability().equals(CallDesk.NAME)) {
            consent(changed);
        } else if (published.event() instanceof SessionEvent.Left left) {
            desk.recheck(left.site(), left.session());
        } else if (published.event() instanceof SessionEvent.ActivityStopped stopped
                && stopped.activity().equals(CallDesk.NAME)) {
            desk.stopped(stopped.site(), stopped.session());
        } else if (published.event() instanceof SessionEvent.Ended ended) {
            desk.recheck(ended.site(), ended.session());
        }
    }

    private void consent(SessionEvent.ConsentChanged changed) {
        var consent = changed.consent();
        boolean unanswered = asked.remove(consent.id());
        if (consent.state() == Consent.State.ASKED) {
            asked.add(consent.id());
        } else if (consent.state() == Consent.State.REVOKED
                || consent.state() == Consent.State.EXPIRED && !unanswered) {
            desk.withdrawn(changed.site(), changed.session(), consent.of());
        }
    }
}
