package dev.tandem.journal.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.journal.Announcements;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.SiteSettings;

/**
 * Takes in what slices publish for the journal. A component of its own: subscribers and groups mostly need the journal or
 * the settings themselves, and would go round in a circle with them. It also keeps both alive.
 */
@Component(
        immediate = true,
        service = {})
public final class Whiteboard {
    private final LaneJournal journal;
    private final EventSettings settings;
    private final LocalNode node;

    @Activate
    public Whiteboard(@Reference LaneJournal journal, @Reference EventSettings settings, @Reference LocalNode node) {
        this.node = node;
        this.journal = journal;
        this.settings = settings;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSubscriber(EventSubscriber subscriber) {
        journal.addSubscriber(subscriber);
    }

    void removeSubscriber(EventSubscriber subscriber) {
        journal.removeSubscriber(subscriber);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(Announcements.Listener listener) {
        journal.addListener(listener);
    }

    void removeListener(Announcements.Listener listener) {
        journal.removeListener(listener);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addGroup(SiteSettings.Group group) {
        settings.addGroup(group);
    }

    void removeGroup(SiteSettings.Group group) {
        settings.removeGroup(group);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addNodeListener(Nodes.Listener listener) {
        node.listen(listener);
    }

    void removeNodeListener(Nodes.Listener listener) {
        node.forget(listener);
    }
}
