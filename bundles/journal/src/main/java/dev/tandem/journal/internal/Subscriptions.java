package dev.tandem.journal.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.tandem.journal.EventSubscriber;

/** The subscribers that are there, each with its tail. */
final class Subscriptions {
    private final Lanes lanes;
    private final Duration patience;
    private final Optional<NodeLeases> leases;
    private final List<Tail> tails = new CopyOnWriteArrayList<>();

    /**
     * @param patience how long a subscriber waits for the kind of an event to be opened before it goes on without
     * @param leases what nodes take turns by; none if there is but one node, ever
     */
    Subscriptions(Lanes lanes, Duration patience, Optional<NodeLeases> leases) {
        this.lanes = lanes;
        this.patience = patience;
        this.leases = leases;
    }

    void add(EventSubscriber subscriber) {
        var tail = new Tail(subscriber, lanes, patience, leases.map(all -> all));
        tails.add(tail);
        tail.start();
    }

    void remove(EventSubscriber subscriber) {
        tails.removeIf(tail -> {
            var its = tail.subscriber() == subscriber;
            if (its) {
                stop(List.of(tail));
            }
            return its;
        });
    }

    private void stop(List<Tail> some) {
        some.forEach(Tail::stop);
        leases.ifPresent(all ->
                all.leave(some.stream().flatMap(tail -> tail.claims().stream()).toList()));
    }

    void wake() {
        tails.forEach(Tail::wake);
    }

    void awaitHeard() {
        tails.forEach(Tail::awaitHeard);
    }

    void close() {
        stop(tails);
        tails.clear();
    }
}
