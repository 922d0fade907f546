package dev.tandem.itests.benchmarks.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.tandem.itests.benchmarks.screen.Footage;

/**
 * A share that was recorded, sent again at the pace at which it was taken, as an honest sender does: never more than three
 * frames that are not acknowledged, from a key frame on when one is asked for. One thread sends, one reads for all viewers.
 */
final class Replay implements AutoCloseable {
    private static final int WINDOW = 3;
    private static final int HEADER_AT = 14;
    private static final int BINARY = 0x82;
    private static final int LONG_LENGTH = 0x80 | 127;
    private static final long LONG_MASK = (long) Link.MASK << 32 | Link.MASK & 0xFFFF_FFFFL;

    /**
     * @param p50 milliseconds from the sender to a viewer
     * @param received by all viewers together
     * @param expected what they would have received had nothing been left out
     * @param generatorCores how many cores the two threads took
     */
    record Outcome(double p50, double p99, long received, long expected, double generatorCores) {}

    private final Footage footage;
    private final List<ByteBuffer> frames = new ArrayList<>();
    private final Link sender;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Selector sending = Selector.open();
    private final Crew crew = new Crew();
    private final long epoch;
    private final Delays delays = new Delays();
    private volatile boolean counting;
    private volatile long sent;
    private long acknowledged = -1;
    private boolean keyWanted;

    private final class Viewer implements Link.Hearer {
        private final Link link;
        private long last = -1;

        Viewer(Link link) {
            this.link = link;
        }

        @Override
        public void frame(long sequence, long captured) {
            last = sequence;
            if (counting) {
                delays.add(micros() - captured);
            }
        }

        @Override
        public void text(String json) {
            link.answerBeat(json, micros());
        }
    }

    Replay(Relay relay, Footage footage, int count) throws IOException {
        this.footage = footage;
        this.epoch = ChronoUnit.MICROS.between(Instant.EPOCH, Clock.systemUTC().instant()) - System.nanoTime() / 1000;
        footage.frames().forEach(taken -> frames.add(masked(taken.frame())));
        relay.share();
        sender = relay.open("sender");
        sender.text(footage.config());
        for (int i = 0; i < count; i++) {
            viewers.add(new Viewer(relay.open("viewer")));
        }
        crew.start("replay-sender", this::send);
        crew.start("replay-viewers", this::read);
    }

    /** Ready to be written but for its time and sequence. */
    private static ByteBuffer masked(byte[] frame) {
        var buffer = ByteBuffer.allocateDirect(HEADER_AT + frame.length);
        buffer.put((byte) BINARY).put((byte) LONG_LENGTH).putLong(frame.length).putInt(Link.MASK);
        for (int i = 0; i < frame.length; i++) {
            buffer.put((byte) (frame[i] ^ Link.MASK >>> (24 - 8 * (i & 3))));
        }
        return buffer;
    }

    Outcome measure(int seconds) throws Exception {
        long cpu = crew.cpu();
        long before = sent;
        long began = System.nanoTime();
        counting = true;
        pause(seconds);
        counting = false;
        double took = (System.nanoTime() - began) / 1e9;
        return new Outcome(
                delays.percentile(0.5),
                delays.percentile(0.99),
                delays.count(),
                (sent - before) * viewers.size(),
                (crew.cpu() - cpu) / 1e9 / took);
    }

    void pause(int seconds) throws Exception {
        crew.work(seconds);
    }

    private void send() throws IOException {
        var on = sender.channel().register(sending, SelectionKey.OP_READ);
        var hearer = new Link.Hearer() {
            @Override
            public void frame(long sequence, long captured) {
                throw new IllegalStateException("a frame for the sender");
            }

            @Override
            public void text(String json) {
                heard(json);
            }
        };
        long sequence = 0;
        int next = 0;
        long began = micros();
        while (crew.running()) {
            sender.read(hearer);
            sender.flush();
            if (keyWanted || next == frames.size()) {
                keyWanted = false;
                next = 0;
                began = micros();
            }
            long wait = began + footage.frames().get(next).at() - micros();
            boolean full = sequence - 1 - acknowledged >= WINDOW;
            if (wait > 0 || full) {
                sending.select(full ? 20 : Math.max(1, wait / 1000));
                sending.selectedKeys().clear();
                continue;
            }
            write(on, frames.get(next++), sequence++);
            sent = sequence;
        }
    }

    private void write(SelectionKey on, ByteBuffer frame, long sequence) throws IOException {
        frame.putLong(HEADER_AT + 8, micros() ^ LONG_MASK).putInt(HEADER_AT + 16, (int) sequence ^ Link.MASK);
        frame.rewind();
        while (frame.hasRemaining() && crew.running()) {
            if (sender.channel().write(frame) == 0) {
                on.interestOps(SelectionKey.OP_WRITE);
                sending.select(20);
                sending.selectedKeys().clear();
                on.interestOps(SelectionKey.OP_READ);
            }
        }
    }

    private void heard(String json) {
        var ack = "{\"op\":\"ack\",\"sequence\":";
        if (json.startsWith(ack)) {
            acknowledged = Long.parseLong(json.substring(ack.length(), json.length() - 1));
        } else if (json.equals("{\"op\":\"key\"}")) {
            keyWanted = true;
        } else {
            sender.answerBeat(json, micros());
        }
    }

    private void read() throws IOException {
        try (var selector = Selector.open()) {
            for (var viewer : viewers) {
                viewer.link.text("{\"op\":\"can\",\"codecs\":[\"vp8\"]}");
                viewer.link.flush();
                viewer.link.channel().register(selector, SelectionKey.OP_READ, viewer);
            }
            while (crew.running()) {
                selector.select(100);
                for (var ready : selector.selectedKeys()) {
                    var viewer = (Viewer) ready.attachment();
                    long before = viewer.last;
                    viewer.link.read(viewer);
                    if (viewer.last != before) {
                        viewer.link.text("{\"op\":\"ack\",\"sequence\":" + viewer.last + "}");
                    }
                    viewer.link.flush();
                }
                selector.selectedKeys().clear();
            }
        }
    }

    /** Since the Unix epoch, and never back. */
    private long micros() {
        return epoch + System.nanoTime() / 1000;
    }

    @Override
    public void close() throws IOException {
        crew.end(sending::wakeup);
        sender.close();
        for (var viewer : viewers) {
            viewer.link.close();
        }
        sending.close();
    }
}
