package dev.tandem.itests.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tandem.itests.faults.Attempt.What;
import dev.tandem.itests.faults.Evidence.Event;

/** Holds a history against the evidence. Each check gives what it finds wrong, in words; nothing if all is well. */
final class Checks {
    /** How far a node's idea of the database's clock may be off: more is refused at the start (issue 4). */
    private static final long CLOCK_OFF_MILLIS = 1_000;

    private static final String OPENED = "session.opened.v1";
    /** By an agent, or by somebody who asks for one. */
    private static final Set<String> STARTS = Set.of("session.started.v1", OPENED);

    private static final String ENDED = "session.ended.v1";

    /** What a command may be refused for here: somebody, or a deadline, has ended what it is about. */
    private static final Set<String> REASONS =
            Set.of("session-ended", "interaction-ended", "interaction-not-active", "pin-refused", "offer-gone");

    private final List<Operation> operations;
    private final Evidence found;
    private final Map<UUID, List<Event>> byCommand;
    private final Map<String, List<Event>> byStream;

    Checks(List<Operation> operations, Evidence found) {
        this.operations = List.copyOf(operations);
        this.found = found;
        this.byCommand = grouped(Event::command);
        this.byStream = grouped(event -> event.kind() + "/" + event.stream());
    }

    private <K> Map<K, List<Event>> grouped(Function<Event, K> by) {
        return found.events().stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }

    /** All checks by name, with what each found. */
    Map<String, List<String>> all(String site, long graceMillis, long unusedMillis) {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("every operation got an answer in the end", answered());
        all.put("nothing is refused without a reason", refusals());
        all.put("nothing acknowledged is lost, nothing refused is there", kept());
        all.put("nothing is there twice", once());
        all.put("positions and versions are gapless", gapless());
        all.put(
                "the chain verifies",
                Chain.fault(site, found.events(), found.end()).stream().toList());
        all.put("what was acknowledged first stands first", inRealTime());
        all.put("conversations hold what was said, once and in order", conversations());
        all.put("both nodes show the same", agreed());
        all.put("a session has one controller, and ended stays ended", sessions());
        all.put("deadlines fired once and not before their time", deadlines(graceMillis, unusedMillis));
        all.put("events bear the database's time", times());
        all.put("one holder per lease epoch", leases());
        all.put("pages received every number in order", pages());
        all.put("settings hold what was set last", settings());
        return all;
    }

    List<String> answered() {
        return operations.stream()
                .filter(op -> !op.acknowledged() && !op.refused())
                .map(op -> op + " never got an answer")
                .toList();
    }

    List<String> refusals() {
        var after = operations.stream()
                .filter(op -> op.first().value().startsWith(Desk.AFTER_ALL) && op.acknowledged())
                .map(op -> op + " was acknowledged after its session had ended");
        var refused = operations.stream()
                .filter(Operation::refused)
                .filter(op -> !REASONS.contains(op.last().code()))
                .filter(op -> !op.first().value().startsWith(Desk.AFTER_ALL))
                .map(op -> op + " was refused");
        return Stream.concat(after, refused).toList();
    }

    List<String> kept() {
        var faults = new ArrayList<String>();
        for (var op : operations) {
            var there = found.commands().contains(op.command());
            if (op.acknowledged() && !there) {
                faults.add(op + " was acknowledged and is lost");
            }
            // A refusal may be remembered as the answer to a command; what it would have done is nowhere.
            if (op.refused()
                    && (there && !op.remembersRefusals() || byCommand.containsKey(op.command()) && !op.takenInVain())) {
                faults.add(op + " was refused and is there");
            }
        }
        return faults;
    }

    /** The events of a command stand together, in one stream; were it done twice they would not. */
    List<String> once() {
        var faults = new ArrayList<String>();
        byCommand.forEach((command, events) -> {
            for (int i = 1; i < events.size(); i++) {
                var before = events.get(i - 1);
                var event = events.get(i);
                if (event.position() != before.position() + 1
                        || !event.stream().equals(before.stream())
                        || !event.kind().equals(before.kind())) {
                    faults.add("command " + command + " is there twice, at " + before.position() + " and "
                            + event.position());
                }
            }
        });
        var arrived = new HashMap<String, Long>();
        found.events().stream()
                .filter(event -> event.name().equals("session.started.v1"))
                .forEach(event -> arrived.merge(event.body().path("interaction").asText(), 1L, Long::sum));
        arrived.forEach((interaction, count) -> {
            if (count > 1) {
                faults.add("interaction " + interaction + " has " + count + " sessions");
            }
        });
        return faults;
    }

    List<String> gapless() {
        var faults = new ArrayList<String>();
        var ids = new HashSet<String>();
        long position = 0;
        for (var event : found.events()) {
            if (event.position() != ++position) {
                faults.add("position " + position + " is missing, then comes " + event.position());
                position = event.position();
            }
            if (!ids.add(event.id())) {
                faults.add("event id " + event.id() + " is there twice");
            }
        }
        if (found.end().position() != position) {
            faults.add("the site's counter says " + found.end().position() + ", the last event is " + position);
        }
        byStream.forEach((stream, events) -> {
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).version() != i + 1) {
                    faults.add(stream + " has version " + events.get(i).version() + " in the place of " + (i + 1));
                    return;
                }
            }
        });
        return faults;
    }

    /** An operation that began after another had been acknowledged stands behind it, whoever did them on whatever nodes. */
    List<String> inRealTime() {
        record Placed(Operation op, long position) {}
        var placed = operations.stream()
                .filter(Operation::acknowledged)
                .filter(op -> byCommand.containsKey(op.command()))
                .map(op -> new Placed(op, byCommand.get(op.command()).get(0).position()))
                .toList();
        var byEnd = placed.stream()
                .sorted(Comparator.comparingLong(p -> p.op().last().ended()))
                .toList();
        var byBegin = placed.stream()
                .sorted(Comparator.comparingLong(p -> p.op().first().begun()))
                .toList();
        var faults = new ArrayList<String>();
        int next = 0;
        Optional<Placed> furthest = Optional.empty();
        for (var one : byBegin) {
            while (next < byEnd.size()
                    && byEnd.get(next).op().last().ended() < one.op().first().begun()) {
                var ended = byEnd.get(next++);
                furthest = furthest.filter(f -> f.position() > ended.position()).or(() -> Optional.of(ended));
            }
            furthest.filter(f -> f.position() > one.position())
                    .ifPresent(f -> faults.add(one.op() + " stands at " + one.position() + ", before " + f.op() + " at "
                            + f.position() + " which had been acknowledged before it began"));
        }
        return faults;
    }

    List<String> conversations() {
        var faults = new ArrayList<String>();
        var said = new HashMap<String, Operation>();
        operations.stream()
                .filter(op -> op.is(What.SAY))
                .forEach(op -> said.put(op.first().value(), op));
        found.conversations()
                .forEach((session, byNode) -> byNode.forEach((node, messages) -> {
                    var where = "conversation " + session + " on " + node;
                    var seen = new HashMap<String, Long>();
                    for (int i = 0; i < messages.size(); i++) {
                        var message = messages.get(i);
                        if (message.number() != i + 1) {
                            faults.add(where + " has number " + message.number() + " in the place of " + (i + 1));
                        }
                        if (message.text().isEmpty()) {
                            continue;
                        }
                        if (seen.put(message.text(), message.number()) != null) {
                            faults.add(where + " has twice: " + message.text());
                        }
                        var op = said.get(message.text());
                        if (op == null || !op.first().on().equals(session)) {
                            faults.add(where + " has what nobody said there: " + message.text());
                        } else if (op.refused()) {
                            faults.add(where + " has what was refused: " + op);
                        }
                    }
                    faults.addAll(ordered(where, session, said.values(), seen));
                }));
        return faults;
    }

    /** Each client's messages in the order in which it said them; none acknowledged is missing or has another number. */
    private static List<String> ordered(
            String where, String session, java.util.Collection<Operation> said, Map<String, Long> seen) {
        var faults = new ArrayList<String>();
        var last = new TreeMap<String, Long>();
        said.stream()
                .filter(op -> op.first().on().equals(session))
                .sorted(Comparator.comparingLong(op -> op.first().op()))
                .forEach(op -> {
                    var number = Optional.ofNullable(seen.get(op.first().value()));
                    if (op.acknowledged() && number.isEmpty()) {
                        faults.add(where + " has lost " + op);
                    }
                    number.filter(n -> op.acknowledged() && !op.last().answer().equals(Long.toString(n)))
                            .ifPresent(n -> faults.add(where + " has as " + n + " what was acknowledged as "
                                    + op.last().answer() + ": " + op));
                    number.filter(n -> last.getOrDefault(op.first().client(), 0L) > n)
                            .ifPresent(n -> faults.add(where + " has " + op + " before an earlier one"));
                    number.ifPresent(n -> last.put(op.first().client(), n));
                });
        return faults;
    }

    List<String> agreed() {
        var faults = new ArrayList<String>();
        found.conversations().forEach((session, byNode) -> {
            if (new HashSet<>(byNode.values()).size() > 1) {
                faults.add("the nodes show different conversations of " + session);
            }
        });
        found.sessions().forEach((session, views) -> {
            var same = views.stream()
                    .map(v -> v.state() + " version " + v.version() + " controller " + v.controller() + " epoch "
                            + v.epoch())
                    .collect(Collectors.toSet());
            if (same.size() > 1) {
                faults.add("the nodes differ about session " + session + ": " + same);
            }
            views.stream()
                    .filter(v -> v.version() < 0 && !v.state().equals("HTTP 404 unknown"))
                    .forEach(v -> faults.add(v.node() + " does not show session " + session + ": " + v.state()));
        });
        return faults;
    }

    List<String> sessions() {
        var faults = new ArrayList<String>();
        byStream.forEach((stream, events) -> {
            if (!stream.startsWith("session/")) {
                return;
            }
            var ended = false;
            long epoch = 0;
            var starts = 0;
            for (var event : events) {
                if (ended) {
                    faults.add(stream + " goes on after its end: " + event.name() + " at " + event.position());
                }
                ended |= event.name().equals(ENDED);
                starts += STARTS.contains(event.name()) ? 1 : 0;
                if (event.body().has("epoch") && event.name().contains("start")) {
                    long now = event.body().get("epoch").asLong();
                    if (now < epoch) {
                        faults.add(stream + " goes back to control epoch " + now);
                    }
                    epoch = Math.max(epoch, now);
                }
            }
            if (starts != 1) {
                faults.add(stream + " has started " + starts + " times");
            }
        });
        found.sessions().forEach((session, views) -> {
            var byEpoch = new HashMap<Long, Set<String>>();
            views.forEach(v ->
                    byEpoch.computeIfAbsent(v.epoch(), e -> new HashSet<>()).add(v.controller()));
            byEpoch.forEach((epoch, controllers) -> {
                if (controllers.size() > 1) {
                    faults.add("session " + session + " has controllers " + controllers + " in epoch " + epoch);
                }
            });
        });
        return faults;
    }

    List<String> deadlines(long graceMillis, long unusedMillis) {
        var faults = new ArrayList<>(found.overdue());
        var starts = operations.stream()
                .filter(op -> op.is(What.START))
                .collect(Collectors.toMap(Operation::command, Function.identity(), (a, b) -> a));
        byStream.forEach((stream, events) -> {
            if (!stream.startsWith("session/")) {
                return;
            }
            var until = new HashMap<String, Long>();
            for (var event : events) {
                var body = event.body();
                if (body.hasNonNull("graceUntil")) {
                    var key = event.name().equals("session.left.v1")
                            ? "empty"
                            : "grace:" + body.path("participant").asText();
                    until.put(
                            key,
                            java.time.Instant.parse(body.get("graceUntil").asText())
                                    .toEpochMilli());
                    long least = event.at() + graceMillis;
                    if (event.name().equals("session.left.v1") && until.get(key) < least) {
                        faults.add(stream + " waits for less than the grace: " + body);
                    }
                }
                if (event.name().equals("session.back.v1")) {
                    until.remove("grace:" + body.path("participant").asText());
                }
                if (event.name().equals("session.returned.v1")) {
                    until.remove("empty");
                }
                if (!event.actor().equals("deadline")) {
                    continue;
                }
                var due = due(event, until, events.get(0), starts, unusedMillis);
                if (due.isEmpty()) {
                    faults.add(stream + ": " + event.name() + " " + body + " fired, and no deadline was set");
                } else if (event.committed() < due.get() - CLOCK_OFF_MILLIS) {
                    faults.add(stream + ": " + event.name() + " " + body + " fired " + (due.get() - event.committed())
                            + " ms before its time");
                }
            }
        });
        return faults;
    }

    private static Optional<Long> due(
            Event event, Map<String, Long> until, Event start, Map<UUID, Operation> starts, long unusedMillis) {
        var body = event.body();
        var reason = body.path("reason").asText();
        if (event.name().equals(ENDED) && reason.equals("NOBODY_CAME")) {
            // By this machine's clock, which is the database's: the node may have thought it was any time.
            long begun = Optional.ofNullable(starts.get(start.command()))
                    .map(op -> op.first().at())
                    .orElse(start.at());
            return Optional.of(begun + unusedMillis);
        }
        if (event.name().equals(ENDED) && reason.equals("BY_AGENT")) {
            return Optional.ofNullable(until.remove("empty"));
        }
        if (event.name().equals("session.left.v1")) {
            return Optional.ofNullable(
                    until.remove("grace:" + body.path("participant").asText()));
        }
        if (event.name().equals(ENDED)
                && reason.equals("GRACE_EXPIRED")
                && start.name().equals(OPENED)) {
            // With the last customer, whose time has been looked at.
            return Optional.of(Long.MIN_VALUE / 2);
        }
        if (event.name().equals(ENDED) && reason.equals("GRACE_EXPIRED")) {
            return Optional.ofNullable(
                    until.remove("grace:" + start.body().path("participant").asText()));
        }
        // What a deadline says besides, such as an activity that stopped, has no time of its own.
        return Optional.of(Long.MIN_VALUE / 2);
    }

    /** An event's time lies between the first attempt of its command and its commit. */
    List<String> times() {
        var faults = new ArrayList<String>();
        for (var event : found.events()) {
            if (event.at() > event.committed() + CLOCK_OFF_MILLIS) {
                faults.add("event " + event.position() + " says a time that was " + (event.at() - event.committed())
                        + " ms away when it was committed");
            }
        }
        for (var op : operations) {
            for (var event : byCommand.getOrDefault(op.command(), List.of())) {
                if (event.at() < op.first().at() - CLOCK_OFF_MILLIS) {
                    faults.add("event " + event.position() + " says a time "
                            + (op.first().at() - event.at()) + " ms before " + op + " began");
                }
            }
        }
        return faults;
    }

    List<String> leases() {
        var faults = new ArrayList<String>();
        var epochs = new HashMap<String, Long>();
        var holders = new HashMap<String, String>();
        for (var change : found.leases()) {
            var lease = change.site() + "/" + change.name();
            if (change.deleted()) {
                faults.add("lease " + lease + " was deleted, and its epoch forgotten");
                continue;
            }
            if (change.epoch() < epochs.getOrDefault(lease, 0L)) {
                faults.add("lease " + lease + " went back to epoch " + change.epoch());
            }
            epochs.merge(lease, change.epoch(), Math::max);
            change.node().ifPresent(node -> {
                var before = holders.putIfAbsent(lease + "#" + change.epoch(), node);
                if (before != null && !before.equals(node)) {
                    faults.add(
                            "lease " + lease + " epoch " + change.epoch() + " was held by " + before + " and " + node);
                }
            });
        }
        return faults;
    }

    List<String> pages() {
        var faults = new ArrayList<String>();
        for (var page : found.pages()) {
            var where = page.client() + " on " + page.topic();
            long last = 0;
            for (var number : page.numbers()) {
                if (number <= last) {
                    faults.add(where + " received " + number + " after " + last);
                }
                if (page.gapless() && number > last + 1) {
                    faults.add(where + " received " + number + " after " + last + ": some are missing");
                }
                last = number;
            }
            if (last < page.until()) {
                faults.add(where + " received up to " + last + " of " + page.until());
            }
        }
        return faults;
    }

    /** Only one client sets a setting, one after the other. */
    List<String> settings() {
        var faults = new ArrayList<String>();
        var last = new TreeMap<String, Operation>();
        operations.stream()
                .filter(op -> op.is(What.SET) && op.acknowledged())
                .forEach(op -> last.put(op.first().on(), op));
        last.forEach((key, op) -> found.settings().forEach((node, values) -> {
            if (!op.first().value().equals(values.get(key))) {
                faults.add(node + " shows " + key + " as " + values.get(key) + " after " + op);
            }
        }));
        return faults;
    }
}
