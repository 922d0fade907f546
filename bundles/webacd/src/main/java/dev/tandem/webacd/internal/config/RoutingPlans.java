package dev.tandem.webacd.internal.config;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.engine.Hours;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.engine.Skills;
import dev.tandem.webacd.internal.hours.OpeningHours;
import dev.tandem.webacd.internal.work.Plans;

/** The configuration as work items need it. */
@Component(service = Plans.class)
public final class RoutingPlans implements Plans {
    private final RoutingBook book;
    private final NamedAgents named;
    private final Map<SiteId, Made> made = new ConcurrentHashMap<>();

    /** What was made of a routing, since it is asked for at every turn. */
    private record Made(Routing of, Map<QueueId, QueuePlan> queues, Map<AgentId, AgentPlan> agents) {}

    @Activate
    public RoutingPlans(@Reference RoutingBook book, @Reference NamedAgents named) {
        this.book = book;
        this.named = named;
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
                                entry.getValue().inbound(),
                                entry.getValue().skills())));
        return new Made(routing, queues, agents);
    }

    private static QueuePlan plan(Routing.Queue queue) {
        var config = queue.config();
        var members = config.members().stream()
                .collect(Collectors.toUnmodifiableMap(
                        member -> new AgentId(member.agent()), QueueConfig.Member::rank, Math::min));
        return new QueuePlan(
                config.slug(),
                config.name(),
                Duration.ofSeconds(config.wrapUpSeconds()),
                config.showPosition(),
                config.showWait(),
                members,
                facts(queue));
    }

    /** A queue as the engine works with it. */
    public static QueueFacts facts(Routing.Queue queue) {
        var config = queue.config();
        return new QueueFacts(
                queue.id(),
                config.strategy(),
                Duration.ofSeconds(config.priorityStepSeconds()),
                Duration.ofSeconds(config.offerSeconds()),
                config.largestLength().orElse(0),
                config.largestWaitSeconds().map(Duration::ofSeconds),
                config.overflow()
                        .map(over -> new QueueFacts.Overflow(
                                new QueueId(over.queue()), Duration.ofSeconds(over.afterSeconds()))),
                new Clockwork(queue.hours()),
                skills(config.skills()),
                Duration.ofSeconds(config.preferredSeconds()),
                config.pick());
    }

    private static Skills skills(QueueConfig.Skills config) {
        var required = config.required().stream()
                .collect(Collectors.toUnmodifiableMap(QueueConfig.Level::skill, QueueConfig.Level::level, Math::max));
        return new Skills(
                Skills.Mode.valueOf(config.mode().name()),
                required,
                config.relax().stream().map(RoutingPlans::relaxation).toList());
    }

    /** Without a level a skill is dropped; without a skill it is every skill, those of the item among them. */
    private static Skills.Relaxation relaxation(QueueConfig.Relax step) {
        var after = Duration.ofSeconds(step.afterSeconds());
        var skill = step.skill();
        if (step.level().isPresent()) {
            var name = skill.orElse(Skills.Relaxation.EVERY);
            return new Skills.Relaxation(
                    after, Set.of(), 0, Map.of(name, step.level().get()));
        }
        return skill.map(name -> new Skills.Relaxation(after, Set.of(name), 0))
                .orElseGet(() -> new Skills.Relaxation(after, Set.of(), WorkRequest.HIGHEST_LEVEL));
    }

    /** Hours as the engine asks for them; equal ones are equal. */
    private record Clockwork(OpeningHours of) implements Hours {
        @Override
        public boolean openAt(Instant time) {
            return of.openAt(time);
        }

        @Override
        public Optional<Instant> nextChange(Instant after) {
            return of.nextChange(after);
        }
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
    public NamedPlan named(SiteId site) {
        return named.of(site);
    }

    @Override
    public ZoneId zone(SiteId site) {
        return book.of(site).zone();
    }

    @Override
    public List<SiteId> sites() {
        return book.sites();
    }

    @Override
    public Runnable listen(Consumer<SiteId> changed) {
        return book.listen(changed);
    }
}
