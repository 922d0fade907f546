package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.internal.metrics.Kept;
import dev.tandem.webacd.internal.work.WorkFact.Submitted;

/**
 * Recorded traffic: everybody who came in a time, when they came, whither, with which wishes. What is not known of them is
 * taken from those of whom it is, by chance, but the same at each scenario:
 *
 * <ul>
 *   <li>Who went had just that patience. Anybody else's was at least what they waited; how much more is drawn from
 *       {@link Patience}, of their queue if enough have gone there, else of all.
 *   <li>Who was finished keeps an agent for as long as they did, wrap-up included. Anybody else's time is that of one who
 *       was, of the same queue if there are any, else of all; five minutes if nobody was.
 * </ul>
 *
 * Some ten bytes for each item and scenario are kept, and each different way once.
 */
final class Recording implements Traffic {
    /** From so many on who went from a queue the queue has a patience of its own. */
    static final int ENOUGH = 30;

    private static final int MOST_SAMPLES = 2_000;
    private static final Duration UNKNOWN_HANDLING = Duration.ofMinutes(5);
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final byte ANSWERED = 1;
    private static final byte WENT = 2;

    /** Whither and with which wishes; few are different. */
    record Way(
            Target target,
            Optional<QueueId> otherwise,
            int priority,
            Map<String, Integer> skills,
            Optional<AgentId> preferred,
            Optional<AgentId> by) {
        static Way of(Submitted submitted) {
            var target = submitted
                    .queue()
                    .<Target>map(queue -> new Target.Queue(new QueueId(queue)))
                    .orElseGet(() -> new Target.Agents(
                            submitted.agents().stream().map(AgentId::new).collect(Collectors.toSet())));
            return new Way(
                    target,
                    Optional.empty(),
                    submitted.priority(),
                    submitted.skills(),
                    submitted.preferred().map(AgentId::new),
                    submitted.by().map(AgentId::new));
        }

        /** The same person, by rules. */
        Way routed(Optional<QueueId> to, Optional<QueueId> entry, int level, Map<String, Integer> wanted) {
            return new Way(to.<Target>map(Target.Queue::new).orElse(target), entry, level, wanted, preferred, by);
        }

        boolean same(Way other) {
            return target.equals(other.target) && priority == other.priority && skills.equals(other.skills);
        }
    }

    private final long seed;
    private final Instant now;
    private final List<Way> ways = new ArrayList<>();
    private final Map<Way, Integer> numbers = new HashMap<>();
    private final List<Scene> scenes;
    private final int[][] wayOf;
    private final long[] rerouted;
    private final long[] unknown;
    private long[] at = new long[64];
    private int[] waited = new int[64];
    private int[] handling = new int[64];
    private int[] patience = new int[64];
    private byte[] how = new byte[64];
    private int[] queue = new int[64];
    private final List<Optional<QueueId>> queues = new ArrayList<>();
    private int size;

    /**
     * With nobody yet.
     *
     * @param scenes those that have rules of their own
     * @param now until when who still waits has waited
     */
    Recording(long seed, List<Scene> scenes, Instant now) {
        this.seed = seed;
        this.now = now;
        this.scenes = scenes.stream().filter(scene -> scene.rules().isPresent()).toList();
        this.wayOf = new int[1 + this.scenes.size()][64];
        this.rerouted = new long[this.scenes.size()];
        this.unknown = new long[this.scenes.size()];
    }

    /** One more, in the order of time. */
    void add(Kept.Came came, Submitted submitted, Facts.Known known) {
        grow();
        at[size] = came.at().toEpochMilli();
        waited[size] = millis(came.waited(now));
        handling[size] = came.endedAt()
                .flatMap(end -> came.leftAt().map(start -> millis(Duration.between(start, end))))
                .filter(one -> came.answered())
                .orElse(-1);
        how[size] = came.answered() ? ANSWERED : came.abandoned() ? WENT : 0;
        queue[size] = number(came.queue().map(QueueId::new));
        var way = Way.of(submitted);
        wayOf[0][size] = number(way);
        for (int i = 0; i < scenes.size(); i++) {
            var other = rerouted(scenes.get(i), way, known, came.at());
            wayOf[1 + i][size] = number(other);
            rerouted[i] += other.same(way) ? 0 : 1;
            unknown[i] += known instanceof Facts.Known.Gone ? 1 : 0;
        }
        size++;
    }

    private static Way rerouted(Scene scene, Way way, Facts.Known known, Instant when) {
        if (!(known instanceof Facts.Known.Told told)) {
            return way;
        }
        var asked = told.asked(scene.routing());
        var routed = scene.routing().routed(scene.rules().orElseThrow(), asked, when);
        return way.routed(routed.queue(), asked.queue(), routed.priority().orElse(0), routed.skills());
    }

    private int number(Way way) {
        return numbers.computeIfAbsent(way, one -> {
            ways.add(one);
            return ways.size() - 1;
        });
    }

    private int number(Optional<QueueId> of) {
        int known = queues.indexOf(of);
        if (known < 0) {
            queues.add(of);
        }
        return known < 0 ? queues.size() - 1 : known;
    }

    private void grow() {
        if (size < at.length) {
            return;
        }
        int more = size + size / 2;
        at = Arrays.copyOf(at, more);
        waited = Arrays.copyOf(waited, more);
        handling = Arrays.copyOf(handling, more);
        patience = Arrays.copyOf(patience, more);
        how = Arrays.copyOf(how, more);
        queue = Arrays.copyOf(queue, more);
        for (int i = 0; i < wayOf.length; i++) {
            wayOf[i] = Arrays.copyOf(wayOf[i], more);
        }
    }

    /** All have been added: what is not known of them is drawn. */
    Recording complete() {
        var everybody = patience(-1);
        var ofQueue = new Patience[queues.size()];
        for (int q = 0; q < ofQueue.length; q++) {
            ofQueue[q] = count(q, WENT) >= ENOUGH ? patience(q) : everybody;
        }
        var allTimes = handled(-1);
        var timesOf = new int[queues.size()][];
        for (int q = 0; q < timesOf.length; q++) {
            timesOf[q] = handled(q);
        }
        for (int i = 0; i < size; i++) {
            var random = new SplittableRandom(seed + i * MIX);
            double chance = 1 - random.nextDouble();
            int pick = random.nextInt(Integer.MAX_VALUE);
            patience[i] = how[i] == WENT
                    ? waited[i]
                    : ofQueue[queue[i]]
                            .draw(waited[i], chance)
                            .map(time -> (int) Math.min(time, Integer.MAX_VALUE))
                            .orElse(Integer.MAX_VALUE);
            if (handling[i] < 0) {
                var times = timesOf[queue[i]].length > 0 ? timesOf[queue[i]] : allTimes;
                handling[i] = times.length > 0 ? times[pick % times.length] : (int) UNKNOWN_HANDLING.toMillis();
            }
        }
        return this;
    }

    private int count(int of, byte what) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += queue[i] == of && how[i] == what ? 1 : 0;
        }
        return count;
    }

    private Patience patience(int of) {
        var waits = new long[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (of < 0 || queue[i] == of) {
                waits[count++] = Patience.wait(waited[i], how[i] == WENT);
            }
        }
        return Patience.of(Arrays.copyOf(waits, count));
    }

    /** The latest ones that are known. */
    private int[] handled(int of) {
        var times = new int[MOST_SAMPLES];
        int count = 0;
        for (int i = size - 1; i >= 0 && count < MOST_SAMPLES; i--) {
            if ((of < 0 || queue[i] == of) && handling[i] >= 0) {
                times[count++] = handling[i];
            }
        }
        return Arrays.copyOf(times, count);
    }

    private static int millis(Duration time) {
        return (int) Math.max(0, Math.min(time.toMillis(), Integer.MAX_VALUE));
    }

    @Override
    public long items() {
        return size;
    }

    @Override
    public long rerouted(Scene scene) {
        int at = scenes.indexOf(scene);
        return at < 0 ? 0 : rerouted[at];
    }

    @Override
    public long unknown(Scene scene) {
        int at = scenes.indexOf(scene);
        return at < 0 ? 0 : unknown[at];
    }

    @Override
    public Iterator<Arrival> arrivals(Scene scene) {
        var which = wayOf[1 + scenes.indexOf(scene)];
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public Arrival next() {
                if (next >= size) {
                    throw new NoSuchElementException();
                }
                return arrival(next, ways.get(which[next++]));
            }
        };
    }

    private Arrival arrival(int i, Way way) {
        return new Arrival(
                Instant.ofEpochMilli(at[i]),
                way.target(),
                way.otherwise(),
                way.priority(),
                way.skills(),
                way.preferred(),
                way.by(),
                Duration.ofMillis(handling[i]),
                patience[i] == Integer.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofMillis(patience[i])));
    }
}
