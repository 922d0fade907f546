package dev.tandem.webacd.internal.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.internal.config.RoutingRules.Batch;
import dev.tandem.webacd.internal.rules.Checks;
import dev.tandem.webacd.internal.rules.Parser;
import dev.tandem.webacd.internal.rules.RuleSet;

/**
 * A site's routing as it would be after changes that are judged like real ones and stored nowhere. Whatever is wrong is
 * thrown as a {@link RoutingFault} with its field.
 */
@Component(service = WhatIf.class)
public final class WhatIf {
    private final StoredRouting stored;
    private final ConfigDesk desk;
    private final Seeds seeds;
    private final Neighbours neighbours;

    @Activate
    public WhatIf(
            @Reference StoredRouting stored,
            @Reference ConfigDesk desk,
            @Reference Seeds seeds,
            @Reference Neighbours neighbours) {
        this.stored = stored;
        this.desk = desk;
        this.seeds = seeds;
        this.neighbours = neighbours;
    }

    /** As it is. */
    public Routing now(SiteId site) {
        return stored.of(site);
    }

    /** The strategies of integrators that are there. */
    public List<RoutingStrategy> strategies() {
        return neighbours.plugged();
    }

    /**
     * As it would be.
     *
     * @param queues by id, the fields of the queue's form that are otherwise; null takes a field away
     * @param agents what is otherwise of agents whom there are
     */
    public Routing routing(
            SiteId site, Map<QueueId, Map<String, Object>> queues, Map<AgentId, UnaryOperator<AgentConfig>> agents) {
        var now = stored.of(site);
        var batch = new Batch(now.state());
        queues.forEach((id, changes) -> within("queues." + id, () -> queue(site, now, batch, id, changes)));
        queues.keySet().forEach(id -> within("queues." + id, () -> Whole.queue(batch.state(), id.value())));
        agents.forEach((id, change) -> within("agents." + id, () -> {
            var config = Optional.ofNullable(now.agents().get(id))
                    .orElseThrow(() -> RoutingFault.invalid("id", "agent-unknown", "There is no such agent."));
            RoutingRules.agent(batch, id.value(), change.apply(config));
        }));
        batch.decision();
        return new Routing(batch.state(), seeds);
    }

    private void queue(SiteId site, Routing now, Batch batch, QueueId id, Map<String, Object> changes) {
        var queue =
                now.queue(id).orElseThrow(() -> RoutingFault.invalid("id", "queue-unknown", "There is no such queue."));
        var form = ConfigurationJson.merged(desk.form(now, queue), changes);
        desk.foreign(site, batch.state(), form, Optional.of(queue.config()));
        RoutingRules.putQueue(batch, id.value(), form.stored(seeds, batch.state()::bySlug));
    }

    private static void within(String field, Runnable what) {
        try {
            what.run();
        } catch (RoutingFault fault) {
            throw fault.under(field);
        }
    }

    /** Rules that would hold for such a routing. @param field where they stand in what was sent */
    public static RuleSet rules(Routing routing, String text, String field) {
        Checks.check(text, Whole.vocabulary(routing.state())).stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw RoutingFault.rules(field, problem);
                });
        return Parser.parse(text).rules();
    }

    /** The draft. @throws RoutingFault 409 {@code no-draft} */
    public static String draft(Routing routing) {
        return routing.rulesNow()
                .draft()
                .orElseThrow(() -> RoutingFault.conflict("no-draft", "There is no draft of the rules."));
    }
}
