package dev.tandem.web.internal.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.LiveChannel;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.internal.CloseCode;
import dev.tandem.web.internal.FirstCome;
import dev.tandem.web.internal.Mappers;
import dev.tandem.web.internal.SendQueue;
import dev.tandem.web.internal.Threads;
import dev.tandem.web.internal.Ticket;
import dev.tandem.web.internal.Tickets;

/**
 * The live channel without its sockets: who listens to what, and which kinds of topics are there. A ring finds its lines
 * and returns; a few workers ask the slices and send.
 */
@Component(service = LiveHub.class, immediate = true)
public final class LiveHub implements LiveChannel {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
    private static final int WORKERS = 4;
    private static final long HELLO_SECONDS = 5;
    private static final long WATCH_SECONDS = 5;
    private static final int PING_EVERY = 2;
    static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(25);
    private static final long LEAVE_SECONDS = 5;

    private final Function<String, Optional<Ticket>> tickets;
    private final ObjectMapper mapper = Mappers.house();
    private final ObjectMapper requests = Mappers.requests();
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Bell bell;
    private final FirstCome<LiveTopics> kinds = new FirstCome<>();
    private final Map<LiveLine.Place, Set<LiveLine>> listeners = new ConcurrentHashMap<>();
    private int watches;
    private final Set<LiveLine> lines = ConcurrentHashMap.newKeySet();

    @Activate
    public LiveHub(@Reference Tickets tickets, @Reference Bell bell) {
        this(
                tickets::take,
                bell,
                Executors.newFixedThreadPool(WORKERS, Threads.named("tandem-live")),
                Executors.newSingleThreadScheduledExecutor(Threads.named("tandem-live-timer")),
                System::nanoTime);
    }

    LiveHub(
            Function<String, Optional<Ticket>> tickets,
            Bell bell,
            ExecutorService workers,
            ScheduledExecutorService timer,
            LongSupplier nanoTime) {
        this.tickets = tickets;
        this.bell = bell;
        this.workers = workers;
        this.timer = timer;
        this.nanoTime = nanoTime;
        timer.scheduleWithFixedDelay(this::watch, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
        bell.hear(this);
    }

    @Deactivate
    void deactivate() {
        bell.forget(this);
        closeAll("restart");
        inEachLine(line -> {}); // every page is detached when this has passed through
        timer.shutdownNow();
        workers.shutdown();
    }

    /** A socket has opened. It must say hello within five seconds. */
    public LiveLine open(SendQueue.Wire wire) {
        var line = new LiveLine(this, wire, new Mailbox(workers));
        lines.add(line);
        after(HELLO_SECONDS, TimeUnit.SECONDS, () -> {
            if (!line.isWelcome()) {
                line.close(CloseCode.BAD_TICKET, "no ticket within 5 s");
            }
        });
        return line;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "remove")
    void add(LiveTopics kind) {
        if (!kinds.add(kind.kind(), kind)) {
            LOG.warn(
                    "Topics {}/* are there already; {} waits",
                    kind.kind(),
                    kind.getClass().getName());
        }
        if (kind instanceof Everywhere source) {
            source.onChange(this::ringEverywhere);
        }
        for (var line : lines) {
            line.later(() -> line.kindCame(kind.kind()));
        }
    }

    /** Returns when no line uses that service any more, so that its slice can stop in peace. */
    void remove(LiveTopics kind) {
        kinds.remove(kind.kind(), kind);
        inEachLine(line -> line.kindGoes(kind));
    }

    /** The agent's sign-ins have changed: every line of the agent has to come with a new ticket. */
    public void askAgain(SiteId site, AgentId agent) {
        for (var line : lines) {
            line.later(() -> line.askAgain(site, agent));
        }
    }

    /** Any agent's sign-ins may have changed. */
    public void askAllAgain() {
        for (var line : lines) {
            line.later(line::askAgain);
        }
    }

    /** Every page is to go on elsewhere. */
    public void drain() {
        closeAll("draining");
    }

    private void closeAll(String why) {
        for (var line : lines) {
            line.close(CloseCode.RESTART, why);
        }
    }

    @Override
    public void ring(SiteId site, String topic) {
        for (var line : listeners.getOrDefault(new LiveLine.Place(site, topic), Set.of())) {
            line.ring(topic);
        }
    }

    private void ringEverywhere(String topic) {
        for (var place : listeners.keySet()) {
            if (place.topic().equals(topic)) {
                ring(place.site(), topic);
            }
        }
    }

    private void inEachLine(Consumer<LiveLine> task) {
        var all = List.copyOf(lines);
        var left = new CountDownLatch(all.size());
        for (var line : all) {
            line.later(() -> {
                try {
                    task.accept(line);
                } finally {
                    left.countDown();
                }
            });
        }
        try {
            if (!left.await(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} live lines did not let go within {} s", left.getCount(), LEAVE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            boolean ping = ++watches % PING_EVERY == 0;
            for (var line : lines) {
                line.watch(ping);
            }
        } catch (RuntimeException e) {
            LOG.warn("The live channel's watch failed; it goes on", e);
        }
    }

    Optional<LiveTopics> kind(String name) {
        return kinds.find(name);
    }

    void heed(SiteId site, String topic, LiveLine line) {
        listeners.compute(new LiveLine.Place(site, topic), (place, known) -> {
            var set = known == null ? ConcurrentHashMap.<LiveLine>newKeySet() : known;
            set.add(line);
            return set;
        });
    }

    void ignore(SiteId site, String topic, LiveLine line) {
        listeners.computeIfPresent(new LiveLine.Place(site, topic), (place, set) -> {
            set.remove(line);
            return set.isEmpty() ? null : set;
        });
    }

    void forget(LiveLine line) {
        lines.remove(line);
    }

    void after(long time, TimeUnit unit, Runnable task) {
        try {
            timer.schedule(task, time, unit);
        } catch (java.util.concurrent.RejectedExecutionException e) {
            LOG.debug("The live channel is closing", e);
        }
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    Optional<Ticket> take(String ticket) {
        return tickets.apply(ticket);
    }

    ObjectMapper mapper() {
        return mapper;
    }

    ObjectMapper requests() {
        return requests;
    }

    int lines() {
        return lines.size();
    }
}
