package dev.tandem.filetransfer.internal.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;
import dev.tandem.web.LaterThread;
import dev.tandem.web.LiveChannel;

/**
 * How far files have come that this node receives just now, for people who look on. In memory: what counts stands in the
 * store. Pages are told at most four times a second, and once more when nothing has come for a while.
 */
@Component(service = Progress.class)
public final class Progress {
    /** A file of which nothing has come for that long does not come just now. */
    public static final Duration SILENCE = Duration.ofSeconds(10);

    static final Duration PACE = Duration.ofMillis(250);
    /** Pages are told of all transfers of a session each time: the more there are, the less often. */
    static final Duration SLOWEST = Duration.ofSeconds(3);

    private static final Duration FOR_EACH = Duration.ofMillis(5);
    /** Only guards this node's memory. */
    private static final int MOST = 10_000;

    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    /**
     * How far a file is.
     *
     * @param offset bytes that have come, settled or not
     */
    public record Seen(long offset, Instant at) {}

    /** Runs things later. */
    interface Later {
        void run(Duration delay, Runnable what);
    }

    private record Topic(SiteId site, SessionId session) {}

    private final LiveChannel live;
    private final Clock clock;
    private final Later later;
    private final Runnable closing;
    private final Map<String, Seen> files = new ConcurrentHashMap<>();
    private final Map<Topic, Bell> bells = new ConcurrentHashMap<>();
    private final Map<Topic, AtomicLong> numbers = new ConcurrentHashMap<>();

    @Activate
    public Progress(@Reference TransferBook book, @Reference LiveChannel live, @Reference Clock clock) {
        this.live = live;
        this.clock = clock;
        var thread = new LaterThread("tandem-filetransfer");
        this.later = thread::run;
        var unlisten = book.listen(this::changed);
        this.closing = () -> {
            unlisten.run();
            thread.close();
        };
    }

    /** For tests. */
    Progress(LiveChannel live, Clock clock, Later later) {
        this.live = live;
        this.clock = clock;
        this.later = later;
        this.closing = () -> {};
    }

    @Deactivate
    void close() {
        closing.run();
    }

    /** So much of a file has come, whether it is settled already or not. Returns at once; may be called for every block. */
    public void received(FileTransfer transfer, String file, long offset) {
        if (files.size() >= MOST && !files.containsKey(file)) {
            files.values().removeIf(seen -> !isRecent(seen));
        }
        if (files.size() < MOST || files.containsKey(file)) {
            files.put(file, new Seen(offset, clock.instant()));
        }
        if (bells.size() > MOST) {
            bells.clear();
        }
        var topic = new Topic(transfer.site(), transfer.session());
        bells.computeIfAbsent(topic, Bell::new).received();
    }

    /** So much of a file stands in the store for sure, whether it has come just now or not. */
    public void settled(FileTransfer transfer, String file, long offset) {
        if (files.computeIfPresent(file, (id, seen) -> new Seen(offset, seen.at())) != null) {
            bells.computeIfAbsent(new Topic(transfer.site(), transfer.session()), Bell::new)
                    .received();
        }
    }

    /** Nothing more is to be said of that file: it is over, or another node has it. */
    public void forget(String file) {
        files.remove(file);
    }

    /** How far it is, if this node has received something of it. */
    public Optional<Seen> of(String file) {
        return Optional.ofNullable(files.get(file));
    }

    /** Whether something of it has come just now. */
    public boolean receiving(String file) {
        return of(file).filter(this::isRecent).isPresent();
    }

    private boolean isRecent(Seen seen) {
        return seen.at().plus(SILENCE).isAfter(clock.instant());
    }

    /** Something else has changed that pages of that session see. */
    void changed(SiteId site, SessionId session) {
        if (numbers.size() > MOST) {
            numbers.clear();
        }
        numbers.computeIfAbsent(new Topic(site, session), ignored -> new AtomicLong())
                .updateAndGet(before -> Math.max(before + 1, clock.millis()));
    }

    /**
     * Of the state that pages see, as a number that ascends, also over restarts. To be read before the state.
     *
     * @param seen the one that the page has seen, perhaps on another node
     */
    long number(SiteId site, SessionId session, long seen) {
        var number = numbers.computeIfAbsent(new Topic(site, session), ignored -> new AtomicLong(clock.millis()));
        long now = number.get();
        boolean likely = seen - MOST_AHEAD.toMillis() <= clock.millis();
        return seen <= now || !likely ? now : number.accumulateAndGet(seen + 1, Math::max);
    }

    /** Pages of that session have so many transfers to be told of. */
    void counted(SiteId site, SessionId session, int transfers) {
        Optional.ofNullable(bells.get(new Topic(site, session))).ifPresent(bell -> bell.pace = pace(transfers));
    }

    private static Duration pace(int transfers) {
        var wished = FOR_EACH.multipliedBy(transfers);
        var least = wished.compareTo(PACE) < 0 ? PACE : wished;
        return least.compareTo(SLOWEST) > 0 ? SLOWEST : least;
    }

    /** Tells the pages of a session, at its pace. */
    private final class Bell {
        private final Topic topic;
        private Instant last = Instant.MIN;
        private boolean waiting;
        private boolean watched;
        private volatile Duration pace = PACE;

        Bell(Topic topic) {
            this.topic = topic;
        }

        void received() {
            boolean now;
            synchronized (this) {
                last = clock.instant();
                now = !waiting;
                waiting = true;
                if (!watched) {
                    watched = true;
                    later.run(SILENCE, this::watch);
                }
            }
            if (now) {
                ring();
                nextLater();
            }
        }

        private void nextLater() {
            var wait = pace;
            later.run(wait, () -> next(clock.instant().minus(wait)));
        }

        /** What has come since is told once more. */
        private void next(Instant since) {
            boolean more;
            synchronized (this) {
                more = last.isAfter(since);
                waiting = more;
            }
            if (more) {
                ring();
                nextLater();
            }
        }

        /** Whoever pauses is seen to pause. */
        private void watch() {
            boolean silent;
            synchronized (this) {
                silent = !last.plus(SILENCE).isAfter(clock.instant());
                watched = !silent;
            }
            if (silent) {
                bells.remove(topic, this);
                ring();
            } else {
                later.run(SILENCE, this::watch);
            }
        }

        private void ring() {
            changed(topic.site(), topic.session());
            live.ring(topic.site(), TransferBook.TOPIC + "/" + topic.session());
        }
    }
}
