package dev.tandem.webacd.internal.config;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The routing of a site as the fold of its events. One stream holds all of it, so that each change is judged against
 * everything it touches: no name twice, no rule that speaks of a queue that has just gone, no circle.
 *
 * @param count how many events there were: the stream's version
 */
public record RoutingState(
        long count,
        Map<UUID, Kept<QueueConfig>> queues,
        Map<String, Kept<AgentConfig>> agents,
        Map<String, Kept<String>> skills,
        Kept<Site> site,
        Rules rules) {

    static final RoutingState NONE = new RoutingState(
            0,
            Map.of(),
            Map.of(),
            Map.of(),
            new Kept<>(new Site(Optional.empty(), Optional.empty()), 0),
            new Rules(Optional.empty(), 0, 0, Optional.empty()));

    /** @param version of the stream, at its last change: who changes it says which version was seen */
    public record Kept<T>(T value, long version) {}

    /** What holds for the whole site. */
    public record Site(Optional<String> zone, Optional<UUID> fallback) {}

    /**
     * @param draftVersion of the stream, when the draft was last saved or thrown away
     * @param last the newest version of the rules, 0 before the first
     * @param live their text
     */
    public record Rules(Optional<String> draft, long draftVersion, int last, Optional<String> live) {}

    RoutingState after(RoutingFact fact) {
        long now = count + 1;
        if (fact instanceof RoutingFact.QueueSet set) {
            return new RoutingState(now, with(queues, set.queue(), kept(set.config())), agents, skills, site, rules);
        } else if (fact instanceof RoutingFact.QueueRemoved removed) {
            return new RoutingState(now, without(queues, removed.queue()), agents, skills, site, rules);
        } else if (fact instanceof RoutingFact.AgentSet set) {
            return new RoutingState(now, queues, with(agents, set.agent(), kept(set.config())), skills, site, rules);
        } else if (fact instanceof RoutingFact.AgentRemoved removed) {
            return new RoutingState(now, queues, without(agents, removed.agent()), skills, site, rules);
        } else if (fact instanceof RoutingFact.SkillSet set) {
            return new RoutingState(
                    now, queues, agents, with(skills, set.skill(), kept(set.description())), site, rules);
        } else if (fact instanceof RoutingFact.SkillRemoved removed) {
            return new RoutingState(now, queues, agents, without(skills, removed.skill()), site, rules);
        } else if (fact instanceof RoutingFact.SiteSet set) {
            return new RoutingState(now, queues, agents, skills, kept(new Site(set.zone(), set.fallback())), rules);
        } else if (fact instanceof RoutingFact.DraftSaved saved) {
            return with(now, new Rules(saved.text(), now, rules.last(), rules.live()));
        }
        var published = (RoutingFact.RulesPublished) fact;
        boolean same = rules.draft().filter(published.text()::equals).isPresent();
        var draft = same ? Optional.<String>empty() : rules.draft();
        return with(now, new Rules(draft, now, published.version(), Optional.of(published.text())));
    }

    private RoutingState with(long now, Rules next) {
        return new RoutingState(now, queues, agents, skills, site, next);
    }

    private <T> Kept<T> kept(T value) {
        return new Kept<>(value, count + 1);
    }

    private static <K, T> Map<K, Kept<T>> with(Map<K, Kept<T>> map, K key, Kept<T> value) {
        var next = copy(map);
        next.put(key, value);
        return Collections.unmodifiableSortedMap(next);
    }

    private static <K, T> Map<K, Kept<T>> without(Map<K, Kept<T>> map, K key) {
        var next = copy(map);
        next.remove(key);
        return Collections.unmodifiableSortedMap(next);
    }

    /** Without comparing anything if it can be: an import sets thousands. */
    private static <K, T> TreeMap<K, Kept<T>> copy(Map<K, Kept<T>> map) {
        return map instanceof SortedMap<K, Kept<T>> sorted ? new TreeMap<>(sorted) : new TreeMap<>(map);
    }

    /** The queue of that slug. */
    public Optional<UUID> bySlug(String slug) {
        return queues.entrySet().stream()
                .filter(entry -> entry.getValue().value().slug().equals(slug))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
