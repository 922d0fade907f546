package dev.tandem.webacd.internal.desk;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Nodes;

/** Hears that a node has died: its pages are gone. A component of its own, since {@link AgentPages} needs the nodes itself. */
@Component(service = Nodes.Listener.class)
public final class PageWatch implements Nodes.Listener {
    private final AgentPages pages;

    @Activate
    public PageWatch(@Reference AgentPages pages) {
        this.pages = pages;
    }

    @Override
    public void gone(UUID node) {
        pages.lookSoon();
    }

    @Override
    public void expelled() {
        pages.lookSoon();
    }
}
