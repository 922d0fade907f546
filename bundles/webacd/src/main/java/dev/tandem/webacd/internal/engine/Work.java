package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;

/**
 * A work item as its stream has it.
 *
 * @param since when it began to wait, for ever the same
 * @param entered when it came to this target
 * @param refused who has declined it here or let it expire, and when
 * @param before queues in which it was; it does not overflow into one of them again
 */
public record Work(
        WorkItemId id,
        Target target,
        int priority,
        Map<String, Integer> skills,
        Optional<AgentId> preferred,
        Instant since,
        Instant entered,
        Map<AgentId, Instant> refused,
        Set<QueueId> before,
        Stage stage) {

    /** How far it is. */
    public sealed interface Stage {
        /** For an agent. */
        record Waiting() implements Stage {}

        /** Those are asked. */
        record Offered(List<AgentId> agents) implements Stage {
            public Offered {
                agents = List.copyOf(agents);
            }
        }

        /** That agent does it. */
        record Assigned(AgentId agent) implements Stage {}

        /** That agent writes notes. */
        record WrapUp(AgentId agent) implements Stage {}
    }

    public Work {
        skills = Map.copyOf(skills);
        refused = Map.copyOf(refused);
        before = Set.copyOf(before);
    }

    /** One that begins to wait, without wishes. */
    public static Work waiting(WorkItemId id, Target target, int priority, Instant since) {
        return new Work(
                id,
                target,
                priority,
                Map.of(),
                Optional.empty(),
                since,
                since,
                Map.of(),
                Set.of(),
                new Stage.Waiting());
    }

    /** The same with demands. */
    public Work with(Map<String, Integer> wanted, Optional<AgentId> likes) {
        return new Work(id, target, priority, wanted, likes, since, entered, refused, before, stage);
    }
}
