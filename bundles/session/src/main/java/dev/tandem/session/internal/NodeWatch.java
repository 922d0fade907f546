package dev.tandem.session.internal;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Nodes;

/** Hears that a node has died: its pages are gone. A component of its own, since {@link Presence} needs the nodes itself. */
@Component(service = Nodes.Listener.class)
public final class NodeWatch implements Nodes.Listener {
    private final Presence presence;

    @Activate
    public NodeWatch(@Reference Presence presence) {
        this.presence = presence;
    }

    @Override
    public void gone(UUID node) {
        presence.lookSoon();
    }

    /** The others count our pages as gone; those that are still here count again, under the new id. */
    @Override
    public void expelled() {
        presence.lookSoon();
    }
}
