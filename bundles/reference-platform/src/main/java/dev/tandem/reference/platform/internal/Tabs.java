package dev.tandem.reference.platform.internal;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.platform.Agent;
import dev.tandem.platform.DesktopTab;

/** The tabs that are there now. Open desktops hear of each that comes and goes. */
@Component(service = Tabs.class)
public final class Tabs {
    private final Bell bell;
    private final List<DesktopTab> tabs = new CopyOnWriteArrayList<>();

    @Activate
    public Tabs(@Reference Bell bell) {
        this.bell = bell;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(DesktopTab tab) {
        tabs.add(tab);
        bell.everybody();
    }

    void remove(DesktopTab tab) {
        tabs.remove(tab);
        bell.everybody();
    }

    /** Those that every interaction has. */
    List<DesktopTab> ofInteractions() {
        return all().stream()
                .filter(tab -> tab.place() == DesktopTab.Place.INTERACTION)
                .toList();
    }

    /** Those that belong to no interaction and are for that agent. */
    List<DesktopTab> elsewhere(Agent agent) {
        return all().stream()
                .filter(tab -> tab.place() != DesktopTab.Place.INTERACTION && agent.has(tab.role()))
                .toList();
    }

    /** From left to right; of two with one id the one that came last. */
    private List<DesktopTab> all() {
        var all = List.copyOf(tabs);
        return all.stream()
                .filter(tab -> all.subList(all.indexOf(tab) + 1, all.size()).stream()
                        .noneMatch(later -> later.id().equals(tab.id())))
                .sorted(Comparator.comparingInt(DesktopTab::rank).thenComparing(DesktopTab::id))
                .toList();
    }
}
