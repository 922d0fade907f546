package dev.tandem.journal.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.tandem.journal.EventSubscriber;

/** The subscribers that are there, each with its tail. */
final class Subscriptions {
    private final Lanes lanes;
    private final Duration patience;
    private final List<Tail> tails = new CopyOnWriteArrayList<>();

    /** @param patience how long a subscriber waits for the kind of an event to be opened before it goes on without */
    Subscriptions(Lanes lanes, Duration patience) {
        this.lanes = lanes;
        this.patience = patience;
    }

    void add(EventSubscriber subscriber) {
        var tail = new Tail(subscriber, lanes, patience);
        tails.add(tail);
        tail.start();
    }

    void remove(EventSubscriber subscriber) {
        tails.removeIf(tail -> {
            var its = tail.subscriber() == subscriber;
            if (its) {
                tail.stop();
            }
            return its;
        });
    }

    void wake() {
        tails.forEach(Tail::wake);
    }

    void awaitHeard() {
        tails.forEach(Tail::awaitHeard);
    }

    void close() {
        tails.forEach(Tail::stop);
        tails.clear();
    }
}
