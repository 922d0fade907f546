package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;

/**
 * Adds up what happens in a run: in all, by queue and by interval. What happens after the last interval counts in it, but
 * agents' time ends where the last interval does. A queue has a cell of an interval only if something happened there.
 */
final class Tally {
    private static final Duration[] WIDTHS = {
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofMinutes(30),
        Duration.ofHours(1),
        Duration.ofHours(2),
        Duration.ofHours(4),
        Duration.ofHours(6),
        Duration.ofHours(12),
        Duration.ofDays(1)
    };
    private static final int MOST_INTERVALS = 200;
    private static final int MOST_CELLS = 8_000;
    private static final int LEAST_INTERVALS = 24;

    private final long from;
    private final long to;
    private final long width;
    private final long quick;
    private final Map<QueueId, Integer> numbers = new HashMap<>();
    private final List<QueueId> queues;
    private final Cell total = new Cell();
    private final Cell[] ofQueue;
    private final Cell[] ofInterval;
    private final Cell[][] cells;
    private final Map<AgentId, Worker> workers = new HashMap<>();
    private final long[] waiting;
    private long waitingInAll;
    private int interval;

    /** What an agent did since when. */
    private static final class Worker {
        final int[] queues;
        boolean there;
        int has;
        long since;

        Worker(int[] queues) {
            this.queues = queues;
        }
    }

    /**
     * With nothing in it.
     *
     * @param quick the service level's time
     */
    Tally(List<QueueId> queues, Instant from, Instant to, Duration quick) {
        this.queues = List.copyOf(queues);
        this.from = from.toEpochMilli();
        this.to = to.toEpochMilli();
        this.quick = quick.toMillis();
        this.width = width(this.to - this.from, queues.size());
        int intervals = (int) ((this.to - this.from + width - 1) / width);
        for (var queue : queues) {
            numbers.put(queue, numbers.size());
        }
        ofQueue = new Cell[queues.size()];
        Arrays.setAll(ofQueue, i -> new Cell());
        ofInterval = new Cell[intervals];
        Arrays.setAll(ofInterval, i -> new Cell());
        cells = new Cell[intervals][queues.size()];
        waiting = new long[queues.size()];
    }

    /** The shortest interval of which there are not too many. */
    static long width(long millis, int queues) {
        long most = Math.max(LEAST_INTERVALS, Math.min(MOST_INTERVALS, MOST_CELLS / Math.max(1, queues)));
        for (var one : WIDTHS) {
            if (millis <= one.toMillis() * most) {
                return one.toMillis();
            }
        }
        long day = Duration.ofDays(1).toMillis();
        return day * ((millis + day * most - 1) / (day * most));
    }

    /** Time goes on: of the intervals that are over it is known who was left. */
    void at(long now) {
        while (interval < ofInterval.length - 1 && now >= from + (interval + 1) * width) {
            keepLeft();
            interval++;
        }
    }

    private void keepLeft() {
        ofInterval[interval].left = waitingInAll;
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] > 0) {
                cell(interval, i).left = waiting[i];
            }
        }
    }

    /** @param more 1, or -1 for one less */
    void waiting(Optional<QueueId> queue, int more) {
        waitingInAll += more;
        number(queue).ifPresent(i -> waiting[i] += more);
    }

    void count(Optional<QueueId> queue, Consumer<Cell> how) {
        how.accept(total);
        how.accept(ofInterval[interval]);
        onlyQueue(queue, how);
    }

    /** Not in all: who comes from another queue is new to this one only. */
    void onlyQueue(Optional<QueueId> queue, Consumer<Cell> how) {
        number(queue).ifPresent(i -> {
            how.accept(ofQueue[i]);
            how.accept(cell(interval, i));
        });
    }

    void answered(Optional<QueueId> queue, long wait) {
        count(queue, cell -> cell.answered(wait, wait <= quick));
    }

    private Optional<Integer> number(Optional<QueueId> queue) {
        return queue.map(numbers::get);
    }

    private Cell cell(int at, int queue) {
        if (cells[at][queue] == null) {
            cells[at][queue] = new Cell();
        }
        return cells[at][queue];
    }

    void agent(AgentId agent, Set<QueueId> worksFor) {
        var worker = new Worker(worksFor.stream()
                .filter(numbers::containsKey)
                .mapToInt(numbers::get)
                .sorted()
                .toArray());
        worker.since = from;
        workers.put(agent, worker);
    }

    /** The agent is there from now on, or is not. */
    void there(AgentId agent, boolean there, long now) {
        var worker = workers.get(agent);
        if (worker != null) {
            spread(worker, now);
            worker.there = there;
        }
    }

    /** The agent has one more, or one less. */
    void has(AgentId agent, int more, long now) {
        var worker = workers.get(agent);
        if (worker != null) {
            spread(worker, now);
            worker.has += more;
        }
    }

    private void spread(Worker worker, long now) {
        long until = Math.min(now, to);
        if (worker.there || worker.has > 0) {
            for (long at = worker.since; at < until; ) {
                int i = (int) ((at - from) / width);
                long end = Math.min(until, from + (i + 1) * width);
                spend(total, worker, end - at);
                spend(ofInterval[i], worker, end - at);
                for (int queue : worker.queues) {
                    spend(ofQueue[queue], worker, end - at);
                    spend(cell(i, queue), worker, end - at);
                }
                at = end;
            }
        }
        worker.since = Math.max(worker.since, now);
    }

    private static void spend(Cell cell, Worker worker, long time) {
        cell.there += time;
        cell.busy += worker.has > 0 ? time : 0;
    }

    /** All that came of it. */
    Outcome outcome(long now) {
        at(Math.max(now, to));
        workers.values().forEach(worker -> spread(worker, to));
        keepLeft();
        total.left = waitingInAll;
        for (int i = 0; i < waiting.length; i++) {
            ofQueue[i].left = waiting[i];
        }
        var byQueue = new LinkedHashMap<QueueId, Measured>();
        for (int i = 0; i < ofQueue.length; i++) {
            byQueue.put(queues.get(i), ofQueue[i].measured());
        }
        var intervals = new ArrayList<Outcome.Interval>();
        for (int at = 0; at < ofInterval.length; at++) {
            var of = new LinkedHashMap<QueueId, Measured>();
            for (int i = 0; i < ofQueue.length; i++) {
                if (cells[at][i] != null) {
                    of.put(queues.get(i), cells[at][i].measured());
                }
            }
            intervals.add(new Outcome.Interval(Instant.ofEpochMilli(from + at * width), ofInterval[at].measured(), of));
        }
        return new Outcome(total.measured(), byQueue, intervals);
    }
}
