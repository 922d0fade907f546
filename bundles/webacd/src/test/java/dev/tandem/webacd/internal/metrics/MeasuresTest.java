package dev.tandem.webacd.internal.metrics;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.junit.Before;
import org.junit.Test;

import dev.tandem.webacd.internal.metrics.Visit.Outcome;

/**
 * Every definition against an example that was worked out by hand: a quarter of an hour with an answer after 10, 40 and 20 s,
 * somebody who goes after 30 s, somebody who is let go, and somebody who moves on.
 */
public class MeasuresTest {
    private static final List<Instant> EDGES = List.of(at("09:00:00"), at("09:15:00"), at("09:30:00"));

    private final Buckets buckets = new Buckets(EDGES, Duration.ofSeconds(20));

    private static Instant at(String time) {
        return LocalTime.parse(time).atDate(java.time.LocalDate.of(2026, 3, 2)).toInstant(ZoneOffset.UTC);
    }

    private void visit(String entered, String left, Outcome how, String agent, String ended, boolean transfer) {
        var visit = new Visit(
                Optional.empty(),
                transfer,
                at(entered),
                at(entered),
                how,
                Optional.of(at(left)),
                Optional.of(agent).filter(one -> !one.isEmpty()),
                Optional.of(ended).filter(one -> !one.isEmpty()).map(MeasuresTest::at));
        buckets.entered(visit);
        buckets.left(visit);
        visit.endedAt().ifPresent(end -> {
            buckets.handled(visit);
            buckets.busy(agent, at(left), end);
        });
    }

    @Before
    public void morning() {
        visit("09:00:00", "09:00:10", Outcome.ANSWERED, "anna", "09:05:10", false);
        visit("09:01:00", "09:01:40", Outcome.ANSWERED, "ben", "09:11:40", false);
        visit("09:02:00", "09:02:30", Outcome.ABANDONED, "", "", false);
        visit("09:03:00", "09:08:00", Outcome.EXPIRED, "", "", false);
        visit("09:04:00", "09:05:00", Outcome.MOVED, "", "", false);
        visit("09:10:00", "09:10:20", Outcome.ANSWERED, "anna", "09:16:20", true);
        buckets.available("anna", at("09:00:00"), at("09:20:00"));
        // Goes to lunch with a customer still to finish.
        buckets.available("ben", at("09:00:00"), at("09:06:00"));
    }

    private Measures first() {
        buckets.occupied();
        return buckets.intervals().get(0);
    }

    private Measures second() {
        buckets.occupied();
        return buckets.intervals().get(1);
    }

    @Test
    public void serviceLevel_twoOfFiveInTime_exactlyTheThresholdIsInTime() {
        assertEquals(5, first().settled());
        assertEquals(2, first().inTime());
        assertEquals(Optional.of(0.4), first().serviceLevel());
    }

    @Test
    public void speedOfAnswer_isTheMeanOf10And40And20() {
        assertEquals(Optional.of(Duration.ofMillis(70_000).dividedBy(3)), first().speedOfAnswer());
        assertEquals(Duration.ofSeconds(40), first().longest());
    }

    @Test
    public void handleTime_isTheMeanOf300And600_andCountsWhereItEnds() {
        assertEquals(Optional.of(Duration.ofSeconds(450)), first().handleTime());
        assertEquals(Optional.of(Duration.ofSeconds(360)), second().handleTime());
    }

    @Test
    public void abandonRate_oneOfFive() {
        assertEquals(Optional.of(0.2), first().abandonRate());
    }

    @Test
    public void whoMovesOnOrWasHandedOverIsCounted() {
        assertEquals(6, first().entered());
        assertEquals(1, first().moved());
        assertEquals(1, first().transfers());
    }

    /** Anna 300 + 280 of 900 s, Ben 600 of 700 s: 1180 of 1600. Then Anna 80 of 300. */
    @Test
    public void occupancy_isTheBusyPartOfTheTimeOfThoseWhoAreThere() {
        assertEquals(Optional.of(0.7375), first().occupancy());
        assertEquals(80 / 300.0, second().occupancy().orElseThrow(), 1e-9);
        assertEquals(Duration.ofSeconds(1260), buckets.total().busy());
        assertEquals(Duration.ofSeconds(1900), buckets.total().there());
    }

    @Test
    public void twoCustomersAtOnceMakeNobodyTwiceAsBusy() {
        buckets.busy("anna", at("09:02:00"), at("09:04:00"));
        assertEquals(Optional.of(0.7375), first().occupancy());
    }

    @Test
    public void whereThereIsNothingThereIsNoNumber() {
        var empty = new Buckets(EDGES, Duration.ofSeconds(20)).total();
        assertEquals(Optional.empty(), empty.serviceLevel());
        assertEquals(Optional.empty(), empty.speedOfAnswer());
        assertEquals(Optional.empty(), empty.handleTime());
        assertEquals(Optional.empty(), empty.abandonRate());
        assertEquals(Optional.empty(), empty.occupancy());
    }
}
