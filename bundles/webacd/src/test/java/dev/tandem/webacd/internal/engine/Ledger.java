package dev.tandem.webacd.internal.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;

/**
 * What a journal would hold: what is written here is true, the engine hears of it later, and decisions that are not written are
 * lost when the engine dies. It knows nothing of the engine's ways and judges each decision by looking at everything.
 */
final class Ledger {
    static final List<String> QUEUES = List.of("idle", "robin", "fewest", "all");
    static final List<String> AGENTS = List.of("anna", "bert", "cora", "dora", "emil");
    static final Duration STEP = Duration.ofMinutes(1);
    static final Duration PAUSE = Settings.DEFAULT.refusalPause();

    static final class Truth {
        final WorkItemId id;
        final Map<String, Integer> skills;
        final int priority;
        final Instant since;
        QueueId queue;
        Instant entered;
        final Map<AgentId, Instant> refused = new HashMap<>();
        List<AgentId> pending = new ArrayList<>();
        Optional<AgentId> holder = Optional.empty();
        boolean wrapUp;
        boolean over;
        int lastChange;
        int round;

        Truth(WorkItemId id, QueueId queue, int priority, Map<String, Integer> skills, Instant since) {
            this.id = id;
            this.queue = queue;
            this.priority = priority;
            this.skills = skills;
            this.since = since;
            entered = since;
        }

        boolean waiting() {
            return !over && holder.isEmpty() && pending.isEmpty();
        }

        long key() {
            return since.toEpochMilli() - priority * STEP.toMillis();
        }

        Work work() {
            Work.Stage stage = holder.isPresent()
                    ? wrapUp ? new Work.Stage.WrapUp(holder.get()) : new Work.Stage.Assigned(holder.get())
                    : pending.isEmpty() ? new Work.Stage.Waiting() : new Work.Stage.Offered(pending);
            return new Work(
                    id,
                    new Target.Queue(queue),
                    priority,
                    skills,
                    Optional.empty(),
                    since,
                    entered,
                    refused,
                    Set.of(),
                    stage);
        }
    }

    final TreeMap<WorkItemId, Truth> items = new TreeMap<>();
    final TreeMap<String, AgentFacts> agents = new TreeMap<>();
    final Map<QueueId, QueueFacts> queues = new HashMap<>();
    final Map<AgentId, Instant> idleSince = new HashMap<>();
    final Map<AgentId, Map<QueueId, Instant>> offeredLast = new HashMap<>();
    final Deque<Fact> untold = new ArrayDeque<>();
    Instant now = Site.START;
    int clock;
    private int last;

    /** What the engine is still to hear, and when it was written. */
    record Fact(Input input, int clock) {}

    private void publish(Input input) {
        untold.add(new Fact(input, clock));
    }

    static QueueFacts queue(String name, boolean open) {
        var strategy =
                switch (name) {
                    case "robin" -> RoutingStrategy.ROUND_ROBIN;
                    case "fewest" -> RoutingStrategy.FEWEST_ACTIVE;
                    case "all" -> RoutingStrategy.BROADCAST;
                    default -> RoutingStrategy.LONGEST_IDLE;
                };
        var builder = new Site.Builder(Site.queue(name), strategy).hours(open ? Hours.ALWAYS : Site.open(-2, -1));
        return name.equals("robin")
                ? builder.skills(new Skills(
                                Skills.Mode.ALL,
                                Map.of("french", 2),
                                List.of(new Skills.Relaxation(Duration.ofSeconds(40), Set.of(), 1))))
                        .facts()
                : builder.facts();
    }

    Truth submit(String queue, int priority, Map<String, Integer> skills) {
        var id = new WorkItemId(new UUID(0x0195_0000_0000_7000L, ++last));
        var truth = new Truth(id, Site.queue(queue), priority, skills, now);
        items.put(id, truth);
        truth.lastChange = ++clock;
        publish(new Input.ItemSubmitted(truth.work()));
        return truth;
    }

    void set(AgentFacts facts) {
        var before = agents.put(facts.id().value(), facts);
        boolean was = before != null && before.presence() == AgentFacts.Presence.AVAILABLE;
        if (!was && facts.presence() == AgentFacts.Presence.AVAILABLE) {
            idleSince.put(facts.id(), now);
        }
    }

    /** Accept and decline are compare-and-set on the item, whoever is faster. */
    void answer(Truth item, AgentId agent, Input.OfferAnswered.Answer answer) {
        if (!item.pending.contains(agent)) {
            return;
        }
        item.lastChange = ++clock;
        if (answer == Input.OfferAnswered.Answer.ACCEPTED) {
            item.pending = new ArrayList<>();
            item.holder = Optional.of(agent);
            idleSince.put(agent, now);
        } else {
            boolean everybody = queues.get(item.queue).strategy().equals(RoutingStrategy.BROADCAST);
            if (everybody && answer == Input.OfferAnswered.Answer.EXPIRED) {
                expireForAll(item);
                return;
            }
            item.pending.remove(agent);
            if (answer == Input.OfferAnswered.Answer.DECLINED
                    || answer == Input.OfferAnswered.Answer.EXPIRED && !everybody) {
                item.refused.put(agent, now);
            }
        }
        publish(new Input.OfferAnswered(item.id, agent, answer));
    }

    /** All are asked until the same moment. */
    private void expireForAll(Truth item) {
        var asked = item.pending;
        item.pending = new ArrayList<>();
        publish(new Input.OffersEnded(item.id, asked, Input.OfferAnswered.Answer.EXPIRED));
    }

    void wrapUp(Truth item) {
        if (item.holder.isPresent() && !item.wrapUp && !item.over) {
            item.wrapUp = true;
            ++clock;
            publish(new Input.WrapUpBegan(item.id));
        }
    }

    void over(Truth item) {
        if (!item.over) {
            item.lastChange = ++clock;
            item.over = true;
            item.pending = new ArrayList<>();
            item.holder.ifPresent(agent -> idleSince.put(agent, now));
            publish(new Input.ItemGone(item.id));
        }
    }

    void move(Truth item, String queue) {
        if (item.over || item.holder.isPresent()) {
            return;
        }
        item.lastChange = ++clock;
        item.pending = new ArrayList<>();
        item.queue = Site.queue(queue);
        item.entered = now;
        item.refused.clear();
        publish(new Input.ItemMoved(item.id, new Target.Queue(item.queue)));
    }

    /**
     * Writes a decision, if the item is still as the engine believes; the answer says whether it was.
     *
     * @param heard up to where the engine had heard when it decided; only what came later excuses it
     */
    boolean write(Decision decision, int heard) {
        var item = items.get(decision.item());
        if (!fits(item, decision, heard)) {
            assertTrue(decision + " has never been possible", item.lastChange > heard);
            return false;
        }
        if (decision instanceof Decision.MakeOffer offer) {
            offer(item, offer.agents());
        } else if (decision instanceof Decision.WidenOffer widen) {
            widen(item, widen.agent());
        } else if (decision instanceof Decision.GrantPick pick) {
            pick(item, pick.agent());
        } else if (decision instanceof Decision.WithdrawOffer withdraw) {
            answer(item, withdraw.agent(), Input.OfferAnswered.Answer.WITHDRAWN);
        }
        return true;
    }

    private static boolean fits(Truth item, Decision decision, int heard) {
        if (decision instanceof Decision.WithdrawOffer withdraw) {
            return item.pending.contains(withdraw.agent());
        } else if (decision instanceof Decision.WidenOffer widen) {
            return item.round <= heard
                    && !item.over
                    && !item.pending.isEmpty()
                    && !item.pending.contains(widen.agent())
                    && !item.refused.containsKey(widen.agent())
                    && widen.queue().equals(item.queue);
        }
        return item.waiting()
                && (!(decision instanceof Decision.MakeOffer offer)
                        || offer.queue().equals(Optional.of(item.queue)));
    }

    /** Who comes later is asked, too, in the same round. */
    private void widen(Truth item, AgentId agent) {
        item.lastChange = ++clock;
        assertEquals(
                "only what everybody is asked for",
                RoutingStrategy.BROADCAST,
                queues.get(item.queue).strategy());
        hasRoom(agent);
        offeredLast.computeIfAbsent(agent, a -> new HashMap<>()).put(item.queue, now);
        item.pending.add(agent);
        publish(new Input.ItemWidened(item.id, List.of(agent)));
    }

    private void pick(Truth item, AgentId agent) {
        item.lastChange = ++clock;
        hasRoom(agent);
        item.holder = Optional.of(agent);
        idleSince.put(agent, now);
        publish(new Input.OfferAnswered(item.id, agent, Input.OfferAnswered.Answer.ACCEPTED));
    }

    private void hasRoom(AgentId agent) {
        assertTrue(
                agent + " has more than the capacity",
                load(agent) < agents.get(agent.value()).capacity());
    }

    private void offer(Truth item, List<AgentId> asked) {
        item.lastChange = ++clock;
        for (var agent : asked) {
            hasRoom(agent);
            offeredLast.computeIfAbsent(agent, a -> new HashMap<>()).put(item.queue, now);
        }
        item.pending = new ArrayList<>(asked);
        item.round = clock;
        publish(new Input.ItemOffered(item.id, asked));
    }

    int load(AgentId agent) {
        int load = 0;
        for (var item : items.values()) {
            if (!item.over && (item.pending.contains(agent) || item.holder.equals(Optional.of(agent)))) {
                load++;
            }
        }
        return load;
    }

    boolean spared(Truth item, AgentId agent) {
        return item.refused.containsKey(agent)
                && now.isBefore(item.refused.get(agent).plus(PAUSE));
    }

    /** Who could be asked, in the strategy's order. */
    List<AgentId> eligible(Truth item) {
        var facts = queues.get(item.queue);
        return item.waiting() && facts.hours().openAt(now) ? able(item, facts) : List.of();
    }

    private List<AgentId> able(Truth item, QueueFacts facts) {
        return agents.values().stream()
                .filter(a -> a.presence() == AgentFacts.Presence.AVAILABLE
                        && a.inbound()
                        && a.queues().containsKey(item.queue)
                        && load(a.id()) < a.capacity()
                        && able(a, item, facts)
                        && !spared(item, a.id()))
                .sorted(Comparator.comparing((AgentFacts a) -> item.refused.containsKey(a.id()))
                        .thenComparing(order(facts))
                        .thenComparing(a -> a.id().value()))
                .map(AgentFacts::id)
                .toList();
    }

    private boolean able(AgentFacts agent, Truth item, QueueFacts facts) {
        int lower = 0;
        for (var step : facts.skills().relax()) {
            lower += now.isBefore(item.entered.plus(step.after())) ? 0 : step.lower();
        }
        var wanted = new HashMap<>(facts.skills().required());
        item.skills.forEach((skill, level) -> wanted.merge(skill, level, Math::max));
        for (var one : wanted.entrySet()) {
            int level = one.getValue() - lower;
            if (level > 0 && agent.skills().getOrDefault(one.getKey(), 0) < level) {
                return false;
            }
        }
        return true;
    }

    private Comparator<AgentFacts> order(QueueFacts facts) {
        Comparator<AgentFacts> idle = Comparator.comparing(a -> idleSince.getOrDefault(a.id(), Instant.EPOCH));
        return switch (facts.strategy()) {
            case RoutingStrategy.ROUND_ROBIN -> Comparator.comparing(
                    a -> offeredLast.getOrDefault(a.id(), Map.of()).getOrDefault(facts.id(), Instant.EPOCH));
            case RoutingStrategy.FEWEST_ACTIVE -> Comparator.<AgentFacts>comparingInt(a -> load(a.id()))
                    .thenComparing(idle);
            case RoutingStrategy.BROADCAST -> idle;
            default -> Comparator.<AgentFacts>comparingInt(a -> load(a.id()) == 0 ? 0 : 1)
                    .thenComparing(idle);
        };
    }

    /** That an offer is the one that everybody would make who sees all that the engine had heard. */
    void judge(Decision.MakeOffer offer, int heard) {
        var item = items.get(offer.item());
        var eligible = eligible(item);
        boolean everybody = queues.get(item.queue).strategy().equals(RoutingStrategy.BROADCAST);
        if (everybody) {
            assertEquals("everybody", Set.copyOf(eligible), Set.copyOf(offer.agents()));
            return;
        }
        assertEquals("in the strategy's order", eligible.subList(0, 1), offer.agents());
        var agent = offer.agents().get(0);
        var next = items.values().stream()
                .filter(other -> other.lastChange <= heard && eligible(other).contains(agent))
                .min(Comparator.comparingLong(Truth::key).thenComparing(other -> other.id))
                .orElseThrow();
        assertEquals("in the order of waiting", next.id, item.id);
    }

    void nobodyWaitsWhileSomebodyIsFree() {
        for (var item : items.values()) {
            assertEquals(item.id + " waits", List.of(), eligible(item));
        }
    }

    /** Nobody is free beside what everybody is asked for, unless they have refused it. */
    void nobodyIsFreeBesideWhatEverybodyIsAskedFor() {
        for (var item : items.values()) {
            var facts = queues.get(item.queue);
            if (!item.pending.isEmpty()
                    && facts.strategy().equals(RoutingStrategy.BROADCAST)
                    && facts.hours().openAt(now)) {
                var free = able(item, facts).stream()
                        .filter(agent -> !item.pending.contains(agent) && !item.refused.containsKey(agent))
                        .toList();
                assertEquals(item.id + " could be offered to more", List.of(), free);
            }
        }
    }

    Snapshot snapshot() {
        return new Snapshot(
                Settings.DEFAULT,
                queues.values().stream()
                        .sorted(Comparator.comparing(QueueFacts::id))
                        .toList(),
                List.copyOf(agents.values()),
                agents.values().stream()
                        .map(a -> new Input.HistoryKnown(
                                a.id(),
                                idleSince.getOrDefault(a.id(), Instant.EPOCH),
                                offeredLast.getOrDefault(a.id(), Map.of())))
                        .toList(),
                List.of(),
                items.values().stream()
                        .filter(item -> !item.over)
                        .map(Truth::work)
                        .toList());
    }
}
