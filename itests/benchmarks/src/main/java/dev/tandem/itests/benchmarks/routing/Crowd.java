package dev.tandem.itests.benchmarks.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.engine.Decision;
import dev.tandem.webacd.internal.engine.Engine;
import dev.tandem.webacd.internal.engine.Hours;
import dev.tandem.webacd.internal.engine.Input;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.engine.Settings;
import dev.tandem.webacd.internal.engine.Skills;
import dev.tandem.webacd.internal.engine.Work;

/**
 * An engine with agents and items: twenty queues, three of them for each agent, every fifth item for who speaks French, which
 * every other agent does, ten priorities. Each decision carries its explanation with up to 100 agents, as it does in a running
 * system.
 */
final class Crowd {
    private static final int QUEUES = 20;
    private static final Map<String, Integer> FRENCH = Map.of("french", 5);

    private final Engine engine = new Engine(Settings.DEFAULT);
    private final Random random = new Random(6);
    private final List<QueueId> queues = new ArrayList<>();
    private final List<WorkItemId> busy = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private long last;

    Crowd(int agents, int waiting) {
        for (int i = 0; i < QUEUES; i++) {
            var id = new QueueId(new UUID(1, i));
            queues.add(id);
            engine.apply(
                    new Input.QueueChanged(new QueueFacts(
                            id,
                            RoutingStrategy.LONGEST_IDLE,
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(30),
                            0,
                            Optional.empty(),
                            Optional.empty(),
                            Hours.ALWAYS,
                            Skills.NONE,
                            Duration.ZERO,
                            false)),
                    now);
        }
        for (int i = 0; i < agents; i++) {
            var of = new HashMap<QueueId, Integer>();
            while (of.size() < 3) {
                of.put(queues.get(random.nextInt(QUEUES)), 1 + of.size() / 2);
            }
            now = now.plusMillis(1);
            engine.apply(
                    new Input.AgentChanged(new AgentFacts(
                            new AgentId("agent-" + i),
                            AgentFacts.Presence.AVAILABLE,
                            true,
                            1,
                            of,
                            i % 2 == 0 ? FRENCH : Map.of())),
                    now);
        }
        if (waiting > 0) {
            while (busy.size() < agents || last - busy.size() < waiting) {
                submit();
            }
        }
    }

    /** An item comes; whoever is asked accepts. */
    Decision submit() {
        now = now.plusMillis(1);
        var id = new WorkItemId(new UUID(0x0195_0000_0000_7000L, ++last));
        var work = Work.waiting(id, new Target.Queue(queues.get(random.nextInt(QUEUES))), random.nextInt(10), now);
        var decided = engine.apply(
                new Input.ItemSubmitted(random.nextInt(5) == 0 ? work.with(FRENCH, Optional.empty()) : work), now);
        return accept(decided);
    }

    /** Somebody is done with theirs and gets the next one, if any waits for them. */
    Decision finish() {
        now = now.plusMillis(1);
        int index = random.nextInt(busy.size());
        var done = busy.get(index);
        busy.set(index, busy.get(busy.size() - 1));
        busy.remove(busy.size() - 1);
        return accept(engine.apply(new Input.ItemGone(done), now));
    }

    private Decision accept(List<Decision> decided) {
        for (var decision : decided) {
            if (decision instanceof Decision.MakeOffer offer) {
                engine.apply(new Input.ItemOffered(offer.item(), offer.agents()), now);
                engine.apply(
                        new Input.OfferAnswered(
                                offer.item(), offer.agents().get(0), Input.OfferAnswered.Answer.ACCEPTED),
                        now);
                busy.add(offer.item());
                return decision;
            }
        }
        return new Decision.Expire(0, new WorkItemId(new UUID(0, 0)));
    }

    int busy() {
        return busy.size();
    }
}
