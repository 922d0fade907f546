package dev.tandem.webacd.internal.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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

public class SimulationTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final QueueId HELP = new QueueId(new UUID(1, 1));

    private static final Optional<Duration> EVER = Optional.empty();

    static QueueFacts queue(QueueId id) {
        return new QueueFacts(
                id,
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
    }

    /** Agents who are there all the time. */
    static Setup site(int agents, Duration time, int inTime) {
        var all = new ArrayList<AgentFacts>();
        var shifts = new HashMap<AgentId, List<Setup.Shift>>();
        for (int i = 0; i < agents; i++) {
            var id = new AgentId("agent-" + i);
            all.add(new AgentFacts(id, AgentFacts.Presence.OFFLINE, true, 1, Map.of(HELP, 1), Map.of()));
            shifts.put(id, List.of(new Setup.Shift(START, START.plus(time))));
        }
        return new Setup(
                Settings.DEFAULT,
                List.of(queue(HELP)),
                all,
                List.of(),
                shifts,
                START,
                START.plus(time),
                Duration.ofSeconds(inTime),
                Setup.Manners.PERFECT,
                1);
    }

    static Arrival arrival(int second, int handling, Optional<Duration> patience) {
        return Arrival.plain(START.plusSeconds(second), HELP, Duration.ofSeconds(handling), patience);
    }

    private static Outcome run(Setup setup, Iterator<Arrival> traffic) {
        return new Simulation(setup, traffic).run((arrivals, time) -> true).orElseThrow();
    }

    private static Measured run(int agents, int seconds, int inTime, Arrival... traffic) {
        return run(
                        site(agents, Duration.ofSeconds(seconds), inTime),
                        List.of(traffic).iterator())
                .totals();
    }

    private static void near(double wanted, Optional<Double> is) {
        assertEquals(wanted, is.orElseThrow(), 1e-9);
    }

    /** They wait 0, 40 and 100 s; the agent works from 0 to 300 without a break. */
    @Test
    public void threeForOneAgent() {
        var results = run(1, 300, 50, arrival(0, 100, EVER), arrival(60, 100, EVER), arrival(100, 100, EVER));
        assertEquals(3, results.answered());
        near(2 / 3.0, results.serviceLevel());
        near(140 / 3.0, results.answerSeconds());
        near(100, results.longestSeconds());
        near(1, results.occupancy());
    }

    /** The third goes after 50 s; so two are answered, in 200 s that end with the second's work. */
    @Test
    public void whoLosesPatienceGoes() {
        var results = run(
                1,
                400,
                50,
                arrival(0, 100, EVER),
                arrival(60, 100, EVER),
                arrival(100, 100, Optional.of(Duration.ofSeconds(50))));
        assertEquals(2, results.answered());
        assertEquals(1, results.abandoned());
        near(2 / 3.0, results.serviceLevel());
        near(1 / 3.0, results.abandonRate());
        near(20, results.answerSeconds());
        near(0.5, results.occupancy());
    }

    @Test
    public void twoAgentsShareAndHalfOfTheirTimeIsWork() {
        var results = run(
                2,
                400,
                0,
                arrival(0, 100, EVER),
                arrival(0, 100, EVER),
                arrival(200, 100, EVER),
                arrival(300, 100, EVER));
        assertEquals(4, results.inTime());
        near(0.5, results.occupancy());
    }

    /** Ten agents, eight Erlang: what the formula of 1917 says of who waits, for how long, and who is in time. */
    @Test
    public void erlangCAgrees() {
        double load = 8;
        int agents = 10;
        double handling = 300;
        double perHour = load / handling * 3_600;
        var time = Duration.ofHours(3_000);
        var setup = site(agents, time, 20);
        var traffic = new Poisson(
                HELP, START, Collections.nCopies(3_000, perHour), Duration.ofSeconds((long) handling), EVER, 5);
        var results = run(setup, traffic).totals();
        double waits = erlangC(agents, load);
        assertEquals(0.409, waits, 0.001);
        assertTrue(results.answered() > 280_000);
        double rate = (agents - load) / handling;
        assertEquals(waits / rate, results.answerSeconds().orElseThrow(), 0.06 * waits / rate);
        assertEquals(1 - waits * Math.exp(-rate * 20), results.serviceLevel().orElseThrow(), 0.015);
        assertEquals(load / agents, results.occupancy().orElseThrow(), 0.01);
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
        new Poisson(HELP, START, hours, Duration.ofSeconds(60), EVER, 1).forEachRemaining(first::add);
        var second = new ArrayList<Arrival>();
        new Poisson(HELP, START, hours, Duration.ofSeconds(60), EVER, 1).forEachRemaining(second::add);
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
        var traffic = new Poisson(HELP, START, Collections.nCopies(10, 10_000.0), Duration.ofSeconds(3), EVER, 2);
        var none = new Simulation(site(20, Duration.ofHours(10), 20), traffic).run((arrivals, time) -> {
            told.add(arrivals);
            return told.size() < 3;
        });
        assertEquals(Optional.empty(), none);
        assertEquals(3, told.size());
        assertTrue("" + told, told.get(0) > 0 && told.get(0) < told.get(1) && told.get(1) < told.get(2));
    }
}
