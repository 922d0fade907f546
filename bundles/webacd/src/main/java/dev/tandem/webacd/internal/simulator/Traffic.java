package dev.tandem.webacd.internal.simulator;

import java.util.Iterator;

/** Who comes, the same at every call. */
interface Traffic {
    /** How many come. */
    long items();

    /** In the order of time, routed as that scenario does. */
    Iterator<Arrival> arrivals(Scene scene);

    /** How many of them that scenario sends elsewhere than it was. */
    default long rerouted(Scene scene) {
        return 0;
    }

    /** Of how many it is not known any more what they had said, so that they go where they went. */
    default long unknown(Scene scene) {
        return 0;
    }
}
