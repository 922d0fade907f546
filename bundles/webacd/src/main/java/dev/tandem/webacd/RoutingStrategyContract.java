package dev.tandem.webacd;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import dev.tandem.platform.AgentId;

/**
 * Looks for violations of what {@link RoutingStrategy} demands. It needs no test framework: a test asserts that
 * {@link #violations} is empty. The router asks it too, before it works with a strategy.
 */
public final class RoutingStrategyContract {
    private static final Pattern NAME = Pattern.compile("[A-Z0-9_]{1,40}");
    private static final int AGENTS = 24;
    private static final long SEED = 6;
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private RoutingStrategyContract() {}

    /** What is wrong, in words; empty if nothing was found, which proves less than a violation does. */
    public static List<String> violations(RoutingStrategy strategy) {
        var found = new LinkedHashSet<String>();
        try {
            var name = strategy.name();
            if (name == null || !NAME.matcher(name).matches()) {
                found.add("name: 1 to 40 upper-case letters, digits and underscores, not " + name);
            }
            if (strategy.order() == null) {
                found.add("order: null");
                return List.copyOf(found);
            }
            compareAll(strategy, candidates(), found);
        } catch (RuntimeException e) {
            found.add("throws " + e);
        }
        return List.copyOf(found);
    }

    private static void compareAll(RoutingStrategy strategy, List<Candidate> some, LinkedHashSet<String> found) {
        int size = some.size();
        var signs = new int[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                signs[a][b] = sign(strategy, some.get(a), some.get(b));
            }
        }
        for (int a = 0; a < size; a++) {
            if (signs[a][a] != 0) {
                found.add("order: a candidate differs from itself");
            }
            for (int b = 0; b < size; b++) {
                if (signs[a][b] != -signs[b][a]) {
                    found.add("order: who is before another is not behind when asked the other way round");
                }
                if (signs[a][b] != sign(strategy, some.get(a), some.get(b))) {
                    found.add("order: another answer at the second call");
                }
                for (int c = 0; c < size; c++) {
                    if (signs[a][b] <= 0 && signs[b][c] <= 0 && signs[a][c] > 0) {
                        found.add("order: goes round in a circle");
                    } else if (signs[a][b] == 0 && signs[a][c] != signs[b][c]) {
                        found.add("order: equal ones stand differently to a third");
                    }
                }
            }
        }
    }

    private static int sign(RoutingStrategy strategy, Candidate a, Candidate b) {
        return Integer.signum(strategy.order().compare(a, b));
    }

    /** Few different values each, so that all kinds of ties occur. */
    private static List<Candidate> candidates() {
        var random = new Random(SEED);
        var all = new ArrayList<Candidate>();
        for (int i = 0; i < AGENTS; i++) {
            int capacity = 1 + random.nextInt(4);
            all.add(new Candidate(
                    new AgentId("agent-" + i),
                    1 + random.nextInt(3),
                    random.nextInt(capacity),
                    capacity,
                    START.plus(Duration.ofSeconds(random.nextInt(5))),
                    random.nextBoolean() ? Instant.EPOCH : START.plus(Duration.ofSeconds(random.nextInt(5)))));
        }
        return List.copyOf(all);
    }
}
