package dev.tandem.screen.internal;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import dev.tandem.journal.Refusal;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.SiteId;
import dev.tandem.screen.FrameSink;
import dev.tandem.screen.ScreenSharing;
import dev.tandem.screen.internal.ScreenStream.Stopping;
import dev.tandem.session.Activity;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel;
import dev.tandem.web.MediaNodes;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * The door of the relay: judges who comes and keeps one stream for each session whose sockets hang on this node. A session
 * whose activity runs although no sender is there (a crash, a sender that never came) is noticed as soon as anybody asks for
 * it, and stopped when its sender stays away.
 *
 * <p>One node at a time relays a session: the one that holds the lease of its media. Only under that lease a share is stopped
 * because of its sockets, so that a node that has been suspended, or left, ends nothing that goes on elsewhere.
 */
@Component(service = {MediaChannel.class, Activity.class, ScreenSharing.class, ScreenRelay.class})
public final class ScreenRelay implements MediaChannel, Activity, ScreenSharing {
    static final String NAME = "screen";

    private static final Logger LOG = LoggerFactory.getLogger(ScreenRelay.class);
    private static final String LEASE_LOST = "lease-lost";
    private static final long TICK_MILLIS = 250;

    private record Key(SiteId site, SessionId session) {}

    private final SupportSessions sessions;
    private final Ids ids;
    private final Clock clock;
    private final RelayConfig config;
    private final Tally tally = new Tally();
    private final MediaNodes media;
    private final Map<Key, Relayed> streams = new ConcurrentHashMap<>();
    private final Expected<Key> expected;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(daemon("ticker"));
    private final ExecutorService closer;
    private final SinkWatches<Key> watches = new SinkWatches<>();
    private final ExecutorService teller;

    /** A stream, and what it is relayed under. */
    private record Relayed(ScreenStream stream, Lease lease) {
        boolean relays(Grant grant, Lease under) {
            return !stream.over()
                    && lease.epoch() == under.epoch()
                    && stream.grant().equals(grant);
        }
    }

    @Activate
    public ScreenRelay(
            @Reference SupportSessions sessions,
            @Reference MediaNodes media,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference RelayConfig config) {
        this(
                sessions,
                media,
                ids,
                clock,
                config,
                Executors.newSingleThreadExecutor(daemon("closer")),
                Executors.newCachedThreadPool(daemon("sink")));
    }

    ScreenRelay(
            SupportSessions sessions,
            MediaNodes media,
            Ids ids,
            Clock clock,
            RelayConfig config,
            ExecutorService closer,
            ExecutorService teller) {
        this.config = config;
        this.sessions = sessions;
        this.media = media;
        this.ids = ids;
        this.clock = clock;
        this.closer = closer;
        this.teller = teller;
        this.expected = new Expected<>(absent(), clock);
    }

    @Activate
    void start() {
        ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What is shared here ends, unless only the node goes: then its pages come back on another one. */
    @Deactivate
    public void close() {
        ticker.shutdownNow();
        boolean goesOn = media.othersGoOn();
        streams.forEach((key, relayed) -> {
            relayed.stream().goAway();
            if (!goesOn) {
                stopInSession(key, relayed.lease());
            }
        });
        streams.clear();
        watches.clear();
        // Sinks hear of the end by the closings.
        closer.execute(teller::shutdown);
        closer.shutdown();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean viewers() {
        return true;
    }

    @Override
    public void ask(Caller caller, UUID session) {
        sessions.audience(caller, new SessionId(session));
    }

    @Override
    public Receiver open(Caller caller, UUID session, String role, Peer peer) {
        var membership = sessions.audience(caller, new SessionId(session));
        var running = Grant.of(membership.session());
        if (running.isEmpty()) {
            throw new ProblemException(new Problem(409, "screen-stopped", "The screen is not shared."));
        }
        var who = membership.participant();
        boolean sends = role.equals("sender");
        boolean own = running.get().by().equals(who.id());
        if (sends != own || !sends && !role.equals("viewer") || sends && who.role() == Role.VIEWER) {
            throw new ProblemException(new Problem(403, "wrong-role", "This role is not yours in this session."));
        }
        var stream = stream(new Key(caller.site(), membership.session().id()), running.get());
        return sends ? stream.openSender(who.id(), peer) : stream.openViewer(who, peer);
    }

    /** Asks the session, since by now somebody may share again. */
    @Override
    public void stopped(SiteId site, SessionId session) {
        recheck(site, session);
    }

    @Override
    public Optional<Shared> shared(SiteId site, SessionId session) {
        return sessions.find(site, session).flatMap(Grant::of).flatMap(running -> {
            var here = streams.get(new Key(site, session));
            if (here != null) {
                return here.stream().shared();
            }
            expected.expect(new Key(site, session), ScreenStream.COMING_BACK);
            return Optional.of(new Shared(running.by(), Line.WAITING, 0, 0, 0));
        });
    }

    @Override
    public Optional<Traffic> traffic(SiteId site, SessionId session) {
        return Optional.ofNullable(streams.get(new Key(site, session)))
                .flatMap(here -> here.stream().traffic());
    }

    @Override
    public Watching watch(SiteId site, SessionId session, FrameSink sink, Set<String> codecs) {
        var key = new Key(site, session);
        var watch = new SinkWatch(sink, Codec.families(codecs), clock, teller, gone -> watches.remove(key, gone));
        watches.add(key, watch);
        Optional.ofNullable(streams.get(key)).ifPresent(here -> watch.attach(here.stream()));
        return watch;
    }

    @Override
    public Counters counters() {
        return tally.counters();
    }

    /** The activity has just started: its sender is expected soon, at whatever node. */
    public void expectSender(SiteId site, SessionId session) {
        if (!streams.containsKey(new Key(site, session))) {
            expected.expect(new Key(site, session), ScreenStream.SENDER_GRACE);
        }
    }

    /** Something has changed in that session: what may not pass any more at this node does not when this returns. */
    public void recheck(SiteId site, SessionId session) {
        Optional.ofNullable(streams.get(new Key(site, session)))
                .ifPresent(here -> here.stream().recheck());
        forgetOver();
    }

    void tick() {
        streams.forEach((key, here) -> {
            try {
                here.stream().tick();
            } catch (RuntimeException e) {
                StorageException.log(LOG, "The screen of session " + key.session() + " could not be looked after", e);
            }
        });
        forgetOver();
        expected.tick();
    }

    private void forgetOver() {
        streams.values().removeIf(here -> here.stream().over());
    }

    /** For tests. */
    Collection<ScreenStream> streams() {
        return streams.values().stream().map(Relayed::stream).toList();
    }

    /**
     * The stream of the lease that this node holds. One of an earlier lease is over: its sockets are closed by then. So is one
     * of somebody who shared before.
     */
    private ScreenStream stream(Key key, Grant grant) {
        var lease = media.held(key.site(), key.session().value()).orElseThrow(ScreenRelay::elsewhere);
        var stream = streams
                .compute(key, (k, old) -> {
                    if (old != null && old.relays(grant, lease)) {
                        return old;
                    }
                    Optional.ofNullable(old).ifPresent(o -> o.stream().goAway());
                    return new Relayed(newStream(key, grant, lease), lease);
                })
                .stream();
        watches.of(key).forEach(watch -> watch.attach(stream));
        return stream;
    }

    private ScreenStream newStream(Key key, Grant grant, Lease lease) {
        var due = expected.came(key).orElseGet(() -> clock.instant().plus(ScreenStream.COMING_BACK));
        return new ScreenStream(grant, authority(key, lease), due, clock, config.limits(), tally, closer);
    }

    private static ProblemException elsewhere() {
        return new ProblemException(new Problem(409, "elsewhere", "Another node relays this session."));
    }

    private ScreenStream.Authority authority(Key key, Lease lease) {
        return new ScreenStream.Authority() {
            @Override
            public Optional<SupportSession> session() {
                return sessions.find(key.site(), key.session());
            }

            @Override
            public Stopping stop() {
                return stopInSession(key, lease);
            }
        };
    }

    private Expected.Authority<Key> absent() {
        return new Expected.Authority<>() {
            @Override
            public boolean running(Key key) {
                return sessions.find(key.site(), key.session())
                        .flatMap(Grant::of)
                        .isPresent();
            }

            @Override
            public Optional<Lease> take(Key key) {
                return media.take(key.site(), key.session().value());
            }

            @Override
            public Stopping stop(Key key, Lease lease) {
                return stopInSession(key, lease);
            }
        };
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            var thread = new Thread(task, "tandem-screen-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private Stopping stopInSession(Key key, Lease lease) {
        try {
            var answer = sessions.stop(key.site(), key.session(), NAME, "system", ids.next(), lease);
            if (!(answer instanceof Answer.Refused<?> refused)) {
                return Stopping.DONE;
            }
            if (refused.refusal().code().equals(LEASE_LOST)) {
                return Stopping.ELSEWHERE;
            }
            return refused.refusal().reason() == Refusal.Reason.BUSY ? Stopping.LATER : Stopping.DONE;
        } catch (RuntimeException e) {
            LOG.warn("Could not stop sharing in session {}", key.session(), e);
            return Stopping.LATER;
        }
    }
}
