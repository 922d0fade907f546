package dev.tandem.webacd.internal.engine;

import java.util.List;

/** All that an engine is made from anew: what is set, who is there, what waits. Strategies come on their own. */
public record Snapshot(
        Settings settings,
        List<QueueFacts> queues,
        List<AgentFacts> agents,
        List<Input.HistoryKnown> histories,
        List<Input.LoadChanged> loads,
        List<Work> works) {

    public Snapshot {
        queues = List.copyOf(queues);
        agents = List.copyOf(agents);
        histories = List.copyOf(histories);
        loads = List.copyOf(loads);
        works = List.copyOf(works);
    }
}
