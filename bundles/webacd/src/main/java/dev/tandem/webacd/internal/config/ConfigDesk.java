package dev.tandem.webacd.internal.config;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.RoutingRules.Batch;
import dev.tandem.webacd.internal.rules.Checks;
import dev.tandem.webacd.internal.rules.Formatter;
import dev.tandem.webacd.internal.rules.Parser;
import dev.tandem.webacd.internal.rules.RuleProblem;
import dev.tandem.webacd.internal.rules.RuleSet;
import dev.tandem.webacd.internal.rules.Trial;

/** Changes of a site's routing, for REST and the shell. Whatever is wrong is thrown as a {@link RoutingFault}. */
@Component(service = ConfigDesk.class)
public final class ConfigDesk {
    private final StoredRouting stored;
    private final Seeds seeds;
    private final Neighbours neighbours;
    private final Ids ids;

    @Activate
    public ConfigDesk(
            @Reference StoredRouting stored,
            @Reference Seeds seeds,
            @Reference Neighbours neighbours,
            @Reference Ids ids) {
        this.stored = stored;
        this.seeds = seeds;
        this.neighbours = neighbours;
        this.ids = ids;
    }

    /**
     * Who wants a change.
     *
     * @param command the id of the command
     * @param actor for the record
     */
    public record By(SiteId site, UUID command, String actor) {}

    /** All of it now. */
    public Routing routing(SiteId site) {
        return stored.of(site);
    }

    /** A queue as it is said. */
    public QueueForm form(Routing routing, Routing.Queue queue) {
        return QueueForm.shown(queue.config(), id -> routing.queue(new QueueId(id))
                .map(one -> one.config().slug())
                .orElse("?"));
    }

    /** The strategies that a queue can have now. */
    public Set<String> strategies() {
        return neighbours.strategies();
    }

    /** A queue as it begins if nothing is said of it but its name. */
    public QueueForm fresh() {
        return QueueForm.fresh(seeds);
    }

    /** Agents of the platform of whom nothing is said and who work for no queue, each with what holds for them. */
    public Map<AgentId, AgentConfig> others(SiteId site) {
        var known = routing(site).agents();
        var seed = new AgentConfig(seeds.capacity(), true, Map.of());
        return neighbours.agents(site).stream()
                .map(dev.tandem.platform.Agent::id)
                .filter(agent -> !known.containsKey(agent))
                .distinct()
                .collect(Collectors.toMap(Function.identity(), agent -> seed));
    }

    /** What the platform calls an agent. */
    public String name(SiteId site, AgentId agent) {
        return neighbours.name(site, agent);
    }

    public QueueId create(By by, QueueForm form) {
        foreign(by.site(), stored.of(by.site()).state(), form, Optional.empty());
        var id = ids.next();
        var saved = change(by, batch -> {
            RoutingRules.queue(batch, id, form.stored(seeds, batch.state()::bySlug));
            batch.made(id);
        });
        // A repeat of the command made it the first time, with another id.
        return new QueueId(saved.made().orElseThrow());
    }

    /** @param seen the version that the caller has seen */
    public void change(By by, QueueId queue, QueueForm form, Optional<Long> seen) {
        var before = stored.of(by.site()).queue(queue).map(Routing.Queue::config);
        foreign(by.site(), stored.of(by.site()).state(), form, before);
        change(by, batch -> {
            var known = batch.state().queues().get(queue.value());
            if (known == null) {
                throw RoutingFault.unknown("There is no such queue.");
            }
            RoutingRules.unchanged(seen, known.version());
            RoutingRules.queue(batch, queue.value(), form.stored(seeds, batch.state()::bySlug));
        });
    }

    /** What others must have: the strategy, and agents who are new to this queue. */
    void foreign(SiteId site, RoutingState state, QueueForm form, Optional<QueueConfig> before) {
        form.strategy()
                .filter(name ->
                        before.filter(queue -> queue.strategy().equals(name)).isEmpty())
                .filter(name -> !neighbours.strategies().contains(name))
                .ifPresent(name -> {
                    throw RoutingFault.invalid(
                            "strategy",
                            "strategy-unknown",
                            "There is no such strategy; there are " + String.join(", ", neighbours.strategies()) + ".");
                });
        var members = form.members().orElse(List.of());
        for (int i = 0; i < members.size(); i++) {
            var agent = members.get(i).agent();
            boolean known = state.agents().containsKey(agent)
                    || before.filter(queue -> queue.members().stream()
                                    .anyMatch(one -> one.agent().equals(agent)))
                            .isPresent();
            if (!known && !neighbours.isAgent(site, agent)) {
                throw RoutingFault.invalid("members[" + i + "].agent", "agent-unknown", "There is no such agent.");
            }
        }
    }

    /**
     * Deletes a queue. What waits there is in the way, or is moved first.
     *
     * @param moveTo where
     */
    public void remove(By by, QueueId queue, Optional<QueueId> moveTo) {
        var routing = stored.of(by.site());
        if (routing.queue(queue).isEmpty()) {
            // Unless this very command has deleted it.
            change(by, batch -> RoutingRules.removeQueue(batch, queue.value()));
            return;
        }
        moveTo.ifPresent(to -> {
            if (to.equals(queue) || routing.queue(to).isEmpty()) {
                throw RoutingFault.invalid("moveTo", "queue-unknown", "There is no such queue to move to.");
            }
        });
        // Before anything is moved: whether the queue could go at all.
        Consumer<Batch> removal = batch -> RoutingRules.removeQueue(batch, queue.value());
        var trial = new Batch(routing.state());
        removal.accept(trial);
        trial.decision();
        var waiting = neighbours.waiting().orElseThrow(RoutingFault::busy);
        int left = moveTo.isPresent()
                ? waiting.move(by.site(), queue, moveTo.get(), by.actor(), by.command())
                : waiting.in(by.site(), queue);
        if (left > 0) {
            throw RoutingFault.conflict(
                    "queue-not-empty",
                    left + (left == 1 ? " item is" : " items are")
                            + " in this queue; let it drain, or move them to another one (moveTo, in the shell"
                            + " --move-to).");
        }
        change(by, removal);
    }

    public void agent(By by, String agent, AgentConfig config, Optional<Long> seen) {
        if (!routing(by.site()).agents().containsKey(known(agent)) && !neighbours.isAgent(by.site(), agent)) {
            throw RoutingFault.unknown("There is no such agent.");
        }
        change(by, batch -> {
            Optional.ofNullable(batch.state().agents().get(agent))
                    .ifPresent(known -> RoutingRules.unchanged(seen, known.version()));
            RoutingRules.agent(batch, agent, config);
        });
    }

    private static AgentId known(String agent) {
        try {
            return new AgentId(agent);
        } catch (IllegalArgumentException e) {
            throw RoutingFault.unknown("There is no such agent.");
        }
    }

    public void removeAgent(By by, String agent) {
        change(by, batch -> RoutingRules.removeAgent(batch, agent));
    }

    public void skill(By by, String skill, String description) {
        change(by, batch -> RoutingRules.skill(batch, skill, description.strip()));
    }

    public void removeSkill(By by, String skill) {
        change(by, batch -> RoutingRules.removeSkill(batch, skill));
    }

    /** @param fallback a slug */
    public void site(By by, Optional<String> zone, Optional<String> fallback) {
        change(by, batch -> {
            var queue = fallback.map(slug -> batch.state()
                    .bySlug(slug)
                    .orElseThrow(() ->
                            RoutingFault.invalid("fallback", "queue-unknown", "There is no queue '" + slug + "'.")));
            RoutingRules.site(batch, zone, queue);
        });
    }

    public void draft(By by, String text, Optional<Long> seen) {
        change(by, batch -> {
            RoutingRules.unchanged(seen, batch.state().rules().draftVersion());
            RoutingRules.draft(batch, text);
        });
    }

    public void discard(By by) {
        change(by, RoutingRules::discard);
    }

    /** The draft holds from now on. */
    public void publish(By by, String note, Optional<Long> seen) {
        change(by, batch -> {
            RoutingRules.unchanged(seen, batch.state().rules().draftVersion());
            var text = batch.state()
                    .rules()
                    .draft()
                    .orElseThrow(() -> RoutingFault.conflict("no-draft", "There is no draft to publish."));
            RoutingRules.publish(batch, text, note, Optional.empty(), "text");
        });
    }

    /** A former version holds from now on, as a version of its own; the draft stays. */
    public void rollback(By by, int version) {
        var former = stored.tables()
                .version(by.site(), version)
                .orElseThrow(() -> RoutingFault.unknown("There is no version " + version + " of the rules."));
        change(by, batch -> RoutingRules.publish(batch, former.text(), former.note(), Optional.of(version), "version"));
    }

    /** Every version of the rules, the newest first. */
    public List<RulesVersion> versions(SiteId site, int most) {
        return stored.tables().versions(site, most);
    }

    public Optional<RulesVersion> version(SiteId site, int version) {
        return stored.tables().version(site, version);
    }

    /** What is wrong with a text of rules now. */
    public List<RuleProblem> check(SiteId site, String text) {
        return Checks.check(text, Whole.vocabulary(stored.of(site).state()));
    }

    /** A text of rules as it is written well; empty if it cannot be read. */
    public Optional<String> formatted(String text) {
        return Optional.of(Parser.parse(text)).filter(Parser.Parsed::ok).map(parsed -> Formatter.text(parsed.rules()));
    }

    /**
     * What became of an example.
     *
     * @param steps the rules that were tried, up to the one that matched
     */
    public record Tried(Routing.Routed routed, List<Trial.Step> steps) {}

    /** @param text which rules; empty for those that hold */
    public Tried attempt(SiteId site, Optional<String> text, Routing.Asked asked, Instant at) {
        var routing = stored.of(site);
        text.flatMap(some -> check(site, some).stream().findFirst()).ifPresent(problem -> {
            throw RoutingFault.rules("text", problem);
        });
        RuleSet rules = text.map(some -> Parser.parse(some).rules()).orElseGet(routing::rules);
        return new Tried(routing.routed(rules, asked, at), Trial.run(rules, routing.facts(asked, at)));
    }

    RoutingRules.Saved change(By by, Consumer<Batch> change) {
        return stored.execute(by.site(), by.command(), by.actor(), (state, now) -> {
                    var batch = new Batch(state);
                    change.accept(batch);
                    return batch.decision();
                })
                .orElseThrow(RoutingFault::refused);
    }
}
