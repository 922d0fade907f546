package dev.tandem.webacd.internal.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.engine.Hours;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.engine.Settings;
import dev.tandem.webacd.internal.engine.Skills;
import dev.tandem.webacd.internal.engine.Snapshot;

public class SimulationTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final QueueId HELP = new QueueId(new UUID(1, 1));
    private static final Duration LONG = Duration.ofDays(1000);

    private static Snapshot site(int agents) {
        var queue = new QueueFacts(
                HELP,
                RoutingStrategy.LONGEST_IDLE,
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                0,
                Optional.empty(),
                Optional.empty(),
                Hours.ALWAYS,
                Skills.NONE,
                Duration.ZERO,
                false);
        var all = new ArrayList<AgentFacts>();
        for (int i = 0; i < agents; i++) {
            all.add(new AgentFacts(
                    new AgentId("agent-" + i), AgentFacts.Presence.AVAILABLE, true, 1, Map.of(HELP, 1), Map.of()));
        }
        return new Snapshot(Settings.DEFAULT, List.of(queue), all, List.of(), List.of(), List.of());
    }

    private static Arrival arrival(int second, int handling, Duration patience) {
        return new Arrival(START.plusSeconds(second), HELP, 0, Map.of(), Duration.ofSeconds(handling), patience);
    }

    private static Results run(int agents, Iterator<Arrival> traffic, int inTime) {
        return new Simulation(site(agents), List.of(), START, traffic, Duration.ofSeconds(inTime), Duration.ZERO)
                .run((arrivals, time) -> true);
    }

    /** They wait 0, 40 and 100 s; the agent works from 0 to 300 without a break. */
    @Test
    public void threeForOneAgent() {
        var results = run(
                1,
                List.of(arrival(0, 100, LONG), arrival(60, 100, LONG), arrival(100, 100, LONG))
                        .iterator(),
                50);
        assertEquals(3, results.answered());
        assertEquals(2 / 3.0, results.serviceLevel(), 1e-9);
        assertEquals(Duration.ofSeconds(140).dividedBy(3), results.speedOfAnswer());
        assertEquals(Duration.ofSeconds(100), results.longest());
        assertEquals(1.0, results.occupancy(), 1e-9);
        assertEquals(1, results.atOnce());
    }

    /** The third goes after 50 s; so two are answered, in 200 s that end with the second's work. */
    @Test
    public void whoLosesPatienceGoes() {
        var results = run(
                1,
                List.of(arrival(0, 100, LONG), arrival(60, 100, LONG), arrival(100, 100, Duration.ofSeconds(50)))
                        .iterator(),
                50);
        assertEquals(2, results.answered());
        assertEquals(1, results.abandoned());
        assertEquals(2 / 3.0, results.serviceLevel(), 1e-9);
        assertEquals(1 / 3.0, results.abandonRate(), 1e-9);
        assertEquals(Duration.ofSeconds(20), results.speedOfAnswer());
        assertEquals(Duration.ofSeconds(200), results.worked());
        assertEquals(1.0, results.occupancy(), 1e-9);
    }

    @Test
    public void twoAgentsShareAndHalfOfTheirTimeIsWork() {
        var results = run(
                2,
                List.of(arrival(0, 100, LONG), arrival(0, 100, LONG), arrival(200, 100, LONG), arrival(300, 100, LONG))
                        .iterator(),
                0);
        assertEquals(4, results.atOnce());
        assertEquals(Duration.ofSeconds(800), results.there());
        assertEquals(0.5, results.occupancy(), 1e-9);
    }

    /** Ten agents, eight Erlang: what the formula of 1917 says of who waits, for how long, and who is in time. */
    @Test
    public void erlangCAgrees() {
        double load = 8;
        int agents = 10;
        double handling = 300;
        double perHour = load / handling * 3_600;
        var traffic = new Poisson(
                HELP, START, Collections.nCopies(1_500, perHour), Duration.ofSeconds((long) handling), LONG, 5);
        var results = run(agents, traffic, 20);
        double waits = erlangC(agents, load);
        assertEquals(0.409, waits, 0.001);
        assertTrue(results.answered() > 140_000);
        assertEquals(waits, 1 - (double) results.atOnce() / results.answered(), 0.015);
        double rate = (agents - load) / handling;
        assertEquals(waits / rate, results.speedOfAnswer().toMillis() / 1e3, 0.06 * waits / rate);
        assertEquals(1 - waits * Math.exp(-rate * 20), results.serviceLevel(), 0.015);
        assertEquals(load / agents, results.occupancy(), 0.01);
    }

    private static double erlangC(int agents, double load) {
        double term = 1;
        double sum = 0;
        for (int k = 0; k < agents; k++) {
            sum += term;
            term *= load / (k + 1);
        }
        double all = term * agents / (agents - load);
        return all / (sum + all);
    }

    @Test
    public void sameSeedSameResultAndHoursHaveTheirNumbers() {
        var hours = List.of(10.0, 0.0, 1_000.0);
        var first = new ArrayList<Arrival>();
        new Poisson(HELP, START, hours, Duration.ofSeconds(60), LONG, 1).forEachRemaining(first::add);
        var second = new ArrayList<Arrival>();
        new Poisson(HELP, START, hours, Duration.ofSeconds(60), LONG, 1).forEachRemaining(second::add);
        assertEquals(first, second);
        long early = first.stream()
                .filter(a -> a.at().isBefore(START.plusSeconds(3_600)))
                .count();
        long late = first.stream()
                .filter(a -> !a.at().isBefore(START.plusSeconds(7_200)))
                .count();
        assertEquals(first.size(), early + late);
        assertTrue("" + early, early > 2 && early < 25);
        assertTrue("" + late, late > 900 && late < 1_100);
    }

    @Test
    public void progressIsToldAndMayBreakItOff() {
        var told = new ArrayList<Long>();
        var traffic = new Poisson(HELP, START, Collections.nCopies(10, 10_000.0), Duration.ofSeconds(3), LONG, 2);
        var results = new Simulation(site(20), List.of(), START, traffic, Duration.ofSeconds(20), Duration.ZERO)
                .run((arrivals, time) -> {
                    told.add(arrivals);
                    return told.size() < 3;
                });
        assertEquals(List.of(10_000L, 20_000L, 30_000L), told);
        assertTrue(results.cancelled());
        assertEquals(30_000, results.arrived());
        assertFalse(run(1, List.of(arrival(0, 1, LONG)).iterator(), 0).cancelled());
    }
}
