package dev.tandem.webacd.internal.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** @param agent the platform's id */
    public record Agent(String agent, int capacity, boolean inbound, Optional<Map<String, Integer>> skills) {}
}
