package dev.tandem.webacd.internal.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.Test;

public class PatienceTest {
    private static long went(long millis) {
        return Patience.wait(millis, true);
    }

    private static long stayed(long millis) {
        return Patience.wait(millis, false);
    }

    /**
     * One of four goes at 10, then one of the two who are left at 30: 3/4, and half of it. Beyond, two in 100 ms is the rate.
     */
    @Test
    public void asKaplanAndMeierHaveIt() {
        var known = Patience.of(new long[] {stayed(40), went(10), stayed(20), went(30)});
        assertEquals(1, known.beyond(9), 1e-12);
        assertEquals(0.75, known.beyond(10), 1e-12);
        assertEquals(0.75, known.beyond(29), 1e-12);
        assertEquals(0.375, known.beyond(30), 1e-12);
        assertEquals(0.375 * Math.exp(-0.02 * 50), known.beyond(80), 1e-12);
        assertEquals(Optional.of(10L), known.draw(0, 1 - 1e-9));
        assertEquals(Optional.of(30L), known.draw(0, 0.74));
        // Who has waited 20 already is one of the 3/4, of whom half goes at 30.
        assertEquals(Optional.of(30L), known.draw(20, 0.5));
        assertEquals(Optional.of(30L + Math.round(Math.log(2) / 0.02)), known.draw(20, 0.25));
        assertEquals(Optional.of(100L + Math.round(Math.log(2) / 0.02)), known.draw(100, 0.5));
    }

    /** Whoever goes at the same time as another one stays goes first: both were there. */
    @Test
    public void atTheSameTimeBothWereThere() {
        assertEquals(0.5, Patience.of(new long[] {stayed(10), went(10)}).beyond(10), 1e-12);
    }

    @Test
    public void withoutAnybodyWhoWentTheyWaitForEver() {
        assertEquals(
                Optional.empty(),
                Patience.of(new long[] {stayed(10), stayed(20)}).draw(5, 0.5));
        assertEquals(Optional.empty(), Patience.of(new long[0]).draw(0, 0.1));
    }

    /** Exponential patience of 100 s, cut by answers at about the same times: what is drawn has that mean again. */
    @Test
    public void findsThePatienceBehindTheAnswers() {
        var random = new SplittableRandom(4);
        var waits = new long[20_000];
        for (int i = 0; i < waits.length; i++) {
            long patience = Math.round(-Math.log(1 - random.nextDouble()) * 100_000);
            long answer = Math.round(-Math.log(1 - random.nextDouble()) * 60_000);
            waits[i] = Patience.wait(Math.min(patience, answer), patience < answer);
        }
        var known = Patience.of(waits);
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            long drawn = known.draw(0, 1 - random.nextDouble()).orElseThrow();
            assertTrue(drawn > 0);
            sum += drawn;
        }
        assertEquals(100_000, sum / 20_000, 5_000);
    }

    @Test
    public void ranksCountWhoIsBefore() {
        var random = new SplittableRandom(9);
        var ranks = new Ranks();
        var all = new ArrayList<Long>();
        for (int i = 0; i < 6_000; i++) {
            long key = random.nextInt(1_000);
            if (all.isEmpty() || random.nextInt(3) > 0) {
                ranks.add(key);
                all.add(key);
            } else {
                long gone = all.remove(random.nextInt(all.size()));
                ranks.remove(gone);
            }
            assertEquals(all.size(), ranks.size());
            if (i % 50 == 0) {
                assertEquals(all.stream().filter(one -> one < key).count(), ranks.before(key));
            }
        }
    }
}
