package dev.tandem.webacd.internal.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an administrator has said of an agent.
 *
 * @param capacity the most offers, items and wrap-ups at once
 * @param inbound whether new work is given
 * @param skills each with its level
 */
public record AgentConfig(int capacity, boolean inbound, Map<String, Integer> skills) {
    public AgentConfig {
        skills = java.util.Collections.unmodifiableMap(new TreeMap<>(skills));
    }
}
