package dev.tandem.webacd.internal.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A simulation, as it is shown.
 *
 * @param by who asked for it
 * @param startedAt when it began; as long as it waits when it was asked for
 * @param items how many come in each scenario, once that is known
 * @param done how many of them have come in the scenario that runs
 * @param scenario which one runs, or ran last, from 0
 * @param problem why it failed
 * @param request as it was sent
 * @param scenarios those that are done; none in a list of simulations
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SimulationView(
        UUID id,
        State state,
        String by,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<Long> items,
        long done,
        int scenario,
        Optional<String> problem,
        Request request,
        List<OfScenario> scenarios) {

    /** How far it is. */
    public enum State {
        /** Another one runs. */
        WAITING,
        /** It runs. */
        RUNNING,
        /** All its scenarios are done. */
        DONE,
        /** Somebody has ended it, or this node stops. */
        CANCELLED,
        /** It could not be done, see the problem. */
        FAILED;

        /** Whether nothing will change any more. */
        public boolean over() {
            return this == DONE || this == CANCELLED || this == FAILED;
        }
    }

    /**
     * What came of a scenario.
     *
     * @param rerouted how many the scenario's rules sent elsewhere than it was
     * @param unknown of how many it is not known any more what they had said, so that they went where they went
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record OfScenario(
            String name,
            Measured totals,
            List<OfQueue> queues,
            List<OfInterval> intervals,
            long rerouted,
            long unknown) {}

    /** Of a queue. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record OfQueue(UUID queue, String name, @JsonUnwrapped Measured measured) {}

    /** Of an interval. @param queues by id, those in which something happened */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record OfInterval(Instant at, Map<UUID, Measured> queues, Measured totals) {}
}
