package dev.tandem.webacd.internal.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.internal.engine.Hours;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.engine.Skills;

/** A site's configuration in the hand of a test. */
public final class FakePlans implements Plans {
    public final SiteId site;
    public final Map<QueueId, QueuePlan> queues = new LinkedHashMap<>();
    public final Map<AgentId, AgentPlan> agents = new LinkedHashMap<>();
    public Optional<QueueId> fallback = Optional.empty();
    public NamedPlan named =
            new NamedPlan(Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(60), Duration.ofMinutes(10));
    private final List<Consumer<SiteId>> listeners = new CopyOnWriteArrayList<>();

    public FakePlans(SiteId site) {
        this.site = site;
    }

    public AgentId agent(String name, int capacity) {
        var id = new AgentId(name);
        agents.put(id, new AgentPlan(id, capacity, true, Map.of()));
        return id;
    }

    public QueueId queue(String slug, AgentId... members) {
        var id = new QueueId(new UUID(4, queues.size() + 1L));
        var ranks = new LinkedHashMap<AgentId, Integer>();
        for (var member : members) {
            ranks.put(member, 1);
        }
        queues.put(
                id,
                new QueuePlan(
                        slug,
                        slug,
                        Duration.ofSeconds(30),
                        true,
                        true,
                        ranks,
                        new QueueFacts(
                                id,
                                RoutingStrategy.LONGEST_IDLE,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(20),
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                Hours.ALWAYS,
                                Skills.NONE,
                                Duration.ZERO,
                                true)));
        return id;
    }

    public void change(QueueId queue, UnaryOperator<QueueFacts> how) {
        queues.computeIfPresent(
                queue,
                (id, was) -> new QueuePlan(
                        was.slug(),
                        was.name(),
                        was.wrapUp(),
                        was.showPosition(),
                        was.showWait(),
                        was.members(),
                        how.apply(was.facts())));
        changed();
    }

    public static QueueFacts by(QueueFacts was, String strategy) {
        return new QueueFacts(
                was.id(),
                strategy,
                was.step(),
                was.offer(),
                was.largest(),
                was.longestWait(),
                was.overflow(),
                was.hours(),
                was.skills(),
                was.preferred(),
                was.pick());
    }

    public static QueueFacts open(QueueFacts was, Hours hours) {
        return new QueueFacts(
                was.id(),
                was.strategy(),
                was.step(),
                was.offer(),
                was.largest(),
                was.longestWait(),
                was.overflow(),
                hours,
                was.skills(),
                was.preferred(),
                was.pick());
    }

    public static QueueFacts largest(QueueFacts was, int largest, Optional<Duration> wait) {
        return new QueueFacts(
                was.id(),
                was.strategy(),
                was.step(),
                was.offer(),
                largest,
                wait,
                was.overflow(),
                was.hours(),
                was.skills(),
                was.preferred(),
                was.pick());
    }

    public void changed() {
        listeners.forEach(one -> one.accept(site));
    }

    @Override
    public Optional<QueuePlan> queue(SiteId of, QueueId queue) {
        return site.equals(of) ? Optional.ofNullable(queues.get(queue)) : Optional.empty();
    }

    @Override
    public List<QueuePlan> queues(SiteId of) {
        return site.equals(of) ? new ArrayList<>(queues.values()) : List.of();
    }

    @Override
    public Map<AgentId, AgentPlan> agents(SiteId of) {
        return site.equals(of) ? Map.copyOf(agents) : Map.of();
    }

    @Override
    public Optional<QueueId> fallback(SiteId of) {
        return fallback;
    }

    @Override
    public NamedPlan named(SiteId of) {
        return named;
    }

    @Override
    public java.time.ZoneId zone(SiteId of) {
        return java.time.ZoneOffset.UTC;
    }

    @Override
    public List<SiteId> sites() {
        return queues.isEmpty() ? List.of() : List.of(site);
    }

    @Override
    public Runnable listen(Consumer<SiteId> changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }
}
