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
import dev.tandem.web.internal.SendQueue;
import dev.tandem.web.internal.Ticket;

/**
 * One media socket. What the client sends reaches the receiver within the call, since a frame is only lent; a lock keeps
 * those calls and the last one, {@code closed}, apart.
 */
public final class MediaLine implements MediaChannel.Peer {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLine.class);
    static final long MOST_WAITING = 8L * 1024 * 1024;
    private static final int LONGEST_HELLO = 8 * 1024;
    private static final int LONGEST_REASON = 100;

    private final MediaHub hub;
    private final SendQueue.Wire wire;
    private final SendQueue out;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile MediaChannel channel;
    private volatile Optional<Caller> caller = Optional.empty();
    private volatile long heardAt;
    private MediaChannel.Receiver receiver;
    private boolean finished;

    MediaLine(MediaHub hub, SendQueue.Wire wire) {
        this.hub = hub;
        this.wire = wire;
        this.out = new SendQueue(wire, MOST_WAITING, () -> {}, hub::nanoTime);
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

    /** Takes a frame of the client, which is lent for the time of the call. */
    public void receivedBinary(ByteBuffer frame) {
        heard();
        inTurn(() -> {
            if (receiver == null) {
                close(CloseCode.BAD_TICKET, "hello comes first");
            } else {
                receiver.binary(frame);
            }
        });
    }

    /** The socket has closed, for whatever reason. */
    public void socketClosed() {
        if (closed.compareAndSet(false, true)) {
            out.stop();
            finishSoon();
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
            if (text.length() > LONGEST_HELLO) {
                close(CloseCode.TOO_BIG, "a hello is at most 8 KB");
                return;
            }
            hello = hub.requests().readValue(text, MediaHello.class);
        } catch (JsonProcessingException e) {
            close(CloseCode.NOT_UNDERSTOOD, "not understood");
            return;
        }
        var ticket = hub.take(hello.ticket()).orElse(null);
        if (!hello.op().equals("hello") || !(ticket instanceof Ticket.Media media)) {
            close(CloseCode.BAD_TICKET, "no such ticket");
            return;
        }
        var found = hub.channel(media.channel());
        if (found.isEmpty()) {
            close(CloseCode.SLICE_GONE, "gone");
            return;
        }
        channel = found.get();
        caller = Optional.of(media.caller());
        receiver = found.get().open(media.caller(), media.session(), hello.role(), this);
        if (hub.channel(media.channel()).filter(now -> now == channel).isEmpty()) {
            close(CloseCode.SLICE_GONE, "gone"); // it went while we opened, and did not see this socket
        }
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

    boolean isOn(MediaChannel one) {
        return channel == one;
    }

    /** Asks for a sign of life, or gives the socket up: a cable that was pulled tells nobody. */
    void watch(boolean ping) {
        if (out.stuckFor() > MediaHub.LONGEST_SILENCE || hub.nanoTime() - heardAt > MediaHub.LONGEST_SILENCE) {
            close(CloseCode.TOO_SLOW, "come back");
        } else if (ping) {
            wire.ping();
        }
    }

    @Override
    public boolean binary(ByteBuffer frame) {
        return out.offer(frame);
    }

    @Override
    public boolean text(String json) {
        return out.offer(json);
    }

    @Override
    public long waiting() {
        return out.waiting();
    }

    @Override
    public void close(int code, String reason) {
        if (closed.compareAndSet(false, true)) {
            out.stop();
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
            if (receiver != null && !finished) {
                finished = true;
                receiver.closed();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A media receiver failed at its end", e);
        } finally {
            turn.unlock();
        }
    }
}
