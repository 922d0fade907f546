package dev.tandem.webacd.internal.simulator;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.tandem.webacd.QueueId;

/**
 * What came of a run.
 *
 * @param totals of all queues and of whoever was for agents by name
 * @param queues every queue, in the order of the setup
 * @param intervals at most 200, one after the other
 */
public record Outcome(Measured totals, Map<QueueId, Measured> queues, List<Interval> intervals) {
    public Outcome {
        queues = Collections.unmodifiableMap(queues);
        intervals = List.copyOf(intervals);
    }

    /**
     * A part of the time.
     *
     * @param at when it begins
     * @param queues only those in which something happened
     */
    public record Interval(Instant at, Measured totals, Map<QueueId, Measured> queues) {
        public Interval {
            queues = Collections.unmodifiableMap(queues);
        }
    }
}
