package dev.tandem.itests.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.faults.Attempt.What;
import dev.tandem.itests.faults.Evidence.Event;

/** Holds what was routed against what was promised. Each check gives what it finds wrong, in words. */
final class RoutingChecks {
    /** How long it may take until somebody is asked again, once the one who routes is struck. */
    static final long LONGEST_GAP_MILLIS = 10_000;

    private static final String KIND = "work-item";

    private final List<Operation> operations;
    private final Evidence found;
    private final Map<String, Integer> capacities;
    private final List<Event> events;
    private final Map<String, Told> items = new LinkedHashMap<>();

    /** What the history tells of an item. */
    private static final class Told {
        final Set<String> asked = new LinkedHashSet<>();
        long since;
        String state = "NONE";
        String holder = "";
        int taken;
        boolean everybody;
    }

    /** @param capacities by agent */
    RoutingChecks(List<Operation> operations, Evidence found, Map<String, Integer> capacities) {
        this.operations = List.copyOf(operations);
        this.found = found;
        this.capacities = Map.copyOf(capacities);
        this.events = found.events().stream()
                .filter(event -> event.kind().equals(KIND))
                .toList();
    }

    /** @param everybody the queues whose items everybody is offered */
    Map<String, List<String>> all(Set<String> everybody) {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("work is offered to one at a time, and nobody has more than may be", offered(everybody));
        all.put("nothing that was let in is lost", entered());
        all.put("what was taken is there, once", taken());
        all.put("the first waiting time is kept, and the read model tells the history", kept());
        return all;
    }

    /** Goes through the history as it was committed. */
    List<String> offered(Set<String> everybody) {
        items.clear();
        var faults = new ArrayList<String>();
        for (var event : events) {
            var item = items.computeIfAbsent(event.stream(), stream -> new Told());
            var where = event.name() + " of item " + event.stream() + " at " + event.position();
            tell(item, event, everybody).ifPresent(fault -> faults.add(where + ": " + fault));
            if (event.name().equals("work-item.offered.v1") || event.name().equals("work-item.widened.v1")) {
                for (var agent : item.asked) {
                    int load = load(agent);
                    if (load > capacities.getOrDefault(agent, 0)) {
                        faults.add(where + ": " + agent + " has " + load + " of " + capacities.get(agent));
                    }
                }
            }
        }
        return faults;
    }

    private int load(String agent) {
        return (int) items.values().stream()
                .filter(one -> one.asked.contains(agent) || one.holder.equals(agent))
                .count();
    }

    private static Optional<String> tell(Told item, Event event, Set<String> everybody) {
        var body = event.body();
        var agent = body.path("agent").asText();
        switch (event.name()) {
            case "work-item.submitted.v1" -> {
                item.since = millis(body.path("at"));
                item.everybody = everybody.contains(body.path("queue").asText());
                return wait(item);
            }
            case "work-item.offered.v1" -> {
                var fault = item.state.equals("WAITING") ? "" : "it was " + item.state + ", asked were " + item.asked;
                body.path("agents").forEach(one -> item.asked.add(one.asText()));
                item.state = "OFFERED";
                if (!item.everybody && item.asked.size() > 1) {
                    fault += " offered to " + item.asked + " at once";
                }
                return Optional.of(fault).filter(text -> !text.isEmpty());
            }
            case "work-item.accepted.v1", "work-item.pick-granted.v1" -> {
                var fault = event.name().contains("pick") || item.asked.contains(agent)
                        ? Optional.<String>empty()
                        : Optional.of(agent + " was not asked; asked were " + item.asked);
                item.taken++;
                item.asked.clear();
                item.holder = agent;
                item.state = "ASSIGNED";
                return fault.or(() -> item.taken > 1 ? Optional.of("it was taken before") : Optional.empty());
            }
            case "work-item.widened.v1" -> {
                body.path("agents").forEach(one -> item.asked.add(one.asText()));
                return item.everybody && item.state.equals("OFFERED")
                        ? Optional.empty()
                        : Optional.of("it was " + item.state + ", and not for everybody");
            }
            case "work-item.declined.v1" -> item.asked.remove(agent);
            case "work-item.unanswered.v1", "work-item.withdrawn.v1" -> body.path("agents")
                    .forEach(one -> item.asked.remove(one.asText()));
            case "work-item.given-back.v1" -> {
                item.taken = 0;
                item.holder = "";
                return wait(item);
            }
            case "work-item.wrap-up.v1" -> item.state = "WRAP_UP";
            case "work-item.done.v1" -> over(item, "DONE");
            case "work-item.abandoned.v1" -> over(item, "ABANDONED");
            case "work-item.expired.v1" -> over(item, "EXPIRED");
            default -> {}
        }
        if (item.state.equals("OFFERED") && item.asked.isEmpty()) {
            item.state = "WAITING";
        }
        return Optional.empty();
    }

    private static Optional<String> wait(Told item) {
        item.state = "WAITING";
        return Optional.empty();
    }

    private static void over(Told item, String state) {
        item.state = state;
        item.holder = "";
        item.asked.clear();
    }

    private static long millis(JsonNode at) {
        return java.time.Instant.parse(at.asText()).toEpochMilli();
    }

    /** Each acknowledged entry is one item, which has come to an end. */
    List<String> entered() {
        var faults = new ArrayList<String>();
        var states = found.items().stream().collect(Collectors.toMap(Evidence.Item::id, Evidence.Item::state));
        var seen = new HashSet<String>();
        for (var op : operations) {
            if (!op.is(What.ENTER) || !op.acknowledged()) {
                continue;
            }
            var item = op.last().answer();
            var state = states.getOrDefault(item, "nowhere");
            if (!Set.of("DONE", "ABANDONED").contains(state)) {
                faults.add(op + " is " + state + " in the end: item " + item);
            }
            if (!seen.add(item)) {
                faults.add(op + " has the item of somebody else: " + item);
            }
        }
        return faults;
    }

    /** An acknowledged accept or decline stands in the history, by that agent, and a refused one does not. */
    List<String> taken() {
        var faults = new ArrayList<String>();
        var stands = new HashMap<String, Set<String>>();
        for (var event : events) {
            if (event.name().equals("work-item.accepted.v1") || event.name().equals("work-item.declined.v1")) {
                stands.computeIfAbsent(event.command().toString(), command -> new TreeSet<>())
                        .add(event.name() + " " + event.body().path("offer").asText());
            }
        }
        for (var op : operations) {
            var name = op.is(What.TAKE_OFFER)
                    ? "work-item.accepted.v1"
                    : op.is(What.DECLINE_OFFER) ? "work-item.declined.v1" : "";
            var there = stands.getOrDefault(op.command().toString(), Set.of())
                    .contains(name + " " + op.first().on());
            if (!name.isEmpty() && op.acknowledged() && !there) {
                faults.add(op + " was acknowledged and stands nowhere");
            }
            if (!name.isEmpty() && op.refused() && there && !op.takenInVain()) {
                faults.add(op + " was refused and stands there");
            }
        }
        return faults;
    }

    /** After {@link #offered}. */
    List<String> kept() {
        var faults = new ArrayList<String>();
        var rows = found.items().stream().collect(Collectors.toMap(Evidence.Item::id, one -> one));
        items.forEach((id, told) -> {
            var row = rows.get(id);
            if (row == null) {
                faults.add("item " + id + " has no row");
            } else if (row.since() != told.since) {
                faults.add("item " + id + " waits since " + row.since() + " and came at " + told.since);
            } else if (!row.state().equals(told.state)) {
                faults.add("item " + id + " is " + row.state() + " in the read model, and " + told.state);
            }
        });
        if (rows.size() != items.size()) {
            faults.add(rows.size() + " rows and " + items.size() + " streams");
        }
        return faults;
    }

    /** How much was routed, for people. */
    String tally() {
        var names = events.stream()
                .collect(Collectors.groupingBy(Event::name, java.util.TreeMap::new, Collectors.counting()));
        return items.size() + " items: " + names;
    }

    /** How long after a strike at the router somebody was asked again. */
    record Gap(Nemesis.Strike strike, Optional<Long> millis) {
        @Override
        public String toString() {
            return "%-20s of router %s: asked again after %s"
                    .formatted(
                            strike.fault().name().toLowerCase(java.util.Locale.ROOT),
                            strike.where(),
                            millis.map(ms -> "%.1f s".formatted(ms / 1e3)).orElse("never"));
        }

        boolean tooLong() {
            return millis.filter(ms -> ms <= LONGEST_GAP_MILLIS).isEmpty();
        }
    }

    /** By the first offer after the router's lease has gone on to the other node. */
    List<Gap> gaps(List<Nemesis.Strike> strikes) {
        return strikes.stream()
                .filter(Nemesis.Strike::router)
                .map(strike -> new Gap(
                        strike,
                        events.stream()
                                .filter(event -> event.name().equals("work-item.offered.v1"))
                                .map(event -> event.committed() - strike.at())
                                // What was under way to the database when it was struck.
                                .filter(after -> after > UNDER_WAY_MILLIS)
                                .min(Long::compare)))
                .toList();
    }

    private static final long UNDER_WAY_MILLIS = 1_000;
}
