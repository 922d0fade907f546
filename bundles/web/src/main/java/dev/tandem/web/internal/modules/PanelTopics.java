package dev.tandem.web.internal.modules;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
import dev.tandem.web.internal.live.Unstored;

/** The topic {@code ui/panels}: which panels and tabs there are now. */
@Component(service = LiveTopics.class)
public final class PanelTopics implements Everywhere {
    static final String TOPIC = "ui/panels";
    private static final Set<String> CUSTOMER_PLACES =
            Set.of("customer-stage", "customer-side", "customer-bar", "customer-wait");
    private static final Set<String> VIEWER_PLACES = Set.of("viewer-stage", "viewer-bar");

    record PanelJson(
            String id,
            String element,
            String module,
            String place,
            int rank,
            Map<String, String> titles,
            Optional<Panel.Capability> capability) {}

    record TabJson(String id, String element, String module, int rank, Map<String, String> titles) {}

    record Panels(String kit, List<PanelJson> panels, List<TabJson> tabs) {}

    private final ModuleExtender modules;
    private final Unstored topic;
    private final List<Panel> panels = new CopyOnWriteArrayList<>();
    private final List<DesktopTab> tabs = new CopyOnWriteArrayList<>();

    @Activate
    public PanelTopics(@Reference ModuleExtender modules, @Reference Clock clock) {
        this.modules = modules;
        this.topic = new Unstored(TOPIC, clock);
        modules.onChange(topic::changed);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "removePanel")
    void addPanel(Panel panel) {
        panels.add(panel);
        topic.changed();
    }

    void removePanel(Panel panel) {
        panels.remove(panel);
        topic.changed();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "removeTab")
    void addTab(DesktopTab tab) {
        tabs.add(tab);
        topic.changed();
    }

    void removeTab(DesktopTab tab) {
        tabs.remove(tab);
        topic.changed();
    }

    @Override
    public void onChange(Consumer<String> newRing) {
        topic.onChange(newRing);
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
        boolean agent = caller instanceof Caller.OfAgent;
        boolean customer = caller instanceof Caller.OfCustomer;
        long now = topic.number(after);
        var shown = panels.stream()
                .filter(panel -> agent
                        ? !CUSTOMER_PLACES.contains(panel.place()) && !VIEWER_PLACES.contains(panel.place())
                        : (customer ? CUSTOMER_PLACES : VIEWER_PLACES).contains(panel.place()))
                .sorted(Comparator.comparing(Panel::rank).thenComparing(Panel::id))
                .map(panel -> new PanelJson(
                        panel.id(),
                        panel.element(),
                        panel.module(),
                        panel.place(),
                        panel.rank(),
                        panel.titles(),
                        panel.capability()))
                .toList();
        var offered = tabs.stream()
                .filter(tab -> agent && tab.place() == DesktopTab.Place.INTERACTION)
                .sorted(Comparator.comparing(DesktopTab::rank).thenComparing(DesktopTab::id))
                .map(tab -> new TabJson(tab.id(), tab.element(), tab.module(), tab.rank(), tab.titles()))
                .toList();
        return new Delivery.Snapshot(new Message(now, "ui.panels", new Panels(modules.kit(), shown, offered)));
    }
}
