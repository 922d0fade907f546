package dev.tandem.webacd.internal.simulator;

import java.time.Duration;

/**
 * What came of it.
 *
 * @param answered who got an agent
 * @param abandoned who went before
 * @param expired who waited for longer than their queue lets
 * @param left who still waits at the end
 * @param inTime of the answered, who waited no longer than the service level's time
 * @param atOnce of the answered, for whom an agent was free when they came
 * @param waited the time of all answered together
 * @param longest wait of an answered one
 * @param worked the agents' time with work
 * @param there the agents' time in which they were there, times their capacity
 * @param cancelled whether it was broken off
 */
public record Results(
        long arrived,
        long answered,
        long abandoned,
        long expired,
        long left,
        long inTime,
        long atOnce,
        Duration waited,
        Duration longest,
        Duration worked,
        Duration there,
        boolean cancelled) {

    /** In time, of all who were answered, went or were let go: 0 to 1; 1 if there were none. */
    public double serviceLevel() {
        long all = answered + abandoned + expired;
        return all == 0 ? 1 : (double) inTime / all;
    }

    /** The mean wait of the answered. */
    public Duration speedOfAnswer() {
        return answered == 0 ? Duration.ZERO : waited.dividedBy(answered);
    }

    /** Abandoned of all who are no longer waiting: 0 to 1. */
    public double abandonRate() {
        long all = answered + abandoned + expired;
        return all == 0 ? 0 : (double) abandoned / all;
    }

    /** The part of the agents' time that was work: 0 to 1. */
    public double occupancy() {
        return there.isZero() ? 0 : (double) worked.toMillis() / there.toMillis();
    }
}
