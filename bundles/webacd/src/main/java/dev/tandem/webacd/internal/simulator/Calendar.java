package dev.tandem.webacd.internal.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.engine.AgentFacts;

/** When queues are open and agents there. */
final class Calendar {
    private Calendar() {}

    /** The spans in which a queue is open, in order. */
    static List<Setup.Shift> open(Routing routing, QueueId queue, Instant from, Instant to) {
        var spans = new ArrayList<Setup.Shift>();
        boolean open = routing.openAt(queue, from);
        for (var at = from; at.isBefore(to); ) {
            var change = routing.nextChange(queue, at)
                    .filter(next -> next.isBefore(to))
                    .orElse(to);
            if (open) {
                spans.add(new Setup.Shift(at, change));
            }
            at = change;
            open = !open;
        }
        return spans;
    }

    /** Everybody as long as a queue that they work for is open. */
    static Map<AgentId, List<Setup.Shift>> hours(Routing routing, List<AgentFacts> agents, Instant from, Instant to) {
        var open = new HashMap<QueueId, List<Setup.Shift>>();
        var known = new HashMap<Set<QueueId>, List<Setup.Shift>>();
        var all = new HashMap<AgentId, List<Setup.Shift>>();
        for (var agent : agents) {
            var shifts = known.computeIfAbsent(
                    agent.queues().keySet(),
                    queues -> merged(queues.stream()
                            .flatMap(queue -> open.computeIfAbsent(queue, id -> open(routing, id, from, to)).stream())
                            .toList()));
            all.put(agent.id(), shifts);
        }
        return all;
    }

    /** Everybody all the time. */
    static Map<AgentId, List<Setup.Shift>> always(List<AgentFacts> agents, Instant from, Instant to) {
        var all = new HashMap<AgentId, List<Setup.Shift>>();
        agents.forEach(agent -> all.put(agent.id(), List.of(new Setup.Shift(from, to))));
        return all;
    }

    /** What touches or overlaps becomes one. */
    static List<Setup.Shift> merged(List<Setup.Shift> spans) {
        var sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparing(Setup.Shift::from));
        var merged = new ArrayList<Setup.Shift>();
        for (var one : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && !one.from().isAfter(merged.get(last).to())) {
                var before = merged.get(last);
                merged.set(
                        last, new Setup.Shift(before.from(), one.to().isAfter(before.to()) ? one.to() : before.to()));
            } else {
                merged.add(one);
            }
        }
        return merged;
    }
}
