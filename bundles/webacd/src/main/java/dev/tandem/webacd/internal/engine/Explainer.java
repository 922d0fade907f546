package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.tandem.webacd.Candidate;
import dev.tandem.webacd.Target;

/** Notes why agents are asked or not, before the asking changes anything. It looks at no more agents than it tells of. */
final class Explainer {
    private final Floor floor;

    Explainer(Floor floor) {
        this.floor = floor;
    }

    Explanation explain(Item item, List<Person> chosen) {
        int most = floor.settings.explained();
        if (most == 0) {
            return Explanation.NONE;
        }
        if (item.target instanceof Target.Agents named) {
            return byName(item, named, chosen, most);
        }
        return item.line.map(line -> inLine(item, line, chosen, most)).orElse(Explanation.NONE);
    }

    private Explanation byName(Item item, Target.Agents named, List<Person> chosen, int most) {
        var seen = named.agents().stream()
                .map(floor::person)
                .sorted(Comparator.<Person, Boolean>comparing(person -> !chosen.contains(person))
                        .thenComparing(person -> person.id.value()))
                .limit(most)
                .map(person -> new Explanation.Seen(
                        new Candidate(
                                person.id, 0, person.load(), person.facts.capacity(), person.idleSince, Instant.EPOCH),
                        person.facts,
                        chosen.contains(person) ? Reason.CHOSEN : ofPerson(item, person),
                        ""))
                .toList();
        return new Explanation("", Requirement.ANYBODY, seen, named.agents().size() - seen.size());
    }

    private Explanation inLine(Item item, Line line, List<Person> chosen, int most) {
        var seen = new ArrayList<Explanation.Seen>(Math.min(most, line.seats.size()));
        for (int i = 0; i < chosen.size() && seen.size() < most; i++) {
            seen.add(seen(line.seats.get(chosen.get(i).id.value()), Reason.CHOSEN));
        }
        if (item.lane.isPresent()) {
            for (var seat : item.lane.get().free) {
                if (seen.size() >= most) {
                    break;
                }
                if (!chosen.contains(seat.person)) {
                    seen.add(seen(seat, item.hasRefused(seat.person) ? Reason.DECLINED_BEFORE : Reason.ORDER));
                }
            }
        }
        for (var seat : line.seats.values()) {
            if (seen.size() >= most) {
                break;
            }
            boolean done = chosen.contains(seat.person)
                    || seat.listed && item.lane.isPresent() && seat.lanes.contains(item.lane.get());
            if (!done) {
                seen.add(unable(item, line, seat));
            }
        }
        return new Explanation(line.strategy().name(), item.requirement, seen, line.seats.size() - seen.size());
    }

    private Explanation.Seen unable(Item item, Line line, Seat seat) {
        if (!line.open) {
            return seen(seat, Reason.QUEUE_CLOSED);
        }
        var reason = ofPerson(item, seat.person);
        boolean able = reason == Reason.ORDER || reason == Reason.FULL || reason == Reason.DECLINED_BEFORE;
        if (able && !item.requirement.metBy(seat.person.facts.skills())) {
            return seen(seat, Reason.SKILL_MISSING);
        }
        if (reason == Reason.ORDER && item.reservedFor.isPresent()) {
            return new Explanation.Seen(
                    seat.candidate,
                    seat.person.facts,
                    Reason.PREFERRED_OTHER,
                    item.reservedFor.get().id.value());
        }
        return seen(seat, reason);
    }

    private static Reason ofPerson(Item item, Person person) {
        if (!person.available()) {
            return person.facts.presence() == AgentFacts.Presence.AWAY ? Reason.AWAY : Reason.OFFLINE;
        }
        if (!person.facts.inbound()) {
            return Reason.NO_INBOUND;
        }
        if (person.load() >= person.facts.capacity()) {
            return person.wrapUps > 0 ? Reason.WRAP_UP : person.pending.isEmpty() ? Reason.FULL : Reason.OFFERED_OTHER;
        }
        return item.hasRefused(person) ? Reason.DECLINED_BEFORE : Reason.ORDER;
    }

    private static Explanation.Seen seen(Seat seat, Reason reason) {
        return new Explanation.Seen(seat.candidate, seat.person.facts, reason, "");
    }
}
