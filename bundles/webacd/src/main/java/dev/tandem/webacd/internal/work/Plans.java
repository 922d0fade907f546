package dev.tandem.webacd.internal.work;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.engine.QueueFacts;

/** What a site has configured, as far as work and its routing need it. Answers come from memory. */
public interface Plans {
    /** The queue, if the site has it. */
    Optional<QueuePlan> queue(SiteId site, QueueId queue);

    /** All of them, by name. */
    List<QueuePlan> queues(SiteId site);

    /** The agents whom WebACD gives work, by id. */
    Map<AgentId, AgentPlan> agents(SiteId site);

    /** Where goes what nobody has taken. */
    Optional<QueueId> fallback(SiteId site);

    /** What holds for items that are for agents by name, and so for no queue. */
    NamedPlan named(SiteId site);

    /** By whose clock days begin. */
    ZoneId zone(SiteId site);

    /** The sites that have queues. */
    List<SiteId> sites();

    /** Is told of every change of a site's configuration, on every node; returns at once. @return undoes it */
    Runnable listen(Consumer<SiteId> changed);

    /**
     * A queue.
     *
     * @param wrapUp how long an agent may take afterwards; zero for no wrap-up
     * @param showPosition whether who waits is told the place
     * @param showWait whether who waits is told how long about
     * @param members with the rank that each gives to this queue
     * @param facts what the engine works with
     */
    record QueuePlan(
            String slug,
            String name,
            Duration wrapUp,
            boolean showPosition,
            boolean showWait,
            Map<AgentId, Integer> members,
            QueueFacts facts) {
        public QueuePlan {
            members = Map.copyOf(members);
        }

        public QueueId id() {
            return facts.id();
        }

        /** What a level of priority is worth in waiting time. */
        public Duration step() {
            return facts.step();
        }

        public Optional<Duration> largestWait() {
            return facts.longestWait();
        }

        /** Whether its length need be known at all. */
        public boolean bounded() {
            return facts.largest() > 0;
        }

        /** Whether so many may not be joined by another. */
        public boolean full(long waiting) {
            return bounded() && waiting >= facts.largest();
        }

        public boolean open(Instant when) {
            return facts.hours().openAt(when);
        }
    }

    /**
     * Of items for agents by name.
     *
     * @param offer how long they are asked
     * @param wrapUp how long whoever has taken it may take afterwards; zero for no wrap-up
     * @param patience how long it is waited for agents who are busy, before it goes to the fallback queue
     * @param longest how long such an item waits where there is no fallback queue
     */
    record NamedPlan(Duration offer, Duration wrapUp, Duration patience, Duration longest) {}

    /**
     * An agent.
     *
     * @param inbound whether the router gives them anything
     * @param skills with levels
     */
    record AgentPlan(AgentId id, int capacity, boolean inbound, Map<String, Integer> skills) {
        public AgentPlan {
            skills = Map.copyOf(skills);
        }
    }
}
