package dev.tandem.screen.internal;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.ScreenSharing.Line;
import dev.tandem.screen.ScreenSharing.Shared;
import dev.tandem.screen.ScreenSharing.Traffic;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession;
import dev.tandem.web.MediaChannel.Peer;
import dev.tandem.web.MediaChannel.Receiver;
import dev.tandem.web.Pace;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * The relay of one session while somebody shares: one sender, some viewers, one encoding. Messages are queued under the
 * lock, which keeps their order and never blocks; sockets are closed outside it.
 */
final class ScreenStream {
    /** A sender whose line is lost has this long to come back, a new one to come: also from a computer that has much to do. */
    static final Duration SENDER_GRACE = Duration.ofSeconds(10);

    /** One that may have hung on a node which has died since has this long to come here. */
    static final Duration COMING_BACK = Duration.ofSeconds(15);

    static final Duration BEAT = Duration.ofSeconds(1);
    /** The session is asked this often by itself, since asking reads the database and is nothing for every frame. */
    static final Duration RECHECK = Duration.ofMillis(500);
    /** Without an answer for so long no frame passes. */
    static final Duration TRUST = Duration.ofSeconds(2);
    /** A viewer sends no frames; so much is read before it is told so. */
    static final int FROM_VIEWERS = 64 * 1024;
    /** Pages that watch one session. */
    static final int MOST_VIEWERS = 100;

    /** Bytes of frames that wait for the viewers of one session, each frame counted once. */
    static final long MOST_HELD = 16L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ScreenStream.class);

    private final Grant grant;
    private final Authority authority;
    private final Clock clock;
    private final RelayConfig.Limits limits;
    private final Tally tally;
    private final Executor closer;
    private final Object lock = new Object();
    private final AtomicLong held = new AtomicLong();
    private final Viewers viewers = new Viewers();
    private final LatestPicture picture = new LatestPicture();
    private final KeyRequests keys = new KeyRequests();
    private Optional<SenderLine> sender = Optional.empty();
    private Optional<ClientText.Config> config = Optional.empty();
    private Line line = Line.WAITING;
    private boolean stopped;
    private Instant judgedAt = Instant.MIN;
    private Instant senderDue;
    private Instant nextBeat;

    /** What the session says now. */
    interface Authority {
        /** The session as it is, or empty if it is no more. */
        Optional<SupportSession> session();

        /** Asks the session to stop the activity. */
        Stopping stop();
    }

    /** What became of the wish to stop the activity. */
    enum Stopping {
        DONE,
        /** Not now: to be asked again. */
        LATER,
        /** Another node relays the session now; the rest is its business. */
        ELSEWHERE
    }

    /**
     * @param grant who shares
     * @param senderDue until when the first sender is waited for
     * @param closer closes sockets, outside any lock and, but in tests, on another thread
     */
    ScreenStream(
            Grant grant,
            Authority authority,
            Instant senderDue,
            Clock clock,
            RelayConfig.Limits limits,
            Tally tally,
            Executor closer) {
        this.grant = grant;
        this.authority = authority;
        this.clock = clock;
        this.limits = limits;
        this.tally = tally.part();
        this.closer = closer;
        this.senderDue = senderDue;
        this.nextBeat = clock.instant();
    }

    Grant grant() {
        return grant;
    }

    Receiver openSender(ParticipantId who, Peer peer) {
        var closings = new Closings();
        var mine = new SenderLine(who, peer, limits, clock.instant());
        synchronized (lock) {
            refuseIfStopped();
            sender.ifPresent(old -> closings.add(old.peer(), Closings.REFUSED, "replaced"));
            sender = Optional.of(mine);
            viewers.forEach(ViewerLine::forgetInFlight);
            mine.watchedBy(viewers, micros());
        }
        closings.run(closer);
        return new LineReceiver(
                FrameHeader.LARGEST_FRAME,
                frame -> frame(mine, frame),
                json -> senderText(mine, json),
                () -> senderClosed(mine));
    }

    Receiver openViewer(Participant who, Peer peer) {
        return open(new ViewerLine(Optional.of(who), peer, limits, micros()), peer);
    }

    Receiver openSink(Peer peer, Set<Codec> codecs) {
        var mine = new ViewerLine(Optional.empty(), peer, limits, micros());
        mine.can(codecs);
        return open(mine, peer);
    }

    private Receiver open(ViewerLine mine, Peer peer) {
        synchronized (lock) {
            refuseIfStopped();
            if (mine.page() && viewers.count() == MOST_VIEWERS) {
                throw refusal("too-many-viewers", "Too many pages watch this screen.");
            }
            viewers.add(mine);
            mine.text(ServerText.state(line));
            config.ifPresent(c -> mine.text(ServerText.config(c)));
            show(mine);
            viewersChanged();
        }
        return new LineReceiver(
                FROM_VIEWERS,
                frame -> peer.close(Closings.REFUSED, "bad-message"),
                json -> viewerText(mine, json),
                () -> viewerClosed(mine));
    }

    /** Every quarter of a second or so. */
    void tick() {
        boolean abandoned;
        if (unsure(RECHECK)) {
            recheck();
        }
        var closings = new Closings();
        synchronized (lock) {
            var now = clock.instant();
            abandoned = !stopped && sender.isEmpty() && !now.isBefore(senderDue);
            if (!now.isBefore(nextBeat)) {
                nextBeat = now.plus(BEAT);
                beat(now);
                // Somebody may have let the time pass in which to say what it can decode.
                sender.ifPresent(s -> s.watchedBy(viewers, micros()));
            }
            var hopeless = viewers.removeIf(ViewerLine::hopeless);
            hopeless.forEach(v -> closings.add(v.peer(), Closings.TOO_SLOW, "too slow"));
            if (!hopeless.isEmpty()) {
                viewersChanged();
            }
            askForKey();
        }
        closings.run(closer);
        if (abandoned) {
            var stopping = authority.stop();
            LOG.info("A screen's sender has not come, or not come back: {}", stopping);
            if (stopping == Stopping.ELSEWHERE) {
                goAway();
            } else if (stopping == Stopping.LATER) {
                synchronized (lock) {
                    senderDue = clock.instant().plus(BEAT);
                }
            }
        }
    }

    /** Asks the session and closes what may not be open any more. */
    void recheck() {
        var session = authority.session();
        if (session.flatMap(Grant::of).filter(grant::equals).isEmpty()) {
            stop();
            return;
        }
        var closings = new Closings();
        synchronized (lock) {
            judgedAt = clock.instant();
            Predicate<ParticipantId> present = who -> session.get()
                    .participant(who)
                    .map(Participant::state)
                    .filter(Participant.State::present)
                    .isPresent();
            sender.filter(s -> !present.test(s.who())).ifPresent(s -> {
                closings.add(s.peer(), Closings.REFUSED, "not-in-session");
                senderLost();
            });
            var gone = viewers.removeIf(v -> v.page() && !present.test(v.who().get()));
            gone.forEach(v -> closings.add(v.peer(), Closings.REFUSED, "not-in-session"));
            if (!gone.isEmpty()) {
                viewersChanged();
            }
        }
        closings.run(closer);
    }

    /** The activity has ended: says so and closes all. Nothing passes afterwards. */
    void stop() {
        close(Optional.of(ServerText.STOPPED), Closings.REFUSED, "screen-stopped");
    }

    /** It is not relayed here any more. */
    void goAway() {
        close(Optional.empty(), Closings.GONE, "gone");
    }

    boolean over() {
        synchronized (lock) {
            return stopped;
        }
    }

    Optional<Shared> shared() {
        synchronized (lock) {
            int width = config.map(ClientText.Config::width).orElse(0);
            int height = config.map(ClientText.Config::height).orElse(0);
            return stopped
                    ? Optional.empty()
                    : Optional.of(new Shared(grant.by(), line, width, height, viewers.count()));
        }
    }

    Optional<Traffic> traffic() {
        synchronized (lock) {
            return stopped
                    ? Optional.empty()
                    : Optional.of(new Traffic(tally.counters(), viewers.count(), viewers.pagesLooking()));
        }
    }

    /** Bytes of frames kept for a new viewer. */
    int keptBytes() {
        synchronized (lock) {
            return picture.bytes();
        }
    }

    /** Bytes of frames that wait for viewers, each frame counted once. */
    long heldBytes() {
        return held.get();
    }

    private void close(Optional<String> last, int code, String reason) {
        var closings = new Closings();
        synchronized (lock) {
            stopped = true;
            peers(peer -> {
                last.ifPresent(peer::text);
                closings.add(peer, code, reason);
            });
            sender = Optional.empty();
            viewers.clear();
            picture.forget();
        }
        closings.run(closer);
    }

    private boolean unsure(Duration age) {
        synchronized (lock) {
            return judgedAt.isBefore(clock.instant().minus(age));
        }
    }

    private void frame(SenderLine from, ByteBuffer bytes) {
        if (unsure(TRUST)) {
            try {
                recheck();
            } catch (RuntimeException e) {
                LOG.warn("Nobody can say whether a screen may be shared: its sender has to come back", e);
                from.peer().close(Closings.LATER, "later");
                return;
            }
        }
        var frame = Frame.of(bytes, held);
        var closings = new Closings();
        String fault;
        synchronized (lock) {
            if (!isSender(from)) {
                return;
            }
            from.heard(clock.instant());
            if (!from.inPace(micros())) {
                fault = "too-fast";
            } else if (frame.isPresent() && from.accepts(frame.get().header())) {
                relay(from, frame.get(), crowded(frame.get().size(), closings));
                fault = "";
            } else {
                fault = "bad-frame";
            }
            if (!fault.isEmpty()) {
                refused();
            }
        }
        closings.run(closer);
        if (!fault.isEmpty()) {
            from.peer().close(Closings.REFUSED, fault);
        }
    }

    /**
     * What viewers that take nothing make us hold is bounded for all of them together: beyond it the worst of them has to
     * go, one with each frame, and meanwhile who has something waiting gets nothing more.
     */
    private boolean crowded(int size, Closings closings) {
        if (held.get() + size <= MOST_HELD) {
            return false;
        }
        viewers.slowest().ifPresent(slowest -> {
            closings.add(slowest.peer(), Closings.TOO_SLOW, "too slow");
            viewers.remove(slowest);
            viewersChanged();
        });
        return true;
    }

    private void refused() {
        tally.refused();
        senderLost();
    }

    private void relay(SenderLine from, Frame frame, boolean crowded) {
        tally.received(frame.size());
        if (line != Line.LIVE) {
            setLine(Line.LIVE);
        }
        if (viewers.looking() == 0) {
            // Was on its way when the last viewer left. What is not kept up to date must not be shown to the next one.
            picture.forget();
        } else {
            picture.add(frame);
        }
        if (frame.header().key()) {
            keys.served();
        }
        long now = micros();
        for (var viewer : viewers) {
            if (crowded && viewer.peer().waiting() > 0) {
                viewer.outOfSync();
                tally.dropped();
            } else if (viewer.looking()) {
                hand(frame, viewer, now);
            }
        }
        flow(from, now);
    }

    private void hand(Frame frame, ViewerLine viewer, long now) {
        if (viewer.offer(frame, now)) {
            tally.relayed();
        } else {
            tally.dropped();
        }
    }

    /** The picture as it is, for one who has come or looks again. */
    private void show(ViewerLine viewer) {
        long now = micros();
        picture.frames().forEach(frame -> hand(frame, viewer, now));
    }

    /** Asks for what is missing, and lets the sender go on if the fastest viewer keeps up, or nobody waits. */
    private void flow(SenderLine to, long now) {
        if (viewers.anyWantsKey()) {
            keys.want();
        }
        askForKey();
        if (viewers.keepUp(now)) {
            to.acknowledge();
        }
    }

    private void viewersChanged() {
        if (viewers.looking() == 0) {
            picture.forget();
            keys.served();
        }
        sender.ifPresent(to -> {
            to.watchedBy(viewers, micros());
            flow(to, micros());
        });
    }

    private void askForKey() {
        // The first frame of a sender is a key frame anyway.
        if (sender.filter(SenderLine::hasSent).isPresent() && keys.due(clock.instant())) {
            tally.keyAsked();
            sender.get().peer().text(ServerText.KEY);
        }
    }

    private void beat(Instant now) {
        long micros = micros();
        var tidings = sender.map(s -> s.tidings(now)).orElse(ServerText.OfSender.NOBODY);
        var theirs = sender.map(s -> s.clock().offset()).orElse(OptionalLong.empty());
        sender.ifPresent(s -> s.peer().text(ServerText.beat(micros)));
        for (var viewer : viewers) {
            var ours = viewer.clock().offset();
            var skew = ours.isPresent() && theirs.isPresent()
                    ? OptionalLong.of(ours.getAsLong() - theirs.getAsLong())
                    : OptionalLong.empty();
            viewer.text(ServerText.beat(micros, skew, viewer.clock().smoothedTrip(), tidings));
        }
    }

    private void senderText(SenderLine from, String json) {
        var text = read(from.peer(), from.textPace(), json);
        synchronized (lock) {
            if (text.isEmpty() || !isSender(from)) {
                return;
            }
            from.heard(clock.instant());
            if (text.get() instanceof ClientText.Config now) {
                from.configured(now);
                configured(now);
            } else if (text.get() instanceof ClientText.Beat beat) {
                from.clock().answered(micros(), beat.now(), beat.at());
                from.told(beat);
            }
        }
    }

    private void configured(ClientText.Config now) {
        if (config.filter(old -> old.codec().equals(now.codec())).isEmpty()) {
            picture.forget();
        }
        config = Optional.of(now);
        viewers.text(ServerText.config(now));
    }

    private void looks(ViewerLine viewer, boolean looking) {
        if (viewer.looking() == looking) {
            return;
        }
        viewer.looking(looking);
        if (looking && viewer.caughtUp()) {
            show(viewer);
        }
        viewersChanged();
    }

    private void viewerText(ViewerLine from, String json) {
        var text = read(from.peer(), from.pace(), json);
        if (from.outside() && text.filter(t -> !t.ofViewer()).isPresent()) {
            from.peer().close(Closings.REFUSED, "view-only");
            return;
        }
        synchronized (lock) {
            if (text.isEmpty() || !viewers.contains(from)) {
                return;
            }
            if (text.get() instanceof ClientText.Ack ack) {
                from.acknowledged(ack.sequence());
                sender.ifPresent(to -> flow(to, micros()));
            } else if (text.get() instanceof ClientText.Key) {
                from.outOfSync();
                keys.want();
                askForKey();
            } else if (text.get() instanceof ClientText.Beat beat) {
                from.clock().answered(micros(), beat.now(), beat.at());
            } else if (text.get() instanceof ClientText.Can can) {
                from.can(can.codecs());
                viewersChanged();
            } else if (text.get() instanceof ClientText.Look look) {
                looks(from, look.looking());
            }
        }
    }

    /** Judged outside the lock, on the one thread that brings this socket's messages: a flood hurts only itself. */
    private Optional<ClientText> read(Peer peer, Pace pace, String json) {
        if (!pace.allows(micros())) {
            peer.close(Closings.REFUSED, "too-fast");
            return Optional.empty();
        }
        try {
            return Optional.of(ClientText.read(json));
        } catch (IllegalArgumentException e) {
            peer.close(Closings.REFUSED, "bad-message");
            return Optional.empty();
        }
    }

    private boolean isSender(SenderLine from) {
        return !stopped && sender.filter(s -> s == from).isPresent();
    }

    private void senderClosed(SenderLine which) {
        synchronized (lock) {
            if (isSender(which)) {
                senderLost();
            }
        }
    }

    private void senderLost() {
        sender = Optional.empty();
        senderDue = clock.instant().plus(SENDER_GRACE);
        setLine(Line.INTERRUPTED);
    }

    private void setLine(Line now) {
        line = now;
        viewers.text(ServerText.state(now));
    }

    private void viewerClosed(ViewerLine which) {
        synchronized (lock) {
            if (viewers.remove(which)) {
                viewersChanged();
            }
        }
    }

    private void peers(Consumer<Peer> each) {
        sender.map(SenderLine::peer).ifPresent(each);
        viewers.forEach(viewer -> each.accept(viewer.peer()));
    }

    private void refuseIfStopped() {
        if (stopped) {
            throw refusal("screen-stopped", "The screen is not shared any more.");
        }
    }

    private static ProblemException refusal(String code, String detail) {
        return new ProblemException(new Problem(409, code, detail));
    }

    private long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
