package dev.tandem.webacd.internal.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.hours.OpeningHours;
import dev.tandem.webacd.internal.hours.Span;
import dev.tandem.webacd.internal.rules.Action;
import dev.tandem.webacd.internal.rules.Evaluator;
import dev.tandem.webacd.internal.rules.Facts;
import dev.tandem.webacd.internal.rules.Field;
import dev.tandem.webacd.internal.rules.Parser;
import dev.tandem.webacd.internal.rules.Rule;
import dev.tandem.webacd.internal.rules.RuleSet;

/** A site's routing as of one moment. Immutable. */
public final class Routing {
    private final long version;
    private final RoutingState state;
    private final ZoneId zone;
    private final Map<QueueId, Queue> byId;
    private final List<Queue> queues;
    private final Map<AgentId, AgentConfig> agents;
    private final RuleSet rules;

    Routing(RoutingState state, Seeds seeds) {
        this.version = state.count();
        this.state = state;
        this.zone = state.site().value().zone().map(ZoneId::of).orElseGet(seeds::zone);
        var all = new HashMap<QueueId, Queue>();
        state.queues().forEach((id, kept) -> {
            var queue = new QueueId(id);
            all.put(queue, new Queue(queue, kept.value(), hours(kept.value().hours()), kept.version()));
        });
        this.byId = Map.copyOf(all);
        this.queues = all.values().stream()
                .sorted(Comparator.comparing((Queue queue) -> queue.config().name())
                        .thenComparing(queue -> queue.config().slug()))
                .toList();
        this.agents = agents(state, seeds);
        this.rules =
                state.rules().live().map(text -> Parser.parse(text).rules()).orElse(RuleSet.NONE);
    }

    /** @param version of the site's routing, at the queue's last change */
    public record Queue(QueueId id, QueueConfig config, OpeningHours hours, long version) {}

    /**
     * What is known of a work item.
     *
     * @param queue the one it asks for, if it does
     * @param form answers by key
     * @param attributes by key; {@code os} is the customer's system
     */
    public record Asked(
            String source,
            Optional<QueueId> queue,
            String company,
            String language,
            Map<String, String> form,
            Map<String, String> attributes) {}

    /**
     * Where a work item goes.
     *
     * @param queue empty if nothing says where, not even a fallback queue
     * @param priority as the rule says
     * @param skills as the rule says, beside those of the queue
     * @param rule which rule has decided, from 1; empty if none did
     * @param rulesVersion the version of the rules, 0 without any
     */
    public record Routed(
            Optional<QueueId> queue,
            Optional<Integer> priority,
            Map<String, Integer> skills,
            Optional<Integer> rule,
            Optional<String> ruleName,
            int rulesVersion) {}

    /** How many changes there were. */
    public long version() {
        return version;
    }

    /** The zone of what belongs to no queue. */
    public ZoneId zone() {
        return zone;
    }

    /** Where goes what nobody takes. */
    public Optional<QueueId> fallback() {
        return state.site().value().fallback().map(QueueId::new);
    }

    /** By name. */
    public List<Queue> queues() {
        return queues;
    }

    public Optional<Queue> queue(QueueId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<Queue> bySlug(String slug) {
        return state.bySlug(slug).map(id -> byId.get(new QueueId(id)));
    }

    /** The agents of whom something is said, or who work for a queue. */
    public Map<AgentId, AgentConfig> agents() {
        return agents;
    }

    /** The queues that an agent works for, each with its rank; the first come first. */
    public Map<QueueId, Integer> queuesOf(AgentId agent) {
        record Of(QueueId queue, int rank) {}
        var found = new ArrayList<Of>();
        for (var queue : queues) {
            for (var member : queue.config().members()) {
                if (member.agent().equals(agent.value())) {
                    found.add(new Of(queue.id(), member.rank()));
                }
            }
        }
        found.sort(Comparator.comparingInt(Of::rank));
        var ranks = new LinkedHashMap<QueueId, Integer>();
        found.forEach(one -> ranks.put(one.queue(), one.rank()));
        return Collections.unmodifiableMap(ranks);
    }

    /** The rules that hold. */
    public RuleSet rules() {
        return rules;
    }

    /** The zone that the site has said; else the node's holds. */
    public Optional<String> ownZone() {
        return state.site().value().zone();
    }

    /** What each skill is, by name. */
    public Map<String, String> skills() {
        var skills = new TreeMap<String, String>();
        state.skills().forEach((name, kept) -> skills.put(name, kept.value()));
        return Collections.unmodifiableMap(skills);
    }

    /** Draft and rules as they are written. */
    public RoutingState.Rules rulesNow() {
        return state.rules();
    }

    /** What rules may speak of, sorted. */
    public record Words(List<String> queues, List<String> skills, List<String> fields) {}

    /** What rules may speak of. */
    public Words words() {
        var vocabulary = Whole.vocabulary(state);
        return new Words(
                vocabulary.queues().stream().sorted().toList(),
                vocabulary.skills().stream().sorted().toList(),
                Field.all(vocabulary.form().keySet()));
    }

    RoutingState state() {
        return state;
    }

    /** False for a queue that there is not. */
    public boolean openAt(QueueId queue, Instant when) {
        return queue(queue).filter(one -> one.hours().openAt(when)).isPresent();
    }

    /** When it opens or closes next; empty if never. */
    public Optional<Instant> nextChange(QueueId queue, Instant after) {
        return queue(queue).flatMap(one -> one.hours().nextChange(after));
    }

    /** By the first rule that matches; else to the queue that was asked for, else to the fallback queue. */
    public Routed decide(Asked asked, Instant now) {
        return routed(rules, asked, now);
    }

    /** By other rules. Their version is told as that of those that hold. */
    public Routed routed(RuleSet by, Asked asked, Instant now) {
        var facts = facts(asked, now);
        Optional<Rule> rule = Evaluator.first(by, facts);
        var known = asked.queue().filter(byId::containsKey);
        var queue = rule.flatMap(Rule::queue)
                .flatMap(to -> bySlug(to.queue()))
                .map(Queue::id)
                .or(() -> known)
                .or(this::fallback);
        var skills = new TreeMap<String, Integer>();
        rule.map(Rule::skills).orElse(List.of()).forEach((Action.Needs one) -> skills.put(one.skill(), one.level()));
        return new Routed(
                queue,
                rule.flatMap(Rule::priority),
                Collections.unmodifiableMap(skills),
                rule.map(one -> by.rules().indexOf(one) + 1),
                rule.flatMap(Rule::name),
                state.rules().last());
    }

    /** Times are those of the queue that was asked for, else of the site. */
    Facts facts(Asked asked, Instant now) {
        var queue = asked.queue().flatMap(this::queue);
        return new Facts(
                asked.company(),
                asked.language(),
                asked.attributes().getOrDefault("os", ""),
                asked.source(),
                queue.map(one -> one.config().slug()),
                asked.form(),
                asked.attributes(),
                LocalDateTime.ofInstant(
                        now, queue.map(one -> one.hours().zone()).orElse(zone)),
                slug -> bySlug(slug).filter(one -> one.hours().openAt(now)).isPresent());
    }

    private static Map<AgentId, AgentConfig> agents(RoutingState state, Seeds seeds) {
        var all = new HashMap<AgentId, AgentConfig>();
        var seed = new AgentConfig(seeds.capacity(), true, Map.of());
        for (var queue : state.queues().values()) {
            queue.value().members().forEach(member -> all.put(new AgentId(member.agent()), seed));
        }
        state.agents().forEach((agent, kept) -> all.put(new AgentId(agent), kept.value()));
        return Map.copyOf(all);
    }

    static OpeningHours hours(QueueConfig.Hours config) {
        var week = config.week().stream()
                .map(day -> day.stream()
                        .map(times -> QueueChecks.span("hours", times.from(), times.to()))
                        .toList())
                .toList();
        var dates = new HashMap<LocalDate, List<Span>>();
        for (var holiday : config.holidays()) {
            var spans = dates.computeIfAbsent(LocalDate.parse(holiday.date()), date -> new ArrayList<>());
            holiday.from()
                    .ifPresent(from -> spans.add(
                            QueueChecks.span("hours", from, holiday.to().orElseThrow())));
        }
        return new OpeningHours(ZoneId.of(config.zone()), week, dates);
    }
}
