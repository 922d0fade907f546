package dev.tandem.webacd.internal.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.RoutingStrategy;

/** Services that the configuration asks and that may be away: the platform's agents, what waits, strategies. */
@Component(service = Neighbours.class)
public final class Neighbours {
    private static final Set<String> BUILT_IN = Set.of(
            RoutingStrategy.LONGEST_IDLE,
            RoutingStrategy.ROUND_ROBIN,
            RoutingStrategy.FEWEST_ACTIVE,
            RoutingStrategy.BROADCAST);

    private final AtomicReference<Optional<AgentDirectory>> directory = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Waiting>> waiting = new AtomicReference<>(Optional.empty());
    private final Map<RoutingStrategy, String> strategies = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindDirectory(AgentDirectory platform) {
        directory.set(Optional.of(platform));
    }

    void unbindDirectory(AgentDirectory platform) {
        directory.updateAndGet(now -> now.filter(one -> one != platform));
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindWaiting(Waiting items) {
        waiting.set(Optional.of(items));
    }

    void unbindWaiting(Waiting items) {
        waiting.updateAndGet(now -> now.filter(one -> one != items));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindStrategy(RoutingStrategy strategy) {
        strategies.put(strategy, strategy.name());
    }

    void unbindStrategy(RoutingStrategy strategy) {
        strategies.remove(strategy);
    }

    /** Whether the platform has that agent; while it is away it is believed that it does. */
    boolean isAgent(SiteId site, String agent) {
        try {
            var id = new AgentId(agent);
            return directory
                    .get()
                    .map(platform -> platform.find(site, id).isPresent())
                    .orElse(true);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Every agent of the platform; nobody while it is away. */
    List<dev.tandem.platform.Agent> agents(SiteId site) {
        return directory.get().map(platform -> platform.agents(site)).orElse(List.of());
    }

    /** What the platform calls an agent; the id while nobody knows. */
    String name(SiteId site, AgentId agent) {
        return directory
                .get()
                .flatMap(platform -> platform.find(site, agent))
                .map(dev.tandem.platform.Agent::name)
                .orElse(agent.value());
    }

    /** What waits in queues; empty while nobody keeps work items. */
    Optional<Waiting> waiting() {
        return waiting.get();
    }

    /** The strategies of integrators. */
    List<RoutingStrategy> plugged() {
        return List.copyOf(strategies.keySet());
    }

    /** The strategies that a queue can have now. */
    public Set<String> strategies() {
        return Stream.concat(BUILT_IN.stream(), strategies.values().stream())
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }
}
