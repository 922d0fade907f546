package dev.tandem.screen.internal;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
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
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;
import dev.tandem.screen.ScreenSharing;
import dev.tandem.session.Activity;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * The door of the relay: judges who comes and keeps one stream for each session in which somebody shares. A session whose
 * activity runs although no sender is there (a crash, a sender that never came) is noticed as soon as anybody asks for it,
 * and stopped when its sender stays away.
 */
@Component(service = {MediaChannel.class, Activity.class, ScreenSharing.class, ScreenRelay.class})
public final class ScreenRelay implements MediaChannel, Activity, ScreenSharing {
    static final String NAME = "screen";

    private static final Logger LOG = LoggerFactory.getLogger(ScreenRelay.class);
    private static final long TICK_MILLIS = 250;

    private record Key(SiteId site, SessionId session) {}

    private final SupportSessions sessions;
    private final Ids ids;
    private final Clock clock;
    private final RelayConfig config;
    private final Tally tally = new Tally();
    private final Map<Key, ScreenStream> streams = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(daemon("ticker"));
    private final ExecutorService closer;

    @Activate
    public ScreenRelay(
            @Reference SupportSessions sessions,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference RelayConfig config) {
        this(sessions, ids, clock, config, Executors.newSingleThreadExecutor(daemon("closer")));
    }

    ScreenRelay(SupportSessions sessions, Ids ids, Clock clock, RelayConfig config, ExecutorService closer) {
        this.config = config;
        this.sessions = sessions;
        this.ids = ids;
        this.clock = clock;
        this.closer = closer;
    }

    @Activate
    void start() {
        ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    public void close() {
        ticker.shutdownNow();
        streams.forEach((key, stream) -> {
            stream.goAway();
            stopInSession(key);
        });
        streams.clear();
        closer.shutdown();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Receiver open(Caller caller, UUID session, String role, Peer peer) {
        var membership = sessions.membership(caller, new SessionId(session));
        var running = membership.session().activity(NAME);
        if (running.isEmpty()) {
            throw new ProblemException(new Problem(409, "screen-stopped", "The screen is not shared."));
        }
        var who = membership.participant();
        var stream = stream(caller.site(), membership.session().id());
        if (role.equals("sender") && running.get().by().equals(who.id())) {
            return stream.openSender(who.id(), peer);
        }
        if (role.equals("viewer") && who.role() == Role.AGENT) {
            return stream.openViewer(who.id(), peer);
        }
        throw new ProblemException(new Problem(403, "wrong-role", "This role is not yours in this session."));
    }

    @Override
    public void stopped(SiteId site, SessionId session) {
        var stream = streams.remove(new Key(site, session));
        if (stream != null) {
            stream.stop();
        }
    }

    @Override
    public Optional<Shared> shared(SiteId site, SessionId session) {
        return sessions.find(site, session).flatMap(s -> s.activity(NAME)).flatMap(running -> stream(site, session)
                .shared(running.by()));
    }

    @Override
    public Optional<Traffic> traffic(SiteId site, SessionId session) {
        return Optional.ofNullable(streams.get(new Key(site, session))).flatMap(ScreenStream::traffic);
    }

    @Override
    public Counters counters() {
        return tally.counters();
    }

    /** The activity has just started: its sender is expected soon. */
    public void expectSender(SiteId site, SessionId session) {
        stream(site, session);
    }

    /** Something has changed in that session: what may not pass any more does not when this returns. */
    public void recheck(SiteId site, SessionId session) {
        Optional.ofNullable(streams.get(new Key(site, session))).ifPresent(ScreenStream::recheck);
    }

    void tick() {
        streams.forEach((key, stream) -> {
            try {
                stream.tick();
            } catch (RuntimeException e) {
                LOG.warn("Could not look after the screen of session {}", key.session(), e);
            }
        });
        streams.values().removeIf(ScreenStream::over);
    }

    /** For tests. */
    Map<?, ScreenStream> streams() {
        return streams;
    }

    private ScreenStream stream(SiteId site, SessionId session) {
        var key = new Key(site, session);
        return streams.compute(
                key,
                (k, old) -> old == null || old.over()
                        ? new ScreenStream(authority(key), clock, config.limits(), tally, closer)
                        : old);
    }

    private ScreenStream.Authority authority(Key key) {
        return new ScreenStream.Authority() {
            @Override
            public Optional<SupportSession> session() {
                return sessions.find(key.site(), key.session());
            }

            @Override
            public boolean stop() {
                return stopInSession(key);
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

    private boolean stopInSession(Key key) {
        try {
            var answer = sessions.stop(key.site(), key.session(), NAME, "system", ids.next());
            return !(answer instanceof Answer.Refused<?> refused)
                    || refused.refusal().reason() != Refusal.Reason.BUSY;
        } catch (RuntimeException e) {
            LOG.warn("Could not stop sharing in session {}", key.session(), e);
            return false;
        }
    }
}
