package dev.tandem.webacd.internal.simulator;

import java.util.Optional;

/**
 * What came of it, in a queue or in all of them, in an interval or in all the time. Rates are 0 to 1, times seconds; what
 * has no value is empty. The words mean what the reports of what really happened mean by them. Whoever leaves a queue is
 * counted in the interval in which that happens, whenever they came.
 *
 * @param arrived who came and was taken in; of a queue those too who came from another queue. Who was refused is not among
 *     them
 * @param refused who was not taken in, since the queue was closed or full when they came
 * @param answered who got an agent
 * @param inTime of the answered, who had waited no longer than the service level's time, from their first moment on
 * @param abandoned who lost patience before
 * @param expired who was let go after the queue's largest waiting time
 * @param left who waits at the end, or is being offered: of the interval, or of all
 * @param declined how often an agent said no
 * @param noAnswer how often an agent let an offer pass
 * @param overflowed who went on to another queue, as it is set or since nobody there was for them
 * @param serviceLevel in time, of all who were answered, went or were let go
 * @param answerSeconds the mean wait of the answered
 * @param longestSeconds the longest wait of an answered one
 * @param abandonRate abandoned, of all who were answered, went or were let go
 * @param occupancy of the time in which agents were there or had somebody, the part in which they had; each agent's time
 *     counts once, however many they had. Of a queue it is the time of the agents who work for it, whatever they did
 */
public record Measured(
        long arrived,
        long refused,
        long answered,
        long inTime,
        long abandoned,
        long expired,
        long left,
        long declined,
        long noAnswer,
        long overflowed,
        Optional<Double> serviceLevel,
        Optional<Double> answerSeconds,
        Optional<Double> longestSeconds,
        Optional<Double> abandonRate,
        Optional<Double> occupancy,
        Estimate estimate) {

    /**
     * How good the estimated wait is: what the customer would have been told at entry, against how long it was until an
     * agent had answered. Only the answered are measured: how long who went would have waited nobody knows. It counts for
     * the queue that they came to, in the interval in which they were answered.
     *
     * @param items how many were measured: answered ones who could be told something
     * @param biasSeconds the mean of told less come: above zero they were told too much
     * @param meanErrorSeconds the mean of how far it was off, either way
     * @param p90ErrorSeconds how far it was off at most for nine of ten; from a sketch, within 1 %
     */
    public record Estimate(
            long items,
            Optional<Double> biasSeconds,
            Optional<Double> meanErrorSeconds,
            Optional<Double> p90ErrorSeconds) {}
}
