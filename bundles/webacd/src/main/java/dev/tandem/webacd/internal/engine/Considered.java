package dev.tandem.webacd.internal.engine;

import java.time.Instant;

import dev.tandem.platform.AgentId;

/**
 * An agent, the values that counted, and the verdict.
 *
 * @param rank of the queue for the agent; 0 for agents by name
 * @param fit the sum of the levels in the skills that are wanted
 * @param detail what the reason needs for words: {@code french 3 < 5}, or the agent's place among those who could be asked
 */
public record Considered(
        AgentId agent,
        Reason reason,
        int rank,
        int active,
        int capacity,
        Instant idleSince,
        Instant offeredLast,
        int fit,
        String detail) {}
