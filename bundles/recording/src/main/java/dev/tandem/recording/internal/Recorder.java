package dev.tandem.recording.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.SiteId;
import dev.tandem.recording.Recording;
import dev.tandem.recording.Recording.Ending;
import dev.tandem.recording.Recording.State;
import dev.tandem.recording.RecordingId;
import dev.tandem.recording.internal.webm.LiveFile;
import dev.tandem.screen.ScreenSharing;
import dev.tandem.screen.ScreenSharing.Watching;
import dev.tandem.session.Activity;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.MediaNodes;

/**
 * Writes what this node relays: one {@link Tape} for each recording whose session's media hang here. What it does follows from
 * the session and the recording as they are; it looks twice a second, and at once when it hears that something has changed.
 *
 * <p>All files are written by one thread, which waits for the disk and for nothing else; what comes meanwhile waits in memory,
 * with a bound. Another one looks, and may wait for the database.
 */
@Component(
        service = {Recorder.class, Activity.class},
        immediate = true)
public final class Recorder implements Activity {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final long TICK_MILLIS = 500;
    /** How often the database is asked what is to be done, and what room there is. */
    static final Duration LOOK = Duration.ofSeconds(2);

    private final SupportSessions sessions;
    private final ScreenSharing screen;
    private final RecordingBook book;
    private final Director director;
    private final Shelf shelf;
    private final Settings settings;
    private final Caretaker caretaker;
    private final MediaNodes media;
    private final Nodes nodes;
    private final Ids ids;
    private final Clock clock;
    private final ScheduledExecutorService writer;
    private final ScheduledExecutorService looker;
    private final Executor finisher;
    private final Map<RecordingId, Running> running = new ConcurrentHashMap<>();
    private final Runnable deaf;
    private final Queue<Recording> failed = new ConcurrentLinkedQueue<>();
    private volatile Instant look = Instant.MIN;

    /** A tape, and what fills it. */
    private record Running(Tape tape, Watching watching) {}

    @Activate
    public Recorder(
            @Reference SupportSessions sessions,
            @Reference ScreenSharing screen,
            @Reference RecordingBook book,
            @Reference Director director,
            @Reference Shelf shelf,
            @Reference Settings settings,
            @Reference Caretaker caretaker,
            @Reference MediaNodes media,
            @Reference Nodes nodes,
            @Reference Ids ids,
            @Reference Clock clock) {
        this(
                sessions,
                screen,
                book,
                director,
                shelf,
                settings,
                caretaker,
                media,
                nodes,
                ids,
                clock,
                Executors.newSingleThreadScheduledExecutor(daemon("writer")),
                Executors.newSingleThreadScheduledExecutor(daemon("looker")),
                Executors.newSingleThreadExecutor(daemon("finisher")));
    }

    /**
     * @param writer writes, one thread; it waits for nothing but the disk
     * @param looker sees what is to be done, one thread
     * @param finisher finishes and deletes files; may take its time
     */
    Recorder(
            SupportSessions sessions,
            ScreenSharing screen,
            RecordingBook book,
            Director director,
            Shelf shelf,
            Settings settings,
            Caretaker caretaker,
            MediaNodes media,
            Nodes nodes,
            Ids ids,
            Clock clock,
            ScheduledExecutorService writer,
            ScheduledExecutorService looker,
            Executor finisher) {
        this.sessions = sessions;
        this.screen = screen;
        this.book = book;
        this.director = director;
        this.shelf = shelf;
        this.settings = settings;
        this.caretaker = caretaker;
        this.media = media;
        this.nodes = nodes;
        this.ids = ids;
        this.clock = clock;
        this.writer = writer;
        this.looker = looker;
        this.finisher = finisher;
        this.deaf = book.listen((site, session) -> hasten());
    }

    @Activate
    void start() {
        writer.scheduleWithFixedDelay(this::write, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        looker.scheduleWithFixedDelay(this::look, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What is recorded here ends, unless only the node goes: then another one goes on. */
    @Deactivate
    void close() {
        forget();
        if (finisher instanceof ExecutorService threads) {
            threads.shutdownNow();
        }
        try {
            looker.awaitTermination(10, TimeUnit.SECONDS);
            writer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean goesOn = media.othersGoOn();
        for (var one : List.copyOf(running.values())) {
            close(one);
            if (!goesOn) {
                stopInSession(one.tape());
            }
        }
    }

    /** Looks no more, and closes nothing. */
    void forget() {
        deaf.run();
        looker.shutdown();
        writer.shutdown();
    }

    @Override
    public String name() {
        return Director.NAME;
    }

    @Override
    public void stopped(SiteId site, SessionId session) {
        recheck(site, session);
    }

    /** Something has changed in that session: what may not be written any more is not when this returns. */
    void recheck(SiteId site, SessionId session) {
        tapes(site, session).forEach(one -> judge(one.tape()));
        hasten();
    }

    /** Something that happened in that session. */
    void note(SiteId site, SessionId session, Instant at, java.util.function.LongFunction<Line> what) {
        tapes(site, session).forEach(one -> one.tape().line(at, what));
    }

    private List<Running> tapes(SiteId site, SessionId session) {
        return running.values().stream()
                .filter(one -> one.tape().of().site().equals(site)
                        && one.tape().of().session().equals(session))
                .toList();
    }

    private void hasten() {
        try {
            looker.execute(this::lookNow);
        } catch (RejectedExecutionException e) {
            // It stops.
        }
    }

    /** All of it, as the threads do it. */
    void tick() {
        write();
        look();
    }

    private void write() {
        for (var one : List.copyOf(running.values())) {
            try {
                one.tape().flush(clock.instant());
            } catch (IOException e) {
                LOG.warn(
                        "Recording {} ends: it cannot be written",
                        one.tape().of().id(),
                        e);
                close(one);
                failed.add(one.tape().of());
                hasten();
            }
        }
    }

    private void look() {
        for (var one : List.copyOf(running.values())) {
            try {
                lookAfter(one);
            } catch (RuntimeException e) {
                one.tape().gate(false, clock.instant());
                StorageException.log(LOG, "Recording " + one.tape().of().id() + " could not be looked after", e);
            }
        }
        var now = clock.instant();
        if (!look.plus(LOOK).isAfter(now) || look.isAfter(now)) {
            lookNow();
        }
    }

    private void lookAfter(Running one) {
        var tape = one.tape();
        if (!judge(tape)) {
            close(one);
            look = Instant.MIN;
        } else if (tape.wantsKey(clock.instant())) {
            one.watching().key();
        }
    }

    private void lookNow() {
        look = clock.instant();
        try {
            lookAtAll();
        } catch (RuntimeException e) {
            StorageException.log(LOG, "Nobody can say what is to be recorded", e);
        }
    }

    /** Opens or shuts the tape's gate. @return whether the tape goes on */
    private boolean judge(Tape tape) {
        var now = clock.instant();
        var of = tape.of();
        var session = sessions.find(of.site(), of.session()).filter(known -> recorded(known, of));
        boolean here = media.held(of.site(), of.session().value())
                .filter(lease -> lease.epoch() == tape.lease().epoch())
                .isPresent();
        tape.gate(
                here
                        && session.filter(known -> Director.allowed(known, of, now))
                                .isPresent(),
                now);
        return here && session.isPresent();
    }

    private static boolean recorded(SupportSession session, Recording recording) {
        return session.state() != SupportSession.State.ENDED
                && session.epoch() == recording.epoch()
                && session.running(Director.NAME);
    }

    /** What the database says is to be done. */
    private void lookAtAll() {
        for (var over = failed.poll(); over != null; over = failed.poll()) {
            director.fail(over, Ending.NO_ROOM);
        }
        var used = new HashMap<SiteId, Long>();
        for (var recording : book.todo()) {
            try {
                look(recording, used);
            } catch (Director.LaterException e) {
                LOG.debug("Recording {} is brought on later: {}", recording.id(), e.getMessage());
            } catch (RuntimeException e) {
                StorageException.log(LOG, "Recording " + recording.id() + " could not be brought on", e);
            }
        }
        caretaker.sweep(clock.instant(), finisher);
    }

    private void look(Recording recording, Map<SiteId, Long> used) {
        if (recording.state().open()) {
            director.advance(recording);
        }
        if (recording.state() == State.RECORDING) {
            record(recording, used);
        }
        caretaker.look(recording, busy(recording), finisher);
    }

    private Set<Integer> busy(Recording recording) {
        return Optional.ofNullable(running.get(recording.id()))
                .map(one -> Set.of(one.tape().part()))
                .orElse(Set.of());
    }

    private void record(Recording recording, Map<SiteId, Long> used) {
        var session = sessions.find(recording.site(), recording.session()).filter(s -> recorded(s, recording));
        var lease = session.flatMap(
                known -> media.take(recording.site(), recording.session().value()));
        if (lease.isEmpty()) {
            return;
        }
        var full = full(recording.site(), used);
        if (full.isPresent()) {
            LOG.warn("Recording {} ends: {}", recording.id(), full.get());
            Optional.ofNullable(running.get(recording.id())).ifPresent(this::close);
            director.fail(recording, full.get());
        } else if (!running.containsKey(recording.id())) {
            begin(recording, lease.get());
        }
    }

    /** Why nothing more may be written, if so. */
    Optional<Ending> full(SiteId site) {
        return full(site, new HashMap<>());
    }

    private Optional<Ending> full(SiteId site, Map<SiteId, Long> used) {
        try {
            if (shelf.room() <= 0) {
                return Optional.of(Ending.NO_ROOM);
            }
        } catch (IOException e) {
            LOG.warn("Nobody can say what room there is for recordings", e);
            return Optional.of(Ending.NO_ROOM);
        }
        long bytes = used.computeIfAbsent(
                site,
                one -> book.bytes(one)
                        + running.values().stream()
                                .map(Running::tape)
                                .filter(tape -> tape.of().site().equals(one))
                                .mapToLong(Tape::bytes)
                                .sum());
        return settings.quota(site).filter(most -> bytes >= most).map(most -> Ending.QUOTA);
    }

    private void begin(Recording recording, Lease lease) {
        var answer = book.beginPart(recording, nodes.self().name(), ids.next(), lease);
        if (!(answer instanceof Answer.Accepted<RecordingRules.NewPart> part)) {
            // It has ended meanwhile, or another node relays: the next look knows.
            return;
        }
        int number = part.value().number();
        var current = book.find(recording.site(), recording.id()).orElseThrow();
        var begun = current.part(number).map(Recording.Part::begunAt).orElse(clock.instant());
        try {
            shelf.prepare(recording);
            var place = shelf.place(recording, number);
            var tape = new Tape(
                    current, number, lease, LiveFile.create(place.live()), LineFile.create(place.lines()), begun);
            judge(tape);
            running.put(
                    recording.id(),
                    new Running(tape, screen.watch(recording.site(), recording.session(), tape, Set.of("vp8"))));
            LOG.info("Recording {} is written, part {}", recording.id(), number);
        } catch (IOException e) {
            LOG.warn("Recording {} ends: it cannot be written", recording.id(), e);
            director.fail(recording, Ending.NO_ROOM);
        }
    }

    private void close(Running one) {
        var tape = one.tape();
        if (!running.remove(tape.of().id(), one)) {
            return;
        }
        one.watching().close();
        try (tape) {
            tape.gate(false, clock.instant());
            tape.flush(clock.instant());
        } catch (IOException e) {
            LOG.warn("The end of recording {} could not be written", tape.of().id(), e);
        }
    }

    private void stopInSession(Tape tape) {
        var of = tape.of();
        try {
            sessions.stop(of.site(), of.session(), Director.NAME, "system", ids.next(), tape.lease());
        } catch (RuntimeException e) {
            LOG.warn("Could not stop recording {}", of.id(), e);
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            var thread = new Thread(task, "tandem-recording-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
