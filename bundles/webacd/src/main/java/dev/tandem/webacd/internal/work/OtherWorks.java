package dev.tandem.webacd.internal.work;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/**
 * All that agents do beside work items, by whomever it is known. It is not there before somebody is who knows: a router that began
 * earlier would take whoever is busy for free.
 */
@Component(service = OtherWorks.class)
public final class OtherWorks {
    private final List<Consumer<SiteId>> listeners = new CopyOnWriteArrayList<>();
    private final Map<OtherWork, Runnable> known = new ConcurrentHashMap<>();

    @Activate
    public OtherWorks() {}

    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    public void add(OtherWork work) {
        known.put(work, work.listen(site -> listeners.forEach(listener -> listener.accept(site))));
    }

    public void remove(OtherWork work) {
        var deaf = known.remove(work);
        if (deaf != null) {
            deaf.run();
        }
    }

    /** How many things each agent has now; who has none is left out. */
    public Map<AgentId, Integer> of(SiteId site) {
        var all = new TreeMap<AgentId, Integer>(java.util.Comparator.comparing(AgentId::value));
        known.keySet().forEach(work -> work.of(site).forEach((agent, count) -> all.merge(agent, count, Integer::sum)));
        return all;
    }

    /** Is told when that may have changed in a site; returns at once. @return undoes it */
    public Runnable listen(Consumer<SiteId> changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }
}
