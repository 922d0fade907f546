package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import javax.servlet.ServletConfig;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.Path;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.web.internal.Callers;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.WebConfig;

/** What a client gets when a body fails on its way, over CXF and the web server. */
public class AnswerTest {
    private static final int MUCH = 300_000;

    private final WebConfig config = Fakes.config("", "'none'", "main");
    private final RestBus bus = new RestBus();
    private final Served served = new Served();
    private final RestHub hub = new RestHub(bus, served, new Callers(config), config);
    private final Server server = new Server(0);

    @Path("/")
    public static class Bodies {
        @GET
        @Path("whole")
        public Response whole() {
            return body(MUCH, false);
        }

        @GET
        @Path("broken")
        public Response broken() {
            return body(MUCH, true);
        }

        @GET
        @Path("sized")
        public Response sized() {
            return Response.fromResponse(body(MUCH, true))
                    .header("Content-Length", MUCH + 1000)
                    .build();
        }

        @GET
        @Path("early")
        public Response early() {
            return Response.fromResponse(body(10, true))
                    .header("Content-Length", 1000)
                    .build();
        }

        @PATCH
        @Path("changed")
        public Response changed() {
            return Response.noContent().build();
        }

        private static Response body(int bytes, boolean fails) {
            StreamingOutput body = out -> {
                try (out) {
                    out.write(new byte[bytes]);
                    if (fails) {
                        throw new IOException("the disk is gone");
                    }
                }
            };
            return Response.ok(body).type("application/x-test").build();
        }
    }

    @Before
    public void start() throws Exception {
        hub.add(new Bodies(), Map.of("tandem.rest.path", "/bodies"));
        var servlet = new ApiServlet(bus, config, served, null);
        var context = new ContextHandler("/api") {
            @Override
            public void doHandle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                base.setHandled(true);
                servlet.service(request, response);
            }
        };
        servlet.init((ServletConfig) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletConfig.class},
                (proxy, called, args) -> switch (called.getName()) {
                    case "getServletContext" -> context.getServletContext();
                    case "getInitParameterNames" -> Collections.emptyEnumeration();
                    case "getServletName" -> "api";
                    default -> null;
                }));
        server.setHandler(context);
        server.start();
    }

    @After
    public void stop() throws Exception {
        server.stop();
        hub.deactivate();
        bus.deactivate();
    }

    /** All that comes until the answer has ended or the server has ended the connection; a reset counts as that. */
    private String get(String path, String... headers) throws IOException {
        return ask("GET", path, headers);
    }

    private String ask(String method, String path, String... headers) throws IOException {
        var port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(60_000);
            var request = method + " /api/bodies/" + path + " HTTP/1.1\r\nHost: localhost\r\n"
                    + String.join("", headers) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var bytes = new byte[2 * MUCH];
            int length = 0;
            try {
                for (int read = 0;
                        read >= 0;
                        read = socket.getInputStream().read(bytes, length, bytes.length - length)) {
                    length += read;
                    var end =
                            new String(bytes, Math.max(0, length - 7), Math.min(7, length), StandardCharsets.US_ASCII);
                    if (end.endsWith("0\r\n\r\n") || end.endsWith("}")) {
                        break;
                    }
                }
            } catch (java.net.SocketException e) {
                // What came before it counts.
            }
            return new String(Arrays.copyOf(bytes, length), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    public void aBodyThatIsWholeEnds() throws IOException {
        var answer = get("whole");
        assertTrue(answer.substring(0, 200), answer.startsWith("HTTP/1.1 200 "));
        assertTrue("the last chunk", answer.endsWith("\r\n0\r\n\r\n"));
        var once = get("whole", "Connection: close\r\n");
        assertTrue("a proxy that keeps no connection sees the end, too", once.endsWith("\r\n0\r\n\r\n"));
    }

    @Test
    public void aBodyThatFailsDoesNotEndAndHasNothingElseInIt() throws IOException {
        var answer = get("broken");
        assertTrue(answer.startsWith("HTTP/1.1 200 "));
        assertFalse("no last chunk", answer.endsWith("0\r\n\r\n"));
        assertFalse("no problem in the file", answer.contains("internal"));
        var sized = get("sized");
        assertTrue(sized.startsWith("HTTP/1.1 200 "));
        assertFalse("no problem in the file", sized.contains("internal"));
        assertTrue("too short", sized.substring(sized.indexOf("\r\n\r\n") + 4).length() <= MUCH);
    }

    @Test
    public void aFailureBeforeAnythingHasLeftIsToldAsAProblem() throws IOException {
        var answer = get("early");
        assertTrue(answer, answer.startsWith("HTTP/1.1 500 "));
        assertTrue(answer, answer.contains("application/problem+json"));
        assertTrue(answer, answer.contains("\"internal\""));
        assertEquals("nothing of the body", -1, answer.indexOf('\0'));
    }

    /** The way of servlets would answer 501. */
    @Test
    public void aChangeInPartComesThrough() throws Exception {
        var answer = ask("PATCH", "changed", "Content-Length: 0\r\n", "Connection: close\r\n");
        assertTrue(answer, answer.startsWith("HTTP/1.1 204"));
    }
}
