package dev.tandem.itests.benchmarks.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    private static final long LOST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Case what;
    private final Link sender;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Batch batch;
    private final Delays delays = new Delays();
    private final Crew crew = new Crew();
    private final Selector senderSelector;
    private volatile boolean counting;
    private volatile boolean key = true;
    private volatile boolean waiting;
    private volatile long slowest = -1;

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
                load.delays.add(System.nanoTime() / 1000 - captured);
            }
        }

        @Override
        public void text(String json) {
            link.answerBeat(json, System.nanoTime() / 1000);
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
        crew.start("load-sender", this::send);
        crew.start("load-viewers", this::read);
        try {
            crew.work(warmUpSeconds);
            long cpu = crew.cpu();
            long start = System.nanoTime();
            counting = true;
            crew.work(seconds);
            counting = false;
            double took = (System.nanoTime() - start) / 1e9;
            double cores = (crew.cpu() - cpu) / 1e9 / took;
            return new Outcome(
                    delays.count(), took, delays.percentile(0.5), delays.percentile(0.99), delays.most(), cores);
        } finally {
            crew.end(senderSelector::wakeup);
            sender.close();
            for (var viewer : viewers) {
                viewer.link.close();
            }
            crew.check();
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
                sender.answerBeat(json, System.nanoTime() / 1000);
            }
        };
        long sequence = 0;
        long reached = -1;
        long reachedAt = System.nanoTime();
        long period = what.perSecond() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / what.perSecond();
        long due = System.nanoTime();
        var frames = ByteBuffer.allocate(0);
        while (crew.running()) {
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
            while (crew.running()) {
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
}
