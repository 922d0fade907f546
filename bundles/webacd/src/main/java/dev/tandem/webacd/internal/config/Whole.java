package dev.tandem.webacd.internal.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.tandem.webacd.internal.config.QueueConfig.FormField;
import dev.tandem.webacd.internal.config.RoutingState.Kept;
import dev.tandem.webacd.internal.rules.Checks;
import dev.tandem.webacd.internal.rules.Vocabulary;

/** What must hold between the parts of a site's routing. Pure. */
final class Whole {
    private static final int MOST_QUEUES = 1_000;
    private static final int MOST_SKILLS = 500;
    private static final int MOST_AGENTS = 10_000;

    private Whole() {}

    /** What rules may speak of. */
    static Vocabulary vocabulary(RoutingState state) {
        var form = new HashMap<String, Vocabulary.Answer>();
        for (var queue : state.queues().values()) {
            for (var field : queue.value().entry().fields()) {
                form.merge(field.key(), answer(field), Whole::both);
            }
        }
        return new Vocabulary(
                state.queues().values().stream()
                        .map(queue -> queue.value().slug())
                        .collect(Collectors.toSet()),
                state.skills().keySet(),
                form);
    }

    private static Vocabulary.Answer answer(FormField field) {
        var kind =
                switch (field.type()) {
                    case NUMBER -> Vocabulary.Kind.NUMBER;
                    case CHOICE -> Vocabulary.Kind.CHOICE;
                    default -> Vocabulary.Kind.TEXT;
                };
        return new Vocabulary.Answer(kind, field.options());
    }

    private static Vocabulary.Answer both(Vocabulary.Answer one, Vocabulary.Answer other) {
        var options = new LinkedHashSet<>(one.options());
        options.addAll(other.options());
        return new Vocabulary.Answer(one.kind(), List.copyOf(options));
    }

    /** A queue that was set fits to all else. */
    static void queue(RoutingState after, UUID id) {
        var queue = after.queues().get(id).value();
        QueueChecks.most("slug", after.queues().size(), MOST_QUEUES);
        if (after.queues().entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(id)
                        && other.getValue().value().slug().equals(queue.slug()))) {
            throw RoutingFault.invalid("slug", "slug-taken", "Another queue has the short name " + queue.slug() + ".");
        }
        queue.overflow().ifPresent(over -> overflow(after, id));
        for (int i = 0; i < queue.skills().required().size(); i++) {
            skill(
                    after,
                    "skills.required[" + i + "].skill",
                    queue.skills().required().get(i).skill());
        }
        for (int i = 0; i < queue.entry().fields().size(); i++) {
            sameType(
                    after,
                    id,
                    "entry.fields[" + i + "].type",
                    queue.entry().fields().get(i));
        }
    }

    /** From queue to queue by overflow nothing goes round, and the fallback queue is where it ends. */
    private static void overflow(RoutingState after, UUID id) {
        var way = new ArrayList<UUID>();
        var seen = new HashSet<UUID>();
        for (var at = Optional.of(id); at.isPresent(); ) {
            way.add(at.get());
            if (!seen.add(at.get())) {
                throw RoutingFault.invalid(
                        "overflow.queue",
                        "overflow-loop",
                        "Overflow goes round in a circle: " + words(after, way) + ".");
            }
            var queue = after.queues().get(at.get());
            if (queue == null) {
                throw RoutingFault.invalid("overflow.queue", "queue-unknown", "There is no such queue.");
            }
            at = queue.value().overflow().map(QueueConfig.Overflow::queue);
        }
        fallback(after, "overflow.queue");
    }

    /** Whatever nobody takes ends in the fallback queue; from there it would come back to it. */
    static void fallback(RoutingState after, String field) {
        var fallback = after.site().value().fallback();
        if (fallback.isPresent() && !after.queues().containsKey(fallback.get())) {
            throw RoutingFault.invalid(field, "queue-unknown", "There is no such queue.");
        }
        fallback.flatMap(id -> after.queues().get(id).value().overflow().map(over -> List.of(id, over.queue(), id)))
                .ifPresent(way -> {
                    throw RoutingFault.invalid(
                            field,
                            "fallback-loop",
                            "The fallback queue is where everything ends; it cannot overflow: " + words(after, way)
                                    + ".");
                });
    }

    private static String words(RoutingState state, List<UUID> way) {
        return way.stream()
                .map(id -> Optional.ofNullable(state.queues().get(id))
                        .map(queue -> queue.value().slug())
                        .orElse("?"))
                .collect(Collectors.joining(" -> "));
    }

    private static void sameType(RoutingState after, UUID id, String field, FormField one) {
        for (var other : after.queues().entrySet()) {
            for (var its : other.getValue().value().entry().fields()) {
                boolean differs = its.key().equals(one.key())
                        && answer(its).kind() != answer(one).kind();
                if (!other.getKey().equals(id) && differs) {
                    throw RoutingFault.invalid(
                            field,
                            "field-type",
                            "The queue " + other.getValue().value().slug() + " asks for " + one.key()
                                    + " in another way; rules could not tell which.");
                }
            }
        }
    }

    static void agent(RoutingState after, String agent) {
        QueueChecks.most("agent", after.agents().size(), MOST_AGENTS);
        for (var skill : after.agents().get(agent).value().skills().keySet()) {
            skill(after, "skills." + skill, skill);
        }
    }

    static void skill(RoutingState state, String field, String skill) {
        if (!state.skills().containsKey(skill)) {
            throw RoutingFault.invalid(field, "skill-unknown", "There is no such skill.");
        }
        QueueChecks.most("skill", state.skills().size(), MOST_SKILLS);
    }

    /** Whatever was changed, the rules that hold can still be read and every one of them can decide. */
    static void rules(RoutingState before, RoutingState after) {
        var live = after.rules().live();
        if (live.isEmpty() || vocabulary(before).equals(vocabulary(after))) {
            return;
        }
        var problems = Checks.check(live.get(), vocabulary(after));
        if (!problems.isEmpty()) {
            var first = problems.get(0);
            throw RoutingFault.conflict(
                    "rules-break",
                    "The rules that hold would break in line " + first.line() + ", column " + first.column() + ": "
                            + first.detail());
        }
    }

    /** That queue is needed by nothing else. */
    static void queueFree(RoutingState state, UUID id) {
        if (state.site().value().fallback().filter(id::equals).isPresent()) {
            throw RoutingFault.conflict(
                    "queue-is-fallback", "This is the site's fallback queue; choose another first.");
        }
        state.queues().values().stream()
                .map(Kept::value)
                .filter(queue ->
                        queue.overflow().filter(over -> over.queue().equals(id)).isPresent())
                .findFirst()
                .ifPresent(queue -> {
                    throw RoutingFault.conflict(
                            "queue-in-use", "The queue " + queue.slug() + " overflows into this one.");
                });
    }

    static void skillFree(RoutingState state, String skill) {
        for (Map.Entry<String, Kept<AgentConfig>> agent : state.agents().entrySet()) {
            if (agent.getValue().value().skills().containsKey(skill)) {
                throw RoutingFault.conflict("skill-in-use", "The agent " + agent.getKey() + " has this skill.");
            }
        }
        for (var queue : state.queues().values()) {
            if (queue.value().skills().required().stream()
                    .anyMatch(one -> one.skill().equals(skill))) {
                throw RoutingFault.conflict(
                        "skill-in-use", "The queue " + queue.value().slug() + " asks for this skill.");
            }
        }
    }
}
