package dev.tandem.web.internal.media;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.CloseCode;
import dev.tandem.web.internal.Problems;
import dev.tandem.web.internal.Ticket;

/**
 * One media socket. What the client sends reaches the receiver within the call; a lock keeps those calls and the last one,
 * {@code closed}, apart.
 */
public final class MediaLine implements MediaChannel.Peer {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLine.class);
    private static final int LONGEST_HELLO = 8 * 1024;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LARGEST_FRAME = 4 * 1024 * 1024;
    private static final int LONGEST_REASON = 100;
    private static final int SERVER_FAULT = 500;

    private final MediaHub hub;
    private final MediaWire wire;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile MediaChannel channel;
    private volatile Optional<Caller> caller = Optional.empty();
    private volatile long heardAt;
    /** Somebody who has not said hello is told so, which needs no more than a frame's beginning. */
    private volatile int mostBytes = LONGEST_HELLO;

    private MediaChannel.Receiver receiver;
    private Optional<MediaPlaces.Stay> stay = Optional.empty();
    private boolean finished;

    MediaLine(MediaHub hub, MediaWire wire) {
        this.hub = hub;
        this.wire = wire;
        heard();
    }

    /** The client is there: it has sent something, or answered a ping. */
    public void heard() {
        heardAt = hub.nanoTime();
    }

    /** Takes a text of the client. */
    public void receivedText(String text) {
        heard();
        inTurn(() -> {
            if (receiver == null) {
                hello(text);
            } else {
                receiver.text(text);
            }
        });
    }

    /** Takes a frame of the client. Nobody else has its bytes. */
    public void receivedBinary(ByteBuffer frame) {
        heard();
        inTurn(() -> {
            if (receiver == null) {
                close(CloseCode.BAD_TICKET, "hello comes first");
            } else if (caller.filter(Caller.OfViewer.class::isInstance).isPresent()) {
                throw new ProblemException(Problems.viewOnly());
            } else {
                receiver.binary(frame);
            }
        });
    }

    /** The socket has closed, for whatever reason. */
    public void socketClosed() {
        if (closed.compareAndSet(false, true)) {
            finishSoon();
        }
    }

    /**
     * Nothing can be sent any more. Whoever has just sent something finds that out, with locks in hand that the receiver may
     * want; so another thread tells it.
     */
    public void broken() {
        if (closed.compareAndSet(false, true)) {
            hub.elsewhere(this::finish);
        }
    }

    private void inTurn(Runnable task) {
        turn.lock();
        try {
            if (!closed.get()) {
                task.run();
            }
        } catch (ProblemException e) {
            close(CloseCode.REFUSED, e.problem().code());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A media receiver failed; its socket is closed", e);
            close(CloseCode.REFUSED, "internal");
        } finally {
            turn.unlock();
        }
    }

    private void hello(String text) {
        MediaHello hello;
        try {
            hello = hub.requests().readValue(text, MediaHello.class);
        } catch (JsonProcessingException e) {
            close(CloseCode.NOT_UNDERSTOOD, "not understood");
            return;
        }
        try {
            var ticket = hub.take(hello.ticket()).orElse(null);
            if (hello.op().equals("hello") && ticket instanceof Ticket.Media media) {
                enter(media, hello.role());
            } else {
                close(CloseCode.BAD_TICKET, "no such ticket");
            }
        } catch (RuntimeException e) {
            if (e instanceof ProblemException refused && refused.problem().status() < SERVER_FAULT) {
                throw refused;
            }
            LOG.warn("A media socket could not be opened; its client may come again", e);
            close(CloseCode.TOO_SLOW, "not now");
        }
    }

    private void enter(Ticket.Media media, String role) {
        var found = hub.channel(media.channel());
        if (found.isEmpty()) {
            close(CloseCode.SLICE_GONE, "gone");
            return;
        }
        MediaHub.admit(media.caller(), found.get());
        var site = media.caller().site();
        stay = hub.places().enter(site, media.session());
        if (stay.isEmpty()) {
            close(CloseCode.ELSEWHERE, "elsewhere");
            return;
        }
        channel = found.get();
        caller = Optional.of(media.caller());
        receiver = found.get().open(media.caller(), media.session(), role, this);
        mostBytes = Math.min(LARGEST_FRAME, receiver.largestFrame());
        if (hub.channel(media.channel()).filter(now -> now == channel).isEmpty()) {
            close(CloseCode.SLICE_GONE, "gone"); // it went while we opened, and did not see this socket
        } else if (!hub.places().isHeld(site, media.session())) {
            close(CloseCode.ELSEWHERE, "elsewhere");
        }
    }

    /** Most bytes of the next text. Somebody who has not said who it is gets little room. */
    public int longestText() {
        return isWelcome() ? LONGEST_TEXT : LONGEST_HELLO;
    }

    /** Most bytes of the next frame. */
    public int largestFrame() {
        return mostBytes;
    }

    boolean isWelcome() {
        return channel != null;
    }

    boolean isOf(SiteId site, AgentId agent) {
        return caller.filter(Caller.OfAgent.class::isInstance)
                .map(Caller.OfAgent.class::cast)
                .filter(of -> of.site().equals(site) && of.agent().id().equals(agent))
                .isPresent();
    }

    boolean isOfAgent() {
        return caller.filter(Caller.OfAgent.class::isInstance).isPresent();
    }

    boolean isOn(MediaChannel one) {
        return channel == one;
    }

    /** Asks for a sign of life, or gives the socket up: a cable that was pulled tells nobody. */
    void watch(boolean ping) {
        if (wire.stuckFor() > MediaHub.LONGEST_SILENCE || hub.nanoTime() - heardAt > MediaHub.LONGEST_SILENCE) {
            close(CloseCode.TOO_SLOW, "come back");
        } else if (ping) {
            wire.ping();
        }
    }

    @Override
    public boolean binary(ByteBuffer frame, Runnable gone) {
        return wire.binary(frame, gone);
    }

    @Override
    public boolean text(String json) {
        return wire.text(json);
    }

    @Override
    public long waiting() {
        return wire.waiting();
    }

    @Override
    public void close(int code, String reason) {
        if (closed.compareAndSet(false, true)) {
            wire.close(code, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
            finishSoon();
        }
    }

    /** A receiver that closes its own peer must return before it is told that it is closed. */
    private void finishSoon() {
        if (turn.isHeldByCurrentThread()) {
            hub.elsewhere(this::finish);
        } else {
            finish();
        }
    }

    private void finish() {
        hub.forget(this);
        turn.lock();
        try {
            if (!finished) {
                finished = true;
                end();
            }
        } finally {
            turn.unlock();
        }
    }

    private void end() {
        try {
            if (receiver != null) {
                receiver.closed();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A media receiver failed at its end", e);
        } finally {
            stay.ifPresent(MediaPlaces.Stay::end);
        }
    }
}
