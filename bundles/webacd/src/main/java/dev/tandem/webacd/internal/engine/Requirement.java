package dev.tandem.webacd.internal.engine;

import java.util.Map;

/**
 * What an item demands of agents now.
 *
 * @param best whether the levels only say who comes first
 */
record Requirement(Map<String, Integer> levels, boolean best) {
    static final Requirement ANYBODY = new Requirement(Map.of(), false);
    static final Requirement ANYBODY_BEST = new Requirement(Map.of(), true);

    boolean metBy(Map<String, Integer> skills) {
        if (!best) {
            for (var wanted : levels.entrySet()) {
                if (skills.getOrDefault(wanted.getKey(), 0) < wanted.getValue()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The first skill that is not there as demanded, by name, with both levels; empty if all are. */
    String missing(Map<String, Integer> skills) {
        if (levels.isEmpty()) {
            return "";
        }
        return levels.entrySet().stream()
                .filter(wanted -> skills.getOrDefault(wanted.getKey(), 0) < wanted.getValue())
                .min(Map.Entry.comparingByKey())
                .map(wanted ->
                        wanted.getKey() + " " + skills.getOrDefault(wanted.getKey(), 0) + " < " + wanted.getValue())
                .orElse("");
    }

    int fit(Map<String, Integer> skills) {
        if (levels.isEmpty()) {
            return 0;
        }
        int sum = 0;
        for (var skill : levels.keySet()) {
            sum += skills.getOrDefault(skill, 0);
        }
        return sum;
    }
}
