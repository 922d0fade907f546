package dev.tandem.webacd.internal.simulator;

import java.time.Instant;

/** Told now and then how far a simulation is. */
@FunctionalInterface
public interface Progress {
    /**
     * So many have come by that time of the simulation.
     *
     * @return whether to go on
     */
    boolean goOn(long arrivals, Instant time);
}
