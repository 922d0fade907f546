package dev.tandem.web.internal.rest;

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

import dev.tandem.web.internal.Drain;
import dev.tandem.web.internal.live.LiveHub;
import dev.tandem.web.internal.live.LiveLine;

/** The door of the live channel. One instance serves all sockets. */
@Component(
        service = Object.class,
        property = {
            "org.ops4j.pax.web.http.whiteboard.websocket=true",
            "osgi.http.whiteboard.context.select=" + Contexts.PAGES
        })
@ServerEndpoint("/live")
public final class LiveSocket {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);
    private static final String LINE = "tandem.line";
    private static final long IDLE_MILLIS = 60_000;
    private static final int LARGEST = 64 * 1024;

    private final LiveHub hub;
    private final Drain drain;

    @Activate
    public LiveSocket(@Reference LiveHub hub, @Reference Drain drain) {
        this.hub = hub;
        this.drain = drain;
    }

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(IDLE_MILLIS);
        session.getUserProperties().put(LINE, hub.open(new SocketWire(session)));
        if (drain.isUnderWay()) {
            hub.drain(); // this one came through the gate just before
        }
    }

    /** The line itself allows 8 KB and says so when it closes; far beyond that the server cuts off. */
    @OnMessage(maxMessageSize = LARGEST)
    public void text(String text, Session session) {
        line(session).received(text);
    }

    @OnMessage
    public void pong(PongMessage pong, Session session) {
        line(session).heard();
    }

    @OnClose
    public void close(Session session) {
        if (session.getUserProperties().get(LINE) instanceof LiveLine line) {
            line.closed();
        }
    }

    @OnError
    public void error(Session session, Throwable failure) {
        LOG.debug("A live socket failed", failure);
    }

    private static LiveLine line(Session session) {
        return (LiveLine) session.getUserProperties().get(LINE);
    }
}
