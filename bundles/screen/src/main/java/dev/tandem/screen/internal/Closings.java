package dev.tandem.screen.internal;

import java.util.ArrayList;
import java.util.List;

import dev.tandem.web.MediaChannel.Peer;

/** Sockets to close once the lock is free, since a closing socket may call us back at once. */
final class Closings {
    static final int REFUSED = 4403;
    static final int GONE = 4410;

    private record Closing(Peer peer, int code, String reason) {}

    private final List<Closing> closings = new ArrayList<>();

    void add(Peer peer, int code, String reason) {
        closings.add(new Closing(peer, code, reason));
    }

    void run() {
        closings.forEach(c -> c.peer().close(c.code(), c.reason()));
    }
}
