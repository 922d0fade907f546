package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItemId;

/**
 * Routes the work items of a site. The same inputs at the same times give the same decisions. Each decision counts as done
 * at once; what becomes of it comes back as an input. A decision costs the logarithm of what waits and who is there.
 * For one thread.
 */
public final class Engine {
    private final Floor floor;
    private final Dispatcher dispatcher;
    private final Works works;
    private final Staff staff;
    private Instant last = Instant.EPOCH;

    public Engine(Settings settings) {
        floor = new Floor(settings);
        dispatcher = new Dispatcher(floor);
        works = new Works(floor, dispatcher);
        staff = new Staff(floor, dispatcher);
    }

    /** What follows. Time does not go back; a time before the last one counts as that one. */
    public List<Decision> apply(Input input, Instant time) {
        var now = at(time);
        alarms(now);
        if (input instanceof Input.ItemSubmitted submitted) {
            works.submitted(submitted.work(), now);
        } else if (input instanceof Input.ItemOffered offered) {
            works.offered(offered, now);
        } else if (input instanceof Input.ItemWidened widened) {
            works.widened(widened, now);
        } else if (input instanceof Input.OfferAnswered answered) {
            works.answered(answered, now);
        } else if (input instanceof Input.OffersEnded ended) {
            works.ended(ended, now);
        } else if (input instanceof Input.ItemBack back) {
            works.back(back, now);
        } else if (input instanceof Input.ItemMoved moved) {
            works.moved(moved, now);
        } else if (input instanceof Input.WrapUpBegan wrapUp) {
            works.wrapUp(wrapUp);
        } else if (input instanceof Input.ItemGone gone) {
            works.gone(gone, now);
        } else if (input instanceof Input.PickAsked asked) {
            works.picked(asked, now);
        } else if (input instanceof Input.DecisionFailed failed) {
            works.failed(failed, now);
        } else {
            applyToStaff(input, now);
        }
        return dispatcher.take();
    }

    private void applyToStaff(Input input, Instant now) {
        if (input instanceof Input.AgentChanged changed) {
            staff.changed(changed.agent(), now);
        } else if (input instanceof Input.AgentRemoved removed) {
            staff.removed(removed.agent(), now);
        } else if (input instanceof Input.LoadChanged load) {
            staff.load(load, now);
        } else if (input instanceof Input.HistoryKnown history) {
            staff.history(history);
        } else if (input instanceof Input.QueueChanged changed) {
            staff.changed(changed.queue(), now);
        } else if (input instanceof Input.QueueRemoved removed) {
            staff.removed(removed.queue(), now);
        } else if (input instanceof Input.StrategyChanged strategy) {
            staff.strategy(strategy, now);
        } else if (input instanceof Input.SettingsChanged settings) {
            staff.settings(settings.settings(), now);
        }
    }

    private Instant at(Instant time) {
        if (time.isAfter(last)) {
            last = Times.whole(time);
        }
        return last;
    }

    private void alarms(Instant now) {
        long millis = now.toEpochMilli();
        while (!floor.hours.isEmpty() && floor.hours.first().changes <= millis) {
            var line = floor.hours.first();
            staff.settle(line, line.facts, now);
        }
        var due = new ArrayList<Item>();
        while (!floor.alarms.isEmpty() && floor.alarms.first().due <= millis) {
            var item = floor.alarms.first();
            floor.unplace(item);
            due.add(item);
        }
        if (!due.isEmpty()) {
            due.forEach(item -> floor.place(item, now));
            dispatcher.settleAll(due, now);
        }
    }

    /** When time alone changes something next; a {@link Input.Tick} then is enough. Empty if never. */
    public Optional<Instant> nextWake() {
        long next = Math.min(
                floor.alarms.isEmpty() ? Item.NEVER : floor.alarms.first().due,
                floor.hours.isEmpty() ? Item.NEVER : floor.hours.first().changes);
        return next == Item.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
    }

    /** Makes an empty engine what another one was, strategies apart, and decides what is to be decided. */
    public List<Decision> restore(Snapshot snapshot, Instant time) {
        var now = at(time);
        floor.settings = snapshot.settings();
        snapshot.queues().forEach(queue -> staff.open(queue, now));
        snapshot.agents().forEach(agent -> staff.take(floor.person(agent.id()), agent, now));
        snapshot.histories().forEach(staff::history);
        for (var load : snapshot.loads()) {
            floor.person(load.agent()).others = load.others();
            floor.person(load.agent()).refresh();
        }
        snapshot.works().forEach(work -> works.enter(work, now));
        snapshot.histories().forEach(staff::history);
        dispatcher.settleAll(floor.items.values(), now);
        floor.lines.values().forEach(line -> dispatcher.joinAll(line, now));
        return dispatcher.take();
    }

    /** All that is known, sorted by ids. What is decided and not yet a fact is not in it. */
    public Snapshot snapshot() {
        var people = floor.people.values().stream()
                .sorted(Comparator.comparing(person -> person.id.value()))
                .toList();
        return new Snapshot(
                floor.settings,
                floor.lines.values().stream().map(line -> line.facts).toList(),
                people.stream().map(person -> person.facts).toList(),
                people.stream()
                        .map(person -> new Input.HistoryKnown(person.id, person.idleSince, person.offeredLast))
                        .toList(),
                people.stream()
                        .filter(person -> person.others != 0)
                        .map(person -> new Input.LoadChanged(person.id, person.others))
                        .toList(),
                floor.items.values().stream()
                        .sorted(Comparator.comparing(item -> item.id))
                        .map(Item::work)
                        .toList());
    }

    /** How many wait in a queue or are offered from it. */
    public int waiting(QueueId queue) {
        var line = floor.lines.get(queue);
        return line == null ? 0 : line.items.size();
    }

    /** Who waits in a queue or is offered from it, who is next first. */
    public List<WorkItemId> line(QueueId queue) {
        var line = floor.lines.get(queue);
        if (line == null) {
            return List.of();
        }
        var ids = new ArrayList<WorkItemId>(line.items.size());
        line.items.forEach(item -> ids.add(item.id));
        return ids;
    }

    /** Offers, items and wrap-ups of an agent, and what they do beside them. */
    public int load(AgentId agent) {
        var person = floor.people.get(agent);
        return person == null ? 0 : person.load();
    }

    /** Why nobody is asked for an item that waits. */
    public Explanation explain(WorkItemId id) {
        var item = floor.items.get(id);
        return item == null ? Explanation.NONE : dispatcher.explain(item);
    }

    /** By which strategy a queue really works. */
    public Optional<InUse> strategy(QueueId queue) {
        return Optional.ofNullable(floor.lines.get(queue)).map(line -> {
            var wanted = line.facts.strategy();
            var used = line.strategy().name();
            return new InUse(wanted, used, wanted.equals(used) ? "" : floor.strategies.trouble(wanted));
        });
    }

    /**
     * A queue's strategy.
     *
     * @param trouble why what is wanted is not what is used; empty if it is
     */
    public record InUse(String wanted, String used, String trouble) {}
}
