package dev.tandem.webacd.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;

/**
 * Brings items and agents together. Between two inputs no item waits for which somebody is free: so a new item needs to look
 * at agents only, and an agent who becomes free at items only.
 */
final class Dispatcher {
    private static final Duration OVERFLOW_AGAIN = Duration.ofSeconds(10);

    private record Pull(Person person, Item item) {
        static final Comparator<Pull> ORDER = Comparator.<Pull, Item>comparing(Pull::item, Item.RANKED)
                .thenComparing(pull -> pull.person().id.value());
    }

    private final Floor floor;
    private final Explainer explainer;
    private List<Decision> decisions = new ArrayList<>();
    private long number;

    Dispatcher(Floor floor) {
        this.floor = floor;
        explainer = new Explainer(floor);
    }

    List<Decision> take() {
        if (decisions.isEmpty()) {
            return List.of();
        }
        var taken = decisions;
        decisions = new ArrayList<>();
        return taken;
    }

    /** Puts a waiting item where it belongs and finds somebody for it, or another way. */
    void settle(Item item, Instant now) {
        if (item.state != Item.State.WAITING) {
            return;
        }
        if (!item.stands()) {
            floor.place(item, now);
        }
        while (item.state == Item.State.WAITING) {
            var chosen = choose(item, now);
            if (chosen.isEmpty()) {
                overdue(item, now);
                return;
            }
            offerOrBetter(item, chosen, now);
        }
    }

    /** Settles items in the order of waiting. */
    void settleAll(Collection<Item> items, Instant now) {
        var sorted = new ArrayList<>(items);
        sorted.sort(Item.ORDER);
        for (var item : sorted) {
            settle(item, now);
        }
    }

    /** Finds something for people who may be free: what has waited longest first. */
    void serve(Collection<Person> people, Instant now) {
        var pulls = new PriorityQueue<>(Pull.ORDER);
        for (var person : people) {
            pull(person, now).ifPresent(item -> pulls.add(new Pull(person, item)));
        }
        while (!pulls.isEmpty()) {
            var pull = pulls.poll();
            long before = number;
            if (pull.item().state == Item.State.WAITING) {
                var chosen = choose(pull.item(), now);
                if (!chosen.isEmpty()) {
                    offerOrBetter(pull.item(), chosen, now);
                }
            }
            // Another agent may have got something else; then this one is still free, and it still waits.
            pull(pull.person(), now)
                    .filter(item -> number != before || !item.equals(pull.item()))
                    .ifPresent(item -> pulls.add(new Pull(pull.person(), item)));
        }
        people.forEach(person -> join(person, now));
    }

    /** For whom nothing waits and who is free still is asked, too, for what everybody is asked for. */
    private void join(Person person, Instant now) {
        for (var next = joinable(person, now); next.isPresent(); next = joinable(person, now)) {
            join(next.get(), person);
            ask(next.get(), person, now);
        }
    }

    private Optional<Item> joinable(Person person, Instant now) {
        Item best = null;
        int rank = Integer.MAX_VALUE;
        for (int s = 0; s < person.seats.size() && person.free(); s++) {
            var seat = person.seats.get(s);
            if (!seat.line.joinable() || seat.rank > rank) {
                continue;
            }
            for (var item : seat.line.asked) {
                if (mayJoin(item, person, now)
                        && (best == null || seat.rank < rank || Item.ORDER.compare(item, best) < 0)) {
                    best = item;
                    rank = seat.rank;
                    break;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean mayJoin(Item item, Person person, Instant now) {
        // Of those who are to join nobody knows whether they still can: the round may be over by now.
        return item.pending.size() > item.joining.size()
                && !item.pending.contains(person)
                && !item.left.contains(person)
                && !item.hasRefused(person)
                && demanded(item, now)
                        .filter(one -> one.metBy(person.facts.skills()))
                        .isPresent();
    }

    /** What whoever joins must be able to; empty if it is for one agent just now. */
    private Optional<Requirement> demanded(Item item, Instant now) {
        var line = item.line.orElseThrow();
        var skills = line.facts.skills();
        int steps = skills.relax().isEmpty() ? 0 : line.steps(Duration.between(item.entered, now));
        var requirement = skills.requirement(item.skills, steps);
        return floor.reservedFor(item, line, requirement, now).isPresent()
                ? Optional.empty()
                : Optional.of(requirement);
    }

    /** Asks all who are free for what everybody of a queue is asked for. */
    void joinAll(Line line, Instant now) {
        if (line.joinable()) {
            List.copyOf(line.asked).forEach(item -> joinAll(item, now));
        }
    }

    /** Asks all who are free, if it is for everybody. */
    void joinAll(Item item, Instant now) {
        if (item.state != Item.State.OFFERED || item.line.filter(Line::joinable).isEmpty()) {
            return;
        }
        demanded(item, now).ifPresent(requirement -> {
            var free = List.copyOf(item.line.orElseThrow().lane(requirement).free);
            for (var seat : free) {
                if (seat.person.free() && mayJoin(item, seat.person, now)) {
                    join(item, seat.person);
                    ask(item, seat.person, now);
                }
            }
        });
    }

    private void join(Item item, Person person) {
        item.joining.put(person, ++number);
        decisions.add(new Decision.WidenOffer(number, item.id, item.line.orElseThrow().id, person.id));
    }

    /** Whether an item that nobody takes now should go elsewhere. */
    void overdue(Item item, Instant now) {
        if (item.state != Item.State.WAITING || now.toEpochMilli() < item.held) {
            return;
        }
        if (item.target instanceof Target.Agents named) {
            boolean hopeless =
                    named.agents().stream().map(floor::person).noneMatch(p -> p.present() && !item.hasRefused(p));
            if (hopeless || !now.isBefore(item.entered.plus(floor.settings.agentsPatience()))) {
                fallBack(item, Optional.empty(), Decision.Overflow.Why.FALLBACK);
            }
        } else if (item.line.isEmpty()) {
            fallBack(item, Optional.of(((Target.Queue) item.target).queue()), Decision.Overflow.Why.QUEUE_REMOVED);
        } else {
            overdue(item, item.line.get(), now);
        }
    }

    private void overdue(Item item, Line line, Instant now) {
        var longest = line.facts.longestWait();
        if (longest.isPresent() && !now.isBefore(item.since.plus(longest.get()))) {
            fly(item);
            decisions.add(new Decision.Expire(item.flight, item.id));
            return;
        }
        line.facts
                .overflow()
                .filter(overflow -> !now.isBefore(item.entered.plus(overflow.after()))
                        && !overflow.to().equals(line.id)
                        && !item.before.contains(overflow.to()))
                .ifPresent(overflow -> {
                    if (floor.takes(overflow.to())) {
                        overflow(item, Optional.of(line.id), overflow.to(), Decision.Overflow.Why.THRESHOLD);
                    } else {
                        floor.wakeAt(
                                item,
                                Math.min(item.due, now.plus(OVERFLOW_AGAIN).toEpochMilli()));
                    }
                });
    }

    private void fallBack(Item item, Optional<QueueId> from, Decision.Overflow.Why why) {
        floor.settings.fallback().filter(floor.lines::containsKey).ifPresent(to -> overflow(item, from, to, why));
    }

    private void overflow(Item item, Optional<QueueId> from, QueueId to, Decision.Overflow.Why why) {
        fly(item);
        item.flightTo = Optional.of(to);
        decisions.add(new Decision.Overflow(item.flight, item.id, from, to, why));
    }

    void pick(Item item, Person person, Instant now) {
        fly(item);
        ask(item, person, turnOf(person, item));
        decisions.add(new Decision.GrantPick(item.flight, item.id, person.id));
    }

    void refusePick(Input.PickAsked asked, Decision.RefusePick.Why why) {
        decisions.add(new Decision.RefusePick(++number, asked.item(), asked.agent(), why));
    }

    /** Takes an offer back from whoever is not there any more. */
    void withdrawFromAbsent(Item item) {
        if (item.state != Item.State.OFFERED) {
            return;
        }
        for (var person : item.pending) {
            if (!person.available() && !item.joining.containsKey(person) && item.withdrawing.add(person)) {
                decisions.add(new Decision.WithdrawOffer(++number, item.id, person.id));
            }
        }
    }

    /** The agent is asked from now on; the turn counts. */
    void ask(Item item, Person person, Instant turn) {
        item.pending.add(person);
        item.turns.add(turnOf(person, item));
        person.pending.add(item);
        item.askedIn = item.line;
        item.line.ifPresent(line -> person.offeredLast.put(line.id, turn));
        person.refresh();
    }

    Explanation explain(Item item) {
        return explainer.explain(item, List.of());
    }

    private static Instant turnOf(Person person, Item item) {
        return item.line.map(line -> person.lastOffered(line.id)).orElse(Instant.EPOCH);
    }

    /** An agent is free, and perhaps has better things to do than what made us look. */
    private void offerOrBetter(Item item, List<Person> chosen, Instant now) {
        var line = item.line;
        if (item.reservedFor.isPresent()
                || line.isEmpty()
                || line.get().strategy().everybody()
                || chosen.get(0).seats.size() == 1
                        && chosen.get(0).targeted.isEmpty()
                        && chosen.get(0).reserved.isEmpty()) {
            offer(item, chosen, now);
            return;
        }
        var better = pull(chosen.get(0), now).orElse(item);
        boolean toAll = better.line.isEmpty()
                || better.reservedFor.isEmpty() && better.line.get().strategy().everybody();
        offer(better, better == item || !toAll ? chosen : choose(better, now), now);
    }

    private void offer(Item item, List<Person> chosen, Instant now) {
        var explanation = explainer.explain(item, chosen);
        var holds = item.line.map(line -> line.facts.offer()).orElse(floor.settings.agentsOffer());
        var agents = new ArrayList<AgentId>(chosen.size());
        fly(item);
        for (var person : chosen) {
            ask(item, person, now);
            agents.add(person.id);
        }
        decisions.add(new Decision.MakeOffer(
                item.flight, item.id, item.line.map(line -> line.id), agents, now.plus(holds), explanation));
    }

    private void fly(Item item) {
        floor.unplace(item);
        item.state = Item.State.FLYING;
        item.flight = ++number;
        item.flightTo = Optional.empty();
        item.movedInFlight = false;
    }

    /** Who should be asked for a waiting item: nobody, one, or everybody. */
    private List<Person> choose(Item item, Instant now) {
        if (!item.stands()) {
            return List.of();
        }
        if (item.reservedFor.isPresent()) {
            return item.reservedFor.filter(Person::free).map(List::of).orElse(List.of());
        }
        if (item.target instanceof Target.Agents named) {
            return named.agents().stream()
                    .map(floor::person)
                    .filter(person -> person.free() && mayAskByName(item, person, now))
                    .sorted(Comparator.comparing(person -> person.id.value()))
                    .toList();
        }
        var lane = item.lane.orElseThrow();
        if (lane.free.isEmpty()) {
            return List.of();
        }
        return item.line.orElseThrow().strategy().everybody() ? everybody(item, lane, now) : one(item, lane, now);
    }

    private List<Person> one(Item item, Lane lane, Instant now) {
        if (item.preferred.isPresent()) {
            var seat = item.line.orElseThrow().seats.get(item.preferred.get().value());
            if (seat != null && seat.listed && seat.lanes.contains(lane) && !item.hasRefused(seat.person)) {
                return List.of(seat.person);
            }
        }
        if (item.refused.isEmpty()) {
            return List.of(lane.free.first().person);
        }
        for (var seat : lane.free) {
            if (!item.hasRefused(seat.person)) {
                return List.of(seat.person);
            }
        }
        for (var seat : lane.free) {
            if (!item.spares(seat.person, now, floor.settings.refusalPause())) {
                return List.of(seat.person);
            }
        }
        return List.of();
    }

    private List<Person> everybody(Item item, Lane lane, Instant now) {
        var all = new ArrayList<Person>(lane.free.size());
        for (var seat : lane.free) {
            if (!item.spares(seat.person, now, floor.settings.refusalPause())) {
                all.add(seat.person);
            }
        }
        return all;
    }

    private boolean mayAskByName(Item item, Person person, Instant now) {
        return floor.settings.fallback().isPresent()
                ? !item.hasRefused(person)
                : !item.spares(person, now, floor.settings.refusalPause());
    }

    /** What a free agent should be given: by name first, then by the rank of their queues, then by waiting. */
    private Optional<Item> pull(Person person, Instant now) {
        if (!person.free()) {
            return Optional.empty();
        }
        for (var item : person.targeted) {
            if (mayAskByName(item, person, now)) {
                return Optional.of(item);
            }
        }
        Item best = person.reserved.isEmpty() ? null : person.reserved.first();
        int rank = best == null ? Integer.MAX_VALUE : best.rank;
        for (int s = 0; s < person.seats.size(); s++) {
            var seat = person.seats.get(s);
            if (seat.rank > rank) {
                continue;
            }
            for (int l = 0; l < seat.lanes.size(); l++) {
                var item = first(seat.lanes.get(l), person, now);
                if (item != null && (best == null || seat.rank < rank || Item.ORDER.compare(item, best) < 0)) {
                    best = item;
                    rank = seat.rank;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Item first(Lane lane, Person person, Instant now) {
        for (var item : lane.waiting) {
            if (!item.spares(person, now, floor.settings.refusalPause())) {
                return item;
            }
        }
        return null;
    }
}
