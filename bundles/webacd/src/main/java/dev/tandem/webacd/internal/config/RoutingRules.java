package dev.tandem.webacd.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.webacd.internal.rules.Checks;

/** Decides changes of a site's routing. Pure; what is wrong is thrown as a {@link RoutingFault}. */
final class RoutingRules {
    private static final int LONGEST_NOTE = 200;

    private RoutingRules() {}

    /**
     * @param version of the site's routing after it
     * @param made the id of a new queue
     * @param imported what an import has done
     */
    record Saved(long version, Optional<UUID> made, Optional<ConfigTransfer.Imported> imported) {}

    /** Several changes that are judged one after the other and stored together, or not at all. */
    static final class Batch {
        private final List<RoutingFact> facts = new ArrayList<>();
        private final RoutingState before;
        private RoutingState state;
        private Optional<UUID> made = Optional.empty();
        private Optional<ConfigTransfer.Imported> imported = Optional.empty();

        Batch(RoutingState before) {
            this.before = before;
            this.state = before;
        }

        RoutingState state() {
            return state;
        }

        void add(RoutingFact fact) {
            facts.add(fact);
            state = state.after(fact);
        }

        void made(UUID queue) {
            made = Optional.of(queue);
        }

        void imported(ConfigTransfer.Imported what) {
            imported = Optional.of(what);
        }

        List<RoutingFact> facts() {
            return List.copyOf(facts);
        }

        Decision<RoutingFact, Saved> decision() {
            Whole.rules(before, state);
            return Decision.accept(facts, new Saved(state.count(), made, imported));
        }
    }

    /** @param seen the version that the caller has seen, if that matters */
    static void unchanged(Optional<Long> seen, long now) {
        if (seen.filter(version -> version != now).isPresent()) {
            throw RoutingFault.conflict(
                    "changed-meanwhile", "Somebody else has changed this meanwhile; version " + now + " holds.");
        }
    }

    static void queue(Batch batch, UUID id, QueueConfig config) {
        putQueue(batch, id, config);
        Whole.queue(batch.state(), id);
    }

    /** Without a look at other queues, which may come later in the same batch. */
    static void putQueue(Batch batch, UUID id, QueueConfig config) {
        QueueChecks.check(config);
        var known = batch.state().queues().get(id);
        if (known == null || !known.value().equals(config)) {
            batch.add(new RoutingFact.QueueSet(id, config));
        }
    }

    static void removeQueue(Batch batch, UUID id) {
        if (!batch.state().queues().containsKey(id)) {
            throw RoutingFault.unknown("There is no such queue.");
        }
        Whole.queueFree(batch.state(), id);
        batch.add(new RoutingFact.QueueRemoved(id));
    }

    static void agent(Batch batch, String agent, AgentConfig config) {
        QueueChecks.text("agent", agent, 1, 128);
        QueueChecks.check(config);
        var known = batch.state().agents().get(agent);
        if (known == null || !known.value().equals(config)) {
            batch.add(new RoutingFact.AgentSet(agent, config));
        }
        Whole.agent(batch.state(), agent);
    }

    /** Takes the agent out of everything. */
    static void removeAgent(Batch batch, String agent) {
        boolean known = batch.state().agents().containsKey(agent);
        for (var queue : List.copyOf(batch.state().queues().entrySet())) {
            var config = queue.getValue().value();
            var members = config.members().stream()
                    .filter(member -> !member.agent().equals(agent))
                    .toList();
            if (members.size() < config.members().size()) {
                known = true;
                batch.add(new RoutingFact.QueueSet(queue.getKey(), QueueForm.withMembers(config, members)));
            }
        }
        if (!known) {
            throw RoutingFault.unknown("Nothing is said of that agent.");
        }
        if (batch.state().agents().containsKey(agent)) {
            batch.add(new RoutingFact.AgentRemoved(agent));
        }
    }

    static void skill(Batch batch, String skill, String description) {
        QueueChecks.slug("skill", skill);
        QueueChecks.text("description", description, 0, 200);
        var known = batch.state().skills().get(skill);
        if (known == null || !known.value().equals(description)) {
            batch.add(new RoutingFact.SkillSet(skill, description));
        }
        Whole.skill(batch.state(), "skill", skill);
    }

    static void removeSkill(Batch batch, String skill) {
        if (!batch.state().skills().containsKey(skill)) {
            throw RoutingFault.unknown("There is no such skill.");
        }
        Whole.skillFree(batch.state(), skill);
        batch.add(new RoutingFact.SkillRemoved(skill));
    }

    static void site(Batch batch, Optional<String> zone, Optional<UUID> fallback) {
        zone.ifPresent(id -> QueueChecks.zone("zone", id));
        var site = new RoutingState.Site(zone, fallback);
        if (!batch.state().site().value().equals(site)) {
            batch.add(new RoutingFact.SiteSet(zone, fallback));
        }
        Whole.fallback(batch.state(), "fallback");
    }

    static void draft(Batch batch, String text) {
        check(batch.state(), text, "text");
        if (!batch.state().rules().draft().equals(Optional.of(text))) {
            batch.add(new RoutingFact.DraftSaved(Optional.of(text)));
        }
    }

    static void discard(Batch batch) {
        if (batch.state().rules().draft().isPresent()) {
            batch.add(new RoutingFact.DraftSaved(Optional.empty()));
        }
    }

    /**
     * @param restores the version that it is again
     * @param field where the text stands in what was sent
     */
    static void publish(Batch batch, String text, String note, Optional<Integer> restores, String field) {
        QueueChecks.text("note", note, 0, LONGEST_NOTE);
        check(batch.state(), text, field);
        if (batch.state().rules().live().equals(Optional.of(text))) {
            throw RoutingFault.conflict("rules-same", "These rules hold already.");
        }
        int version = batch.state().rules().last() + 1;
        batch.add(new RoutingFact.RulesPublished(version, text, note, restores));
    }

    private static void check(RoutingState state, String text, String field) {
        Checks.check(text, Whole.vocabulary(state)).stream().findFirst().ifPresent(problem -> {
            throw RoutingFault.rules(field, problem);
        });
    }
}
