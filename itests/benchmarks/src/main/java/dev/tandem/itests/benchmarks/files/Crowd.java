package dev.tandem.itests.benchmarks.files;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Many transfers at once, each on a connection of its own, all begun at the same moment. */
final class Crowd {
    private static final int PIECE = 256 * 1024;
    private static final int ATTEMPTS = 50;

    /** @param putOff how often the server asked to come again later */
    record Outcome(double seconds, int putOff) {}

    private Crowd() {}

    /** Sends so many bytes by each of these requests. */
    static Outcome send(List<FileServer.Request> requests, long bytes) throws IOException {
        var putOff = new AtomicInteger();
        return together(requests, putOff, request -> () -> {
            for (int i = 0; i < ATTEMPTS; i++) {
                int status = sendOnce(request, bytes);
                if (status >= 200 && status < 300) {
                    return null;
                }
                if (status != 503) {
                    throw new IOException("HTTP " + status);
                }
                putOff.incrementAndGet();
                new CountDownLatch(1).await(1, TimeUnit.SECONDS); // as its Retry-After says
            }
            throw new IOException("put off for ever");
        });
    }

    static Outcome fetch(List<FileServer.Request> requests, long bytes) throws IOException {
        return together(requests, new AtomicInteger(), request -> () -> {
            try (var socket = connect(request)) {
                socket.write(head(request, ""));
                var buffer = ByteBuffer.allocateDirect(PIECE);
                var answer = answer(socket, buffer);
                if (answer != 200) {
                    throw new IOException("HTTP " + answer);
                }
                long left = bytes - buffer.remaining();
                int read = 0;
                while (read >= 0) {
                    left -= read;
                    buffer.clear();
                    read = socket.read(buffer);
                }
                if (left != 0) {
                    throw new EOFException(left + " bytes did not come");
                }
                return null;
            }
        });
    }

    private static Outcome together(
            List<FileServer.Request> requests, AtomicInteger putOff, Function<FileServer.Request, Callable<Void>> work)
            throws IOException {
        var threads = Executors.newFixedThreadPool(requests.size());
        try {
            var began = new AtomicLong();
            var start = new CyclicBarrier(requests.size(), () -> began.set(System.nanoTime()));
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (var request : requests) {
                all.add(threads.submit(() -> {
                    start.await();
                    return work.apply(request).call();
                }));
            }
            for (var one : all) {
                one.get();
            }
            return new Outcome((System.nanoTime() - began.get()) / 1e9, putOff.get());
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int sendOnce(FileServer.Request request, long bytes) throws IOException {
        try (var socket = connect(request)) {
            socket.write(head(request, "Content-Length: " + bytes + "\r\n"));
            var piece = ByteBuffer.allocateDirect(PIECE);
            try {
                for (long left = bytes; left > 0; ) {
                    piece.clear().limit((int) Math.min(PIECE, left));
                    left -= socket.write(piece);
                }
            } catch (IOException refused) {
                // The server may have answered before it has read everything.
            }
            return answer(socket, ByteBuffer.allocate(PIECE));
        }
    }

    private static SocketChannel connect(FileServer.Request request) throws IOException {
        return SocketChannel.open(
                new InetSocketAddress(request.uri().getHost(), request.uri().getPort()));
    }

    private static ByteBuffer head(FileServer.Request request, String more) {
        var head = new StringBuilder(request.method() + " " + request.uri().getRawPath() + " HTTP/1.1\r\nHost: "
                + request.uri().getAuthority() + "\r\nConnection: close\r\n" + more);
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The status; the buffer is left with what has come of the body. */
    private static int answer(SocketChannel socket, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (true) {
            if (socket.read(buffer) < 0) {
                throw new EOFException("no answer");
            }
            var so = StandardCharsets.ISO_8859_1
                    .decode(buffer.duplicate().flip())
                    .toString();
            int end = so.indexOf("\r\n\r\n");
            if (end >= 0) {
                buffer.flip().position(end + 4);
                return Integer.parseInt(so.split(" ", 3)[1]);
            }
        }
    }
}
