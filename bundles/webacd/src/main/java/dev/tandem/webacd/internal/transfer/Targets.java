package dev.tandem.webacd.internal.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.Presence;
import dev.tandem.webacd.internal.desk.Absences;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Plans.QueuePlan;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkTable.Load;

/** To whom work can be handed over. */
@Component(service = Targets.class)
public final class Targets {
    private final Plans plans;
    private final WorkBook book;
    private final Waits waits;
    private final Absences absences;
    private final AgentDirectory directory;
    private final Clock clock;

    @Activate
    public Targets(
            @Reference Plans plans,
            @Reference WorkBook book,
            @Reference Waits waits,
            @Reference Absences absences,
            @Reference AgentDirectory directory,
            @Reference Clock clock) {
        this.plans = plans;
        this.book = book;
        this.waits = waits;
        this.absences = absences;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Queues and agents.
     *
     * @param webacd whether the agent may hand over at all
     * @param fallback the name of the queue that has a session which no chosen agent takes
     * @param longestSeconds how long agents are asked by name where there is no such queue; then the session ends
     */
    public record TargetsView(
            boolean webacd,
            List<QueueTarget> queues,
            List<AgentTarget> agents,
            Optional<String> fallback,
            long longestSeconds) {}

    /**
     * A queue.
     *
     * @param changes when it opens or closes next
     * @param waitSeconds about how long whoever comes now would wait
     */
    public record QueueTarget(
            UUID id,
            String slug,
            String name,
            boolean open,
            Optional<Instant> changes,
            boolean full,
            long waiting,
            Optional<Long> waitSeconds) {}

    /**
     * An agent, the caller not among them.
     *
     * @param presence OFFLINE, AWAY or AVAILABLE
     * @param reason of being away
     */
    public record AgentTarget(
            String id,
            String name,
            String presence,
            Optional<String> reason,
            boolean inbound,
            long load,
            int capacity) {}

    public TargetsView of(Agent caller) {
        var site = caller.site();
        var agents = plans.agents(site);
        var loads = book.table().loads(site);
        var absent = absences.of(site);
        return new TargetsView(
                agents.containsKey(caller.id()),
                plans.queues(site).stream().map(queue -> queue(caller, queue)).toList(),
                agents.values().stream()
                        .filter(plan -> !plan.id().equals(caller.id()))
                        .flatMap(plan -> directory.find(site, plan.id()).stream()
                                .map(agent -> agent(
                                        agent,
                                        plan,
                                        loads.getOrDefault(plan.id().value(), Load.NONE),
                                        Optional.ofNullable(absent.get(plan.id().value())))))
                        .sorted(Comparator.comparing(AgentTarget::name).thenComparing(AgentTarget::id))
                        .toList(),
                plans.fallback(site).flatMap(queue -> plans.queue(site, queue)).map(QueuePlan::name),
                plans.named(site).longest().toSeconds());
    }

    private QueueTarget queue(Agent caller, QueuePlan queue) {
        var site = caller.site();
        var now = clock.instant();
        long waiting = book.table().length(site, queue.id().value());
        return new QueueTarget(
                queue.id().value(),
                queue.slug(),
                queue.name(),
                queue.open(now),
                queue.facts().hours().nextChange(now),
                queue.full(waiting),
                waiting,
                waits.estimate(site, queue.id().value(), (int) waiting + 1).map(Duration::toSeconds));
    }

    private AgentTarget agent(Agent agent, Plans.AgentPlan plan, Load load, Optional<String> absent) {
        var presence = directory.presence(agent.site(), agent.id());
        var word = presence instanceof Presence.Available
                ? absent.isPresent() ? "AWAY" : "AVAILABLE"
                : presence instanceof Presence.Away ? "AWAY" : "OFFLINE";
        Optional<String> reason = presence instanceof Presence.Away away
                ? Optional.of(away.reason()).filter(text -> !text.isEmpty())
                : absent.filter(one -> presence instanceof Presence.Available);
        return new AgentTarget(
                agent.id().value(), agent.name(), word, reason, plan.inbound(), load.all(), plan.capacity());
    }
}
