package dev.tandem.webacd.internal.router;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.engine.Considered;
import dev.tandem.webacd.internal.engine.Decision;
import dev.tandem.webacd.internal.engine.Explanation;
import dev.tandem.webacd.internal.engine.Work;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;

/** Between the engine's words and the stored ones. */
final class Words {
    private Words() {}

    static WorkFact.Why why(Explanation explanation) {
        return new WorkFact.Why(
                explanation.strategy(),
                explanation.considered().stream().map(Words::considered).toList(),
                explanation.more());
    }

    private static WorkFact.Considered considered(Considered one) {
        return new WorkFact.Considered(
                one.agent().value(),
                one.reason().name(),
                one.rank(),
                one.active(),
                one.capacity(),
                one.fit(),
                millis(one.idleSince()),
                millis(one.offeredLast()),
                one.detail());
    }

    private static long millis(Instant at) {
        return at.isAfter(Instant.EPOCH) ? at.toEpochMilli() : 0;
    }

    static String why(Decision.Overflow.Why why) {
        return switch (why) {
            case THRESHOLD -> "overflow";
            case FALLBACK -> "nobody-accepted";
            case QUEUE_REMOVED -> "queue-removed";
        };
    }

    static String why(Decision.RefusePick.Why why) {
        return "pick-" + why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Target target(WorkState state) {
        return state.queue()
                .<Target>map(queue -> new Target.Queue(new QueueId(queue)))
                .orElseGet(() -> new Target.Agents(agents(state.named())));
    }

    private static Set<AgentId> agents(Iterable<String> names) {
        return java.util.stream.StreamSupport.stream(names.spliterator(), false)
                .map(AgentId::new)
                .collect(Collectors.toSet());
    }

    /** Of an item that is not over. */
    static Work work(WorkItemId id, WorkState state) {
        var origin = state.origin();
        return new Work(
                id,
                target(state),
                origin.priority(),
                origin.skills(),
                origin.preferred().map(AgentId::new),
                state.since(),
                state.entered(),
                state.tried().entrySet().stream()
                        .collect(Collectors.toMap(one -> new AgentId(one.getKey()), Map.Entry::getValue)),
                state.before().stream().map(QueueId::new).collect(Collectors.toSet()),
                stage(state));
    }

    private static Work.Stage stage(WorkState state) {
        Optional<AgentId> agent = state.agent().map(AgentId::new);
        return switch (state.phase()) {
            case WAITING -> new Work.Stage.Waiting();
            case OFFERED -> new Work.Stage.Offered(
                    state.asked().stream().map(AgentId::new).toList());
            case ASSIGNED -> new Work.Stage.Assigned(agent.orElseThrow());
            case WRAP_UP -> new Work.Stage.WrapUp(agent.orElseThrow());
            default -> throw new IllegalArgumentException("an item that is over is not routed");
        };
    }
}
