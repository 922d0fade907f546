package dev.tandem.call.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.tandem.web.MediaChannel.Peer;

/** A page that hears what it is sent. */
final class FakePeer implements Peer {
    final List<String> texts = new ArrayList<>();
    Optional<String> closed = Optional.empty();

    @Override
    public boolean binary(ByteBuffer frame, Runnable gone) {
        throw new AssertionError("a call has no frames");
    }

    @Override
    public boolean text(String json) {
        return texts.add(json);
    }

    @Override
    public long waiting() {
        return 0;
    }

    @Override
    public void close(int code, String reason) {
        if (closed.isEmpty()) {
            closed = Optional.of(code + " " + reason);
        }
    }

    /** Texts with that op. */
    List<String> texts(String op) {
        return texts.stream().filter(t -> t.contains("\"op\":\"" + op + "\"")).toList();
    }

    String last() {
        return texts.get(texts.size() - 1);
    }
}
