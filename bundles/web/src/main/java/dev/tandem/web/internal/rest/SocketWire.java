package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.websocket.CloseReason;
import javax.websocket.Session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.web.internal.SendQueue;

/** A WebSocket as our queues send on it. */
final class SocketWire implements SendQueue.Wire {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWire.class);
    private static final int LONGEST_REASON = 100;

    private final Session session;

    SocketWire(Session session) {
        this.session = session;
    }

    @Override
    public void text(String text, SendQueue.Done done) {
        session.getAsyncRemote().sendText(text, result -> done.sent(result.isOK()));
    }

    @Override
    public void binary(ByteBuffer bytes, SendQueue.Done done) {
        session.getAsyncRemote().sendBinary(bytes, result -> done.sent(result.isOK()));
    }

    @Override
    public void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            LOG.debug("A ping could not be sent; the watch will see it", e);
        }
    }

    @Override
    public void close(int code, String reason) {
        try {
            var words = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), words));
        } catch (IOException | RuntimeException e) {
            LOG.debug("A socket was closed already", e);
        }
    }
}
