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

/** Somebody's line to the server: a TCP proxy that can be cut and mended. */
public final class Line implements AutoCloseable {
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket door;

    public Line(URI server) {
        this.target = server.getPort();
        this.door = door(0);
        this.port = door.getLocalPort();
        listen(door);
    }

    /** Where the server is seen at the end of this line. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
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
            socket.bind(new java.net.InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
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
            var server = new Socket(InetAddress.getByName("127.0.0.1"), target);
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
