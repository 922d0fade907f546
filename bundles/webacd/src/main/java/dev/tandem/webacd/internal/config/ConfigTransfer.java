package dev.tandem.webacd.internal.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.ConfigDesk.By;
import dev.tandem.webacd.internal.config.RoutingRules.Batch;
import dev.tandem.webacd.internal.config.RoutingState.Kept;

/** A site's whole routing out and in. An import is one command: all of it, or nothing. */
@Component(service = ConfigTransfer.class)
public final class ConfigTransfer {
    private final ConfigDesk desk;
    private final StoredRouting stored;
    private final Seeds seeds;
    private final Neighbours neighbours;
    private final Ids ids;

    @Activate
    public ConfigTransfer(
            @Reference ConfigDesk desk,
            @Reference StoredRouting stored,
            @Reference Seeds seeds,
            @Reference Neighbours neighbours,
            @Reference Ids ids) {
        this.desk = desk;
        this.stored = stored;
        this.seeds = seeds;
        this.neighbours = neighbours;
        this.ids = ids;
    }

    /** What becomes of what the import does not name. */
    public enum Mode {
        /** It stays. */
        MERGE,
        /** Queues, agents and skills that it does not name are deleted, in the parts that it has. */
        REPLACE
    }

    /**
     * What an import does.
     *
     * @param changes how many things it sets or deletes, by what they are
     * @param removed slugs of queues that are deleted
     */
    public record Imported(Map<String, Integer> changes, List<String> removed) {}

    /** All of it, sorted, so that two exports of the same are the same text. */
    public ConfigurationForm export(SiteId site) {
        var routing = stored.of(site);
        var state = routing.state();
        var skills = new TreeMap<String, String>();
        state.skills().forEach((name, kept) -> skills.put(name, kept.value()));
        return new ConfigurationForm(
                ConfigurationForm.FORMAT,
                state.site().value().zone(),
                routing.fallback().flatMap(routing::queue).map(queue -> queue.config()
                        .slug()),
                Optional.of(skills),
                Optional.of(routing.queues().stream()
                        .sorted(Comparator.comparing(queue -> queue.config().slug()))
                        .map(queue -> desk.form(routing, queue))
                        .toList()),
                Optional.of(state.agents().entrySet().stream()
                        .map(agent -> agent(agent.getKey(), agent.getValue().value()))
                        .toList()),
                state.rules().live());
    }

    private static ConfigurationForm.Agent agent(String id, AgentConfig config) {
        return new ConfigurationForm.Agent(id, config.capacity(), config.inbound(), Optional.of(config.skills()));
    }

    /** What an import would do. Everything is checked, nothing is changed. */
    public Imported dryRun(SiteId site, ConfigurationForm form, Mode mode) {
        var state = stored.of(site).state();
        before(site, state, form, mode);
        var batch = new Batch(state);
        put(batch, form, mode, ids::next);
        batch.decision();
        return told(state, batch.facts());
    }

    /** Imports all of it, or throws and changes nothing. The same command again is answered as the first. */
    public Imported run(By by, ConfigurationForm form, Mode mode) {
        var fault = fault(() -> before(by.site(), stored.of(by.site()).state(), form, mode));
        var done = desk.change(by, batch -> {
            // Only now, since a repeat is not judged by what it has changed itself.
            fault.ifPresent(what -> {
                throw what;
            });
            var state = batch.state();
            put(batch, form, mode, ids::next);
            batch.imported(told(state, batch.facts()));
        });
        return done.imported()
                .orElseThrow(() -> RoutingFault.conflict(
                        "command-id-reused", "This Idempotency-Key was used for another change."));
    }

    private static Optional<RoutingFault> fault(Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (RoutingFault fault) {
            return Optional.of(fault);
        }
    }

    /** Imports into a site that has no routing yet. @return whether it had none */
    boolean seed(By by, ConfigurationForm form) {
        if (stored.of(by.site()).version() > 0) {
            return false;
        }
        before(by.site(), RoutingState.NONE, form, Mode.MERGE);
        desk.change(by, batch -> {
            if (batch.state().count() == 0) {
                put(batch, form, Mode.MERGE, ids::next);
            }
        });
        return true;
    }

    /** What cannot be judged by the routing alone. */
    private void before(SiteId site, RoutingState state, ConfigurationForm form, Mode mode) {
        if (form.format() != ConfigurationForm.FORMAT) {
            throw RoutingFault.invalid("format", "This version reads format " + ConfigurationForm.FORMAT + ".");
        }
        var queues = form.queues().orElse(List.of());
        each(
                "queues",
                queues,
                queue -> desk.foreign(
                        site, state, queue, state.bySlug(queue.slug()).map(id -> state.queues()
                                .get(id)
                                .value())));
        var agents = form.agents().orElse(List.of());
        each("agents", agents, agent -> {
            if (!state.agents().containsKey(agent.agent()) && !neighbours.isAgent(site, agent.agent())) {
                throw RoutingFault.invalid("agent", "agent-unknown", "There is no such agent.");
            }
        });
        for (var slug : gone(state, form, mode)) {
            var id = new QueueId(state.bySlug(slug).orElseThrow());
            if (neighbours.waiting().orElseThrow(RoutingFault::busy).in(site, id) > 0) {
                throw RoutingFault.conflict(
                        "queue-not-empty", "There are items in the queue " + slug + ", which the import would delete.");
            }
        }
    }

    private static List<String> gone(RoutingState state, ConfigurationForm form, Mode mode) {
        if (mode == Mode.MERGE || form.queues().isEmpty()) {
            return List.of();
        }
        var named = form.queues().get().stream().map(QueueForm::slug).toList();
        return state.queues().values().stream()
                .map(kept -> kept.value().slug())
                .filter(slug -> !named.contains(slug))
                .sorted()
                .toList();
    }

    private static <T> void each(String field, List<T> all, Consumer<T> step) {
        for (int i = 0; i < all.size(); i++) {
            try {
                step.accept(all.get(i));
            } catch (RoutingFault fault) {
                throw fault.under(field + "[" + i + "]");
            }
        }
    }

    /** First everything is put there, in an order in which what is named exists; then it is judged as a whole. */
    private void put(Batch batch, ConfigurationForm form, Mode mode, Supplier<UUID> ids) {
        form.skills().orElse(Map.of()).forEach((skill, description) -> {
            try {
                RoutingRules.skill(batch, skill, description.strip());
            } catch (RoutingFault fault) {
                throw fault.in("skills." + skill);
            }
        });
        var queues = form.queues().orElse(List.of());
        var known = slugs(batch, queues, ids);
        each(
                "queues",
                queues,
                queue -> RoutingRules.putQueue(
                        batch,
                        known.get(queue.slug()),
                        queue.stored(seeds, slug -> Optional.ofNullable(known.get(slug)))));
        each(
                "agents",
                form.agents().orElse(List.of()),
                agent -> RoutingRules.agent(
                        batch,
                        agent.agent(),
                        new AgentConfig(
                                agent.capacity(),
                                agent.inbound(),
                                agent.skills().orElse(Map.of()))));
        var site = batch.state().site().value();
        var fallback = form.fallback().map(slug -> Optional.ofNullable(known.get(slug))
                .orElseThrow(
                        () -> RoutingFault.invalid("fallback", "queue-unknown", "There is no queue '" + slug + "'.")));
        RoutingRules.site(batch, form.zone().or(site::zone), fallback.or(site::fallback));
        if (mode == Mode.REPLACE) {
            remove(batch, form);
        }
        each("queues", queues, queue -> Whole.queue(batch.state(), known.get(queue.slug())));
        form.rules()
                .filter(text -> !batch.state().rules().live().equals(Optional.of(text)))
                .ifPresent(text -> RoutingRules.publish(batch, text, "", Optional.empty(), "rules"));
    }

    private static Map<String, UUID> slugs(Batch batch, List<QueueForm> queues, Supplier<UUID> ids) {
        var known = new HashMap<String, UUID>();
        batch.state().queues().forEach((id, kept) -> known.put(kept.value().slug(), id));
        var named = new HashSet<String>();
        for (int i = 0; i < queues.size(); i++) {
            var slug = queues.get(i).slug();
            if (!named.add(slug)) {
                throw RoutingFault.invalid(
                        "queues[" + i + "].slug", "slug-taken", "Another queue has the short name " + slug + ".");
            }
            known.computeIfAbsent(slug, key -> ids.get());
        }
        return known;
    }

    private static void remove(Batch batch, ConfigurationForm form) {
        form.agents().ifPresent(agents -> {
            var named = agents.stream().map(ConfigurationForm.Agent::agent).toList();
            without(batch.state().agents(), named).forEach(agent -> batch.add(new RoutingFact.AgentRemoved(agent)));
        });
        // One may overflow into another that goes too: whether any is still needed is looked at when all are gone.
        for (var slug : gone(batch.state(), form, Mode.REPLACE)) {
            batch.add(new RoutingFact.QueueRemoved(batch.state().bySlug(slug).orElseThrow()));
        }
        Whole.fallback(batch.state(), "fallback");
        form.skills().ifPresent(skills -> without(batch.state().skills(), List.copyOf(skills.keySet()))
                .forEach(skill -> RoutingRules.removeSkill(batch, skill)));
    }

    private static <T> List<String> without(Map<String, Kept<T>> all, List<String> named) {
        var rest = new ArrayList<>(all.keySet());
        rest.removeAll(named);
        return rest;
    }

    private static Imported told(RoutingState before, List<RoutingFact> facts) {
        var changes = new TreeMap<String, Integer>();
        var removed = new ArrayList<String>();
        for (var fact : facts) {
            changes.merge(word(fact), 1, Integer::sum);
            if (fact instanceof RoutingFact.QueueRemoved gone) {
                removed.add(before.queues().get(gone.queue()).value().slug());
            }
        }
        return new Imported(changes, removed);
    }

    private static String word(RoutingFact fact) {
        var name = RoutingFact.TYPES.nameOf(fact);
        return name.substring("routing.".length(), name.length() - ".v1".length());
    }
}
