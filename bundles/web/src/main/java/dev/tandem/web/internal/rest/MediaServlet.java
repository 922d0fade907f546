package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.eclipse.jetty.server.HttpConnection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

import dev.tandem.web.Problem;
import dev.tandem.web.internal.media.MediaHub;
import dev.tandem.web.internal.socket.Batches;
import dev.tandem.web.internal.socket.Buffers;

/**
 * The door of media: shakes hands as RFC 6455 has it and takes the connection over from the web server. Extensions are
 * never agreed on: frames are compressed already.
 *
 * <p>The node's name in {@code /media/NODE} is for the proxy in front of the nodes. Which node this is, and whether the
 * session is its, is judged at the hello.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(Contexts.PAGES)
@HttpWhiteboardServletName("tandem-media")
@HttpWhiteboardServletPattern({"/media", "/media/*"})
public final class MediaServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final int SPARE_BUFFERS = 32;

    private final transient MediaHub hub;
    private final transient Buffers buffers = new Buffers(SPARE_BUFFERS);
    private final transient Batches batches = new Batches();

    @Activate
    public MediaServlet(@Reference MediaHub hub) {
        this.hub = hub;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            response.setHeader("Sec-WebSocket-Version", "13");
            ProblemWriter.write(new Problem(426, "websocket-needed", "This is a WebSocket of version 13."), response);
            return;
        }
        var answer = answer(request.getHeader("Sec-WebSocket-Key"));
        var http = HttpConnection.getCurrentConnection();
        if (answer.isEmpty() || http == null) {
            ProblemWriter.write(new Problem(400, "bad-handshake", "The WebSocket's handshake is wrong."), response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", answer.get());
        request.setAttribute(
                HttpConnection.UPGRADE_CONNECTION_ATTRIBUTE,
                new MediaConnection(http.getEndPoint(), http.getConnector().getExecutor(), hub, buffers, batches));
    }

    private static Optional<String> answer(String key) {
        try {
            if (key == null || Base64.getDecoder().decode(key.strip()).length != KEY_BYTES) {
                return Optional.empty();
            }
            var digest =
                    MessageDigest.getInstance("SHA-1").digest((key.strip() + SALT).getBytes(StandardCharsets.US_ASCII));
            return Optional.of(Base64.getEncoder().encodeToString(digest));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
