package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.tandem.webacd.Target;

/** Says why agents are asked or not, before the asking changes anything. */
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
        var all = named.agents().stream()
                .map(floor::person)
                .sorted(Comparator.<Person, Boolean>comparing(person -> !chosen.contains(person))
                        .thenComparing(person -> person.id.value()))
                .toList();
        var told = all.stream()
                .limit(most)
                .map(person -> told(
                        person,
                        chosen.contains(person) ? Reason.CHOSEN : ofPerson(item, person),
                        0,
                        Instant.EPOCH,
                        0,
                        ""))
                .toList();
        return new Explanation("", told, all.size() - told.size());
    }

    private Explanation inLine(Item item, Line line, List<Person> chosen, int most) {
        var told = new ArrayList<Considered>(Math.min(most, line.seats.size()));
        var requirement = item.requirement;
        int place = 0;
        for (var person : chosen) {
            if (told.size() < most) {
                var seat = line.seats.get(person.id.value());
                told.add(told(seat, requirement, Reason.CHOSEN, String.valueOf(++place)));
            }
        }
        if (item.lane.isPresent()) {
            for (var seat : item.lane.get().free) {
                if (told.size() >= most) {
                    break;
                }
                if (!chosen.contains(seat.person)) {
                    var reason = item.hasRefused(seat.person) ? Reason.DECLINED_BEFORE : Reason.ORDER;
                    told.add(told(seat, requirement, reason, String.valueOf(++place)));
                }
            }
        }
        for (var seat : line.seats.values()) {
            if (told.size() >= most) {
                break;
            }
            boolean done = chosen.contains(seat.person)
                    || seat.listed && item.lane.isPresent() && seat.lanes.contains(item.lane.get());
            if (!done) {
                told.add(unable(item, line, seat, requirement));
            }
        }
        return new Explanation(line.strategy().name(), told, line.seats.size() - told.size());
    }

    private Considered unable(Item item, Line line, Seat seat, Requirement requirement) {
        if (!line.open) {
            return told(seat, requirement, Reason.QUEUE_CLOSED, "");
        }
        var missing = requirement.best() ? "" : requirement.missing(seat.person.facts.skills());
        var reason = ofPerson(item, seat.person);
        boolean able = reason == Reason.ORDER || reason == Reason.FULL || reason == Reason.DECLINED_BEFORE;
        if (able && !missing.isEmpty()) {
            return told(seat, requirement, Reason.SKILL_MISSING, missing);
        }
        if (reason == Reason.ORDER && item.reservedFor.isPresent()) {
            return told(
                    seat,
                    requirement,
                    Reason.PREFERRED_OTHER,
                    item.reservedFor.get().id.value());
        }
        return told(seat, requirement, reason, "");
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

    private static Considered told(Seat seat, Requirement requirement, Reason reason, String detail) {
        var person = seat.person;
        int fit = requirement.fit(person.facts.skills());
        return told(person, reason, seat.rank, person.lastOffered(seat.line.id), fit, detail);
    }

    private static Considered told(
            Person person, Reason reason, int rank, Instant offeredLast, int fit, String detail) {
        return new Considered(
                person.id,
                reason,
                rank,
                person.load(),
                person.facts.capacity(),
                person.idleSince,
                offeredLast,
                fit,
                detail);
    }
}
