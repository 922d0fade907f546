package dev.tandem.web.internal.live;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import org.osgi.service.component.annotations.Component;

import dev.tandem.platform.SiteId;
import dev.tandem.web.LiveChannel;

/**
 * The bell that slices ring. It stands apart from the hub, which needs the slices' topics: so nobody needs anybody in a
 * circle.
 */
@Component(service = {LiveChannel.class, Bell.class})
public final class Bell implements LiveChannel {
    private final Set<LiveChannel> hearers = new CopyOnWriteArraySet<>();

    @Override
    public void ring(SiteId site, String topic) {
        for (var hearer : hearers) {
            hearer.ring(site, topic);
        }
    }

    void hear(LiveChannel hearer) {
        hearers.add(hearer);
    }

    void forget(LiveChannel hearer) {
        hearers.remove(hearer);
    }
}
