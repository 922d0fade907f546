package dev.tandem.webacd.internal.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.tandem.webacd.internal.metrics.Visit.Outcome;

/** Adds up what happened in each of some intervals that follow each other. Pure; of one owner. */
final class Buckets {
    private final long[] edges;
    private final Duration threshold;
    private final Sums[] sums;
    private final Sums all = new Sums();
    private final Map<String, List<Stretch>> busy = new HashMap<>();
    private final Map<String, List<Stretch>> available = new HashMap<>();

    private record Stretch(long from, long to) {}

    private static final class Sums {
        long entered;
        long transfers;
        long answered;
        long inTime;
        long abandoned;
        long expired;
        long moved;
        long waited;
        long longest;
        long handled;
        long handling;
        long busy;
        long there;

        Measures measures(Instant from, Instant to) {
            return new Measures(
                    from,
                    to,
                    entered,
                    transfers,
                    answered,
                    inTime,
                    abandoned,
                    expired,
                    moved,
                    Duration.ofMillis(waited),
                    Duration.ofMillis(longest),
                    handled,
                    Duration.ofMillis(handling),
                    Duration.ofMillis(busy),
                    Duration.ofMillis(there));
        }
    }

    /**
     * With nothing in them.
     *
     * @param edges where the intervals begin, and where the last one ends
     * @param threshold within which an answer is in time
     */
    Buckets(List<Instant> edges, Duration threshold) {
        this.edges = edges.stream().mapToLong(Instant::toEpochMilli).toArray();
        this.threshold = threshold;
        this.sums = new Sums[this.edges.length - 1];
        Arrays.setAll(sums, i -> new Sums());
    }

    void entered(Visit visit) {
        for (var one : at(visit.entered())) {
            one.entered++;
            one.transfers += visit.transfer() ? 1 : 0;
        }
    }

    void left(Visit visit) {
        for (var one : at(visit.leftAt().orElseThrow())) {
            long waited = visit.waited().toMillis();
            if (visit.outcome() == Outcome.ANSWERED) {
                one.answered++;
                one.inTime += waited <= threshold.toMillis() ? 1 : 0;
                one.waited += waited;
                one.longest = Math.max(one.longest, waited);
            }
            one.abandoned += visit.outcome() == Outcome.ABANDONED ? 1 : 0;
            one.expired += visit.outcome() == Outcome.EXPIRED ? 1 : 0;
            one.moved += visit.outcome() == Outcome.MOVED ? 1 : 0;
        }
    }

    void handled(Visit visit) {
        for (var one : at(visit.endedAt().orElseThrow())) {
            one.handled++;
            one.handling += Duration.between(
                            visit.leftAt().orElseThrow(), visit.endedAt().get())
                    .toMillis();
        }
    }

    void busy(String agent, Instant from, Instant to) {
        add(busy, agent, from, to);
    }

    void available(String agent, Instant from, Instant to) {
        add(available, agent, from, to);
    }

    private static void add(Map<String, List<Stretch>> to, String agent, Instant from, Instant until) {
        if (until.isAfter(from)) {
            to.computeIfAbsent(agent, one -> new ArrayList<>())
                    .add(new Stretch(from.toEpochMilli(), until.toEpochMilli()));
        }
    }

    /** The interval's, and the sum of all. */
    private List<Sums> at(Instant time) {
        int found = Arrays.binarySearch(edges, time.toEpochMilli());
        int i = found >= 0 ? found : -found - 2;
        return i < 0 || i >= sums.length ? List.of() : List.of(sums[i], all);
    }

    /** Of each interval, in order. */
    List<Measures> intervals() {
        var list = new ArrayList<Measures>();
        for (int i = 0; i < sums.length; i++) {
            list.add(sums[i].measures(Instant.ofEpochMilli(edges[i]), Instant.ofEpochMilli(edges[i + 1])));
        }
        return list;
    }

    /** Of the whole time. */
    Measures total() {
        return all.measures(Instant.ofEpochMilli(edges[0]), Instant.ofEpochMilli(edges[edges.length - 1]));
    }

    /** All that was said of agents so far is of times before what will be said; it is added up. */
    void occupied() {
        busy.forEach((agent, stretches) -> {
            for (var one : merged(stretches)) {
                spread(one, true);
            }
        });
        var both = new HashMap<String, List<Stretch>>();
        busy.forEach((agent, stretches) ->
                both.computeIfAbsent(agent, one -> new ArrayList<>()).addAll(stretches));
        available.forEach((agent, stretches) ->
                both.computeIfAbsent(agent, one -> new ArrayList<>()).addAll(stretches));
        both.values().forEach(stretches -> merged(stretches).forEach(one -> spread(one, false)));
        busy.clear();
        available.clear();
    }

    /** What overlaps counts once: somebody with two customers is not twice as busy. */
    private static List<Stretch> merged(List<Stretch> stretches) {
        var sorted = new ArrayList<>(stretches);
        sorted.sort(Comparator.comparingLong(Stretch::from));
        var merged = new ArrayList<Stretch>();
        for (var one : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).to() >= one.from()) {
                merged.set(
                        last,
                        new Stretch(
                                merged.get(last).from(),
                                Math.max(merged.get(last).to(), one.to())));
            } else {
                merged.add(one);
            }
        }
        return merged;
    }

    private void spread(Stretch stretch, boolean work) {
        int found = Arrays.binarySearch(edges, stretch.from());
        for (int i = Math.max(0, found >= 0 ? found : -found - 2); i < sums.length && edges[i] < stretch.to(); i++) {
            long time = Math.min(stretch.to(), edges[i + 1]) - Math.max(stretch.from(), edges[i]);
            if (time > 0) {
                for (var one : List.of(sums[i], all)) {
                    one.busy += work ? time : 0;
                    one.there += work ? 0 : time;
                }
            }
        }
    }
}
