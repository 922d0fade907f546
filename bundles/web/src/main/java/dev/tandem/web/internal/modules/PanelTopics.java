package dev.tandem.web.internal.modules;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.platform.DesktopTab;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Panel;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.live.Everywhere;

/** The topic {@code ui/panels}: which panels and tabs there are now. */
@Component(service = LiveTopics.class)
public final class PanelTopics implements Everywhere {
    static final String TOPIC = "ui/panels";
    private static final Set<String> CUSTOMER_PLACES = Set.of("customer-stage", "customer-side");

    record PanelJson(String id, String element, String module, String place, int rank, Map<String, String> titles) {}

    record TabJson(String id, String element, String module, int rank, Map<String, String> titles) {}

    record Panels(String kit, List<PanelJson> panels, List<TabJson> tabs) {}

    private final ModuleExtender modules;
    private final Clock clock;
    private final List<Panel> panels = new CopyOnWriteArrayList<>();
    private final List<DesktopTab> tabs = new CopyOnWriteArrayList<>();
    private final AtomicLong number = new AtomicLong();
    private volatile Consumer<String> ring = topic -> {};

    @Activate
    public PanelTopics(@Reference ModuleExtender modules, @Reference Clock clock) {
        this.modules = modules;
        this.clock = clock;
        modules.onChange(this::changed);
        changed();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "removePanel")
    void addPanel(Panel panel) {
        panels.add(panel);
        changed();
    }

    void removePanel(Panel panel) {
        panels.remove(panel);
        changed();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "removeTab")
    void addTab(DesktopTab tab) {
        tabs.add(tab);
        changed();
    }

    void removeTab(DesktopTab tab) {
        tabs.remove(tab);
        changed();
    }

    @Override
    public void onChange(Consumer<String> newRing) {
        ring = newRing;
    }

    /** Numbers ascend over restarts too, by the clock: nothing is stored of this topic. */
    private void changed() {
        number.updateAndGet(before -> Math.max(before + 1, clock.millis()));
        ring.accept(TOPIC);
    }

    @Override
    public String kind() {
        return "ui";
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        if (!id.equals("panels") || caller instanceof Caller.Anonymous) {
            throw new ProblemException(Problem.unknown());
        }
        boolean customer = caller instanceof Caller.OfCustomer;
        long now = number.get();
        var shown = panels.stream()
                .filter(panel -> CUSTOMER_PLACES.contains(panel.place()) == customer)
                .sorted(Comparator.comparing(Panel::rank).thenComparing(Panel::id))
                .map(panel -> new PanelJson(
                        panel.id(), panel.element(), panel.module(), panel.place(), panel.rank(), panel.titles()))
                .toList();
        var offered = tabs.stream()
                .filter(tab -> !customer)
                .sorted(Comparator.comparing(DesktopTab::rank).thenComparing(DesktopTab::id))
                .map(tab -> new TabJson(tab.id(), tab.element(), tab.module(), tab.rank(), tab.titles()))
                .toList();
        return new Delivery.Snapshot(new Message(now, "ui.panels", new Panels(modules.kit(), shown, offered)));
    }
}
