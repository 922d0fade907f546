package dev.tandem.itests.benchmarks.routing;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.engine.Hours;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.engine.Settings;
import dev.tandem.webacd.internal.engine.Skills;
import dev.tandem.webacd.internal.simulator.Arrival;
import dev.tandem.webacd.internal.simulator.Poisson;
import dev.tandem.webacd.internal.simulator.Setup;
import dev.tandem.webacd.internal.simulator.Simulation;

/** A day with a million items, twenty queues and 3,600 agents in three queues each, in virtual time. */
final class SimulatedDay {
    private static final int QUEUES = 20;
    private static final int AGENTS = 3_600;
    private static final double ITEMS = 1_000_000;
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    void print() {
        var site = site();
        var traffic = traffic(site);
        var threads = ManagementFactory.getThreadMXBean();
        long wall = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        var results = new Simulation(site, traffic.iterator())
                .run((arrivals, time) -> true)
                .orElseThrow()
                .totals();
        System.out.printf(
                Locale.ROOT,
                "A day of %,d items in virtual time: %.1f s, %.1f s of it CPU time; aim 60 s%n",
                results.arrived(),
                (System.nanoTime() - wall) / 1e9,
                (threads.getCurrentThreadCpuTime() - cpu) / 1e9);
    }

    private static Setup site() {
        var queues = new ArrayList<QueueFacts>();
        for (int i = 0; i < QUEUES; i++) {
            queues.add(new QueueFacts(
                    new QueueId(new UUID(1, i)),
                    RoutingStrategy.LONGEST_IDLE,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Hours.ALWAYS,
                    Skills.NONE,
                    Duration.ZERO,
                    false));
        }
        var random = new Random(1);
        var agents = new ArrayList<AgentFacts>();
        for (int i = 0; i < AGENTS; i++) {
            var of = new HashMap<QueueId, Integer>();
            while (of.size() < 3) {
                of.put(queues.get(random.nextInt(QUEUES)).id(), 1);
            }
            agents.add(new AgentFacts(new AgentId("agent-" + i), AgentFacts.Presence.AVAILABLE, true, 1, of, Map.of()));
        }
        var end = START.plus(Duration.ofDays(1));
        var shifts = new HashMap<AgentId, List<Setup.Shift>>();
        agents.forEach(agent -> shifts.put(agent.id(), List.of(new Setup.Shift(START, end))));
        var manners = new Setup.Manners(Duration.ofSeconds(2), 0, 0, Duration.ofMinutes(1));
        return new Setup(
                Settings.DEFAULT, queues, agents, List.of(), shifts, START, end, Duration.ofSeconds(20), manners, 1);
    }

    private static List<Arrival> traffic(Setup site) {
        var all = new ArrayList<Arrival>();
        for (var queue : site.queues()) {
            new Poisson(
                            queue.id(),
                            START,
                            Collections.nCopies(24, ITEMS / 24 / QUEUES),
                            Duration.ofSeconds(300),
                            Optional.of(Duration.ofSeconds(600)),
                            queue.id().value().getLeastSignificantBits())
                    .forEachRemaining(all::add);
        }
        all.sort(Comparator.comparing(Arrival::at));
        return all;
    }
}
