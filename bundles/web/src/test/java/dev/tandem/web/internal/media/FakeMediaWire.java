package dev.tandem.web.internal.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A socket that remembers, and keeps what it is given until {@link #flow}. */
final class FakeMediaWire implements MediaWire {
    final List<String> texts = new ArrayList<>();
    final List<ByteBuffer> frames = new ArrayList<>();
    Optional<String> closed = Optional.empty();
    boolean full;
    long stuckFor;
    int pings;
    private final List<Runnable> kept = new ArrayList<>();
    private long waiting;

    @Override
    public boolean binary(ByteBuffer frame, Runnable gone) {
        if (full) {
            return false;
        }
        frames.add(frame);
        kept.add(gone);
        waiting += frame.remaining();
        return true;
    }

    @Override
    public boolean text(String json) {
        return !full && texts.add(json);
    }

    void flow() {
        waiting = 0;
        kept.forEach(Runnable::run);
        kept.clear();
    }

    @Override
    public long waiting() {
        return waiting;
    }

    @Override
    public long stuckFor() {
        return stuckFor;
    }

    @Override
    public void ping() {
        pings++;
    }

    @Override
    public void close(int code, String reason) {
        closed = Optional.of(code + " " + reason);
    }
}
