package dev.tandem.web.internal;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Nodes;
import dev.tandem.web.internal.live.LiveHub;
import dev.tandem.web.internal.media.MediaHub;

/**
 * Closes the sockets of this node so that their pages come back on another one: when it drains, and before the first bundle
 * of a node that stops is stopped.
 */
@Component(service = Nodes.Listener.class, immediate = true)
public final class HandOver implements Nodes.Listener, SynchronousBundleListener {
    private final LiveHub live;
    private final MediaHub media;

    @Activate
    public HandOver(@Reference LiveHub live, @Reference MediaHub media) {
        this.live = live;
        this.media = media;
    }

    @Activate
    void listen(BundleContext context) {
        context.addBundleListener(this);
    }

    @Deactivate
    void ignore(BundleContext context) {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            draining();
        }
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
