package dev.tandem.webacd.internal.router;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.engine.Decision;
import dev.tandem.webacd.internal.engine.Engine;
import dev.tandem.webacd.internal.engine.Explanation;
import dev.tandem.webacd.internal.engine.Input;
import dev.tandem.webacd.internal.engine.Settings;
import dev.tandem.webacd.internal.engine.Snapshot;
import dev.tandem.webacd.internal.engine.Work;
import dev.tandem.webacd.internal.work.Plans.QueuePlan;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;

/**
 * The router of one site for as long as this node holds its lease. Everything happens on one line of tasks, so the engine
 * has one owner. What the engine decides is written on other threads, and comes back as an event like everybody's; what
 * could not be written comes back as a failure.
 */
final class SiteRouter {
    private static final Logger LOG = LoggerFactory.getLogger(SiteRouter.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** How often presences are compared, should a word of the platform have been lost. */
    private static final Duration COMPARE = Duration.ofSeconds(15);
    /** How long words of what agents do besides are gathered. */
    private static final Duration COUNT = Duration.ofMillis(20);
    /** How far back it is looked who was idle and who was asked. */
    private static final Duration HISTORY = Duration.ofHours(12);

    private final SiteId site;
    private final Surroundings around;
    private final Threads threads;
    private final Threads.Line line;
    private final Writer writer;
    private final Map<String, RoutingStrategy> strategies;
    private final Map<WorkItemId, Long> versions = new HashMap<>();
    /** The latest round of offers of each item, as far as it has heard: an offer is widened in that one or not at all. */
    private final Map<WorkItemId, UUID> rounds = new HashMap<>();

    private final Map<AgentId, AgentFacts> agents = new HashMap<>();
    private final Map<QueueId, QueuePlan> queues = new HashMap<>();
    private final Map<AgentId, Integer> others = new HashMap<>();
    private final AtomicBoolean counting = new AtomicBoolean();

    private Settings settings = Settings.DEFAULT;
    private Optional<Engine> engine = Optional.empty();
    private Optional<Instant> wake = Optional.empty();
    private volatile boolean open = true;
    private volatile Instant heard;

    /** @param strategies those of integrators, by name */
    SiteRouter(
            SiteId site, Lease lease, Surroundings around, Threads threads, Map<String, RoutingStrategy> strategies) {
        this.site = site;
        this.around = around;
        this.threads = threads;
        this.line = threads.line();
        this.writer = new Writer(around, site, lease);
        this.strategies = new HashMap<>(strategies);
        this.heard = around.clock().instant();
    }

    /** To be called once it hears of every event: what comes while it loads waits in the line. */
    void start() {
        line.run(this::load);
    }

    /** Decides nothing any more; what is being written is refused by the lease. */
    void stop() {
        open = false;
    }

    /** How many things it has yet to hear of. */
    int backlog() {
        return line.waiting();
    }

    /** When it last had nothing left to hear. */
    Instant heard() {
        return heard;
    }

    void committed(Recorded<WorkFact> event, WorkState after) {
        line.run(() -> hear(event, after));
    }

    void presence() {
        line.run(() -> guarded(this::compareAgents));
    }

    void configured() {
        line.run(() -> guarded(this::compareAll));
    }

    /** What agents do besides may have changed. Of many words at once the first one has them counted. */
    void others() {
        if (!counting.getAndSet(true)) {
            line.later(COUNT, () -> {
                counting.set(false);
                guarded(this::compareOthers);
            });
        }
    }

    void strategy(String name, Optional<RoutingStrategy> now) {
        line.run(() -> {
            now.ifPresentOrElse(one -> strategies.put(name, one), () -> strategies.remove(name));
            apply(new Input.StrategyChanged(name, now));
        });
    }

    /** Why nobody is asked now for an item that waits; completed soon, with nothing if it is not known. */
    CompletableFuture<WorkFact.Why> explain(WorkItemId item) {
        var answer = new CompletableFuture<WorkFact.Why>();
        line.run(() -> answer.complete(
                engine.map(brain -> Words.why(brain.explain(item))).orElseGet(() -> Words.why(Explanation.NONE))));
        return answer;
    }

    /** By which strategy a queue really works, should the one it names be away. */
    CompletableFuture<Optional<Engine.InUse>> strategy(QueueId queue) {
        var answer = new CompletableFuture<Optional<Engine.InUse>>();
        line.run(() -> answer.complete(engine.flatMap(brain -> brain.strategy(queue))));
        return answer;
    }

    private void load() {
        if (!open) {
            return;
        }
        try {
            var works = new ArrayList<Work>();
            var picks = new ArrayList<Input>();
            around.book().living(site, (item, current) -> {
                versions.put(item, current.version());
                current.state().pending().stream().findFirst().ifPresent(one -> rounds.put(item, one.id()));
                if (!current.state().phase().over()) {
                    works.add(Words.work(item, current.state()));
                    current.state()
                            .pick()
                            .ifPresent(asked -> picks.add(new Input.PickAsked(item, new AgentId(asked.agent()))));
                }
            });
            agents.putAll(around.agents(site));
            others.putAll(around.others().of(site));
            around.plans().queues(site).forEach(queue -> queues.put(queue.id(), queue));
            var since = around.clock().instant().minus(HISTORY);
            var histories = around.book().table().histories(site, since).entrySet().stream()
                    .map(one -> new Input.HistoryKnown(
                            new AgentId(one.getKey()),
                            one.getValue().idleSince(),
                            one.getValue().offered().entrySet().stream()
                                    .collect(Collectors.toMap(at -> new QueueId(at.getKey()), Map.Entry::getValue))))
                    .toList();
            var now = around.clock().instant();
            settings = around.settings(site);
            var made = new Engine(settings);
            strategies.forEach((name, one) -> made.apply(new Input.StrategyChanged(name, Optional.of(one)), now));
            var first = made.restore(
                    new Snapshot(
                            settings,
                            queues.values().stream().map(QueuePlan::facts).toList(),
                            List.copyOf(agents.values()),
                            histories,
                            loads(),
                            works),
                    now);
            engine = Optional.of(made);
            LOG.info("The router of site {} is here: {} items, {} agents", site, works.size(), agents.size());
            first.forEach(decision -> write(ready(decision)));
            picks.forEach(this::apply);
            wakeUp(made);
            line.later(COMPARE, this::compareNowAndThen);
        } catch (RuntimeException e) {
            StorageException.log(LOG, "The router of a site could not be started", e);
            versions.clear();
            rounds.clear();
            agents.clear();
            others.clear();
            queues.clear();
            line.later(AGAIN, this::load);
        }
    }

    private void hear(Recorded<WorkFact> event, WorkState after) {
        var item = new WorkItemId(event.stream());
        if (!open || engine.isEmpty() || versions.getOrDefault(item, 0L) >= event.version()) {
            return;
        }
        if (after.phase().over()) {
            versions.remove(item);
            rounds.remove(item);
        } else {
            versions.put(item, event.version());
        }
        if (event.event() instanceof WorkFact.Offered offered) {
            rounds.put(item, offered.offer());
        }
        if (event.event() instanceof WorkFact.Submitted submitted
                && submitted.queue().isEmpty()) {
            compareSettings();
        }
        inputs(item, event.event(), after).forEach(this::apply);
        if (line.waiting() == 0) {
            heard = around.clock().instant();
        }
    }

    private static List<Input> inputs(WorkItemId item, WorkFact fact, WorkState after) {
        if (fact instanceof WorkFact.Submitted) {
            return List.of(new Input.ItemSubmitted(Words.work(item, after)));
        } else if (fact instanceof WorkFact.Offered offered) {
            return List.of(new Input.ItemOffered(
                    item, offered.agents().stream().map(AgentId::new).toList()));
        } else if (fact instanceof WorkFact.Widened widened) {
            return List.of(new Input.ItemWidened(
                    item, widened.agents().stream().map(AgentId::new).toList()));
        } else if (fact instanceof WorkFact.Accepted accepted) {
            return answer(item, accepted.agent(), Input.OfferAnswered.Answer.ACCEPTED);
        } else if (fact instanceof WorkFact.PickGranted granted) {
            return answer(item, granted.agent(), Input.OfferAnswered.Answer.ACCEPTED);
        } else if (fact instanceof WorkFact.Declined declined) {
            return answer(item, declined.agent(), Input.OfferAnswered.Answer.DECLINED);
        } else if (fact instanceof WorkFact.Unanswered unanswered) {
            return ended(item, unanswered.agents(), Input.OfferAnswered.Answer.EXPIRED);
        } else if (fact instanceof WorkFact.Withdrawn withdrawn) {
            return ended(item, withdrawn.agents(), Input.OfferAnswered.Answer.WITHDRAWN);
        } else if (fact instanceof WorkFact.Moved) {
            return List.of(new Input.ItemMoved(item, Words.target(after)));
        } else if (fact instanceof WorkFact.PickAsked asked) {
            return List.of(new Input.PickAsked(item, new AgentId(asked.agent())));
        } else if (fact instanceof WorkFact.GivenBack) {
            // Anew, so that it is known who could not take it.
            return List.of(new Input.ItemGone(item), new Input.ItemSubmitted(Words.work(item, after)));
        } else if (fact instanceof WorkFact.Passed) {
            return List.of(new Input.ItemGone(item), new Input.ItemSubmitted(Words.work(item, after)));
        } else if (fact instanceof WorkFact.WrapUp) {
            return List.of(new Input.WrapUpBegan(item));
        } else if (after.phase().over()) {
            return List.of(new Input.ItemGone(item));
        }
        return List.of();
    }

    private static List<Input> answer(WorkItemId item, String agent, Input.OfferAnswered.Answer answer) {
        return List.of(new Input.OfferAnswered(item, new AgentId(agent), answer));
    }

    private static List<Input> ended(WorkItemId item, List<String> agents, Input.OfferAnswered.Answer answer) {
        return List.of(
                new Input.OffersEnded(item, agents.stream().map(AgentId::new).toList(), answer));
    }

    private void compareNowAndThen() {
        if (open) {
            guarded(this::compareAgents);
            guarded(this::compareOthers);
            line.later(COMPARE, this::compareNowAndThen);
        }
    }

    private void compareAll() {
        var now = around.plans().queues(site).stream().collect(Collectors.toMap(QueuePlan::id, queue -> queue));
        compareSettings();
        now.values().stream()
                .filter(queue -> !queue.equals(queues.get(queue.id())))
                .forEach(queue -> apply(new Input.QueueChanged(queue.facts())));
        compareAgents();
        // Last, when whoever serves the queue to which its items go is known.
        new HashSet<>(queues.keySet())
                .stream().filter(id -> !now.containsKey(id)).forEach(id -> apply(new Input.QueueRemoved(id)));
        queues.clear();
        queues.putAll(now);
    }

    /** How long agents are asked by name is set apart from the routing, and nobody rings for it. */
    private void compareSettings() {
        var now = around.settings(site);
        if (!now.equals(settings)) {
            settings = now;
            apply(new Input.SettingsChanged(now));
        }
    }

    private void compareAgents() {
        var now = around.agents(site);
        var before = Map.copyOf(agents);
        agents.clear();
        agents.putAll(now);
        now.values().stream()
                .filter(agent -> !agent.equals(before.get(agent.id())))
                .forEach(agent -> apply(new Input.AgentChanged(agent)));
        before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(id -> apply(new Input.AgentRemoved(id)));
    }

    private void compareOthers() {
        var now = around.others().of(site);
        var before = Map.copyOf(others);
        others.clear();
        others.putAll(now);
        now.entrySet().stream()
                .filter(one -> !one.getValue().equals(before.get(one.getKey())))
                .forEach(one -> apply(new Input.LoadChanged(one.getKey(), one.getValue())));
        before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(id -> apply(new Input.LoadChanged(id, 0)));
    }

    private List<Input.LoadChanged> loads() {
        return others.entrySet().stream()
                .map(one -> new Input.LoadChanged(one.getKey(), one.getValue()))
                .toList();
    }

    private void guarded(Runnable look) {
        if (!open || engine.isEmpty()) {
            return;
        }
        try {
            look.run();
        } catch (RuntimeException e) {
            StorageException.log(LOG, "The router of a site could not look", e);
            line.later(AGAIN, () -> guarded(look));
        }
    }

    private void apply(Input input) {
        if (!open || engine.isEmpty()) {
            return;
        }
        var brain = engine.get();
        for (var decision : brain.apply(input, around.clock().instant())) {
            write(ready(decision));
        }
        wakeUp(brain);
    }

    private Writer.Ready ready(Decision decision) {
        return writer.ready(decision, Optional.ofNullable(rounds.get(decision.item())));
    }

    /** Time alone changes something then. */
    private void wakeUp(Engine brain) {
        var next = brain.nextWake();
        if (next.isEmpty() || wake.filter(at -> !at.isAfter(next.get())).isPresent()) {
            return;
        }
        wake = next;
        line.later(Duration.between(around.clock().instant(), next.get()), () -> {
            if (wake.equals(next)) {
                wake = Optional.empty();
                apply(new Input.Tick());
            }
        });
    }

    private void write(Writer.Ready ready) {
        threads.write(ready.decision().item().value(), () -> {
            if (!open) {
                return;
            }
            try {
                if (writer.write(ready) instanceof Answer.Refused<None> refused) {
                    LOG.debug(
                            "Not written: {} ({})",
                            ready.decision(),
                            refused.refusal().code());
                    line.run(() -> failed(ready.decision()));
                }
            } catch (RuntimeException e) {
                // Whether it was written is not known: a repeat tells.
                StorageException.log(LOG, "A decision of the router was not written yet", e);
                line.later(AGAIN, () -> write(ready));
            }
        });
    }

    private void failed(Decision decision) {
        apply(new Input.DecisionFailed(decision.item(), decision.number()));
    }
}
