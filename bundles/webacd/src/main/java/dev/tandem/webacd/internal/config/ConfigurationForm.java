package dev.tandem.webacd.internal.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The whole routing of a site, to be exported and imported. What is left out stays as it is.
 *
 * @param format {@link #FORMAT}
 * @param zone for what belongs to no queue
 * @param fallback the slug of the fallback queue
 * @param skills what each skill is, by name
 * @param rules the text of the rules that hold
 */
public record ConfigurationForm(
        int format,
        Optional<String> zone,
        Optional<String> fallback,
        Optional<Map<String, String>> skills,
        Optional<List<QueueForm>> queues,
        Optional<List<Agent>> agents,
        Optional<String> rules) {
    /** Of this version. */
    public static final int FORMAT = 1;

    public ConfigurationForm {
        skills = skills.map(ConfigurationForm::sorted);
        queues = queues.map(List::copyOf);
        agents = agents.map(List::copyOf);
    }

    /** Sorted, and without anything that is null, as a client may send it. */
    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(map)));
    }

    /** @param agent the platform's id */
    public record Agent(String agent, int capacity, boolean inbound, Optional<Map<String, Integer>> skills) {
        public Agent {
            skills = skills.map(ConfigurationForm::sorted);
        }
    }
}
