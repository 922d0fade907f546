package dev.tandem.web.internal.rest;

import java.nio.ByteBuffer;
import javax.websocket.OnClose;
import javax.websocket.OnError;
import javax.websocket.OnMessage;
import javax.websocket.OnOpen;
import javax.websocket.PongMessage;
import javax.websocket.Session;
import javax.websocket.server.ServerEndpoint;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.web.internal.media.MediaHub;
import dev.tandem.web.internal.media.MediaLine;

/** The door of media. One instance serves all sockets. */
@Component(
        service = Object.class,
        property = {
            "org.ops4j.pax.web.http.whiteboard.websocket=true",
            "osgi.http.whiteboard.context.select=" + Contexts.PAGES
        })
@ServerEndpoint("/media")
public final class MediaSocket {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSocket.class);
    private static final String LINE = "tandem.line";
    private static final long IDLE_MILLIS = 60_000;
    private static final int LARGEST_FRAME = 4 * 1024 * 1024;
    private static final int LARGEST_TEXT = 64 * 1024;

    private final MediaHub hub;

    @Activate
    public MediaSocket(@Reference MediaHub hub) {
        this.hub = hub;
    }

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(IDLE_MILLIS);
        session.getUserProperties().put(LINE, hub.open(new SocketWire(session)));
    }

    @OnMessage(maxMessageSize = LARGEST_TEXT)
    public void text(String text, Session session) {
        line(session).receivedText(text);
    }

    @OnMessage(maxMessageSize = LARGEST_FRAME)
    public void binary(ByteBuffer frame, Session session) {
        line(session).receivedBinary(frame);
    }

    @OnMessage
    public void pong(PongMessage pong, Session session) {
        line(session).heard();
    }

    @OnClose
    public void close(Session session) {
        if (session.getUserProperties().get(LINE) instanceof MediaLine line) {
            line.socketClosed();
        }
    }

    @OnError
    public void error(Session session, Throwable failure) {
        LOG.debug("A media socket failed", failure);
    }

    private static MediaLine line(Session session) {
        return (MediaLine) session.getUserProperties().get(LINE);
    }
}
