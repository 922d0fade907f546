package dev.tandem.web.internal.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel;
import dev.tandem.web.internal.Drain;
import dev.tandem.web.internal.FakeCluster;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.Ticket;
import dev.tandem.web.internal.rest.MediaServlet;

/** The media door on a real Jetty and a real network, with a client that others have made. */
public class MediaSocketTest {
    private static final String HELLO = "{\"op\":\"hello\",\"ticket\":\"t\",\"role\":\"echo\"}";
    private static final int LONGEST_SECONDS = 30;

    private final FakeCluster.Member node = new FakeCluster().join("a");
    private final MediaHub hub = new MediaHub(
            ticket -> Optional.of(new Ticket.Media(Fakes.MARIE, Fakes.SESSION, "echo")),
            new MediaPlaces(
                    node, node, new Drain(() -> false), Executors.newSingleThreadScheduledExecutor(), System::nanoTime),
            Executors.newCachedThreadPool(),
            Executors.newSingleThreadScheduledExecutor(),
            System::nanoTime);
    private final Echo echo = new Echo();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    /** Sends back what it gets, frames three times. */
    private static final class Echo implements MediaChannel {
        private final AtomicInteger gone = new AtomicInteger();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public Receiver open(Caller caller, UUID session, String role, Peer peer) {
            return new Receiver() {
                @Override
                public void binary(ByteBuffer frame) {
                    for (int i = 0; i < 3; i++) {
                        peer.binary(frame, gone::incrementAndGet);
                    }
                }

                @Override
                public void text(String json) {
                    if (json.equals("close")) {
                        peer.text("last");
                        peer.close(4403, "as you wish");
                    } else {
                        peer.text(json);
                    }
                }

                @Override
                public void closed() {
                    closed.complete(null);
                }
            };
        }
    }

    @Before
    public void start() throws Exception {
        hub.add(echo);
        var servlet = new MediaServlet(hub);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new AbstractHandler() {
            @Override
            public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                servlet.service(request, response);
                base.setHandled(true);
            }
        });
        server.start();
    }

    @After
    public void stop() throws Exception {
        hub.deactivate();
        server.stop();
    }

    private static class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                all.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                all.add(describe(binary.toByteArray()));
                binary.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            all.add("pong " + StandardCharsets.US_ASCII.decode(message));
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add("closed " + code + " " + reason);
            return null;
        }

        String next() throws InterruptedException {
            return Optional.ofNullable(all.poll(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .orElse("nothing");
        }
    }

    private static String describe(byte[] bytes) {
        return bytes.length + " bytes " + Arrays.hashCode(bytes);
    }

    private WebSocket open(Heard heard) {
        var uri = URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/media");
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, heard)
                .join();
    }

    @Test
    public void messagesOfAllSizesComeAndGoUnchangedAndInOrder() throws Exception {
        var heard = new Heard();
        var socket = open(heard);
        socket.sendText(HELLO, true).join();
        var random = new Random(3);
        int frames = 0;
        for (int size : new int[] {1, 125, 126, 1024, 65_535, 65_536, 131_072, 1_000_000, 2_600_000}) {
            var bytes = new byte[size];
            random.nextBytes(bytes);
            socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
            socket.sendText("after " + size, true).join();
            for (int i = 0; i < 3; i++) {
                assertEquals(describe(bytes), heard.next());
            }
            assertEquals("after " + size, heard.next());
            frames += 3;
        }
        assertEquals("told of each that it is gone", frames, echo.gone.get());
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), false).join();
        socket.sendBinary(ByteBuffer.wrap(new byte[] {3}), true).join();
        assertEquals(describe(new byte[] {1, 2, 3}), heard.next());
    }

    @Test
    public void pingsAreAnsweredAndAGoodByeToo() throws Exception {
        var heard = new Heard();
        var socket = open(heard);
        socket.sendText(HELLO, true).join();
        socket.sendPing(ByteBuffer.wrap("there?".getBytes(StandardCharsets.US_ASCII)))
                .join();
        assertEquals("pong there?", heard.next());
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
        assertEquals("closed 1000 ", heard.next());
        echo.closed.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    public void theLastWordsArriveBeforeTheEnd() throws Exception {
        var heard = new Heard();
        var socket = open(heard);
        socket.sendText(HELLO, true).join();
        socket.sendText("x", true).join();
        assertEquals("x", heard.next());
        socket.sendText("close", true).join();
        assertEquals("closed 4403 as you wish", heard.next());
        echo.closed.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    public void whenTheChannelGoesTheClientHearsIt() throws Exception {
        var heard = new Heard();
        open(heard).sendText(HELLO, true).join().sendText("x", true).join();
        assertEquals("x", heard.next());
        hub.remove(echo);
        assertEquals("closed 4410 gone", heard.next());
    }

    @Test
    public void aClientThatVanishesIsForgotten() throws Exception {
        var heard = new Heard();
        var socket = open(heard);
        socket.sendText(HELLO, true).join();
        socket.sendText("x", true).join();
        assertEquals("x", heard.next());
        socket.abort();
        echo.closed.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertEquals(0, hub.lines());
    }

    /** What it was sent stays in its queue, bounded, and is let go of when it is given up. */
    @Test
    public void aClientThatNeverReadsFillsItsQueueAndNoMore() throws Exception {
        var heard = new Heard() {
            @Override
            public void onOpen(WebSocket socket) {
                // asks for nothing
            }
        };
        var socket = open(heard);
        socket.sendText(HELLO, true).join();
        for (int i = 0; i < 40; i++) {
            socket.sendBinary(ByteBuffer.allocate(1_000_000), true).join();
        }
        assertTrue("of 120 MB " + echo.gone.get(), echo.gone.get() < 60);
        socket.abort();
        echo.closed.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    public void handshakesThatAreNoneAreRefused() throws Exception {
        var good = "GET /media HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
        assertTrue(status(good), status(good).contains(" 101 "));
        assertFalse("no extension is agreed on", status(good).contains("permessage"));
        assertTrue(status(good.replace("13", "8")).contains(" 426 "));
        assertTrue(status(good.replace("dGhlIHNhbXBsZSBub25jZQ==", "short")).contains(" 400 "));
        assertTrue(status(good.replaceAll("Sec-WebSocket-Key[^\r]*\r\n", "")).contains(" 400 "));
    }

    /** The head of the answer. */
    private String status(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            return head.toString();
        }
    }
}
