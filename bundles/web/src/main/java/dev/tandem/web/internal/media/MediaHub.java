package dev.tandem.web.internal.media;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.CloseCode;
import dev.tandem.web.internal.FirstCome;
import dev.tandem.web.internal.Mappers;
import dev.tandem.web.internal.Problems;
import dev.tandem.web.internal.Threads;
import dev.tandem.web.internal.Ticket;
import dev.tandem.web.internal.Tickets;

/** Media sockets without the sockets: which channels are there and who is on them. */
@Component(service = MediaHub.class, immediate = true)
public final class MediaHub {
    private static final Logger LOG = LoggerFactory.getLogger(MediaHub.class);
    private static final long HELLO_SECONDS = 5;
    private static final long WATCH_SECONDS = 5;
    private static final int PING_EVERY = 2;
    static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(25);

    private final Function<String, Optional<Ticket>> tickets;
    private final MediaPlaces places;
    private final ObjectMapper requests = Mappers.requests();
    private final ExecutorService closers;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final FirstCome<MediaChannel> channels = new FirstCome<>();
    private int watches;
    private final Set<MediaLine> lines = ConcurrentHashMap.newKeySet();

    @Activate
    public MediaHub(@Reference Tickets tickets, @Reference MediaPlaces places) {
        this(
                tickets::take,
                places,
                Executors.newCachedThreadPool(Threads.named("tandem-media")),
                Executors.newSingleThreadScheduledExecutor(Threads.named("tandem-media-timer")),
                System::nanoTime);
    }

    MediaHub(
            Function<String, Optional<Ticket>> tickets,
            MediaPlaces places,
            ExecutorService closers,
            ScheduledExecutorService timer,
            LongSupplier nanoTime) {
        this.tickets = tickets;
        this.places = places;
        this.closers = closers;
        this.timer = timer;
        this.nanoTime = nanoTime;
        timer.scheduleWithFixedDelay(this::watch, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void deactivate() {
        closeAll("restart");
        timer.shutdownNow();
        closers.shutdown();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "remove")
    public void add(MediaChannel channel) {
        if (!channels.add(channel.name(), channel)) {
            LOG.warn(
                    "Media channel {} is there already; {} waits",
                    channel.name(),
                    channel.getClass().getName());
        }
    }

    /** Closes the sockets of that channel; its receivers have been told when this returns. */
    void remove(MediaChannel channel) {
        channels.remove(channel.name(), channel);
        for (var line : lines) {
            if (line.isOn(channel)) {
                line.close(CloseCode.SLICE_GONE, "gone");
            }
        }
    }

    /** The agent's sign-ins have changed: every socket of the agent has to come with a new ticket. */
    public void askAgain(SiteId site, AgentId agent) {
        for (var line : lines) {
            if (line.isOf(site, agent)) {
                line.close(CloseCode.ASK_AGAIN, "ask again");
            }
        }
    }

    /**
     * The name of the node that a socket of that channel and session is to go to, if any can take it.
     *
     * @throws dev.tandem.web.ProblemException if the channel does not want it
     */
    public Optional<String> node(Caller caller, UUID session, String name) {
        var channel = channels.find(name);
        if (channel.isEmpty()) {
            return Optional.of(places.here()); // where it is told that there is no such channel
        }
        admit(caller, channel.get());
        channel.get().ask(caller, session);
        return places.node(caller.site(), session);
    }

    static void admit(Caller caller, MediaChannel channel) {
        if (caller instanceof Caller.OfViewer && !channel.viewers()) {
            throw new ProblemException(Problems.viewOnly());
        }
    }

    /** Any agent's sign-ins may have changed. */
    public void askAllAgain() {
        for (var line : lines) {
            if (line.isOfAgent()) {
                line.close(CloseCode.ASK_AGAIN, "ask again");
            }
        }
    }

    /**
     * This node has given its leases up, or lost them, and others may relay already what it does. All receivers have been
     * told when this returns.
     */
    public void leave(String why) {
        places.lost();
        closeAll(why);
    }

    private void closeAll(String why) {
        for (var line : lines) {
            line.close(CloseCode.RESTART, why);
        }
    }

    /** A socket has opened. It must say hello within five seconds. */
    public MediaLine open(MediaWire wire) {
        var line = new MediaLine(this, wire);
        lines.add(line);
        later(
                () -> {
                    if (!line.isWelcome()) {
                        line.close(CloseCode.BAD_TICKET, "no ticket within 5 s");
                    }
                },
                TimeUnit.SECONDS.toMillis(HELLO_SECONDS));
        return line;
    }

    private void watch() {
        try {
            boolean ping = ++watches % PING_EVERY == 0;
            for (var line : lines) {
                line.watch(ping);
            }
        } catch (RuntimeException e) {
            LOG.warn("The watch over media sockets failed; it goes on", e);
        }
    }

    Optional<MediaChannel> channel(String name) {
        return channels.find(name);
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    Optional<Ticket> take(String ticket) {
        return tickets.apply(ticket);
    }

    MediaPlaces places() {
        return places;
    }

    ObjectMapper requests() {
        return requests;
    }

    /** Runs it after that time, unless we have stopped by then. */
    public void later(Runnable task, long millis) {
        try {
            timer.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.RejectedExecutionException e) {
            LOG.debug("Media is closing", e);
        }
    }

    void elsewhere(Runnable task) {
        try {
            closers.execute(task);
        } catch (java.util.concurrent.RejectedExecutionException e) {
            LOG.debug("Media is closing", e);
        }
    }

    void forget(MediaLine line) {
        lines.remove(line);
    }

    int lines() {
        return lines.size();
    }
}
