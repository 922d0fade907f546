package dev.tandem.webacd.internal.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.config.Routing.Routed;
import dev.tandem.webacd.internal.config.RoutingFault;
import dev.tandem.webacd.internal.config.WhatIf;

/** What other rules would have made of what was really asked for. */
@Component(service = RulesDiff.class)
public final class RulesDiff {
    /** Each is read with what was said; this is about as many as a person waits for. */
    static final int MOST = 50_000;

    private static final int MOST_EXAMPLES = 50;

    private final WhatIf whatIf;
    private final Recorded recorded;
    private final Facts facts;

    @Activate
    public RulesDiff(@Reference WhatIf whatIf, @Reference Recorded recorded, @Reference Facts facts) {
        this.whatIf = whatIf;
        this.recorded = recorded;
        this.facts = facts;
    }

    /**
     * The difference.
     *
     * @param items who came in that time
     * @param judged of those, who came by an entry and of whom it is known what they had said
     * @param changed of the judged, for whom the other rules decide otherwise: queue, priority or skills
     * @param unknown who came by an entry and was forgotten since
     * @param moves from which queue to which, most first; those who stay with another priority or other skills are not
     *     among them
     * @param examples of the changed, the first
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Diff(long items, long judged, long changed, long unknown, List<Move> moves, List<Example> examples) {}

    /** Those who would go elsewhere. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Move(Optional<UUID> from, Optional<UUID> to, long items) {}

    /** One for whom the rules differ. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Example(UUID item, Instant at, Way live, Way draft) {}

    /** What rules decide. @param rule which one has matched, from 1 */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Way(
            Optional<UUID> queue,
            Optional<Integer> rule,
            Optional<String> ruleName,
            int priority,
            Map<String, Integer> skills) {}

    private static final class Counts {
        long judged;
        long changed;
        long unknown;
        final Map<List<Optional<UUID>>, Long> moves = new HashMap<>();
        final List<Example> examples = new ArrayList<>();
    }

    /**
     * The rules that hold against others, as queues and hours are now.
     *
     * @param text the others; the draft if empty
     * @throws RoutingFault for what is wrong with the text, the time or their number
     */
    public Diff diff(SiteId site, Instant from, Instant to, Optional<String> text) {
        Judge.time("", from, to);
        var routing = whatIf.now(site);
        var other = WhatIf.rules(routing, text.orElseGet(() -> WhatIf.draft(routing)), "text");
        long items = recorded.count(site, from, to);
        if (items > MOST) {
            throw RoutingFault.invalid(
                    "from",
                    "too-many-items",
                    items + " came in that time; at most " + MOST + " can be judged at once.");
        }
        var counts = new Counts();
        recorded.each(site, from, to, () -> true, came -> facts.submitted(site, new WorkItemId(came.item()))
                .map(submitted -> facts.known(site, submitted))
                .ifPresent(known -> {
                    if (known instanceof Facts.Known.Gone) {
                        counts.unknown++;
                    } else if (known instanceof Facts.Known.Told told) {
                        var asked = told.asked(routing);
                        counts.judged++;
                        compare(
                                counts,
                                came.item(),
                                came.at(),
                                routing.decide(asked, came.at()),
                                routing.routed(other, asked, came.at()));
                    }
                }));
        var moves = counts.moves.entrySet().stream()
                .map(one -> new Move(one.getKey().get(0), one.getKey().get(1), one.getValue()))
                .sorted(Comparator.comparingLong(Move::items)
                        .reversed()
                        .thenComparing(move -> move.from().toString() + move.to()))
                .toList();
        return new Diff(items, counts.judged, counts.changed, counts.unknown, moves, List.copyOf(counts.examples));
    }

    private static void compare(Counts counts, UUID item, Instant at, Routed live, Routed draft) {
        boolean same = live.queue().equals(draft.queue())
                && live.priority().orElse(0).equals(draft.priority().orElse(0))
                && live.skills().equals(draft.skills());
        if (same) {
            return;
        }
        counts.changed++;
        if (!live.queue().equals(draft.queue())) {
            counts.moves.merge(
                    List.of(live.queue().map(QueueId::value), draft.queue().map(QueueId::value)), 1L, Long::sum);
        }
        if (counts.examples.size() < MOST_EXAMPLES) {
            counts.examples.add(new Example(item, at, way(live), way(draft)));
        }
    }

    private static Way way(Routed routed) {
        return new Way(
                routed.queue().map(QueueId::value),
                routed.rule(),
                routed.ruleName(),
                routed.priority().orElse(0),
                routed.skills());
    }
}
