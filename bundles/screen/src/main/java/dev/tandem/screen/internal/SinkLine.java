package dev.tandem.screen.internal;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.FrameSink;
import dev.tandem.session.ParticipantId;
import dev.tandem.web.MediaChannel.Peer;
import dev.tandem.web.MediaChannel.Receiver;

/**
 * The line to a sink inside the server, for one share: on the stream's side a viewer like any other, without a socket. What is
 * said is queued, under the stream's lock, and told by one thread at a time, outside it. Thread-safe.
 */
final class SinkLine implements Peer {
    private static final Logger LOG = LoggerFactory.getLogger(SinkLine.class);

    private static final String CONFIG = "{\"op\":\"config\"";

    /** Something to tell, what is to be done when it was told or given up, and what it weighs. */
    private record Item(Runnable tell, Runnable told, int bytes) {}

    private final FrameSink sink;
    private final Set<Codec> codecs;
    private final ParticipantId by;
    private final Clock clock;
    private final Executor executor;
    private final Runnable failed;
    private final Queue<Item> items = new ArrayDeque<>();
    private Optional<Receiver> relay = Optional.empty();
    private long waiting;
    private boolean telling;
    private boolean closed;
    /** It has been told of a picture. */
    private boolean shown;
    /** What comes now is of a codec that it takes. */
    private boolean takes;

    /**
     * @param executor tells the sink; it may take its time
     * @param failed is told if the sink throws
     */
    SinkLine(FrameSink sink, Set<Codec> codecs, ParticipantId by, Clock clock, Executor executor, Runnable failed) {
        this.sink = sink;
        this.codecs = codecs;
        this.by = by;
        this.clock = clock;
        this.executor = executor;
        this.failed = failed;
    }

    /** Where its acknowledgements go. */
    void relay(Receiver to) {
        boolean over;
        synchronized (this) {
            relay = Optional.of(to);
            over = closed;
        }
        if (over) {
            to.closed();
        }
    }

    /** The sink does not want to hear more: what waits is given up. */
    void end() {
        List<Item> left;
        Optional<Receiver> to;
        synchronized (this) {
            closed = true;
            left = List.copyOf(items);
            items.clear();
            waiting = 0;
            to = relay;
        }
        to.ifPresent(Receiver::closed);
        left.forEach(item -> item.told().run());
    }

    @Override
    public boolean binary(ByteBuffer frame, Runnable gone) {
        var header = FrameHeader.read(frame);
        var chunk = frame.position(frame.position() + FrameHeader.LENGTH).slice();
        var at = clock.instant();
        synchronized (this) {
            if (closed) {
                return false;
            }
            Runnable told = () -> {
                gone.run();
                acknowledge(header.sequence());
            };
            add(new Item(
                    takes ? () -> sink.frame(header, chunk, at) : () -> {}, told, FrameHeader.LENGTH + chunk.limit()));
        }
        return true;
    }

    /** Of all that viewers are told only the picture's shape matters here; that it is over is told by the closing. */
    @Override
    public boolean text(String json) {
        if (json.startsWith(CONFIG) && ClientText.read(json) instanceof ClientText.Config config) {
            config(config);
        }
        return true;
    }

    private synchronized void config(ClientText.Config config) {
        takes = Codec.of(config.codec()).filter(codecs::contains).isPresent();
        if (takes && !closed) {
            shown = true;
            var picture = new FrameSink.Picture(by, config.codec(), config.width(), config.height());
            Instant at = clock.instant();
            add(new Item(() -> sink.config(picture, at), () -> {}, 0));
        }
    }

    @Override
    public synchronized long waiting() {
        return waiting;
    }

    /** The stream lets go of it: the share is over here. */
    @Override
    public void close(int code, String reason) {
        stopped();
    }

    private synchronized void stopped() {
        if (!closed) {
            closed = true;
            if (shown) {
                add(new Item(sink::stopped, () -> {}, 0));
            }
        }
    }

    private void add(Item item) {
        items.add(item);
        waiting += item.bytes();
        if (!telling) {
            telling = true;
            executor.execute(this::tell);
        }
    }

    private void tell() {
        for (var item = next(); item.isPresent(); item = next()) {
            try {
                item.get().tell().run();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A sink that watched a screen has failed and is told nothing more", e);
                failed.run();
            } finally {
                item.get().told().run();
            }
        }
    }

    private synchronized Optional<Item> next() {
        var item = Optional.ofNullable(items.poll());
        item.ifPresent(i -> waiting -= i.bytes());
        telling = item.isPresent();
        return item;
    }

    /** What comes next is a key frame. */
    void key() {
        Optional<Receiver> to;
        synchronized (this) {
            to = relay;
        }
        to.ifPresent(r -> r.text(ServerText.KEY));
    }

    private void acknowledge(long sequence) {
        Optional<Receiver> to;
        synchronized (this) {
            to = relay;
        }
        to.ifPresent(r -> r.text(ServerText.ack(sequence)));
    }
}
