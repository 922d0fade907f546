package dev.tandem.webacd.internal.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened in an interval, and what contact centers make of it. Whoever leaves a queue is counted in the interval in which
 * that happens, whenever they came; a handling is counted where it ends; agents' time is cut at the interval's edges.
 *
 * @param entered who came to the queue, from outside or from another queue
 * @param transfers of those, sessions that an agent has handed over
 * @param answered who got an agent
 * @param inTime of the answered, who had waited no longer than the threshold of the service level
 * @param abandoned who went before anybody had answered
 * @param expired who was let go after the queue's largest waiting time
 * @param moved who went on to another queue: by overflow, as a fallback, by hand
 * @param waited how long the answered had waited, all together; from their first moment, in whatever queue that was
 * @param longest wait of an answered one
 * @param handled how many were finished, wrap-up included
 * @param handling how long those took from the answer to the end of the wrap-up, all together
 * @param busy how long agents had something to do, each agent's time once however many customers they had
 * @param there the same, and how long agents were available besides
 */
record Measures(
        Instant from,
        Instant to,
        long entered,
        long transfers,
        long answered,
        long inTime,
        long abandoned,
        long expired,
        long moved,
        Duration waited,
        Duration longest,
        long handled,
        Duration handling,
        Duration busy,
        Duration there) {

    /** Who is not waiting any more: answered, abandoned, expired. Who moved on is counted where that ended. */
    long settled() {
        return answered + abandoned + expired;
    }

    /**
     * Service level: of all who were answered, went or were let go, the part that was answered within the threshold. Every
     * abandoned one counts against it, however soon they went. 0 to 1; empty if there was nobody.
     */
    Optional<Double> serviceLevel() {
        return part(inTime, settled());
    }

    /** Average speed of answer: the mean wait of the answered. Empty if there was none. */
    Optional<Duration> speedOfAnswer() {
        return answered == 0 ? Optional.empty() : Optional.of(waited.dividedBy(answered));
    }

    /** Average handle time: the mean time from an answer to the end of the wrap-up. Empty if nothing was finished. */
    Optional<Duration> handleTime() {
        return handled == 0 ? Optional.empty() : Optional.of(handling.dividedBy(handled));
    }

    /** Abandon rate: of all who were answered, went or were let go, the part that went. 0 to 1; empty if there was nobody. */
    Optional<Double> abandonRate() {
        return part(abandoned, settled());
    }

    /**
     * Occupancy: of the time in which agents were available or had something to do, the part in which they had. An agent who
     * finishes somebody while away is occupied, and not waiting. 0 to 1; empty if nobody was there.
     */
    Optional<Double> occupancy() {
        return part(busy.toMillis(), there.toMillis());
    }

    private static Optional<Double> part(long some, long all) {
        return all == 0 ? Optional.empty() : Optional.of((double) some / all);
    }
}
