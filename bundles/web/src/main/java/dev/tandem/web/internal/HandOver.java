package dev.tandem.web.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Nodes;
import dev.tandem.web.internal.live.LiveHub;
import dev.tandem.web.internal.media.MediaHub;

/** Closes the sockets of this node so that their pages come back on another one. */
@Component(service = Nodes.Listener.class)
public final class HandOver implements Nodes.Listener {
    private final LiveHub live;
    private final MediaHub media;

    @Activate
    public HandOver(@Reference LiveHub live, @Reference MediaHub media) {
        this.live = live;
        this.media = media;
    }

    @Override
    public void draining() {
        media.leave("draining");
        live.drain();
    }

    /** Lines of the live channel stay: whatever is told on them is read from the database at that moment. */
    @Override
    public void expelled() {
        media.leave("expelled");
    }
}
