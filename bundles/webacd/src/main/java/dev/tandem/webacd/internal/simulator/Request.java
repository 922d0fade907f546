package dev.tandem.webacd.internal.simulator;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is to be simulated, as it is sent.
 *
 * @param serviceLevelSeconds within which an answer is in time; as the site has it if missing
 * @param answerSeconds how long agents take to accept or decline; 3 if missing
 * @param declines the part of all offers to which agents say no, 0 to 1; 0 if missing
 * @param noAnswers the part that they let pass, 0 to 1; 0 if missing
 * @param returnSeconds after which time an agent who has let one pass is back; 60 if missing
 * @param scenarios 1 to 4, each with the same traffic
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Request(
        Traffic traffic,
        Optional<Integer> serviceLevelSeconds,
        Optional<Double> answerSeconds,
        Optional<Double> declines,
        Optional<Double> noAnswers,
        Optional<Integer> returnSeconds,
        List<Scenario> scenarios) {
    public Request {
        scenarios = List.copyOf(scenarios);
    }

    /** Where the traffic comes from. */
    public enum Kind {
        /** What really came in that time. */
        RECORDED,
        /** Made up. */
        GENERATED
    }

    /**
     * Who comes.
     *
     * @param seed of what is left to chance; the same gives the same; 1 if missing
     * @param queues generated only
     * @param always generated only: whether people come while their queue, as it is set now, is closed; if missing they
     *     do not
     */
    public record Traffic(
            Kind kind,
            Instant from,
            Instant to,
            Optional<Long> seed,
            Optional<List<OfQueue>> queues,
            Optional<Boolean> always) {
        public Traffic {
            queues = queues.map(List::copyOf);
        }
    }

    /**
     * What comes to a queue.
     *
     * @param perHour how many an hour, on average
     * @param handlingSeconds the mean time of an agent for one, wrap-up included
     * @param patienceSeconds the mean patience; for ever if missing
     */
    public record OfQueue(String queue, double perHour, double handlingSeconds, Optional<Double> patienceSeconds) {}

    /** Which rules decide. */
    public enum Rules {
        /** Those that hold now. */
        LIVE,
        /** The draft. */
        DRAFT
    }

    /** When agents are there. */
    public enum Shifts {
        /** When they were. */
        RECORDED,
        /** While a queue that they work for is open. */
        HOURS,
        /** All the time. */
        ALWAYS
    }

    /**
     * What is otherwise.
     *
     * @param rules who came by an entry is routed anew, if what they said can still be read; else as it was
     * @param rulesText the same by a text of rules, in place of {@code rules}
     * @param queues by id, the fields of the queue's form that are otherwise
     * @param agents by id, what is otherwise
     * @param more agents whom there are not, who can do everything
     * @param shifts RECORDED for recorded traffic if missing, else HOURS
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Scenario(
            String name,
            Optional<Rules> rules,
            Optional<String> rulesText,
            Optional<Map<String, Map<String, Object>>> queues,
            Optional<Map<String, OfAgent>> agents,
            Optional<List<More>> more,
            Optional<Shifts> shifts) {
        public Scenario {
            // A field may be null, which takes it away.
            queues = queues.map(all -> Collections.unmodifiableMap(new LinkedHashMap<>(all)));
            agents = agents.map(Map::copyOf);
            more = more.map(List::copyOf);
        }
    }

    /** What is otherwise of an agent. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record OfAgent(
            Optional<Integer> capacity, Optional<Boolean> inbound, Optional<Map<String, Integer>> skills) {
        public OfAgent {
            skills = skills.map(Map::copyOf);
        }
    }

    /** Agents whom there are not. @param capacity of each; 1 if missing */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record More(String queue, int agents, Optional<Integer> capacity) {}
}
