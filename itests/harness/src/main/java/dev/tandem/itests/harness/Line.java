package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Somebody's line to the server: a TCP proxy that can be cut and mended. */
public final class Line implements AutoCloseable {
    private static final String HERE = "127.0.0.1";

    private final int target;
    private final String from;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket door;

    public Line(URI server) {
        this(server, HERE);
    }

    private Line(URI server, String from) {
        this.target = server.getPort();
        this.from = from;
        this.door = door(0);
        this.port = door.getLocalPort();
        listen(door);
    }

    /**
     * The same from an address that nobody else has (127.64.0.0/10): whoever fails attempts on purpose does so there, since
     * they count by address and all journeys share one server.
     */
    public static Line elsewhere(URI server) {
        var any = ThreadLocalRandom.current();
        return new Line(server, "127." + any.nextInt(64, 128) + "." + any.nextInt(256) + "." + any.nextInt(1, 255));
    }

    /** Where the server is seen at the end of this line. */
    public URI uri() {
        return URI.create("http://" + HERE + ":" + port);
    }

    /** Every connection breaks, no new one is made. */
    public void cut() {
        close(door);
        open.forEach(Line::close);
        open.clear();
    }

    public void mend() {
        door = door(port);
        listen(door);
    }

    @Override
    public void close() {
        cut();
    }

    private static ServerSocket door(int port) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getByName(HERE), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(ServerSocket at) {
        thread("line-" + port, () -> {
            while (!at.isClosed()) {
                try {
                    connect(at.accept(), at);
                } catch (IOException e) {
                    return; // cut
                }
            }
        });
    }

    private void connect(Socket caller, ServerSocket at) {
        try {
            var server = new Socket(InetAddress.getByName(HERE), target, InetAddress.getByName(from), 0);
            open.add(caller);
            open.add(server);
            if (at.isClosed()) {
                close(caller);
                close(server);
                return;
            }
            pump(caller, server);
            pump(server, caller);
        } catch (IOException serverIsDown) {
            close(caller);
        }
    }

    private void pump(Socket from, Socket to) {
        thread("line-pump", () -> {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // One side has gone; the other follows.
            } finally {
                close(from);
                close(to);
                open.remove(from);
                open.remove(to);
            }
        });
    }

    private static void thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It is no longer open, which is what was wanted.
        }
    }
}
