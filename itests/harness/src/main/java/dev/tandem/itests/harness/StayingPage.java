package dev.tandem.itests.harness;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A page in a session as browsers have it, which makes a participant present until it is closed: when its line is lost, by a
 * restart or a move of the server too, it comes back by itself. Whoever is in a session without one counts as lost after some
 * ten seconds, and a session without an agent or a customer ends after its grace.
 */
public final class StayingPage implements AutoCloseable {
    private static final Duration PING = Duration.ofSeconds(3);
    private static final Duration AGAIN = Duration.ofMillis(300);
    private static final Duration LONGEST_AGAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final Api who;
    private final String session;
    private final UUID page = UUID.randomUUID();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Thread thread;

    private StayingPage(Api who, String session) {
        this.who = who;
        this.session = session;
        var first = LiveSocket.at(who, session, page);
        this.thread = new Thread(() -> stay(first), "page of " + session);
        thread.setDaemon(true);
        thread.start();
    }

    /** Present when this returns. */
    public static StayingPage at(Api who, String session) {
        return new StayingPage(who, session);
    }

    private void stay(LiveSocket first) {
        var socket = Optional.of(first);
        var wait = AGAIN;
        while (!closed.isDone()) {
            if (socket.isPresent()) {
                lookAt(socket.get());
                socket.get().close();
                wait = AGAIN;
            } else {
                within(wait, closed);
                wait = wait.compareTo(LONGEST_AGAIN) < 0 ? wait.multipliedBy(2) : wait;
            }
            socket = again();
        }
        socket.ifPresent(LiveSocket::close);
    }

    private Optional<LiveSocket> again() {
        try {
            return closed.isDone() ? Optional.empty() : Optional.of(LiveSocket.at(who, session, page));
        } catch (RuntimeException | AssertionError away) {
            // The server is killed, or moves; or the session is over, and then it does no harm to ask.
            return Optional.empty();
        }
    }

    /** Until the socket has closed, or says nothing any more, or the page is closed. */
    private void lookAt(LiveSocket socket) {
        var over = CompletableFuture.anyOf(closed, socket.end());
        try {
            int heard = -1;
            for (int now = socket.received().size();
                    now > heard && !over.isDone();
                    now = socket.received().size()) {
                heard = now;
                socket.send(Map.of("op", "ping"));
                within(PING, over);
            }
        } catch (RuntimeException lost) {
            // Closed while it was written to.
            socket.close();
        }
    }

    private static void within(Duration time, CompletableFuture<?> what) {
        try {
            what.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException notYet) {
            return;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.complete(null);
        thread.interrupt();
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
