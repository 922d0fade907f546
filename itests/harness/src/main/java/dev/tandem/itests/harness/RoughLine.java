package dev.tandem.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * A bad line to a server: a TCP proxy of which each connection meets a fate of its own after some bytes. Also a slow line, when
 * a rate is set.
 */
public final class RoughLine implements AutoCloseable {
    /** What becomes of a connection when so many bytes have gone one way. */
    public record Fate(Way way, long bytes, Kind kind) {
        /** Nothing happens to it. */
        public static final Fate NONE = new Fate(Way.UP, Long.MAX_VALUE, Kind.DROP);

        public static Fate drop(Way way, long bytes) {
            return new Fate(way, bytes, Kind.DROP);
        }

        public static Fate stall(Way way, long bytes) {
            return new Fate(way, bytes, Kind.STALL);
        }
    }

    /** To the server, or from it. */
    public enum Way {
        UP,
        DOWN
    }

    /** How a connection ends. */
    public enum Kind {
        /** Both ends are reset. */
        DROP,
        /** Nothing more goes through, either way, and neither end hears that the other has gone: a dead radio. */
        STALL
    }

    private static final int PIECE = 16 * 1024;
    /** Waits are seldom exact: what one takes too long, the next ones make up for. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int target;
    private final ServerSocket door;
    private final IntFunction<Fate> fates;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger struck = new AtomicInteger();
    private final AtomicLong up = new AtomicLong();
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    /** @param fates by the number of the connection, the first is 0 */
    public RoughLine(URI server, IntFunction<Fate> fates) {
        this.target = server.getPort();
        this.fates = fates;
        try {
            door = new ServerSocket();
            door.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread("rough-line", this::listen);
    }

    /** A line on which nothing happens, but that it is as slow as that upwards. */
    public static RoughLine slow(URI server, long bytesPerSecond) {
        var line = new RoughLine(server, number -> Fate.NONE);
        line.bytesPerSecond = bytesPerSecond;
        return line;
    }

    /** Where the server is seen at the end of this line. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Bytes that went to the server. */
    public long up() {
        return up.get();
    }

    /** How many connections have met their fate. */
    public int struck() {
        return struck.get();
    }

    @Override
    public void close() {
        quietly(door);
        open.forEach(RoughLine::quietly);
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                var caller = door.accept();
                open.add(caller);
                connect(caller, fates.apply(connections.getAndIncrement()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket caller, Fate fate) {
        try {
            var server = new Socket(InetAddress.getByName("127.0.0.1"), target);
            open.add(server);
            var connection = new Connection(caller, server, fate);
            thread("rough-line-up", () -> connection.pump(Way.UP));
            thread("rough-line-down", () -> connection.pump(Way.DOWN));
        } catch (IOException serverIsDown) {
            reset(caller);
        }
    }

    private final class Connection {
        private final Socket caller;
        private final Socket server;
        private final Fate fate;
        private volatile boolean stalled;

        Connection(Socket caller, Socket server, Fate fate) {
            this.caller = caller;
            this.server = server;
            this.fate = fate;
        }

        void pump(Way way) {
            var from = way == Way.UP ? caller : server;
            var to = way == Way.UP ? server : caller;
            var piece = new byte[PIECE];
            long left = fate.way() == way ? fate.bytes() : Long.MAX_VALUE;
            long due = System.nanoTime();
            try {
                while (true) {
                    int read = from.getInputStream().read(piece, 0, (int) Math.min(piece.length, left));
                    if (stalled) {
                        return; // whatever it was, nobody hears of it
                    }
                    if (read < 0) {
                        to.shutdownOutput();
                        return;
                    }
                    to.getOutputStream().write(piece, 0, read);
                    left -= read;
                    if (way == Way.UP) {
                        up.addAndGet(read);
                        due = pace(due, read);
                    }
                    if (left == 0) {
                        strike();
                        return;
                    }
                }
            } catch (IOException e) {
                if (!stalled) {
                    reset(caller);
                    reset(server);
                }
            }
        }

        private void strike() {
            struck.incrementAndGet();
            if (fate.kind() == Kind.STALL) {
                stalled = true;
            } else {
                reset(caller);
                reset(server);
            }
        }
    }

    /**
     * Waits until so many bytes more have had their time. A connection that was silent saves nothing up for later.
     *
     * @return when the next ones are due
     */
    private long pace(long due, long bytes) {
        if (bytesPerSecond == Long.MAX_VALUE) {
            return due;
        }
        long now = System.nanoTime();
        long next = Math.max(due, now - SLACK_NANOS) + (long) (bytes * 1e9 / bytesPerSecond);
        try {
            new CountDownLatch(1).await(next - now, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return next;
    }

    private void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed, which is what was wanted.
        }
        quietly(socket);
        open.remove(socket);
    }

    private static void thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It is no longer open, which is what was wanted.
        }
    }
}
