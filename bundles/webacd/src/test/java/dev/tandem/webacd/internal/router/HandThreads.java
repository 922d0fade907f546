package dev.tandem.webacd.internal.router;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Threads that run when a test says so, in an order that a seed decides. */
public final class HandThreads implements Threads {
    private record Later(Instant at, Runnable task) {}

    private final Clock clock;
    private final Random random;
    private final List<Deque<Runnable>> lines = new ArrayList<>();
    private final List<Deque<Runnable>> writers = new ArrayList<>();
    private final List<Later> later = new ArrayList<>();

    public HandThreads(Clock clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            writers.add(new ArrayDeque<>());
        }
    }

    @Override
    public synchronized Line line() {
        var tasks = new ArrayDeque<Runnable>();
        lines.add(tasks);
        return new Line() {
            @Override
            public void run(Runnable task) {
                synchronized (HandThreads.this) {
                    tasks.add(task);
                }
            }

            @Override
            public void later(Duration delay, Runnable task) {
                synchronized (HandThreads.this) {
                    later.add(new Later(clock.instant().plus(delay), () -> run(task)));
                }
            }

            @Override
            public int waiting() {
                return tasks.size();
            }
        };
    }

    @Override
    public synchronized void write(UUID item, Runnable task) {
        writers.get(Math.floorMod(item.hashCode(), writers.size())).add(task);
    }

    /** One task of any line. @return false if there is none */
    public boolean step() {
        Runnable task;
        synchronized (this) {
            var due = later.stream()
                    .filter(one -> !one.at().isAfter(clock.instant()))
                    .min(Comparator.comparing(Later::at));
            if (due.isPresent()) {
                later.remove(due.get());
                task = due.get().task();
            } else {
                var ready = new ArrayList<Deque<Runnable>>();
                lines.stream().filter(line -> !line.isEmpty()).forEach(ready::add);
                writers.stream().filter(line -> !line.isEmpty()).forEach(ready::add);
                if (ready.isEmpty()) {
                    return false;
                }
                task = ready.get(random.nextInt(ready.size())).poll();
            }
        }
        task.run();
        return true;
    }

    /** As when the process dies: what was to be done is not. */
    public synchronized void forget() {
        lines.forEach(Deque::clear);
        writers.forEach(Deque::clear);
        later.clear();
    }
}
