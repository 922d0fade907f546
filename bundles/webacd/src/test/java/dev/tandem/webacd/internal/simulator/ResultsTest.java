package dev.tandem.webacd.internal.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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

/** Small histories whose numbers can be worked out by hand, as each comment does. */
public class ResultsTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final QueueId HELP = new QueueId(new UUID(1, 1));
    private static final QueueId MORE = new QueueId(new UUID(1, 2));
    private static final AgentId ANNA = new AgentId("anna");
    private static final AgentId BEN = new AgentId("ben");

    private final List<QueueFacts> queues = new ArrayList<>();
    private final List<AgentFacts> agents = new ArrayList<>();
    private final Map<AgentId, List<Setup.Shift>> shifts = new HashMap<>();
    private final List<Arrival> traffic = new ArrayList<>();
    private Setup.Manners manners = Setup.Manners.PERFECT;
    private long seconds = 400;
    private long seed = 1;

    private void queue(
            QueueId id, String strategy, int largest, Integer longest, QueueFacts.Overflow over, Hours hours) {
        queues.add(new QueueFacts(
                id,
                strategy,
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                largest,
                Optional.ofNullable(longest).map(Duration::ofSeconds),
                Optional.ofNullable(over),
                hours,
                Skills.NONE,
                Duration.ZERO,
                false));
    }

    private void queue() {
        queue(HELP, RoutingStrategy.LONGEST_IDLE, 0, null, null, Hours.ALWAYS);
    }

    private void agent(AgentId id, int capacity, int from, int to, QueueId... of) {
        var ranks = new HashMap<QueueId, Integer>();
        for (var queue : of) {
            ranks.put(queue, 1);
        }
        agents.add(new AgentFacts(id, AgentFacts.Presence.OFFLINE, true, capacity, ranks, Map.of()));
        shifts.put(id, List.of(new Setup.Shift(START.plusSeconds(from), START.plusSeconds(to))));
    }

    private void comes(int second, int handling, Integer patience) {
        traffic.add(Arrival.plain(
                START.plusSeconds(second),
                HELP,
                Duration.ofSeconds(handling),
                Optional.ofNullable(patience).map(Duration::ofSeconds)));
    }

    private Outcome run() {
        var setup = new Setup(
                Settings.DEFAULT,
                queues,
                agents,
                List.of(),
                shifts,
                START,
                START.plusSeconds(seconds),
                Duration.ofSeconds(20),
                manners,
                seed);
        return new Simulation(setup, traffic.iterator())
                .run((count, time) -> true)
                .orElseThrow();
    }

    private static void near(double wanted, Optional<Double> is) {
        assertEquals(wanted, is.orElseThrow(), 1e-9);
    }

    /**
     * As long as nobody was finished a handling counts for 300 s. At 0 Anna is free; at 10 and 20 they are told 300 and 600 s and
     * wait 90 and 180 s. By 150 one is finished, after 100 s, and one waits: told 200 s, waits 150 s. So they were told 0, 210, 420
     * and 50 s too much.
     */
    @Test
    public void theEstimateAgainstWhatCame() {
        queue();
        agent(ANNA, 1, 0, 400, HELP);
        comes(0, 100, null);
        comes(10, 100, null);
        comes(20, 100, null);
        comes(150, 100, null);
        var estimate = run().totals().estimate();
        assertEquals(4, estimate.items());
        near(170, estimate.biasSeconds());
        near(170, estimate.meanErrorSeconds());
        assertEquals(420, estimate.p90ErrorSeconds().orElseThrow(), 4.2);
    }

    /** Told nothing to wait, since Anna is free, who goes without an answer and is back after 320 s; who leaves before is not measured. */
    @Test
    public void toldTooLittleIsABiasBelowZeroAndWhoWentIsNotMeasured() {
        queue();
        agent(ANNA, 1, 0, 1, HELP);
        shifts.put(
                ANNA,
                List.of(
                        new Setup.Shift(START, START.plusSeconds(2)),
                        new Setup.Shift(START.plusSeconds(321), START.plusSeconds(400))));
        manners = new Setup.Manners(Duration.ofSeconds(5), 0, 0, Duration.ofMinutes(1));
        comes(1, 10, null);
        comes(1, 10, 100);
        var results = run().totals();
        assertEquals(1, results.abandoned());
        assertEquals(1, results.estimate().items());
        near(-325, results.estimate().biasSeconds());
        near(325, results.estimate().meanErrorSeconds());
        near(325, results.longestSeconds());
    }

    /** Both say no after 2 s, at 2 and 4 s; each may be asked again 30 s later and says no at 34 and 36 s; at 50 s they go. */
    @Test
    public void whoDeclinesIsAskedAgainAfterAPause() {
        queue();
        agent(ANNA, 1, 0, 400, HELP);
        agent(BEN, 1, 0, 400, HELP);
        manners = new Setup.Manners(Duration.ofSeconds(2), 1, 0, Duration.ofMinutes(1));
        comes(0, 100, 50);
        var results = run().totals();
        assertEquals(4, results.declined());
        assertEquals(1, results.abandoned());
        near(0, results.serviceLevel());
        near(0, results.occupancy());
    }

    /**
     * Anna lets the offer pass at 30 s and is away until 90; Ben takes it at once. He is not there before 40 s. So she was there
     * for 30 + 310 s and he for 360, of which he worked 70.
     */
    @Test
    public void whoDoesNotAnswerIsAwayForAWhileAndTheNextOneHasIt() {
        queue();
        agent(ANNA, 1, 0, 400, HELP);
        agent(BEN, 1, 40, 400, HELP);
        manners = new Setup.Manners(Duration.ZERO, 0, 0.5, Duration.ofMinutes(1));
        // The first that is drawn is below a half with this seed, the second is not.
        seed = 3;
        comes(0, 70, null);
        var results = run().totals();
        assertEquals(1, results.noAnswer());
        assertEquals(1, results.answered());
        near(40, results.answerSeconds());
        near(70 / 700.0, results.occupancy());
    }

    /** With nobody for it there it goes on after 20 s, and Anna has it at once. */
    @Test
    public void overflowIsCountedWhereItCameFromAndTheAnswerWhereItWasGiven() {
        queue(
                HELP,
                RoutingStrategy.LONGEST_IDLE,
                0,
                null,
                new QueueFacts.Overflow(MORE, Duration.ofSeconds(20)),
                Hours.ALWAYS);
        queue(MORE, RoutingStrategy.LONGEST_IDLE, 0, null, null, Hours.ALWAYS);
        agent(ANNA, 1, 0, 400, MORE);
        comes(0, 100, null);
        var outcome = run();
        var help = outcome.queues().get(HELP);
        var more = outcome.queues().get(MORE);
        assertEquals(List.of(1L, 1L, 0L), List.of(help.arrived(), help.overflowed(), help.answered()));
        assertEquals(List.of(1L, 0L, 1L), List.of(more.arrived(), more.overflowed(), more.answered()));
        assertEquals(Optional.empty(), help.serviceLevel());
        near(1, more.serviceLevel());
        near(20, more.answerSeconds());
        assertEquals(1, outcome.totals().arrived());
        assertEquals(1, outcome.totals().overflowed());
    }

    /** Open for 100 s, and two may wait: the third is refused, so is who comes at 150 s. One is let go after 60 s. */
    @Test
    public void closedAndFullQueuesRefuseAndLongWaitsExpire() {
        queue(HELP, RoutingStrategy.LONGEST_IDLE, 2, 60, null, new Hours() {
            @Override
            public boolean openAt(Instant time) {
                return time.isBefore(START.plusSeconds(100));
            }

            @Override
            public Optional<Instant> nextChange(Instant after) {
                return Optional.of(START.plusSeconds(100)).filter(after::isBefore);
            }
        });
        comes(0, 10, null);
        comes(1, 10, 30);
        comes(2, 10, null);
        comes(150, 10, null);
        var results = run().totals();
        assertEquals(2, results.arrived());
        assertEquals(2, results.refused());
        assertEquals(1, results.expired());
        assertEquals(1, results.abandoned());
        near(0.5, results.abandonRate());
        assertEquals(Optional.empty(), results.answerSeconds());
    }

    /** Anna comes at 100 s and goes at 200; whom she has until 400 she keeps: 300 s, all of it work. */
    @Test
    public void whoHasSomebodyWorksOnAfterTheShift() {
        queue();
        agent(ANNA, 1, 100, 200, HELP);
        comes(0, 300, null);
        comes(150, 10, null);
        var results = run().totals();
        near(100, results.answerSeconds());
        near(1, results.occupancy());
        assertEquals(1, results.left());
    }

    /** Two at once are one agent's time: 100 of 400 s. */
    @Test
    public void anAgentsTimeCountsOnce() {
        queue();
        agent(ANNA, 2, 0, 400, HELP);
        comes(0, 100, null);
        comes(0, 100, null);
        near(0.25, run().totals().occupancy());
    }

    /** Everybody is asked, both would take it, one does; nobody is away since nobody was asked alone. */
    @Test
    public void ofEverybodyOneHasIt() {
        queue(HELP, RoutingStrategy.BROADCAST, 0, null, null, Hours.ALWAYS);
        agent(ANNA, 1, 0, 400, HELP);
        agent(BEN, 1, 0, 400, HELP);
        comes(0, 100, null);
        comes(10, 100, null);
        var results = run().totals();
        assertEquals(2, results.answered());
        near(0, results.longestSeconds());
        near(0.25, results.occupancy());
        manners = new Setup.Manners(Duration.ofSeconds(2), 0, 1, Duration.ofMinutes(1));
        traffic.clear();
        comes(0, 100, 40);
        var silent = run().totals();
        assertEquals(1, silent.abandoned());
        assertEquals(2, silent.noAnswer());
    }

    /** An hour in minutes: who comes in the first minute waits at the end of the first two, and is answered in the third. */
    @Test
    public void intervalsTellWhoWasLeftAndWhatHappenedInThem() {
        seconds = 3_600;
        queue();
        agent(ANNA, 1, 130, 3_600, HELP);
        comes(10, 60, null);
        var outcome = run();
        assertEquals(60, outcome.intervals().size());
        var first = outcome.intervals().get(0);
        var third = outcome.intervals().get(2);
        assertEquals(START, first.at());
        assertEquals(START.plusSeconds(120), third.at());
        assertEquals(
                List.of(1L, 0L, 1L),
                List.of(
                        first.totals().arrived(),
                        first.totals().answered(),
                        first.totals().left()));
        assertEquals(1, outcome.intervals().get(1).queues().get(HELP).left());
        assertEquals(
                List.of(0L, 1L, 0L),
                List.of(
                        third.totals().arrived(),
                        third.totals().answered(),
                        third.totals().left()));
        near(1, third.totals().occupancy());
        near(10 / 60.0, outcome.intervals().get(3).totals().occupancy());
        assertEquals(Optional.empty(), first.totals().occupancy());
    }

    @Test
    public void neverMoreThanTwoHundredIntervals() {
        for (int queues : new int[] {1, 40, 1_000}) {
            for (long hours = 1; hours <= 62 * 24; hours += 7) {
                long millis = Duration.ofHours(hours).toMillis();
                long width = Tally.width(millis, queues);
                long intervals = (millis + width - 1) / width;
                assertEquals(hours + "/" + queues, true, intervals >= 1 && intervals <= 200);
                assertEquals(hours + "/" + queues, true, queues < 1_000 || intervals <= 24);
            }
        }
        assertEquals(
                Duration.ofMinutes(15).toMillis(),
                Tally.width(Duration.ofDays(1).toMillis(), 3));
    }

    /** The same seed gives the same, whatever is left to chance; another one something else. */
    @Test
    public void theSameSeedGivesTheSame() {
        queue();
        seconds = 36_000;
        agent(ANNA, 1, 0, 36_000, HELP);
        agent(BEN, 2, 0, 36_000, HELP);
        manners = new Setup.Manners(Duration.ofSeconds(3), 0.2, 0.1, Duration.ofMinutes(1));
        new Poisson(
                        HELP,
                        START,
                        Collections.nCopies(10, 40.0),
                        Duration.ofSeconds(200),
                        Optional.of(Duration.ofSeconds(120)),
                        7)
                .forEachRemaining(traffic::add);
        var once = run();
        assertEquals(once, run());
        assertEquals(traffic.size(), once.totals().arrived());
        assertEquals(
                once.totals().arrived(),
                once.totals().answered()
                        + once.totals().abandoned()
                        + once.totals().left());
        seed = 2;
        assertNotEquals(once, run());
    }
}
