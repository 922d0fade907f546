package dev.tandem.device.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.device.SystemInformation;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.session.SessionEvent;
import dev.tandem.web.LiveChannel;

/** A consent that was given or taken back changes what pages see here, on every node. */
@Component(service = EventSubscriber.class)
public final class ConsentWatch implements EventSubscriber {
    private final LiveChannel live;

    @Activate
    public ConsentWatch(@Reference LiveChannel live) {
        this.live = live;
    }

    @Override
    public String name() {
        return "device.consents";
    }

    @Override
    public Reach reach() {
        return Reach.EVERY_NODE;
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent.ConsentChanged changed
                && changed.consent().capability().equals(SystemInformation.CAPABILITY)) {
            live.ring(changed.site(), DeviceTopics.KIND + "/" + changed.session());
        }
    }
}
