package dev.tandem.webacd.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;

/** Everybody and everything that is there, and where each item stands. */
final class Floor {
    final Strategies strategies = new Strategies();
    final Map<WorkItemId, Item> items = new HashMap<>();
    final Map<AgentId, Person> people = new HashMap<>();
    final TreeMap<QueueId, Line> lines = new TreeMap<>();
    final TreeSet<Item> alarms = new TreeSet<>(Item.DUE);
    final TreeSet<Line> hours = new TreeSet<>(Line.CHANGE);
    Settings settings;

    Floor(Settings settings) {
        this.settings = settings;
    }

    Person person(AgentId id) {
        return people.computeIfAbsent(id, Person::new);
    }

    Optional<Line> lineOf(Item item) {
        return item.target instanceof Target.Queue queue
                ? Optional.ofNullable(lines.get(queue.queue()))
                : Optional.empty();
    }

    /** Lets a waiting item stand where it can be found, and says when time alone changes something for it. */
    void place(Item item, Instant now) {
        long due = Item.NEVER;
        if (item.target instanceof Target.Agents named) {
            item.key = item.since.toEpochMilli();
            due = placeByName(item, named, now);
        } else {
            var line = lineOf(item);
            if (line.isPresent()) {
                due = placeInLine(item, line.get(), now);
            }
        }
        wakeAt(item, due);
    }

    /** Gives it its place in the queue's order, wherever else it stands or does not. */
    void enter(Item item, Line line) {
        item.key = line.keyOf(item);
        item.line = Optional.of(line);
        line.items.add(item);
        if (item.state == Item.State.OFFERED) {
            asked(item);
        }
    }

    /** Somebody is asked for it from now on. */
    void asked(Item item) {
        item.line.filter(line -> line.strategy().everybody()).ifPresent(line -> line.asked.add(item));
    }

    void unplace(Item item) {
        item.leave();
        wakeAt(item, Item.NEVER);
    }

    /** Takes it out of its queue's order, too: it waits no longer, or elsewhere. */
    void leaveLine(Item item) {
        unplace(item);
        item.line.ifPresent(line -> {
            line.asked.remove(item);
            line.items.remove(item);
        });
        item.line = Optional.empty();
    }

    void wakeAt(Item item, long due) {
        if (item.due != Item.NEVER) {
            alarms.remove(item);
        }
        item.due = due;
        if (due != Item.NEVER) {
            alarms.add(item);
        }
    }

    /** Whether an item would find a place and somebody there in time. */
    boolean takes(QueueId queue) {
        var line = lines.get(queue);
        return line != null && line.open && !line.full();
    }

    private long placeByName(Item item, Target.Agents named, Instant now) {
        if (now.toEpochMilli() < item.held) {
            return item.held;
        }
        for (var agent : named.agents()) {
            item.standIn(person(agent).targeted);
        }
        long due = soonest(Item.NEVER, item.entered.plus(settings.agentsPatience()), now);
        return settings.fallback().isEmpty() ? refusalsEnd(item, due, now) : due;
    }

    private long placeInLine(Item item, Line line, Instant now) {
        if (item.line.isEmpty()) {
            enter(item, line);
        }
        long due = Item.NEVER;
        if (line.facts.longestWait().isPresent()) {
            due = soonest(due, item.since.plus(line.facts.longestWait().get()), now);
        }
        if (line.facts.overflow().isPresent()) {
            due = soonest(due, item.entered.plus(line.facts.overflow().get().after()), now);
        }
        if (!line.open) {
            return due;
        }
        if (now.toEpochMilli() < item.held) {
            return Math.min(due, item.held);
        }
        int steps = 0;
        for (var step : line.facts.skills().relax()) {
            due = soonest(due, item.entered.plus(step.after()), now);
        }
        if (!line.facts.skills().relax().isEmpty()) {
            steps = line.steps(Duration.between(item.entered, now));
        }
        var requirement = line.facts.skills().requirement(item.skills, steps);
        item.requirement = requirement;
        var alone = reservedFor(item, line, requirement, now);
        if (alone.isPresent()) {
            item.reservedFor = Optional.of(alone.get().person);
            item.rank = alone.get().rank;
            item.standIn(alone.get().person.reserved);
            return soonest(due, item.entered.plus(line.facts.preferred()), now);
        }
        var lane = line.lane(requirement);
        item.lane = Optional.of(lane);
        item.standIn(lane.waiting);
        return refusalsEnd(item, due, now);
    }

    /** The agent who has helped this customer last, while there, able and not unwilling. */
    Optional<Seat> reservedFor(Item item, Line line, Requirement requirement, Instant now) {
        if (item.preferred.isEmpty() || !now.isBefore(item.entered.plus(line.facts.preferred()))) {
            return Optional.empty();
        }
        return Optional.ofNullable(line.seats.get(item.preferred.get().value()))
                .filter(seat -> seat.person.present()
                        && !item.hasRefused(seat.person)
                        && requirement.metBy(seat.person.facts.skills()));
    }

    private long refusalsEnd(Item item, long due, Instant now) {
        long soonest = due;
        if (!item.refused.isEmpty()) {
            for (var when : item.refused.values()) {
                soonest = soonest(soonest, when.plus(settings.refusalPause()), now);
            }
        }
        return soonest;
    }

    private static long soonest(long due, Instant time, Instant now) {
        return time.isAfter(now) ? Math.min(due, Times.millis(time)) : due;
    }
}
