package dev.tandem.webacd.internal.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.tandem.webacd.Candidate;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.RoutingStrategyContract;

/** The strategies that are there now, ours and those of integrators. */
final class Strategies {
    private static final Comparator<Candidate> IDLE = Comparator.comparing(Candidate::idleSince);

    private static final Map<String, RoutingStrategy> BUILT_IN = Map.of(
            RoutingStrategy.LONGEST_IDLE,
            of(
                    RoutingStrategy.LONGEST_IDLE,
                    false,
                    Comparator.<Candidate>comparingInt(c -> c.active() == 0 ? 0 : 1)
                            .thenComparing(IDLE)),
            RoutingStrategy.ROUND_ROBIN,
            of(RoutingStrategy.ROUND_ROBIN, false, Comparator.comparing(Candidate::offeredLast)),
            RoutingStrategy.FEWEST_ACTIVE,
            of(
                    RoutingStrategy.FEWEST_ACTIVE,
                    false,
                    Comparator.comparingInt(Candidate::active).thenComparing(IDLE)),
            RoutingStrategy.BROADCAST,
            of(RoutingStrategy.BROADCAST, true, IDLE));

    private final Map<String, RoutingStrategy> plugged = new HashMap<>();
    private final Map<String, String> troubles = new HashMap<>();

    static boolean builtIn(String name) {
        return BUILT_IN.containsKey(name);
    }

    /** What is asked when the one that is wanted is away. */
    static RoutingStrategy fallback() {
        return BUILT_IN.get(RoutingStrategy.LONGEST_IDLE);
    }

    /** Takes one in, unless it is faulty, or takes it out. */
    void change(String name, Optional<RoutingStrategy> strategy) {
        if (builtIn(name)) {
            return;
        }
        plugged.remove(name);
        troubles.remove(name);
        strategy.ifPresent(one -> {
            var faults = RoutingStrategyContract.violations(one);
            if (faults.isEmpty()) {
                plugged.put(name, one);
            } else {
                troubles.put(name, String.join("; ", faults));
            }
        });
    }

    Optional<RoutingStrategy> find(String name) {
        var ours = BUILT_IN.get(name);
        return ours != null ? Optional.of(ours) : Optional.ofNullable(plugged.get(name));
    }

    String trouble(String name) {
        return troubles.getOrDefault(name, "not there");
    }

    /** That one cannot be worked with, as it turned out. */
    void distrust(String name, String why) {
        plugged.remove(name);
        troubles.put(name, why);
    }

    private static RoutingStrategy of(String name, boolean everybody, Comparator<Candidate> order) {
        return new RoutingStrategy() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean everybody() {
                return everybody;
            }

            @Override
            public Comparator<Candidate> order() {
                return order;
            }
        };
    }
}
