package dev.tandem.webacd.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;

/** A queue in the engine: its items in order, its agents, and both by what is demanded. */
final class Line {
    static final Comparator<Line> CHANGE =
            Comparator.<Line>comparingLong(line -> line.changes).thenComparing(line -> line.id);

    /** Lanes without items are kept for the next item of their kind, up to so many. */
    private static final int MOST_LANES = 64;

    final QueueId id;
    QueueFacts facts;
    boolean open;
    long changes = Item.NEVER;

    /** Who waits or is offered, in order. */
    final TreeSet<Item> items = new TreeSet<>(Item.ORDER);

    /** Which of them everybody is asked for, in order: whoever comes may join. */
    final TreeSet<Item> asked = new TreeSet<>(Item.ORDER);

    final Map<String, Seat> seats = new TreeMap<>();
    final Map<Requirement, Lane> lanes = new HashMap<>();
    private final Strategies strategies;
    private RoutingStrategy strategy = Strategies.fallback();

    Line(QueueFacts facts, Strategies strategies) {
        id = facts.id();
        this.facts = facts;
        this.strategies = strategies;
    }

    RoutingStrategy strategy() {
        return strategy;
    }

    /** Takes the settings and the time of day; lanes are made anew, so nothing may stand in them. */
    void set(QueueFacts now, Instant time) {
        facts = now;
        look(time);
        strategy = strategies.find(facts.strategy()).orElseGet(Strategies::fallback);
        lanes.clear();
        seats.values().forEach(seat -> seat.lanes.clear());
    }

    void look(Instant time) {
        open = facts.hours().openAt(time);
        changes = facts.hours()
                .nextChange(time)
                .map(change -> Math.max(Times.millis(change), time.toEpochMilli() + 1))
                .orElse(Item.NEVER);
    }

    /** Whether whoever comes may join what others are asked for. */
    boolean joinable() {
        return open && strategy.everybody() && !asked.isEmpty();
    }

    boolean full() {
        return facts.largest() > 0 && items.size() >= facts.largest();
    }

    long keyOf(Item item) {
        return item.since.toEpochMilli() - item.priority * facts.step().toMillis();
    }

    /** How many steps of relaxation hold for an item that has waited here for so long. */
    int steps(Duration waited) {
        int steps = 0;
        for (var step : facts.skills().relax()) {
            if (step.after().compareTo(waited) > 0) {
                break;
            }
            steps++;
        }
        return steps;
    }

    Lane lane(Requirement requirement) {
        var known = lanes.get(requirement);
        if (known != null) {
            return known;
        }
        if (lanes.size() >= MOST_LANES) {
            forgetEmptyLanes();
        }
        var lane = new Lane(requirement, strategy);
        lanes.put(requirement, lane);
        for (var seat : seats.values()) {
            if (requirement.metBy(seat.person.facts.skills())) {
                seat.lanes.add(lane);
                if (seat.listed) {
                    add(seat, lane);
                }
            }
        }
        return lane;
    }

    private void forgetEmptyLanes() {
        lanes.values().removeIf(lane -> lane.waiting.isEmpty());
        for (var seat : seats.values()) {
            seat.lanes.removeIf(lane -> lane.waiting.isEmpty());
        }
    }

    void sit(Seat seat) {
        seats.put(seat.person.id.value(), seat);
        for (var lane : lanes.values()) {
            if (lane.requirement.metBy(seat.person.facts.skills())) {
                seat.lanes.add(lane);
            }
        }
    }

    void stand(Seat seat) {
        if (seat.listed) {
            unlist(seat);
        }
        seats.remove(seat.person.id.value());
    }

    void list(Seat seat) {
        seat.listed = true;
        for (int i = 0; i < seat.lanes.size(); i++) {
            add(seat, seat.lanes.get(i));
        }
    }

    void unlist(Seat seat) {
        seat.listed = false;
        for (int i = 0; i < seat.lanes.size(); i++) {
            try {
                if (!seat.lanes.get(i).free.remove(seat)) {
                    distrust("contradicts itself");
                    return;
                }
            } catch (RuntimeException e) {
                distrust("throws " + e);
                return;
            }
        }
    }

    private void add(Seat seat, Lane lane) {
        try {
            if (!lane.free.add(seat) && !lane.free.contains(seat)) {
                distrust("contradicts itself");
            }
        } catch (RuntimeException e) {
            distrust("throws " + e);
        }
    }

    /** A strategy that an integrator has made has proven faulty: everything is sorted anew, by ours. */
    private void distrust(String why) {
        if (Strategies.builtIn(strategy.name())) {
            throw new IllegalStateException(strategy.name() + " " + why);
        }
        strategies.distrust(facts.strategy(), why);
        strategy = Strategies.fallback();
        for (var lane : lanes.values()) {
            lane.free = new TreeSet<>(lane.order(strategy));
        }
        for (var seat : seats.values()) {
            if (seat.listed) {
                seat.lanes.forEach(lane -> lane.free.add(seat));
            }
        }
    }
}
