package dev.tandem.itests.benchmarks.files;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * The least that a server can do which promises what Tandem promises: bytes go from the socket through one direct buffer of 1 MB
 * into the file, and {@code fdatasync} has returned before the answer goes out. A thread per connection, no checks, no rights, no
 * events; a file's length is its offset, which is enough after {@code kill -9} and, since it was synced, for what was
 * acknowledged before a power cut. Downloads are {@code sendfile}.
 */
final class DurablePeer {
    /** When it syncs. */
    enum When {
        /** Once, when the last byte of a request has come. */
        AT_THE_END,
        /** Also again and again on a second thread while bytes come, so that little is left to do at the end. */
        MEANWHILE
    }

    private static final int BUFFER = 1 << 20;
    private static final long PIECE = 8 << 20;
    private static final int LARGEST_HEAD = 16 * 1024;

    private final When when;
    private final Path folder;

    private DurablePeer(When when, Path folder) {
        this.when = when;
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        var peer = new DurablePeer(When.valueOf(args[0]), Path.of(args[2]));
        try (var door = ServerSocketChannel.open()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])), 256);
            System.out.println("(Java " + Runtime.version().feature() + ")");
            while (true) {
                var caller = door.accept();
                new Thread(() -> peer.serve(caller)).start();
            }
        }
    }

    private void serve(SocketChannel caller) {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        try (caller) {
            buffer.limit(0);
            while (answer(caller, buffer)) {
                // The next one.
            }
        } catch (IOException e) {
            // The caller has gone.
        }
    }

    /** @return whether another request may come */
    private boolean answer(SocketChannel caller, ByteBuffer buffer) throws IOException {
        var head = head(caller, buffer);
        var method = head.getOrDefault(":method", "");
        var file = folder.resolve(head.getOrDefault(":path", "/").replaceAll(".*/", "x-"));
        try {
            switch (method) {
                case "POST" -> create(caller, head.getOrDefault("upload-length", "0"));
                case "PATCH" -> receive(caller, buffer, head, file);
                case "HEAD" -> say(
                        caller,
                        "200 OK",
                        "Upload-Offset: " + Files.size(file) + "\r\nUpload-Length: "
                                + file.toString().replaceAll(".*-", ""));
                case "GET" -> give(caller, file);
                case "DELETE" -> {
                    Files.deleteIfExists(file);
                    say(caller, "204 No Content", "Server: durable");
                }
                default -> say(caller, "405 Method Not Allowed", "Content-Length: 0");
            }
        } catch (NoSuchFileException e) {
            say(caller, "404 Not Found", "Content-Length: 0");
        }
        return !head.getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    private void create(SocketChannel caller, String length) throws IOException {
        var name = UUID.randomUUID() + "-" + Long.parseLong(length);
        Files.createFile(folder.resolve("x-" + name));
        try (var directory = FileChannel.open(folder)) {
            directory.force(true);
        }
        say(caller, "201 Created", "Content-Length: 0\r\nLocation: /files/" + name);
    }

    private void receive(SocketChannel caller, ByteBuffer buffer, Map<String, String> head, Path path)
            throws IOException {
        long offset = Long.parseLong(head.getOrDefault("upload-offset", "0"));
        long left = Long.parseLong(head.getOrDefault("content-length", "0"));
        try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            var meanwhile = new Meanwhile(file);
            if (when == When.MEANWHILE) {
                meanwhile.start();
            }
            long begun = offset;
            while (left > 0) {
                if (!buffer.hasRemaining()) {
                    buffer.clear();
                    if (caller.read(buffer) < 0) {
                        throw new EOFException();
                    }
                    buffer.flip();
                }
                int all = buffer.limit();
                buffer.limit((int) Math.min(all, buffer.position() + left));
                while (buffer.hasRemaining()) {
                    int written = file.write(buffer, offset);
                    offset += written;
                    left -= written;
                }
                buffer.limit(all);
                if (offset - begun >= PIECE) {
                    begun = offset;
                    meanwhile.due.release();
                }
            }
            meanwhile.end();
            file.force(false);
        }
        say(caller, "204 No Content", "Upload-Offset: " + offset);
    }

    /** Syncs whenever a piece has come. */
    private static final class Meanwhile extends Thread {
        private final FileChannel file;
        private final Semaphore due = new Semaphore(0);
        private volatile boolean over;

        Meanwhile(FileChannel file) {
            this.file = file;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    due.acquireUninterruptibly();
                    due.drainPermits();
                    if (over) {
                        return;
                    }
                    file.force(false);
                }
            } catch (IOException e) {
                // The answering thread's own sync tells of it.
            }
        }

        void end() {
            over = true;
            due.release();
            try {
                join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void give(SocketChannel caller, Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = file.size();
            say(caller, "200 OK", "Content-Length: " + size);
            for (long at = 0; at < size; ) {
                at += file.transferTo(at, size - at, caller);
            }
        }
    }

    /** Names in small letters; the buffer is left at the body's first byte. */
    private static Map<String, String> head(SocketChannel caller, ByteBuffer buffer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int state = 0;
        while (state < 4) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                if (caller.read(buffer) < 0) {
                    throw new EOFException();
                }
                buffer.flip();
                continue;
            }
            byte next = buffer.get();
            state = next == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : 0;
            bytes.write(next);
            if (bytes.size() > LARGEST_HEAD) {
                throw new IOException("a head without an end");
            }
        }
        var head = new TreeMap<String, String>();
        for (var line : bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n")) {
            if (head.isEmpty()) {
                var words = line.split(" ");
                head.put(":method", words[0]);
                head.put(":path", words[1]);
            } else {
                int colon = line.indexOf(':');
                head.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return head;
    }

    private static void say(SocketChannel caller, String status, String headers) throws IOException {
        var answer = ByteBuffer.wrap(("HTTP/1.1 " + status + "\r\nTus-Resumable: 1.0.0\r\n" + headers + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        while (answer.hasRemaining()) {
            caller.write(answer);
        }
    }
}
