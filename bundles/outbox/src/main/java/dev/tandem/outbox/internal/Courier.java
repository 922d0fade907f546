package dev.tandem.outbox.internal;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.None;
import dev.tandem.journal.StorageException;
import dev.tandem.journal.Streams;
import dev.tandem.outbox.Message.State;
import dev.tandem.outbox.Problems;
import dev.tandem.platform.SiteId;

/**
 * Takes what is queued to the mail server, on threads of its own, in the sites whose lease {@code outbox} this node holds. A
 * node without a mail server takes no such lease.
 */
@Component(service = Courier.class, immediate = true)
public final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private static final String LEASE = "outbox";
    /** How many letters are under way at once. */
    private static final int HANDS = 4;
    /** How soon something is found of which nobody has told. */
    private static final Duration ROUND = Duration.ofSeconds(5);
    /** How long those under way may take to come to their end before they are broken off. */
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final OutboxStreams streams;
    private final MailServer server;
    private final Leases leases;
    private final Nodes nodes;
    private final Ids ids;
    private final Carrier carrier;
    private final Runnable changed = this::serverChanged;

    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final Map<SiteId, Lease> held = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(HANDS);
    private final Semaphore bell = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService hands;
    private final Thread rounds;
    private volatile boolean hurry;

    @Activate
    public Courier(
            @Reference OutboxStreams streams,
            @Reference MailServer server,
            @Reference Leases leases,
            @Reference Nodes nodes,
            @Reference Ids ids) {
        this(streams, server, leases, nodes, ids, new Smtp());
    }

    Courier(OutboxStreams streams, MailServer server, Leases leases, Nodes nodes, Ids ids, Carrier carrier) {
        this.streams = streams;
        this.server = server;
        this.leases = leases;
        this.nodes = nodes;
        this.ids = ids;
        this.carrier = carrier;
        this.hands = Executors.newCachedThreadPool(task -> thread(task, "tandem-outbox"));
        this.rounds = thread(this::rounds, "tandem-outbox-rounds");
        streams.onQueued(this::ring);
        server.onChange(changed);
        rounds.start();
        ring();
    }

    private static Thread thread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        // The mail library looks for its parts there.
        thread.setContextClassLoader(SMTPTransport.class.getClassLoader());
        return thread;
    }

    /** There may be something to do. */
    void ring() {
        bell.release();
    }

    private void serverChanged() {
        hurry = true;
        ring();
    }

    private void rounds() {
        while (stopped.getCount() > 0) {
            try {
                round();
            } catch (RuntimeException e) {
                if (stopped.getCount() > 0) {
                    StorageException.log(LOG, "The outbox cannot be looked through", e);
                }
            }
            try {
                if (bell.tryAcquire(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void round() {
        settleOrphans();
        if (server.server().isEmpty()) {
            giveUpLeases();
            return;
        }
        if (hurry) {
            hurry = false;
            for (var row : streams.table().open(State.RETRYING)) {
                execute(row.site(), row.message(), ids.next(), (state, now) -> MailRules.hurry(state));
            }
        }
        for (var site : streams.table().sitesWithQueued()) {
            leases.take(site, LEASE).filter(this::mine).ifPresent(lease -> {
                held.put(site, lease);
                send(site, lease);
            });
        }
    }

    private boolean mine(Lease lease) {
        return lease.node().equals(nodes.self().id());
    }

    /** Somebody else, who has a server, may take them. */
    private void giveUpLeases() {
        for (var site : Set.copyOf(held.keySet())) {
            leases.release(held.get(site));
            held.remove(site);
        }
    }

    /** What a dead node was handing over: nobody knows how far it came. */
    private void settleOrphans() {
        var sending = streams.table().open(State.SENDING);
        if (sending.isEmpty()) {
            return;
        }
        var living = nodes.all().stream().map(Node::id).collect(Collectors.toCollection(HashSet::new));
        living.add(nodes.self().id());
        for (var row : sending) {
            // A life of this node that is over may still be at it, under its former id.
            row.node()
                    .filter(node -> !living.contains(node) && !underWay.contains(row.message()))
                    .ifPresent(node -> {
                        LOG.warn(
                                "Message {} of {} was being handed over by a node that is gone",
                                row.message(),
                                row.site());
                        execute(row.site(), row.message(), ids.next(), (state, now) -> MailRules.orphaned(state, node));
                    });
        }
    }

    private void send(SiteId site, Lease lease) {
        for (var row : streams.table().queued(site, HANDS * 2)) {
            if (underWay.contains(row.message())) {
                continue;
            }
            if (stopped.getCount() == 0 || !free.tryAcquire()) {
                return;
            }
            underWay.add(row.message());
            hands.execute(() -> {
                try {
                    deliver(site, row.message(), lease);
                } catch (RuntimeException e) {
                    if (stopped.getCount() > 0) {
                        StorageException.log(LOG, "Message " + row.message() + " could not be sent", e);
                    }
                } finally {
                    underWay.remove(row.message());
                    free.release();
                    ring();
                }
            });
        }
    }

    private void deliver(SiteId site, UUID message, Lease lease) {
        var state = streams.load(site, message);
        var to = server.server();
        if (state.state() != State.QUEUED || state.letter().isEmpty() || to.isEmpty()) {
            return;
        }
        int attempt = state.attempt();
        var outcome = streams.letter(site, state.letter().get())
                .map(letter -> carrier.carry(to.get(), letter, () -> mayHand(site, message, attempt, lease)))
                .orElseGet(() -> new Outcome.Never(Problems.ERASED));
        LOG.info("Message {} of {}, attempt {}: {}", message, site, attempt, outcome);
        if (!(outcome instanceof Outcome.NotOurs)) {
            note(site, message, attempt, outcome);
        }
    }

    /** Whether the last line may go. Written down before, under the lease, so that it goes once. */
    private boolean mayHand(SiteId site, UUID message, int attempt, Lease lease) {
        if (stopped.getCount() == 0) {
            return false;
        }
        var command = new Command<>(site, message, ids.next(), actor(), None.class).under(lease);
        var answer = streams.execute(command, (state, now) -> MailRules.hand(state, now, attempt, lease.node()));
        return answer instanceof Answer.Accepted<None>;
    }

    /** What the server has said is lost with this node, so it is written down as soon as the database is there. */
    private void note(SiteId site, UUID message, int attempt, Outcome outcome) {
        var command = ids.next();
        while (true) {
            try {
                var answer = execute(
                        site, message, command, (state, now) -> MailRules.outcome(state, now, attempt, outcome));
                if (answer instanceof Answer.Accepted<None>) {
                    return;
                }
            } catch (StorageException e) {
                StorageException.log(LOG, "What became of message " + message + " could not be noted", e);
            }
            try {
                if (stopped.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Answer<None> execute(
            SiteId site, UUID message, UUID command, Streams.Decider<MailState, MailFact, None> decider) {
        return streams.execute(new Command<>(site, message, command, actor(), None.class), decider);
    }

    private static String actor() {
        return "system";
    }

    /** The rounds end; who is under way comes to an end, or is broken off and found by whoever goes on. */
    @Deactivate
    public void close() {
        server.forget(changed);
        streams.onQueued(() -> {});
        stopped.countDown();
        ring();
        hands.shutdown();
        join(rounds);
        if (!finished(STOPPING)) {
            carrier.close();
            finished(STOPPING);
        }
        carrier.close();
        try {
            giveUpLeases();
        } catch (RuntimeException e) {
            LOG.warn("Leases of the outbox go on only with this node", e);
        }
    }

    private boolean finished(Duration within) {
        try {
            return hands.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(STOPPING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
