package dev.tandem.call.internal;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.call.Calls;
import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Lease;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Activity;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel;
import dev.tandem.web.MediaNodes;
import dev.tandem.web.Pace;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * The door of calls: judges who comes, keeps one {@link Room} for each session whose sockets hang on this node, starts the
 * activity with the first who joins and stops it, under the lease of the session's media, when nobody is in it any more.
 */
@Component(service = {MediaChannel.class, Activity.class, Calls.class, CallDesk.class})
public final class CallDesk implements MediaChannel, Activity, Calls {
    static final String NAME = "call";

    private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);
    private static final int REFUSED = 4403;
    private static final int NOT_UNDERSTOOD = 4400;
    private static final int SLICE_GONE = 4410;
    private static final int TEXTS_PER_SECOND = 50;
    /** Candidates of five peers may come all at once. */
    private static final int TEXTS_AT_ONCE = 500;

    private record Key(SiteId site, SessionId session) {}

    private record Held(Room room, Lease lease) {}

    private final SupportSessions sessions;
    private final MediaNodes media;
    private final IceServers servers;
    private final Ids ids;
    private final Clock clock;
    private final Map<Key, Held> rooms = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tandem-call");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public CallDesk(
            @Reference SupportSessions sessions,
            @Reference MediaNodes media,
            @Reference IceServers servers,
            @Reference Ids ids,
            @Reference Clock clock) {
        this.sessions = sessions;
        this.media = media;
        this.servers = servers;
        this.ids = ids;
        this.clock = clock;
    }

    @Activate
    void start() {
        ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    public void close() {
        ticker.shutdownNow();
        rooms.values().forEach(held -> held.room().closeAll(SLICE_GONE, "slice-gone"));
        rooms.clear();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void ask(Caller caller, UUID session) {
        sessions.membership(caller, new SessionId(session));
    }

    @Override
    public Receiver open(Caller caller, UUID session, String role, Peer peer) {
        var membership = sessions.membership(caller, new SessionId(session));
        if (!role.equals("peer")) {
            throw new ProblemException(new Problem(403, "wrong-role", "This role is not yours in this session."));
        }
        var key = new Key(caller.site(), membership.session().id());
        var held = held(key);
        var who = membership.participant().id();
        long id = held.room().enter(who, peer, servers.forPage(who));
        return new Line(key, held, who, id, peer);
    }

    private Held held(Key key) {
        var lease = media.held(key.site(), key.session().value())
                .orElseThrow(
                        () -> new ProblemException(new Problem(409, "elsewhere", "Another node relays this session.")));
        return rooms.compute(
                key,
                (k, old) ->
                        old != null && old.lease().epoch() == lease.epoch() ? old : new Held(new Room(clock), lease));
    }

    /** What one page says. */
    private final class Line implements Receiver {
        private final Key key;
        private final Held held;
        private final ParticipantId who;
        private final long id;
        private final Peer peer;
        private final Pace pace = new Pace(TEXTS_PER_SECOND, TEXTS_AT_ONCE);

        Line(Key key, Held held, ParticipantId who, long id, Peer peer) {
            this.key = key;
            this.held = held;
            this.who = who;
            this.id = id;
            this.peer = peer;
        }

        @Override
        public void binary(ByteBuffer frame) {
            peer.close(REFUSED, "texts-only");
        }

        @Override
        public int largestFrame() {
            return 1;
        }

        @Override
        public void text(String json) {
            if (!pace.allows(clock.instant())) {
                throw new ProblemException(new Problem(429, "too-fast", "Too much is said in too little time."));
            }
            ClientWord word;
            try {
                word = ClientWord.read(json);
            } catch (IllegalArgumentException e) {
                LOG.debug("Session {}: {}", key.session(), e.getMessage());
                peer.close(NOT_UNDERSTOOD, "not-understood");
                return;
            }
            if (word instanceof ClientWord.Can can) {
                held.room().can(id, can.voice());
            } else if (word instanceof ClientWord.Join join) {
                join(join);
            } else if (word instanceof ClientWord.State state) {
                held.room().state(id, state.audio(), state.video());
            } else if (word instanceof ClientWord.Signal signal) {
                held.room().signal(id, signal.to(), signal.data());
            } else if (word instanceof ClientWord.Leave) {
                held.room().leave(id);
            }
        }

        /** First in the room, so that nobody finds a call in which nobody is; out again if the session refuses. */
        private void join(ClientWord.Join join) {
            if (!held.room().join(id, join.audio(), join.video())) {
                return;
            }
            var answer = sessions.start(key.site(), key.session(), NAME, who, Scope.SESSION, ids.next());
            if (answer instanceof Answer.Refused<?> refused
                    && !refused.refusal().code().equals("activity-running")) {
                held.room().leave(id);
                throw ProblemException.refused(refused.refusal());
            }
        }

        @Override
        public void closed() {
            held.room().closed(id);
        }
    }

    /** The session has ended it, or has ended: who is in it must not go on. */
    @Override
    public void stopped(SiteId site, SessionId session) {
        var held = rooms.get(new Key(site, session));
        boolean runs =
                sessions.find(site, session).flatMap(now -> now.activity(NAME)).isPresent();
        if (held != null && !runs && !held.room().peers().isEmpty()) {
            held.room().over("ended");
        }
    }

    /** Something has changed in that session: who may not be in the call any more is out when this returns. */
    public void recheck(SiteId site, SessionId session) {
        var held = rooms.get(new Key(site, session));
        if (held == null) {
            return;
        }
        var now = sessions.find(site, session).filter(s -> s.state() != SupportSession.State.ENDED);
        if (now.isEmpty()) {
            held.room().over("ended");
            held.room().closeAll(REFUSED, "session-ended");
            return;
        }
        held.room().participants().stream()
                .filter(who -> now.get()
                        .participant(who)
                        .filter(p -> p.state().present())
                        .isEmpty())
                .forEach(who -> held.room().drop(who, REFUSED, "not-in-session"));
    }

    /** That participant has taken back the consent to talk, or its time is up: they are out, the others go on. */
    public void withdrawn(SiteId site, SessionId session, ParticipantId of) {
        Optional.ofNullable(rooms.get(new Key(site, session)))
                .ifPresent(held -> held.room().out(of));
    }

    /** Control has passed (W31). */
    public void controlPassed(SiteId site, SessionId session, ParticipantId to) {
        Optional.ofNullable(rooms.get(new Key(site, session)))
                .ifPresent(held -> held.room().controlledBy(to));
    }

    @Override
    public Optional<Ongoing> ongoing(SiteId site, SessionId session) {
        return Optional.ofNullable(rooms.get(new Key(site, session)))
                .map(held -> held.room().peers())
                .filter(peers -> !peers.isEmpty())
                .map(Ongoing::new);
    }

    void tick() {
        rooms.forEach((key, held) -> {
            try {
                tick(key, held);
            } catch (RuntimeException e) {
                StorageException.log(LOG, "The call of session " + key.session() + " could not be looked after", e);
            }
        });
    }

    private void tick(Key key, Held held) {
        boolean running = sessions.find(key.site(), key.session())
                .flatMap(session -> session.activity(NAME))
                .isPresent();
        switch (held.room().want(running)) {
            case NOTHING -> {}
            case END_EMPTY -> stop(key, held.lease());
            case END_NO_VOICE -> {
                held.room().over("no-voice");
                stop(key, held.lease());
            }
            case FORGET -> rooms.remove(key, held);
        }
    }

    private void stop(Key key, Lease lease) {
        sessions.stop(key.site(), key.session(), NAME, "system", ids.next(), lease);
    }
}
