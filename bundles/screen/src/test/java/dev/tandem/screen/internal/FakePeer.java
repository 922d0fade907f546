package dev.tandem.screen.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.tandem.screen.FrameHeader;
import dev.tandem.web.MediaChannel.Peer;

/** A client that hears what it is sent. */
final class FakePeer implements Peer {
    final List<ByteBuffer> frames = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    boolean full;
    boolean fullOfTexts;
    /** It takes nothing: what it is sent stays in its queue until it is closed. */
    boolean keeps;

    /** Its line breaks at the next thing that it is sent, and this is what comes of it. */
    Optional<Runnable> breaks = Optional.empty();

    private final List<Runnable> kept = new ArrayList<>();
    long waiting;
    Optional<String> closed = Optional.empty();

    @Override
    public boolean binary(ByteBuffer frame, Runnable gone) {
        if (full || broken()) {
            return false;
        }
        frames.add(frame);
        if (keeps) {
            kept.add(gone);
            waiting += frame.remaining();
        } else {
            gone.run();
        }
        return true;
    }

    /** All that it keeps leaves. */
    void flow() {
        waiting = 0;
        kept.forEach(Runnable::run);
        kept.clear();
    }

    @Override
    public boolean text(String json) {
        return !fullOfTexts && !broken() && texts.add(json);
    }

    private boolean broken() {
        breaks.ifPresent(Runnable::run);
        return breaks.isPresent();
    }

    @Override
    public long waiting() {
        return waiting;
    }

    @Override
    public void close(int code, String reason) {
        if (closed.isEmpty()) {
            closed = Optional.of(code + " " + reason);
            flow();
        }
    }

    List<Long> sequences() {
        return frames.stream().map(f -> FrameHeader.read(f).sequence()).toList();
    }

    /** Texts with that op, without beats if none is named. */
    List<String> texts(String op) {
        return texts.stream().filter(t -> t.contains("\"op\":\"" + op + "\"")).toList();
    }
}
