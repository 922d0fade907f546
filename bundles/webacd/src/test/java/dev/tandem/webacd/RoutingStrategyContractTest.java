package dev.tandem.webacd;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.Test;

public class RoutingStrategyContractTest {
    private static RoutingStrategy strategy(String name, Comparator<Candidate> order) {
        return new RoutingStrategy() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Comparator<Candidate> order() {
                return order;
            }
        };
    }

    private static List<String> violations(Comparator<Candidate> order) {
        return RoutingStrategyContract.violations(strategy("ODD", order));
    }

    /** Full moon: whose name is longest, but only if the rank is odd. */
    @Test
    public void anOddStrategyThatKeepsTheRulesIsFine() {
        assertEquals(
                List.of(),
                violations(Comparator.comparingInt((Candidate c) ->
                                c.rank() % 2 == 0 ? 0 : -c.agent().value().length())
                        .thenComparing(Candidate::offeredLast, Comparator.reverseOrder())));
    }

    @Test
    public void namesAreNames() {
        for (var name : new String[] {"", "odd", "ODD ONE", null, "X".repeat(41)}) {
            assertEquals(
                    String.valueOf(name),
                    1,
                    RoutingStrategyContract.violations(strategy(name, (a, b) -> 0))
                            .size());
        }
    }

    @Test
    public void anOrderThatDependsOnWhoIsAskedFirstIsFound() {
        assertTrue(violations((a, b) -> 1).contains("order: a candidate differs from itself"));
        assertTrue(violations((a, b) -> a.equals(b) ? 0 : 1)
                .contains("order: who is before another is not behind when asked the other way round"));
    }

    @Test
    public void anOrderThatChangesIsFound() {
        var calls = new AtomicInteger();
        assertTrue(violations((a, b) -> a.equals(b) ? 0 : calls.incrementAndGet() % 7 == 0 ? -1 : 1)
                .contains("order: another answer at the second call"));
    }

    @Test
    public void aCircleIsFound() {
        assertTrue(violations((a, b) -> {
                    int one = a.active() % 3;
                    int other = b.active() % 3;
                    return one == other ? 0 : (one + 1) % 3 == other ? -1 : 1;
                })
                .contains("order: goes round in a circle"));
    }

    @Test
    public void equalsThatAreNotEqualAreFound() {
        assertTrue(violations((a, b) ->
                        Math.abs(a.capacity() - b.capacity()) < 2 ? 0 : Integer.compare(a.capacity(), b.capacity()))
                .contains("order: equal ones stand differently to a third"));
    }

    @Test
    public void oneThatThrowsOrHasNoOrderIsFound() {
        assertEquals(List.of("order: null"), violations(null));
        assertEquals(List.of("throws java.lang.IllegalStateException: out of order"), violations((a, b) -> {
            throw new IllegalStateException("out of order");
        }));
    }
}
