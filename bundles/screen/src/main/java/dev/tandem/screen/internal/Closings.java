package dev.tandem.screen.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import dev.tandem.web.MediaChannel.Peer;

/**
 * Sockets to close once the lock is free, and on a thread that is not in the middle of another socket's message, since a
 * closing socket waits for the message under way and then calls us back.
 */
final class Closings {
    static final int REFUSED = 4403;
    static final int TOO_SLOW = 4408;
    static final int GONE = 4410;
    /** Of the WebSocket protocol's own: try again later. */
    static final int LATER = 1013;

    private record Closing(Peer peer, int code, String reason) {}

    private final List<Closing> closings = new ArrayList<>();

    void add(Peer peer, int code, String reason) {
        closings.add(new Closing(peer, code, reason));
    }

    void run(Executor closer) {
        if (!closings.isEmpty()) {
            closer.execute(() -> closings.forEach(c -> c.peer().close(c.code(), c.reason())));
        }
    }
}
