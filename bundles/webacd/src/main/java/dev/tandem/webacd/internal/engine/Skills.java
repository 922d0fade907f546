package dev.tandem.webacd.internal.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a queue demands of agents, beside what an item demands.
 *
 * @param required skill to least level, 1 to 10
 * @param relax by how long an item has waited in the queue, soonest first; each step counts in addition to those before
 */
public record Skills(Mode mode, Map<String, Integer> required, List<Relaxation> relax) {
    /** Nothing is demanded. */
    public static final Skills NONE = new Skills(Mode.ALL, Map.of(), List.of());

    /** How strict it is. */
    public enum Mode {
        /** Only who has every skill with its least level. */
        ALL,
        /** Whoever there is, best fit first: the sum of the levels in the skills that are wanted. */
        BEST
    }

    /**
     * A step.
     *
     * @param after this time in the queue
     * @param drop skills that are wanted no longer
     * @param lower by how much the other levels fall; one that would fall below 1 is wanted no longer
     * @param most what is wanted at most from then on, by skill; {@link #EVERY} is every skill that is not named
     */
    public record Relaxation(Duration after, Set<String> drop, int lower, Map<String, Integer> most) {
        /** In place of a skill's name: all others. */
        public static final String EVERY = "";

        public Relaxation {
            drop = Set.copyOf(drop);
            most = Map.copyOf(most);
        }

        /** One that drops and lowers. */
        public Relaxation(Duration after, Set<String> drop, int lower) {
            this(after, drop, lower, Map.of());
        }

        private int most(String skill, int level) {
            return Math.min(level, most.getOrDefault(skill, most.getOrDefault(EVERY, level)));
        }
    }

    public Skills {
        required = Map.copyOf(required);
        relax = relax.stream().sorted(Comparator.comparing(Relaxation::after)).toList();
    }

    /** What is demanded for an item with such skills after so many steps. */
    Requirement requirement(Map<String, Integer> ofItem, int steps) {
        if (required.isEmpty() && ofItem.isEmpty()) {
            return mode == Mode.BEST ? Requirement.ANYBODY_BEST : Requirement.ANYBODY;
        }
        var levels = new HashMap<>(required);
        ofItem.forEach((skill, level) -> levels.merge(skill, level, Math::max));
        for (var step : relax.subList(0, steps)) {
            levels.keySet().removeAll(step.drop());
            if (!step.most().isEmpty()) {
                levels.replaceAll(step::most);
            }
            if (step.lower() > 0) {
                levels.replaceAll((skill, level) -> level - step.lower());
                levels.values().removeIf(level -> level < 1);
            }
        }
        return new Requirement(Map.copyOf(levels), mode == Mode.BEST);
    }
}
