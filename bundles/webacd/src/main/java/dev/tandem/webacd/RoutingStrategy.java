package dev.tandem.webacd;

import java.util.Comparator;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who of those who could be asked is asked. Published as a service; a queue names it. It comes and goes while the queue
 * runs: without it the queue asks who is idle for longest, and says so. Built in are {@link #LONGEST_IDLE},
 * {@link #ROUND_ROBIN}, {@link #FEWEST_ACTIVE} and {@link #BROADCAST}; their names cannot be taken.
 *
 * <p>The router keeps agents sorted by {@link #order()}, so the order must be total, the same at every call, and depend on
 * the two candidates alone, not on time, chance or state; {@link RoutingStrategyContract} looks for violations. One that
 * throws or contradicts itself is put aside, as if it had gone.
 */
@ConsumerType
public interface RoutingStrategy {
    /** Most idle: who has been without work for longest. */
    String LONGEST_IDLE = "LONGEST_IDLE";

    /** Round robin: whom this queue has not asked for longest. */
    String ROUND_ROBIN = "ROUND_ROBIN";

    /** Who has the least to do, among equals who has been idle for longest. */
    String FEWEST_ACTIVE = "FEWEST_ACTIVE";

    /** Everybody: all at once, and the first to accept has it. */
    String BROADCAST = "BROADCAST";

    /** What queues call it: 1 to 40 upper-case letters, digits and underscores, the same for ever. */
    String name();

    /** Whether all who could be asked are asked at once. */
    default boolean everybody() {
        return false;
    }

    /**
     * Who comes first. Those whom it holds equal are taken by their ids, so that the same state always gives the same
     * choice.
     */
    Comparator<Candidate> order();
}
