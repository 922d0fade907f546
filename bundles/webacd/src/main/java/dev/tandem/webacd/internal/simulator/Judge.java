package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.config.AgentConfig;
import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.config.RoutingFault;
import dev.tandem.webacd.internal.config.WhatIf;
import dev.tandem.webacd.internal.engine.AgentFacts;

/** Whether what is asked for can be simulated, and what it comes to. Whatever is wrong is a {@link RoutingFault}. */
final class Judge {
    static final int MOST_ITEMS = 2_000_000;
    static final Duration LONGEST = Duration.ofDays(62);
    private static final int MOST_SCENARIOS = 4;
    private static final int MOST_AGENTS = 10_000;
    private static final int LONGEST_NAME = 60;
    private static final double HOUR = 3_600_000;
    private static final double DAY_SECONDS = 86_400;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final WhatIf whatIf;

    Judge(WhatIf whatIf) {
        this.whatIf = whatIf;
    }

    /** @param now as it is; its hours say when made-up people come */
    record Ready(Request request, Routing now, List<Scene> scenes) {}

    Ready judge(SiteId site, Request request) {
        var now = whatIf.now(site);
        time("traffic.", request.traffic().from(), request.traffic().to());
        if (request.traffic().kind() == Request.Kind.GENERATED) {
            generated(request.traffic(), now);
        } else if (request.traffic().queues().isPresent()) {
            throw RoutingFault.invalid("traffic.queues", "Recorded traffic is what it was.");
        }
        request.serviceLevelSeconds().ifPresent(n -> range("serviceLevelSeconds", n, 1, 3_600));
        request.answerSeconds().ifPresent(n -> range("answerSeconds", n, 0, 600));
        request.declines().ifPresent(n -> range("declines", n, 0, 1));
        request.noAnswers().ifPresent(n -> range("noAnswers", n, 0, 1));
        range("noAnswers", request.declines().orElse(0.0) + request.noAnswers().orElse(0.0), 0, 1);
        request.returnSeconds().ifPresent(n -> range("returnSeconds", n, 1, DAY_SECONDS));
        int count = request.scenarios().size();
        if (count < 1 || count > MOST_SCENARIOS) {
            throw RoutingFault.invalid("scenarios", "1 to " + MOST_SCENARIOS + " scenarios, not " + count + ".");
        }
        var scenes = new ArrayList<Scene>();
        for (int i = 0; i < count; i++) {
            try {
                scenes.add(scene(site, request, request.scenarios().get(i)));
            } catch (RoutingFault fault) {
                throw fault.under("scenarios[" + i + "]");
            }
        }
        return new Ready(request, now, scenes);
    }

    static void time(String prefix, Instant from, Instant to) {
        if (from.isBefore(EARLIEST) || to.isAfter(LATEST)) {
            throw RoutingFault.invalid(prefix + "from", "Nothing is known of that time.");
        }
        if (!from.isBefore(to)) {
            throw RoutingFault.invalid(prefix + "from", "The time must begin before it ends.");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw RoutingFault.invalid(prefix + "to", "At most " + LONGEST.toDays() + " days.");
        }
    }

    private static void generated(Request.Traffic traffic, Routing now) {
        var queues = traffic.queues().orElse(List.of());
        if (queues.isEmpty()) {
            throw RoutingFault.invalid("traffic.queues", "Made-up traffic needs a queue at least.");
        }
        double expected = 0;
        for (int i = 0; i < queues.size(); i++) {
            var queue = queues.get(i);
            var field = "traffic.queues[" + i + "].";
            var id = queue(field + "queue", now, queue.queue());
            if (queues.stream().filter(one -> one.queue().equals(queue.queue())).count() > 1) {
                throw RoutingFault.invalid(field + "queue", "This stands there twice.");
            }
            range(field + "perHour", queue.perHour(), 0, MOST_ITEMS);
            range(field + "handlingSeconds", queue.handlingSeconds(), 0.001, DAY_SECONDS);
            queue.patienceSeconds().ifPresent(n -> range(field + "patienceSeconds", n, 0.001, DAY_SECONDS));
            expected += queue.perHour() * hours(traffic, now, id);
        }
        if (expected > MOST_ITEMS) {
            throw RoutingFault.invalid(
                    "traffic.queues",
                    "too-many-items",
                    "About " + Math.round(expected) + " would come; at most " + MOST_ITEMS + " can be simulated.");
        }
    }

    private static double hours(Request.Traffic traffic, Routing now, QueueId queue) {
        return traffic.always().orElse(false)
                ? Duration.between(traffic.from(), traffic.to()).toMillis() / HOUR
                : Calendar.open(now, queue, traffic.from(), traffic.to()).stream()
                                .mapToLong(span ->
                                        Duration.between(span.from(), span.to()).toMillis())
                                .sum()
                        / HOUR;
    }

    private static QueueId queue(String field, Routing routing, String id) {
        try {
            return Optional.of(new QueueId(UUID.fromString(id)))
                    .filter(queue -> routing.queue(queue).isPresent())
                    .orElseThrow(() -> RoutingFault.invalid(field, "queue-unknown", "There is no such queue."));
        } catch (IllegalArgumentException e) {
            throw RoutingFault.invalid(field, "queue-unknown", "There is no such queue.");
        }
    }

    private Scene scene(SiteId site, Request request, Request.Scenario scenario) {
        int length = scenario.name()
                .strip()
                .codePointCount(0, scenario.name().strip().length());
        if (length < 1 || length > LONGEST_NAME) {
            throw RoutingFault.invalid("name", "A name is 1 to " + LONGEST_NAME + " characters.");
        }
        var queues = new LinkedHashMap<QueueId, Map<String, Object>>();
        scenario.queues()
                .orElse(Map.of())
                .forEach((id, changes) -> queues.put(
                        queue("queues." + id, whatIf.now(site), id),
                        Optional.ofNullable(changes).orElse(Map.of())));
        var agents = new LinkedHashMap<AgentId, UnaryOperator<AgentConfig>>();
        scenario.agents()
                .orElse(Map.of())
                .forEach((id, change) -> agents.put(
                        agent(id),
                        before -> new AgentConfig(
                                change.capacity().orElse(before.capacity()),
                                change.inbound().orElse(before.inbound()),
                                change.skills().orElse(before.skills()))));
        var routing = whatIf.routing(site, queues, agents);
        boolean recorded = request.traffic().kind() == Request.Kind.RECORDED;
        if (!recorded && (scenario.rules().isPresent() || scenario.rulesText().isPresent())) {
            throw RoutingFault.invalid("rules", "Made-up traffic has nothing that rules could ask for.");
        }
        var shifts = scenario.shifts().orElse(recorded ? Request.Shifts.RECORDED : Request.Shifts.HOURS);
        if (!recorded && shifts == Request.Shifts.RECORDED) {
            throw RoutingFault.invalid("shifts", "Recorded shifts belong to recorded traffic.");
        }
        var rules = scenario.rulesText()
                .map(text -> WhatIf.rules(routing, text, "rulesText"))
                .or(() -> scenario.rules()
                        .map(which -> which == Request.Rules.LIVE
                                ? routing.rules()
                                : WhatIf.rules(routing, WhatIf.draft(routing), "rules")));
        return new Scene(scenario.name().strip(), routing, rules, agents(routing, scenario), shifts);
    }

    private static AgentId agent(String id) {
        try {
            return new AgentId(id);
        } catch (IllegalArgumentException e) {
            throw RoutingFault.invalid("agents." + id, "agent-unknown", "There is no such agent.");
        }
    }

    private static List<AgentFacts> agents(Routing routing, Request.Scenario scenario) {
        var worksFor = new HashMap<AgentId, Map<QueueId, Integer>>();
        for (var queue : routing.queues()) {
            for (var member : queue.config().members()) {
                worksFor.computeIfAbsent(new AgentId(member.agent()), agent -> new HashMap<>())
                        .merge(queue.id(), member.rank(), Math::min);
            }
        }
        var all = new ArrayList<AgentFacts>();
        routing.agents().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(AgentId::value)))
                .forEach(one -> all.add(new AgentFacts(
                        one.getKey(),
                        AgentFacts.Presence.OFFLINE,
                        one.getValue().inbound(),
                        one.getValue().capacity(),
                        worksFor.getOrDefault(one.getKey(), Map.of()),
                        one.getValue().skills())));
        var everything = routing.skills().keySet().stream()
                .collect(Collectors.toMap(skill -> skill, skill -> WorkRequest.HIGHEST_LEVEL));
        var more = scenario.more().orElse(List.of());
        int number = 0;
        for (int i = 0; i < more.size(); i++) {
            var field = "more[" + i + "].";
            var queue = queue(field + "queue", routing, more.get(i).queue());
            range(field + "agents", more.get(i).agents(), 1, MOST_AGENTS);
            range(field + "capacity", more.get(i).capacity().orElse(1), 1, 20);
            range(field + "agents", all.size() + more.get(i).agents(), 1, 2 * MOST_AGENTS);
            for (int n = 0; n < more.get(i).agents(); n++) {
                all.add(new AgentFacts(
                        new AgentId(Scene.MORE + ++number),
                        AgentFacts.Presence.OFFLINE,
                        true,
                        more.get(i).capacity().orElse(1),
                        Map.of(queue, 1),
                        everything));
            }
        }
        return all;
    }

    private static void range(String field, double value, double least, double most) {
        // What is not a number is not in it either.
        if (!(value >= least && value <= most)) {
            throw RoutingFault.invalid(field, "A number from " + plain(least) + " to " + plain(most) + ".");
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
