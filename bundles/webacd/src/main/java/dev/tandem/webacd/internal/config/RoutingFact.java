package dev.tandem.webacd.internal.config;

import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.EventTypes;

/** What is stored of a site's routing. Shapes are for ever: fields are only added. Nothing personal is in it. */
public sealed interface RoutingFact {
    EventTypes<RoutingFact> TYPES = EventTypes.<RoutingFact>none()
            .with("routing.queue-set.v1", QueueSet.class)
            .with("routing.queue-removed.v1", QueueRemoved.class)
            .with("routing.agent-set.v1", AgentSet.class)
            .with("routing.agent-removed.v1", AgentRemoved.class)
            .with("routing.skill-set.v1", SkillSet.class)
            .with("routing.skill-removed.v1", SkillRemoved.class)
            .with("routing.site-set.v1", SiteSet.class)
            .with("routing.draft-saved.v1", DraftSaved.class)
            .with("routing.rules-published.v1", RulesPublished.class);

    /** A queue is there, or another one than before. */
    record QueueSet(UUID queue, QueueConfig config) implements RoutingFact {}

    /** A queue is no more. */
    record QueueRemoved(UUID queue) implements RoutingFact {}

    /** What is said of an agent. */
    record AgentSet(String agent, AgentConfig config) implements RoutingFact {}

    /** Nothing is said of that agent any more. */
    record AgentRemoved(String agent) implements RoutingFact {}

    /** A skill is there. */
    record SkillSet(String skill, String description) implements RoutingFact {}

    /** A skill is no more. */
    record SkillRemoved(String skill) implements RoutingFact {}

    /**
     * What holds for the whole site.
     *
     * @param zone for rules about items without a queue; empty is the node's seed
     * @param fallback the queue for what nobody has taken
     */
    record SiteSet(Optional<String> zone, Optional<UUID> fallback) implements RoutingFact {}

    /** @param text empty if the draft was thrown away */
    record DraftSaved(Optional<String> text) implements RoutingFact {}

    /**
     * Rules hold from now on.
     *
     * @param version from 1
     * @param restores the version whose text it is again, of a rollback
     */
    record RulesPublished(int version, String text, String note, Optional<Integer> restores) implements RoutingFact {}
}
