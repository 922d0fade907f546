package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;

/** What happens to agents, queues and settings. */
final class Staff {
    private final Floor floor;
    private final Dispatcher dispatcher;

    Staff(Floor floor, Dispatcher dispatcher) {
        this.floor = floor;
        this.dispatcher = dispatcher;
    }

    void changed(AgentFacts facts, Instant now) {
        var person = floor.person(facts.id());
        var moved = List.copyOf(person.reserved);
        moved.forEach(floor::unplace);
        take(person, facts, now);
        moved.forEach(item -> floor.place(item, now));
        dispatcher.serve(List.of(person), now);
        dispatcher.settleAll(moved, now);
        if (!person.present()) {
            List.copyOf(person.targeted).forEach(item -> dispatcher.overdue(item, now));
        }
        if (!person.available()) {
            person.pending.stream()
                    .sorted(Comparator.comparing(item -> item.id))
                    .toList()
                    .forEach(dispatcher::withdrawFromAbsent);
        }
    }

    /** Sits the agent down where they belong, and gives nothing. */
    void take(Person person, AgentFacts facts, Instant now) {
        boolean wasThere = person.available();
        person.seats.forEach(seat -> seat.line.stand(seat));
        person.seats.clear();
        person.facts = facts;
        if (!wasThere && person.available()) {
            person.idleSince = now;
            floor.lines.values().forEach(line -> line.asked.forEach(item -> item.left.remove(person)));
        }
        facts.queues().forEach((queue, rank) -> {
            var line = floor.lines.get(queue);
            if (line != null) {
                sit(person, line, rank);
            }
        });
        person.refresh();
    }

    void removed(AgentId agent, Instant now) {
        if (floor.people.containsKey(agent)) {
            changed(AgentFacts.unknown(agent), now);
            var person = floor.person(agent);
            if (person.load() == 0 && person.targeted.isEmpty()) {
                floor.people.remove(agent);
            }
        }
    }

    void load(Input.LoadChanged load, Instant now) {
        var person = floor.person(load.agent());
        person.others = load.others();
        person.refresh();
        dispatcher.serve(List.of(person), now);
    }

    void history(Input.HistoryKnown history) {
        var person = floor.person(history.agent());
        person.idleSince = history.idleSince();
        person.offeredLast.putAll(history.offeredLast());
        person.refresh();
    }

    void changed(QueueFacts facts, Instant now) {
        var known = floor.lines.get(facts.id());
        if (known != null) {
            settle(known, facts, now);
            return;
        }
        var line = open(facts, now);
        var stranded = floor.items.values().stream()
                .filter(item -> item.line.isEmpty()
                        && item.holder.isEmpty()
                        && item.target.equals(new Target.Queue(facts.id())))
                .toList();
        stranded.forEach(item -> enter(item, line, now));
        dispatcher.settleAll(stranded, now);
    }

    /** A queue that was not there; its agents sit down, and nothing is given. */
    Line open(QueueFacts facts, Instant now) {
        var line = new Line(facts, floor.strategies);
        line.set(facts, now);
        floor.lines.put(line.id, line);
        floor.hours.add(line);
        for (var person : floor.people.values()) {
            var rank = person.facts.queues().get(line.id);
            if (rank != null) {
                sit(person, line, rank);
                person.refresh();
            }
        }
        return line;
    }

    /** Sorts a queue anew, with other settings or since it opens or closes. */
    void settle(Line line, QueueFacts facts, Instant now) {
        var items = List.copyOf(line.items);
        items.forEach(floor::leaveLine);
        for (var seat : line.seats.values()) {
            seat.listed = false;
        }
        floor.hours.remove(line);
        line.set(facts, now);
        floor.hours.add(line);
        for (var seat : line.seats.values()) {
            if (seat.person.free()) {
                seat.look();
                line.list(seat);
            }
        }
        items.forEach(item -> enter(item, line, now));
        dispatcher.settleAll(items, now);
        dispatcher.joinAll(line, now);
    }

    private void enter(Item item, Line line, Instant now) {
        if (item.state == Item.State.WAITING) {
            floor.place(item, now);
        } else {
            floor.enter(item, line);
        }
    }

    void removed(QueueId queue, Instant now) {
        var line = floor.lines.remove(queue);
        if (line == null) {
            return;
        }
        floor.hours.remove(line);
        var items = List.copyOf(line.items);
        items.forEach(floor::leaveLine);
        for (var seat : new ArrayList<>(line.seats.values())) {
            line.stand(seat);
            seat.person.seats.remove(seat);
        }
        dispatcher.settleAll(items, now);
    }

    void strategy(Input.StrategyChanged change, Instant now) {
        floor.strategies.change(change.name(), change.strategy());
        for (var line : List.copyOf(floor.lines.values())) {
            if (line.facts.strategy().equals(change.name())) {
                settle(line, line.facts, now);
            }
        }
    }

    void settings(Settings settings, Instant now) {
        if (settings.equals(floor.settings)) {
            return;
        }
        floor.settings = settings;
        var waiting = floor.items.values().stream()
                .filter(item -> item.state == Item.State.WAITING)
                .toList();
        waiting.forEach(floor::unplace);
        waiting.forEach(item -> floor.place(item, now));
        dispatcher.settleAll(waiting, now);
    }

    private static void sit(Person person, Line line, int rank) {
        var seat = new Seat(person, line, rank);
        person.seats.add(seat);
        line.sit(seat);
    }
}
