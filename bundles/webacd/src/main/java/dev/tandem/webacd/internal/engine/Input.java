package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;

/**
 * What has happened. What items have done is told in the order of their streams; a fact told twice changes nothing. What
 * the engine has decided itself comes back as a fact, or as {@link DecisionFailed}.
 */
public sealed interface Input {
    /** An item is there. */
    record ItemSubmitted(Work work) implements Input {}

    /** Agents are asked: the engine's decision stands, or another router's. */
    record ItemOffered(WorkItemId item, List<AgentId> agents) implements Input {
        public ItemOffered {
            agents = List.copyOf(agents);
        }
    }

    /** Those are asked besides, in the same round. */
    record ItemWidened(WorkItemId item, List<AgentId> agents) implements Input {
        public ItemWidened {
            agents = List.copyOf(agents);
        }
    }

    /** One of those who were asked has answered; ACCEPTED is told of picks, too. */
    record OfferAnswered(WorkItemId item, AgentId agent, Answer answer) implements Input {
        /** The answer. */
        public enum Answer {
            /** The agent has it; all others are free of it. */
            ACCEPTED,
            /** No. */
            DECLINED,
            /** None came. */
            EXPIRED,
            /** Taken back, so nobody's refusal. */
            WITHDRAWN
        }
    }

    /** Several at once have not answered, or are not asked any more. */
    record OffersEnded(WorkItemId item, List<AgentId> agents, OfferAnswered.Answer answer) implements Input {
        public OffersEnded {
            agents = List.copyOf(agents);
        }
    }

    /** It waits again, with its first waiting time. Needless after the last answer, and harmless. */
    record ItemBack(WorkItemId item) implements Input {}

    /** It waits for somebody else. */
    record ItemMoved(WorkItemId item, Target target) implements Input {}

    /** The agent writes notes. */
    record WrapUpBegan(WorkItemId item) implements Input {}

    /** It is over, or no longer ours. */
    record ItemGone(WorkItemId item) implements Input {}

    /** An agent is another now: presence, settings. */
    record AgentChanged(AgentFacts agent) implements Input {}

    /** The agent is no longer one; what they have they keep. */
    record AgentRemoved(AgentId agent) implements Input {}

    /** What an agent does beside work items, in places of their capacity. */
    record LoadChanged(AgentId agent, int others) implements Input {}

    /** What was before the engine was: for Most idle and Round robin. */
    record HistoryKnown(AgentId agent, Instant idleSince, Map<QueueId, Instant> offeredLast) implements Input {
        public HistoryKnown {
            offeredLast = Map.copyOf(offeredLast);
        }
    }

    /** A queue is there or set otherwise. */
    record QueueChanged(QueueFacts queue) implements Input {}

    /** A queue is no more. Its items go to the fallback queue, if there is one. */
    record QueueRemoved(QueueId queue) implements Input {}

    /** A strategy has come, or gone. */
    record StrategyChanged(String name, Optional<RoutingStrategy> strategy) implements Input {}

    /** Settings of the site. */
    record SettingsChanged(Settings settings) implements Input {}

    /** An agent wants to have that one. */
    record PickAsked(WorkItemId item, AgentId agent) implements Input {}

    /** What was decided could not be written. The item rests for a moment, for the reason may be on its way. */
    record DecisionFailed(WorkItemId item, long number) implements Input {}

    /** Time has passed. */
    record Tick() implements Input {}
}
