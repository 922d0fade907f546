package dev.tandem.webacd.internal.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.engine.AgentFacts.Presence;

/** Who is there just now, and how many places they have for each queue. */
final class Staffing {
    private static final class One {
        final AgentFacts facts;
        /** How many shifts they are in; they may touch or overlap. */
        int shifts;
        /** How many offers they have let pass and are not back from. */
        int missed;

        One(AgentFacts facts) {
            this.facts = facts;
        }

        boolean there() {
            return shifts > 0 && missed == 0;
        }
    }

    private final Map<AgentId, One> all = new HashMap<>();
    private final List<AgentFacts> facts;
    private final Map<QueueId, Integer> places = new HashMap<>();

    Staffing(List<AgentFacts> agents) {
        this.facts = agents;
        agents.forEach(agent -> all.put(agent.id(), new One(agent)));
    }

    /** All of them, before the first has come. */
    List<AgentFacts> nobodyThere() {
        return facts.stream().map(agent -> with(agent, Presence.OFFLINE)).toList();
    }

    void arrives(AgentId agent) {
        change(agent, one -> one.shifts++);
    }

    void leaves(AgentId agent) {
        change(agent, one -> one.shifts--);
    }

    void missed(AgentId agent) {
        change(agent, one -> one.missed++);
    }

    void returns(AgentId agent) {
        change(agent, one -> one.missed--);
    }

    private void change(AgentId agent, Consumer<One> how) {
        var one = all.get(agent);
        boolean before = one.there();
        how.accept(one);
        if (before != one.there() && one.facts.inbound()) {
            int more = one.there() ? one.facts.capacity() : -one.facts.capacity();
            one.facts.queues().keySet().forEach(queue -> places.merge(queue, more, Integer::sum));
        }
    }

    boolean there(AgentId agent) {
        return all.get(agent).there();
    }

    AgentFacts facts(AgentId agent) {
        var one = all.get(agent);
        return with(one.facts, one.there() ? Presence.AVAILABLE : one.shifts > 0 ? Presence.AWAY : Presence.OFFLINE);
    }

    /** What those who are there and want work can have at once for that queue. */
    int places(QueueId queue) {
        return places.getOrDefault(queue, 0);
    }

    private static AgentFacts with(AgentFacts of, Presence presence) {
        return new AgentFacts(of.id(), presence, of.inbound(), of.capacity(), of.queues(), of.skills());
    }
}
