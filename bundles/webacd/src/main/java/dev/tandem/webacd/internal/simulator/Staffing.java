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
        /** How many they are asked about or have. */
        int load;

        One(AgentFacts facts) {
            this.facts = facts;
        }

        boolean there() {
            return shifts > 0 && missed == 0;
        }

        boolean works() {
            return there() && facts.inbound();
        }

        int places() {
            return works() ? facts.capacity() : 0;
        }

        int free() {
            return works() ? Math.max(0, facts.capacity() - load) : 0;
        }
    }

    private final Map<AgentId, One> all = new HashMap<>();
    private final List<AgentFacts> facts;
    private final Map<QueueId, Integer> places = new HashMap<>();
    private final Map<QueueId, Integer> free = new HashMap<>();

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

    /** They are asked about one more, or have one less. */
    void has(AgentId agent, int more) {
        change(agent, one -> one.load += more);
    }

    private void change(AgentId agent, Consumer<One> how) {
        var one = all.get(agent);
        int placesBefore = one.places();
        int freeBefore = one.free();
        how.accept(one);
        spread(places, one, one.places() - placesBefore);
        spread(free, one, one.free() - freeBefore);
    }

    private static void spread(Map<QueueId, Integer> counts, One one, int more) {
        if (more != 0) {
            one.facts.queues().keySet().forEach(queue -> counts.merge(queue, more, Integer::sum));
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

    /** How many of these are free. */
    int free(QueueId queue) {
        return free.getOrDefault(queue, 0);
    }

    private static AgentFacts with(AgentFacts of, Presence presence) {
        return new AgentFacts(of.id(), presence, of.inbound(), of.capacity(), of.queues(), of.skills());
    }
}
