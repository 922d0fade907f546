package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.Target;

/** What happens to items. */
final class Works {
    private final Floor floor;
    private final Dispatcher dispatcher;

    Works(Floor floor, Dispatcher dispatcher) {
        this.floor = floor;
        this.dispatcher = dispatcher;
    }

    void submitted(Work work, Instant now) {
        if (!floor.items.containsKey(work.id())) {
            dispatcher.settle(enter(work, now), now);
        }
    }

    /** Takes an item in as far as it is, and looks for nobody. */
    Item enter(Work work, Instant now) {
        var item = new Item(work);
        floor.items.put(item.id, item);
        floor.place(item, now);
        if (work.stage() instanceof Work.Stage.Offered offered) {
            take(item, offered.agents(), now);
            dispatcher.withdrawFromAbsent(item);
        } else if (work.stage() instanceof Work.Stage.Assigned assigned) {
            assign(item, floor.person(assigned.agent()));
        } else if (work.stage() instanceof Work.Stage.WrapUp wrapUp) {
            assign(item, floor.person(wrapUp.agent()));
            wrapUp(new Input.WrapUpBegan(work.id()));
        }
        return item;
    }

    void offered(Input.ItemOffered offer, Instant now) {
        var item = floor.items.get(offer.item());
        if (item == null || item.holder.isPresent()) {
            return;
        }
        var freed = take(item, offer.agents(), now);
        dispatcher.withdrawFromAbsent(item);
        dispatcher.serve(freed, now);
        // Somebody may have become free while it was written.
        dispatcher.joinAll(item, now);
    }

    /** Those are asked in a new round. @return who was asked and is not any more */
    private List<Person> take(Item item, List<AgentId> agents, Instant now) {
        floor.unplace(item);
        item.left.clear();
        var asked = new HashSet<Person>();
        agents.forEach(agent -> asked.add(floor.person(agent)));
        var freed = new ArrayList<Person>();
        for (var person : List.copyOf(item.pending)) {
            if (!asked.contains(person)) {
                release(item, person, false);
                freed.add(person);
            }
        }
        askedFor(item, agents, now);
        item.state = Item.State.OFFERED;
        floor.asked(item);
        return freed;
    }

    private void askedFor(Item item, List<AgentId> agents, Instant now) {
        for (var agent : agents) {
            var person = floor.person(agent);
            if (!item.pending.contains(person)) {
                dispatcher.ask(item, person, now);
            }
        }
    }

    void widened(Input.ItemWidened widened, Instant now) {
        var item = floor.items.get(widened.item());
        if (item == null || item.state != Item.State.OFFERED) {
            return;
        }
        askedFor(item, widened.agents(), now);
        widened.agents().forEach(agent -> item.joining.remove(floor.person(agent)));
        // The round goes on, so that whoever could not be asked a moment ago may be.
        dispatcher.joinAll(item, now);
        dispatcher.withdrawFromAbsent(item);
    }

    void answered(Input.OfferAnswered answer, Instant now) {
        var item = floor.items.get(answer.item());
        if (item == null || item.holder.isPresent()) {
            return;
        }
        var person = floor.person(answer.agent());
        if (answer.answer() == Input.OfferAnswered.Answer.ACCEPTED) {
            var freed = new ArrayList<>(item.pending);
            freed.remove(person);
            assign(item, person);
            person.idleSince = now;
            person.refresh();
            dispatcher.serve(freed, now);
            return;
        }
        ended(item, List.of(person.id), answer.answer(), now);
    }

    void ended(Input.OffersEnded ended, Instant now) {
        var item = floor.items.get(ended.item());
        if (item != null && item.holder.isEmpty()) {
            ended(item, ended.agents(), ended.answer(), now);
        }
    }

    private void ended(Item item, List<AgentId> agents, Input.OfferAnswered.Answer answer, Instant now) {
        var freed = new ArrayList<Person>();
        for (var agent : agents) {
            var person = floor.person(agent);
            if (item.pending.contains(person)) {
                release(item, person, false);
                item.left.add(person);
                if (isRefusal(answer, item)) {
                    item.refused.put(agent, now);
                }
                freed.add(person);
            }
        }
        if (!freed.isEmpty() && item.pending.isEmpty()) {
            back(item, freed, now);
        } else {
            dispatcher.serve(freed, now);
        }
    }

    /** Nobody can be blamed for what everybody in a queue has let pass. */
    private static boolean isRefusal(Input.OfferAnswered.Answer answer, Item item) {
        return switch (answer) {
            case DECLINED -> true;
            case EXPIRED -> item.line.isEmpty() || !item.line.get().strategy().everybody();
            case ACCEPTED, WITHDRAWN -> false;
        };
    }

    void back(Input.ItemBack input, Instant now) {
        var item = floor.items.get(input.item());
        if (item == null || item.state == Item.State.WAITING || item.state == Item.State.FLYING) {
            return;
        }
        back(item, releaseAll(item, now), now);
    }

    private void back(Item item, List<Person> freed, Instant now) {
        item.state = Item.State.WAITING;
        item.left.clear();
        item.line.ifPresent(line -> line.asked.remove(item));
        floor.place(item, now);
        dispatcher.serve(freed, now);
        dispatcher.settle(item, now);
    }

    void moved(Input.ItemMoved move, Instant now) {
        var item = floor.items.get(move.item());
        if (item == null) {
            return;
        }
        boolean byOthers = item.state == Item.State.FLYING
                && !(move.target() instanceof Target.Queue to && item.flightTo.equals(Optional.of(to.queue())));
        var freed = byOthers ? List.<Person>of() : releaseAll(item, now);
        floor.leaveLine(item);
        if (item.target instanceof Target.Queue queue) {
            item.before.add(queue.queue());
        }
        item.target = move.target();
        item.entered = now;
        item.refused.clear();
        item.held = Long.MIN_VALUE;
        if (byOthers) {
            // What is decided may still be written, so whoever would be asked is not free before that is known.
            item.movedInFlight = true;
            floor.lineOf(item).ifPresent(line -> floor.enter(item, line));
        } else {
            back(item, freed, now);
        }
    }

    void wrapUp(Input.WrapUpBegan input) {
        var item = floor.items.get(input.item());
        if (item != null && item.state == Item.State.ASSIGNED) {
            item.state = Item.State.WRAP_UP;
            item.holder.orElseThrow().wrapUps++;
        }
    }

    void gone(Input.ItemGone input, Instant now) {
        var item = floor.items.remove(input.item());
        if (item == null) {
            return;
        }
        floor.leaveLine(item);
        var freed = releaseAll(item, now);
        item.state = Item.State.GONE;
        dispatcher.serve(freed, now);
    }

    void failed(Input.DecisionFailed failure, Instant now) {
        var item = floor.items.get(failure.item());
        if (item == null) {
            return;
        }
        item.withdrawing.clear();
        for (var joining : item.joining.entrySet()) {
            if (joining.getValue() == failure.number()) {
                notJoined(item, joining.getKey(), now);
                return;
            }
        }
        if (item.state != Item.State.FLYING || item.flight != failure.number()) {
            return;
        }
        var freed = List.copyOf(item.pending);
        freed.forEach(person -> release(item, person, true));
        if (!item.movedInFlight) {
            item.held = Times.millis(now.plus(floor.settings.failurePause()));
        }
        back(item, freed, now);
    }

    /** The round is over, or nearly so; what has become of it is still to be heard. */
    private void notJoined(Item item, Person person, Instant now) {
        release(item, person, true);
        item.left.add(person);
        if (item.pending.isEmpty()) {
            back(item, List.of(person), now);
        } else {
            dispatcher.serve(List.of(person), now);
        }
    }

    void picked(Input.PickAsked asked, Instant now) {
        var item = floor.items.get(asked.item());
        if (item == null) {
            dispatcher.refusePick(asked, Decision.RefusePick.Why.GONE);
            return;
        }
        var person = floor.person(asked.agent());
        var why = whyNotPicked(item, person);
        if (why.isPresent()) {
            dispatcher.refusePick(asked, why.get());
        } else {
            dispatcher.pick(item, person, now);
        }
    }

    private static Optional<Decision.RefusePick.Why> whyNotPicked(Item item, Person person) {
        if (item.state != Item.State.WAITING) {
            return Optional.of(Decision.RefusePick.Why.TAKEN);
        }
        if (item.line.isEmpty() || !item.line.get().facts.pick()) {
            return Optional.of(Decision.RefusePick.Why.NOT_ALLOWED);
        }
        if (!item.line.get().seats.containsKey(person.id.value())) {
            return Optional.of(Decision.RefusePick.Why.NOT_IN_QUEUE);
        }
        if (person.facts.presence() == AgentFacts.Presence.OFFLINE) {
            return Optional.of(Decision.RefusePick.Why.OFFLINE);
        }
        return person.load() < person.facts.capacity() ? Optional.empty() : Optional.of(Decision.RefusePick.Why.FULL);
    }

    private void assign(Item item, Person person) {
        for (var asked : List.copyOf(item.pending)) {
            release(item, asked, false);
        }
        floor.leaveLine(item);
        item.state = Item.State.ASSIGNED;
        item.holder = Optional.of(person);
        person.assigned++;
        person.refresh();
    }

    /** Frees all who are asked, and who has it. */
    private List<Person> releaseAll(Item item, Instant now) {
        var freed = new ArrayList<>(item.pending);
        freed.forEach(person -> release(item, person, false));
        item.holder.ifPresent(person -> {
            person.assigned--;
            if (item.state == Item.State.WRAP_UP) {
                person.wrapUps--;
            }
            person.idleSince = now;
            person.refresh();
            freed.add(person);
        });
        item.holder = Optional.empty();
        return freed;
    }

    private static void release(Item item, Person person, boolean asIfNeverAsked) {
        int index = item.pending.indexOf(person);
        var turn = item.turns.remove(index);
        item.pending.remove(index);
        item.withdrawing.remove(person);
        item.joining.remove(person);
        person.pending.remove(item);
        if (asIfNeverAsked) {
            item.askedIn.ifPresent(line -> person.offeredLast.put(line.id, turn));
        }
        person.refresh();
    }
}
