package dev.tandem.webacd.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.Candidate;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;

/** An engine with people and queues by name. What it decides becomes a fact at once, unless a test holds it back. */
final class Site {
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final Map<AgentId, AgentFacts> agents = new HashMap<>();
    private final Map<QueueId, QueueFacts> queues = new HashMap<>();
    final List<Decision> decided = new ArrayList<>();
    Engine engine = new Engine(Settings.DEFAULT);
    Instant now = START;
    boolean heldBack;
    private int last;

    static QueueId queue(String name) {
        return new QueueId(UUID.nameUUIDFromBytes(name.getBytes()));
    }

    static AgentId agent(String name) {
        return new AgentId(name);
    }

    static Target to(String queue) {
        return new Target.Queue(queue(queue));
    }

    Site with(String queue, String strategy) {
        return with(queue, strategy, facts -> facts);
    }

    Site with(String queue, String strategy, UnaryOperator<Builder> change) {
        var facts = change.apply(new Builder(queue(queue), strategy)).facts();
        queues.put(facts.id(), facts);
        apply(new Input.QueueChanged(facts));
        return this;
    }

    /** Available, with capacity 1 and rank 1 in each queue. */
    Site present(String agent, String... of) {
        var ranks = new LinkedHashMap<QueueId, Integer>();
        for (var queue : of) {
            ranks.put(queue(queue), 1);
        }
        return set(new AgentFacts(agent(agent), AgentFacts.Presence.AVAILABLE, true, 1, ranks, Map.of()));
    }

    Site set(AgentFacts facts) {
        agents.put(facts.id(), facts);
        apply(new Input.AgentChanged(facts));
        return this;
    }

    Site capacity(String agent, int capacity) {
        var a = agents.get(agent(agent));
        return set(new AgentFacts(a.id(), a.presence(), a.inbound(), capacity, a.queues(), a.skills()));
    }

    Site presence(String agent, AgentFacts.Presence presence) {
        var a = agents.get(agent(agent));
        return set(new AgentFacts(a.id(), presence, a.inbound(), a.capacity(), a.queues(), a.skills()));
    }

    Site inbound(String agent, boolean inbound) {
        var a = agents.get(agent(agent));
        return set(new AgentFacts(a.id(), a.presence(), inbound, a.capacity(), a.queues(), a.skills()));
    }

    Site ranks(String agent, Map<String, Integer> ranks) {
        var a = agents.get(agent(agent));
        var byId = new HashMap<QueueId, Integer>();
        ranks.forEach((queue, rank) -> byId.put(queue(queue), rank));
        return set(new AgentFacts(a.id(), a.presence(), a.inbound(), a.capacity(), byId, a.skills()));
    }

    Site skills(String agent, Map<String, Integer> skills) {
        var a = agents.get(agent(agent));
        return set(new AgentFacts(a.id(), a.presence(), a.inbound(), a.capacity(), a.queues(), skills));
    }

    WorkItemId submit(String queue) {
        return submit(queue, 0);
    }

    WorkItemId submit(String queue, int priority) {
        return submit(Work.waiting(nextId(), to(queue), priority, now));
    }

    WorkItemId submit(String queue, Map<String, Integer> skills, Optional<AgentId> preferred) {
        return submit(Work.waiting(nextId(), to(queue), 0, now).with(skills, preferred));
    }

    WorkItemId submitTo(String... names) {
        var named = new HashSet<AgentId>();
        for (var name : names) {
            named.add(agent(name));
        }
        return submit(Work.waiting(nextId(), new Target.Agents(Set.copyOf(named)), 0, now));
    }

    WorkItemId submit(Work work) {
        apply(new Input.ItemSubmitted(work));
        return work.id();
    }

    WorkItemId nextId() {
        return new WorkItemId(new UUID(0x0195_0000_0000_7000L, ++last));
    }

    List<Decision> apply(Input input) {
        var news = engine.apply(input, now);
        decided.addAll(news);
        if (!heldBack) {
            news.forEach(this::commit);
        }
        return news;
    }

    /** Makes a fact of a decision. */
    void commit(Decision decision) {
        if (decision instanceof Decision.MakeOffer offer) {
            apply(new Input.ItemOffered(offer.item(), offer.agents()));
        } else if (decision instanceof Decision.WidenOffer widen) {
            apply(new Input.ItemWidened(widen.item(), List.of(widen.agent())));
        } else if (decision instanceof Decision.WithdrawOffer withdraw) {
            answer(withdraw.item(), withdraw.agent(), Input.OfferAnswered.Answer.WITHDRAWN);
        } else if (decision instanceof Decision.Overflow overflow) {
            apply(new Input.ItemMoved(overflow.item(), new Target.Queue(overflow.to())));
        } else if (decision instanceof Decision.Expire expire) {
            apply(new Input.ItemGone(expire.item()));
        } else if (decision instanceof Decision.GrantPick pick) {
            answer(pick.item(), pick.agent(), Input.OfferAnswered.Answer.ACCEPTED);
        }
    }

    Site accept(WorkItemId item, String agent) {
        return answer(item, agent(agent), Input.OfferAnswered.Answer.ACCEPTED);
    }

    Site decline(WorkItemId item, String agent) {
        return answer(item, agent(agent), Input.OfferAnswered.Answer.DECLINED);
    }

    Site expire(WorkItemId item, String agent) {
        return answer(item, agent(agent), Input.OfferAnswered.Answer.EXPIRED);
    }

    private Site answer(WorkItemId item, AgentId agent, Input.OfferAnswered.Answer answer) {
        apply(new Input.OfferAnswered(item, agent, answer));
        return this;
    }

    Site gone(WorkItemId item) {
        apply(new Input.ItemGone(item));
        return this;
    }

    Site pass(int seconds) {
        now = now.plusSeconds(seconds);
        apply(new Input.Tick());
        return this;
    }

    /** Who is asked for the item now, in the order of the decision. */
    List<String> asked(WorkItemId item) {
        var asked = new ArrayList<String>();
        for (var work : engine.snapshot().works()) {
            if (work.id().equals(item) && work.stage() instanceof Work.Stage.Offered offered) {
                offered.agents().forEach(agent -> asked.add(agent.value()));
            }
        }
        return asked;
    }

    /** All agents of all offers so far, in order. */
    List<String> offers() {
        return decided.stream()
                .filter(Decision.MakeOffer.class::isInstance)
                .flatMap(d -> ((Decision.MakeOffer) d).agents().stream())
                .map(AgentId::value)
                .toList();
    }

    Explanation lastExplanation() {
        return ((Decision.MakeOffer) decided.get(decided.size() - 1)).explanation();
    }

    Reason reason(Explanation explanation, String agent) {
        return explanation.considered().stream()
                .filter(c -> c.agent().equals(agent(agent)))
                .map(Considered::reason)
                .findFirst()
                .orElseThrow();
    }

    /** A queue that is open, with a priority step of a minute, offers of 20 seconds, and picking allowed. */
    static final class Builder {
        private final QueueId id;
        private final String strategy;
        private int largest;
        private Optional<Duration> longestWait = Optional.empty();
        private Optional<QueueFacts.Overflow> overflow = Optional.empty();
        private Hours hours = Hours.ALWAYS;
        private Skills skills = Skills.NONE;
        private Duration preferred = Duration.ZERO;
        private boolean pick = true;

        Builder(QueueId id, String strategy) {
            this.id = id;
            this.strategy = strategy;
        }

        Builder largest(int most) {
            largest = most;
            return this;
        }

        Builder longestWait(int seconds) {
            longestWait = Optional.of(Duration.ofSeconds(seconds));
            return this;
        }

        Builder overflow(String to, int seconds) {
            overflow = Optional.of(new QueueFacts.Overflow(queue(to), Duration.ofSeconds(seconds)));
            return this;
        }

        Builder hours(Hours when) {
            hours = when;
            return this;
        }

        Builder skills(Skills wanted) {
            skills = wanted;
            return this;
        }

        Builder preferred(int seconds) {
            preferred = Duration.ofSeconds(seconds);
            return this;
        }

        Builder noPick() {
            pick = false;
            return this;
        }

        QueueFacts facts() {
            return new QueueFacts(
                    id,
                    strategy,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(20),
                    largest,
                    longestWait,
                    overflow,
                    hours,
                    skills,
                    preferred,
                    pick);
        }
    }

    /** Open from one second of the test to another. */
    static Hours open(int from, int to) {
        var opens = START.plusSeconds(from);
        var closes = START.plusSeconds(to);
        return new Hours() {
            @Override
            public boolean openAt(Instant time) {
                return !time.isBefore(opens) && time.isBefore(closes);
            }

            @Override
            public Optional<Instant> nextChange(Instant after) {
                return after.isBefore(opens)
                        ? Optional.of(opens)
                        : after.isBefore(closes) ? Optional.of(closes) : Optional.empty();
            }
        };
    }

    static RoutingStrategy strategy(String name, Comparator<Candidate> order) {
        return new RoutingStrategy() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Comparator<Candidate> order() {
                return order;
            }
        };
    }
}
