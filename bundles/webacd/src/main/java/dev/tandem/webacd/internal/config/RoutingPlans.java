package dev.tandem.webacd.internal.config;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.work.Plans;

/** The configuration as work items need it. */
@Component(service = Plans.class)
public final class RoutingPlans implements Plans {
    private final RoutingBook book;
    private final Map<SiteId, Made> made = new ConcurrentHashMap<>();

    /** What was made of a routing, since it is asked for at every turn. */
    private record Made(Routing of, Map<QueueId, QueuePlan> queues, Map<AgentId, AgentPlan> agents) {}

    @Activate
    public RoutingPlans(@Reference RoutingBook book) {
        this.book = book;
    }

    private Made made(SiteId site) {
        var now = book.of(site);
        return made.compute(site, (key, known) -> known != null && known.of() == now ? known : make(now));
    }

    private static Made make(Routing routing) {
        var queues = new LinkedHashMap<QueueId, QueuePlan>();
        routing.queues().forEach(queue -> queues.put(queue.id(), plan(queue)));
        var agents = routing.agents().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> new AgentPlan(
                                entry.getKey(),
                                entry.getValue().capacity(),
                                entry.getValue().inbound())));
        return new Made(routing, queues, agents);
    }

    private static QueuePlan plan(Routing.Queue queue) {
        var config = queue.config();
        return new QueuePlan(
                queue.id(),
                config.slug(),
                config.name(),
                Duration.ofSeconds(config.priorityStepSeconds()),
                Duration.ofSeconds(config.offerSeconds()),
                Duration.ofSeconds(config.wrapUpSeconds()),
                config.largestLength(),
                config.largestWaitSeconds().map(Duration::ofSeconds),
                config.pick(),
                config.showPosition(),
                config.showWait(),
                config.members().stream()
                        .map(member -> new AgentId(member.agent()))
                        .toList());
    }

    @Override
    public Optional<QueuePlan> queue(SiteId site, QueueId queue) {
        return Optional.ofNullable(made(site).queues().get(queue));
    }

    @Override
    public List<QueuePlan> queues(SiteId site) {
        return List.copyOf(made(site).queues().values());
    }

    @Override
    public Map<AgentId, AgentPlan> agents(SiteId site) {
        return made(site).agents();
    }

    @Override
    public Optional<QueueId> fallback(SiteId site) {
        return book.of(site).fallback();
    }

    @Override
    public List<SiteId> sites() {
        return book.sites();
    }

    @Override
    public boolean open(SiteId site, QueueId queue, Instant when) {
        return book.openAt(site, queue, when);
    }

    @Override
    public Optional<Instant> nextChange(SiteId site, QueueId queue, Instant after) {
        return book.nextChange(site, queue, after);
    }

    @Override
    public Runnable listen(Consumer<SiteId> changed) {
        return book.listen(changed);
    }
}
