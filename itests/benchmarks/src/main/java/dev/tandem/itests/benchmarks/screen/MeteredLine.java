package dev.tandem.itests.benchmarks.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A line of a given rate and delay to a server on this machine: a TCP proxy that counts what it carries. */
final class MeteredLine implements AutoCloseable {
    /**
     * @param bitsPerSecond in each direction, 0 for as fast as it goes
     * @param delayMillis one way
     */
    record Kind(String name, long bitsPerSecond, int delayMillis) {}

    static final Kind BARE = new Kind("loopback", 0, 0);
    static final Kind THIN = new Kind("8 Mbit/s, 30 ms each way", 8_000_000, 30);

    /** What a router keeps waiting, bytes; beyond it the sender's own socket fills. */
    private static final int QUEUE = 128 * 1024;

    private static final int CHUNK = 4 * 1024;
    private static final int BARE_CHUNK = 64 * 1024;

    private record Chunk(byte[] bytes, long due) {}

    private final Kind kind;
    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final Pace upward;
    private final Pace downward;

    MeteredLine(Kind kind, int target) {
        this.kind = kind;
        this.target = target;
        this.upward = new Pace(kind);
        this.downward = new Pace(kind);
        try {
            door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Bytes from the client to the server so far. */
    long up() {
        return up.get();
    }

    long down() {
        return down.get();
    }

    private void accept() {
        try {
            for (; ; ) {
                var client = door.accept();
                var server = new Socket(InetAddress.getByName("127.0.0.1"), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                carry(client, server, up, upward);
                carry(server, client, down, downward);
            }
        } catch (IOException closed) {
            // The benchmark is over.
        }
    }

    private void carry(Socket from, Socket to, AtomicLong count, Pace pace) {
        if (kind.bitsPerSecond() == 0 && kind.delayMillis() == 0) {
            thread(() -> copy(from, to, count));
            return;
        }
        BlockingQueue<Chunk> way = new LinkedBlockingQueue<>();
        var room = new Semaphore(QUEUE);
        thread(() -> take(from, way, room, pace));
        thread(() -> give(to, way, room, count));
    }

    private static void copy(Socket from, Socket to, AtomicLong count) {
        var buffer = new byte[BARE_CHUNK];
        try (from;
                to) {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
                count.addAndGet(read);
            }
        } catch (IOException e) {
            // One side has gone; the other follows.
        }
    }

    private static void take(Socket from, BlockingQueue<Chunk> way, Semaphore room, Pace pace) {
        var buffer = new byte[CHUNK];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                room.acquireUninterruptibly(read);
                way.add(new Chunk(Arrays.copyOf(buffer, read), pace.due(read)));
            }
        } catch (IOException e) {
            // As at the end of the stream.
        }
        way.add(new Chunk(new byte[0], 0));
    }

    private static void give(Socket to, BlockingQueue<Chunk> way, Semaphore room, AtomicLong count) {
        try (to) {
            for (var chunk = way.take(); chunk.bytes().length > 0; chunk = way.take()) {
                for (long rest = chunk.due() - System.nanoTime(); rest > 0; rest = chunk.due() - System.nanoTime()) {
                    LockSupport.parkNanos(rest);
                }
                room.release(chunk.bytes().length);
                to.getOutputStream().write(chunk.bytes());
                count.addAndGet(chunk.bytes().length);
            }
        } catch (IOException | InterruptedException e) {
            // One side has gone; the other follows.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            // It is no longer open, which is what was wanted.
        }
    }

    private static void thread(Runnable work) {
        var thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }

    /** One direction of the line, which all its connections share. */
    private static final class Pace {
        private final Kind kind;
        private long free = System.nanoTime();

        private Pace(Kind kind) {
            this.kind = kind;
        }

        /** When the last of so many bytes is at the other end. */
        private synchronized long due(int bytes) {
            long sending =
                    kind.bitsPerSecond() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) * 8L * bytes / kind.bitsPerSecond();
            free = Math.max(free, System.nanoTime()) + sending;
            return free + TimeUnit.MILLISECONDS.toNanos(kind.delayMillis());
        }
    }
}
