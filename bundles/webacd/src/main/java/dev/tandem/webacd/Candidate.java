package dev.tandem.webacd;

import java.time.Instant;

import dev.tandem.platform.AgentId;

/**
 * An agent who could be asked, as a {@link RoutingStrategy} sees them. A value: nothing in it changes, and a strategy
 * knows nothing else.
 *
 * @param rank which of the agent's queues this is, the first is 1
 * @param active offers pending, items assigned and wrap-ups, less than the capacity
 * @param capacity the most of them
 * @param idleSince since when without work, or for whoever has some: when they were given the last of it
 * @param offeredLast when this queue has offered them something last; {@link Instant#EPOCH} if never
 */
public record Candidate(AgentId agent, int rank, int active, int capacity, Instant idleSince, Instant offeredLast) {}
