package dev.tandem.itests.benchmarks.relay;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One sender and some viewers on one relay: two threads, one that sends and one that reads for all viewers and acknowledges
 * what each read has brought. The sender never has more than a window's frames that the slowest viewer has not got.
 */
final class Load {
    /** At full speed if {@code perSecond} is 0. */
    record Case(int size, int viewers, int perSecond) {
        /** Enough to keep the relay busy, little enough for what any relay may keep for a viewer. */
        int window() {
            return Math.max(16, Math.min(512, 1024 * 1024 / size));
        }
    }

    /**
     * @param received by all viewers together
     * @param generatorCores how many cores the load took, of its own threads' time
     */
    record Outcome(long received, double seconds, double p50, double p99, double most, double generatorCores) {}

    private static final int BUCKET_MICROS = 20;
    private static final long LOST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int BUCKETS = 100_000;

    private final Case what;
    private final Link sender;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Batch batch;
    private final int[] delays = new int[BUCKETS];
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Selector senderSelector;
    private volatile boolean running = true;
    private volatile boolean counting;
    private volatile boolean key = true;
    private volatile boolean waiting;
    private volatile long slowest = -1;
    private long received;
    private long most;

    private static final class Viewer implements Link.Hearer {
        private final Link link;
        private final Load load;
        private long last = -1;

        Viewer(Link link, Load load) {
            this.link = link;
            this.load = load;
        }

        @Override
        public void frame(long sequence, long captured) {
            last = sequence;
            if (load.counting) {
                load.arrived(captured);
            }
        }

        @Override
        public void text(String json) {
            answer(link, json);
        }
    }

    Load(Relay relay, Case what) throws IOException {
        this.what = what;
        this.batch = new Batch(what.size());
        relay.share();
        sender = relay.open("sender");
        sender.text("{\"op\":\"config\",\"codec\":\"vp8\",\"width\":1000,\"height\":1000}");
        for (int i = 0; i < what.viewers(); i++) {
            viewers.add(new Viewer(relay.open("viewer"), this));
        }
        senderSelector = Selector.open();
    }

    Outcome run(int warmUpSeconds, int seconds) throws Exception {
        var threads = List.of(
                new Thread(() -> guarded(this::send), "load-sender"),
                new Thread(() -> guarded(this::read), "load-viewers"));
        threads.forEach(Thread::start);
        try {
            pause(warmUpSeconds);
            long cpu = cpu(threads);
            long start = System.nanoTime();
            counting = true;
            pause(seconds);
            counting = false;
            double took = (System.nanoTime() - start) / 1e9;
            double cores = (cpu(threads) - cpu) / 1e9 / took;
            return new Outcome(received, took, percentile(0.5), percentile(0.99), most / 1000.0, cores);
        } finally {
            running = false;
            senderSelector.wakeup();
            for (var thread : threads) {
                thread.join();
            }
            sender.close();
            for (var viewer : viewers) {
                viewer.link.close();
            }
            if (failure.get() != null) {
                throw failure.get();
            }
        }
    }

    private void pause(int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (failure.get() == null && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (Exception e) {
            failure.compareAndSet(null, e);
            running = false;
        }
    }

    private void send() throws IOException {
        var on = sender.channel().register(senderSelector, SelectionKey.OP_READ);
        var hearer = new Link.Hearer() {
            @Override
            public void frame(long sequence, long captured) {
                throw new IllegalStateException("a sender is sent no frames");
            }

            @Override
            public void text(String json) {
                key |= json.startsWith("{\"op\":\"key\"");
                answer(sender, json);
            }
        };
        long sequence = 0;
        long reached = -1;
        long reachedAt = System.nanoTime();
        long period = what.perSecond() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / what.perSecond();
        long due = System.nanoTime();
        var frames = ByteBuffer.allocate(0);
        while (running) {
            if (!frames.hasRemaining() && sender.flush()) {
                if (slowest > reached) {
                    reached = slowest;
                    reachedAt = System.nanoTime();
                } else if (System.nanoTime() - reachedAt > LOST_NANOS) {
                    reached = sequence - 1; // what has not come will not: it was sent before the viewers were there
                    reachedAt = System.nanoTime();
                    key = true;
                }
                int count = (int) Math.min(batch.most(), what.window() - (sequence - 1 - reached));
                if (period > 0) {
                    due = await(due, period);
                    count = Math.min(count, 1);
                }
                if (count > 0) {
                    frames = batch.next(count, sequence, key, System.nanoTime() / 1000);
                    key = false;
                    sequence += count;
                }
            }
            sender.channel().write(frames);
            boolean blocked = frames.hasRemaining();
            sender.read(hearer);
            on.interestOps(SelectionKey.OP_READ | (blocked ? SelectionKey.OP_WRITE : 0));
            waiting = true;
            if (blocked || period == 0 && sequence - 1 - Math.max(reached, slowest) >= what.window()) {
                senderSelector.select(100);
                senderSelector.selectedKeys().clear();
            }
            waiting = false;
        }
    }

    private static long await(long due, long period) {
        long left;
        while ((left = due - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
        return Math.max(due + period, System.nanoTime() - period); // what was missed is not made up for in a burst
    }

    private void read() throws IOException {
        try (var selector = Selector.open()) {
            for (var viewer : viewers) {
                viewer.link.channel().register(selector, SelectionKey.OP_READ, viewer);
            }
            while (running) {
                selector.select(100);
                for (var ready : selector.selectedKeys()) {
                    serve((Viewer) ready.attachment());
                }
                selector.selectedKeys().clear();
                slowest = slowest();
                if (waiting && what.perSecond() == 0) {
                    senderSelector.wakeup();
                }
            }
        }
    }

    private void serve(Viewer viewer) throws IOException {
        long before = viewer.last;
        viewer.link.read(viewer);
        if (viewer.last != before) {
            viewer.link.text("{\"op\":\"ack\",\"sequence\":" + viewer.last + "}");
        }
        viewer.link.flush();
    }

    private long slowest() {
        long least = Long.MAX_VALUE;
        for (var viewer : viewers) {
            least = Math.min(least, viewer.last);
        }
        return least;
    }

    private void arrived(long captured) {
        long micros = System.nanoTime() / 1000 - captured;
        delays[(int) Math.min(BUCKETS - 1, micros / BUCKET_MICROS)]++;
        most = Math.max(most, micros);
        received++;
    }

    private static void answer(Link link, String json) {
        var beat = "{\"op\":\"beat\",\"now\":";
        if (json.startsWith(beat)) {
            int end = beat.length();
            while (Character.isDigit(json.charAt(end))) {
                end++;
            }
            link.text(json.substring(0, end) + ",\"at\":" + System.nanoTime() / 1000 + "}");
        }
    }

    /** Milliseconds. */
    private double percentile(double share) {
        long wanted = (long) Math.ceil(received * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += delays[i];
            if (seen >= wanted) {
                return (i + 1) * BUCKET_MICROS / 1000.0;
            }
        }
        return Double.NaN;
    }

    private static long cpu(List<Thread> threads) {
        var beans = ManagementFactory.getThreadMXBean();
        return threads.stream()
                .mapToLong(t -> beans.getThreadCpuTime(t.getId()))
                .sum();
    }
}
